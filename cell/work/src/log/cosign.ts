import {
  type Checkpoint,
  openNote,
  proveConsistency,
  readerOfTiles,
  readSignatureLine,
  tilePath,
  tileWidth,
  verifySignature,
  writeSignatureLine,
  writeWitnessRequest,
} from '@tandem/ledger'
import type { LogFolder } from './folder.ts'
import { Halted, type Witness } from './types.ts'

/** What came of asking one witness. */
export type Asked =
  | { readonly is: 'cosigned'; readonly lines: string }
  /** It did not answer, or not as the protocol says. */
  | { readonly is: 'silent'; readonly says: string }
  /** It remembers another history of this log than we show. */
  | { readonly is: 'contradicted'; readonly halted: Halted }

export interface Question {
  readonly checkpoint: Checkpoint
  /** Signed by the log. */
  readonly note: string
  /** The size that this witness cosigned last, as far as we know. */
  readonly known: number
  readonly folder: LogFolder
}

/** Asks a witness to cosign a checkpoint whose tiles are on disk (C2SP tlog-witness, add-checkpoint). */
export async function askWitness(witness: Witness, question: Question): Promise<Asked> {
  const { checkpoint, note, folder } = question
  let known = Math.min(question.known, checkpoint.size)
  // A second time when it tells us what it has seen: another copy of this cell may have asked in between.
  for (let tries = 0; tries < 2; tries++) {
    const proof = known === 0 ? [] : proveConsistency(hashesIn(folder, checkpoint.size), known, checkpoint.size)
    let answer: { readonly status: number; readonly body: string }
    try {
      answer = await witness.ask(writeWitnessRequest(known, proof, note))
    } catch (error) {
      return { is: 'silent', says: error instanceof Error ? error.message : 'no answer' }
    }
    if (answer.status === 200) return cosigned(witness, note, answer.body)
    if (answer.status === 422)
      return contradicted('fork', `The witness ${witness.name} has cosigned another history of this log.`)
    const seen = answer.status === 409 && /^\d{1,15}\n?$/.test(answer.body) ? Number(answer.body) : null
    if (seen === null) return { is: 'silent', says: `answers ${answer.status}` }
    if (seen > checkpoint.size) {
      const says = `The witness ${witness.name} has cosigned ${seen} entries of this log, and there are ${checkpoint.size} now.`
      return contradicted('rollback', says)
    }
    known = seen
  }
  return { is: 'silent', says: 'somebody else asks it about this log at the same time' }
}

const contradicted = (kind: string, says: string): Asked => ({ is: 'contradicted', halted: new Halted(kind, says) })

/** Only lines that hold, by all keys that we know of this witness. */
function cosigned(witness: Witness, note: string, body: string): Asked {
  const text = note.slice(0, note.lastIndexOf('\n\n') + 1)
  const signatures = body.split('\n').flatMap((line) => readSignatureLine(line) ?? [])
  const good = witness.keys.flatMap((key) => {
    const own = signatures.find(({ name, id }) => name === key.name && id === key.id)
    return own !== undefined && verifySignature(key, text, own.bytes).is === 'good' ? [writeSignatureLine(own)] : []
  })
  if (good.length < witness.keys.length) return { is: 'silent', says: 'its cosignature does not hold' }
  return { is: 'cosigned', lines: good.join('') }
}

/** A note with more cosignatures; lines that it has already are not put in twice. */
export function withLines(note: string, lines: string): string {
  const fresh = lines.split('\n').filter((line) => line !== '' && !note.includes(`${line}\n`))
  return `${note}${fresh.map((line) => `${line}\n`).join('')}`
}

/** Whether a witness has signed this note with all its keys. */
export function hasSigned(note: string, { keys }: Pick<Witness, 'keys'>): boolean {
  const opened = openNote(note, keys)
  return opened.ok && keys.every((key) => opened.value.signedBy.some((each) => each.key === key))
}

/** Any hash of the log as it was at `size`, out of its files. Throws when a tile is not there. */
export function hashesIn(folder: Pick<LogFolder, 'read'>, size: number): (level: number, index: number) => Uint8Array {
  const tiles = new Map<string, Uint8Array>()
  return readerOfTiles((tile) => {
    const path = tilePath(tile)
    const bytes = tiles.get(path) ?? folder.read(path) ?? folder.read(tilePath({ ...tile, width: tileWidth }))
    if (bytes === null) throw new Error(`the tile ${path} is not there`)
    tiles.set(path, bytes)
    return bytes
  }, size)
}
