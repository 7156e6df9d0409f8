import { ok, type Result } from '@tandem/core'
import { type LedgerRefusal, refusal } from '../refusal.ts'
import { readBase64 } from './base64.ts'

/** A signature line of a C2SP signed note: key name and key id say who, the rest depends on the kind of key. */
export interface NoteSignature {
  readonly name: string
  /** Eight hexadecimal digits. */
  readonly id: string
  readonly bytes: Buffer
}

export interface Note {
  /** With its final newline: exactly what is signed. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

const mostSignatures = 64
const mark = '\u2014 '

/** C2SP signed-note 1.0, by the letter. Nothing is verified yet. */
export function readNote(note: string): Result<Note, LedgerRefusal> {
  const bad = (says: string): Result<Note, LedgerRefusal> => refusal('note', says)
  if (!note.isWellFormed() || hasControls(note)) return bad('The note is no plain text.')
  const cut = note.lastIndexOf('\n\n')
  if (cut < 0 || !note.endsWith('\n')) return bad('The note has no text above its signatures.')
  const lines = note
    .slice(cut + 2)
    .split('\n')
    .slice(0, -1)
  if (lines.length === 0) return bad('The note has no signature.')
  if (lines.length > mostSignatures) return bad(`The note has more than ${mostSignatures} signatures.`)
  const signatures = lines.map(readSignatureLine)
  if (!signatures.every((each) => each !== null)) return bad('A signature line of the note cannot be read.')
  return ok({ text: note.slice(0, cut + 1), signatures })
}

export function readSignatureLine(line: string): NoteSignature | null {
  const [name = '', base64 = '', ...more] = line.startsWith(mark) ? line.slice(mark.length).split(' ') : []
  const bytes = readBase64(base64)
  if (!isKeyName(name) || more.length > 0 || bytes === null || bytes.length < 5) return null
  return { name, id: bytes.toString('hex', 0, 4), bytes: bytes.subarray(4) }
}

export const writeSignatureLine = ({ name, id, bytes }: NoteSignature): string =>
  `${mark}${name} ${Buffer.concat([Buffer.from(id, 'hex'), bytes]).toString('base64')}\n`

export const writeNote = ({ text, signatures }: Note): string =>
  `${text}\n${signatures.map(writeSignatureLine).join('')}`

/** Not empty, no Unicode space, no plus. */
export const isKeyName = (name: string): boolean => name !== '' && !/[\s\u0085+]/u.test(name)

/** ASCII controls other than newline. */
const hasControls = (text: string): boolean => [...text].some((letter) => letter < ' ' && letter !== '\n')
