import { ok, type Result } from '@tandem/core'
import { type LedgerRefusal, refusal } from '../refusal.ts'
import { readCount, readHash, writeBase64 } from './base64.ts'

/** C2SP tlog-checkpoint 1.0: what a log says of itself at one size. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
  readonly extensions: readonly string[]
}

/** Reads the text of a note, without its signatures. */
export function readCheckpoint(text: string): Result<Checkpoint, LedgerRefusal> {
  const bad = (says: string): Result<Checkpoint, LedgerRefusal> => refusal('checkpoint', says)
  if (!text.endsWith('\n')) return bad('The checkpoint does not end with a newline.')
  const [origin = '', sizeLine = '', rootLine = '', ...extensions] = text.slice(0, -1).split('\n')
  const size = readCount(sizeLine)
  const root = readHash(rootLine)
  if (origin === '') return bad('The checkpoint names no log.')
  if (size === null) return bad('The checkpoint has no tree size.')
  if (root === null) return bad('The checkpoint has no root hash.')
  if (extensions.includes('')) return bad('The checkpoint has an empty line.')
  return ok({ origin, size, root, extensions })
}

export const writeCheckpoint = (checkpoint: Pick<Checkpoint, 'origin' | 'size'> & { root: Uint8Array }): string =>
  `${checkpoint.origin}\n${checkpoint.size}\n${writeBase64(checkpoint.root)}\n`
