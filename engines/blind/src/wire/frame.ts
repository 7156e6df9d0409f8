import { hash } from 'node:crypto'
import { concat, isEqual, utf8 } from '../bytes.ts'
import { numberBytes, Reader } from './bytes.ts'

/** The messages of a run in the order in which they can come. A number never changes its meaning. */
export const frameKinds = {
  request: 1,
  acceptance: 2,
  refusal: 3,
  commitment: 4,
  blinded: 5,
  evaluated: 6,
  next: 7,
  outputs: 8,
  closing: 9,
  release: 10,
  pointers: 11,
  list: 12,
  query: 13,
  answer: 14,
} as const
export type FrameKind = keyof typeof frameKinds

/**
 * One message: `TBLD`, version, kind, thread (32 bytes: the digest of the request that began it), number of the
 * message in the thread (4), digest of all messages before it (32), length of the body (4), body.
 */
export interface Frame {
  readonly kind: FrameKind
  readonly thread: Uint8Array
  readonly sequence: number
  readonly before: Uint8Array
  readonly body: Uint8Array
}

const mark = utf8('TBLD')
const version = 1
export const digestBytes = 32
const headBytes = mark.length + 2 + digestBytes + 4 + digestBytes + 4
/** A chunk of elements is 32 KiB, a statement with its signatures below 64 KiB. */
export const longestBody = 96 * 1024
export const longestFrame = headBytes + longestBody

export function frameBytes({ kind, thread, sequence, before, body }: Frame): Uint8Array {
  if (body.length > longestBody) throw new RangeError('the body of a message is too long')
  const head = concat(mark, Uint8Array.of(version, frameKinds[kind]))
  return concat(head, thread, numberBytes(sequence, 4), before, numberBytes(body.length, 4), body)
}

/** Null for anything that is not exactly one message of this version. */
export function readFrame(bytes: Uint8Array): Frame | null {
  if (bytes.length > longestFrame) return null
  const reader = new Reader(bytes)
  const marked = reader.take(mark.length)
  if (marked === null || !isEqual(marked, mark) || reader.number(1) !== version) return null
  const number = reader.number(1)
  const kind = kinds.find((name) => frameKinds[name] === number)
  const [thread, sequence, before, length] = [
    reader.take(digestBytes),
    reader.number(4),
    reader.take(digestBytes),
    reader.number(4),
  ]
  if (kind === undefined || thread === null || sequence === null || before === null) return null
  return length === reader.left ? { kind, thread, sequence, before, body: reader.rest() } : null
}

const kinds: readonly FrameKind[] = [
  'request',
  'acceptance',
  'refusal',
  'commitment',
  'blinded',
  'evaluated',
  'next',
  'outputs',
  'closing',
  'release',
  'pointers',
  'list',
  'query',
  'answer',
]

export const digest = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(hash('sha256', concat(...parts), 'buffer'))

/** The digest after one more message: each fixes all before it. */
export const digestAfter = (before: Uint8Array, frame: Uint8Array): Uint8Array => digest(before, digest(frame))

export const nothingBefore = new Uint8Array(digestBytes)
