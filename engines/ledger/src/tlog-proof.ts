import { ok, type Result } from '@tandem/core'
import { readBase64, readCount, readHash, writeBase64 } from './note/base64.ts'
import { type LedgerRefusal, refusal } from './refusal.ts'

/** C2SP tlog-proof 1: a leaf's place, its inclusion proof and the checkpoint that it leads to, in one text. */
export interface TlogProof {
  /** Opaque and not authenticated by anything. */
  readonly extra: Buffer | null
  readonly index: number
  readonly hashes: readonly Uint8Array[]
  /** The signed note, as it was. */
  readonly checkpoint: string
}

const header = 'c2sp.org/tlog-proof@v1'

export function writeTlogProof({ extra, index, hashes, checkpoint }: TlogProof): string {
  const extraLine = extra === null ? [] : [`extra ${writeBase64(extra)}`]
  return [header, ...extraLine, `index ${index}`, ...hashes.map(writeBase64), '', checkpoint].join('\n')
}

export function readTlogProof(text: string): Result<TlogProof, LedgerRefusal> {
  const bad = (says: string): Result<TlogProof, LedgerRefusal> => refusal('proof', says)
  const cut = text.indexOf('\n\n')
  if (cut < 0) return bad('The proof has no checkpoint.')
  const [first, ...lines] = text.slice(0, cut).split('\n')
  if (first !== header) return bad('This is no proof of the form c2sp.org/tlog-proof@v1.')
  const hasExtra = lines[0]?.startsWith('extra ') === true
  const extra = hasExtra ? readBase64(lines[0]?.slice(6) ?? '') : null
  if (hasExtra && extra === null) return bad('The extra line of the proof cannot be read.')
  const [indexLine = '', ...hashLines] = hasExtra ? lines.slice(1) : lines
  const index = indexLine.startsWith('index ') ? readCount(indexLine.slice(6)) : null
  if (index === null) return bad('The proof names no place in the log.')
  const hashes = hashLines.map(readHash)
  if (hashes.length > 63 || !hashes.every((hash) => hash !== null)) return bad('A hash of the proof cannot be read.')
  return ok({ extra, index, hashes, checkpoint: text.slice(cut + 2) })
}
