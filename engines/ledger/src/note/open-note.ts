import { ok, type Result } from '@tandem/core'
import { type LedgerRefusal, refusal } from '../refusal.ts'
import { type VerifierKey, verifySignature } from './key.ts'
import { type NoteSignature, readNote } from './note.ts'

export interface OpenedNote {
  readonly text: string
  /** Keys that signed, each once, and the time they signed for. */
  readonly signedBy: readonly { readonly key: VerifierKey; readonly time: number | null }[]
  /** Signatures by known keys of a kind that this Node cannot check. */
  readonly unsupported: readonly VerifierKey[]
  /** Lines by keys that the caller did not name. They prove nothing and are left out of the account. */
  readonly unknown: readonly NoteSignature[]
  /** How many signature lines there are. */
  readonly lines: number
}

/**
 * C2SP signed-note, "Signatures": lines by unknown keys are ignored, a bad line by a known key spoils the whole note.
 * Whether those who signed are enough is for a policy to say.
 */
export function openNote(note: string, keys: readonly VerifierKey[]): Result<OpenedNote, LedgerRefusal> {
  const read = readNote(note)
  if (!read.ok) return read
  const { text, signatures } = read.value
  const signedBy = new Map<VerifierKey, number | null>()
  const unsupported: VerifierKey[] = []
  const unknown: NoteSignature[] = []
  for (const signature of signatures) {
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.id)
    if (key === undefined) {
      unknown.push(signature)
      continue
    }
    const verdict = verifySignature(key, text, signature.bytes)
    if (verdict.is === 'bad') return refusal('signature', `A signature of ${key.name} (${key.kind}) does not hold.`)
    if (verdict.is === 'unsupported') unsupported.push(key)
    else signedBy.set(key, verdict.time)
  }
  return ok({
    text,
    signedBy: [...signedBy].map(([key, time]) => ({ key, time })),
    unsupported,
    unknown,
    lines: signatures.length,
  })
}
