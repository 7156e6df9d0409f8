import { concat, isEqual, utf8 } from '../bytes.ts'
import { digest, digestAfter, type Frame, type FrameKind, frameBytes, nothingBefore, readFrame } from '../wire/frame.ts'
import type { RunProblem } from './problem.ts'

/** One side's view of what was said so far. Each message names the digest of all before it, so both views are one. */
export interface Thread {
  readonly id: Uint8Array
  readonly sequence: number
  readonly before: Uint8Array
}

/** The digest of the request names the thread, the control and, with the acceptance, the run. */
export const requestDigest = (requestBody: Uint8Array): Uint8Array => digest(utf8('tandem blind request'), requestBody)

export const threadOf = (requestBody: Uint8Array): Thread => ({
  id: requestDigest(requestBody),
  sequence: 0,
  before: nothingBefore,
})

/** Both nonces are in it: neither side alone can make two runs have one name. */
export const runIdOf = (requestBody: Uint8Array, acceptanceBody: Uint8Array): Uint8Array =>
  digest(utf8('tandem blind run'), concat(digest(requestBody), digest(acceptanceBody)))

export function said(thread: Thread, kind: FrameKind, body: Uint8Array): { thread: Thread; bytes: Uint8Array } {
  const bytes = frameBytes({ kind, thread: thread.id, sequence: thread.sequence, before: thread.before, body })
  return { thread: after(thread, bytes), bytes }
}

export type Heard = { readonly thread: Thread; readonly frame: Frame } | RunProblem

/** The next message, if it is the next of this thread and of one of these kinds. */
export function heard(thread: Thread, bytes: Uint8Array, ...kinds: readonly FrameKind[]): Heard {
  const frame = readFrame(bytes)
  if (frame === null) return 'malformed'
  if (!isEqual(frame.thread, thread.id)) return 'other-run'
  // A refusal is signed for its request and can come at any moment, also beside a message that is on its way.
  if (frame.kind === 'refusal' && kinds.includes('refusal')) return { thread: after(thread, bytes), frame }
  if (frame.sequence !== thread.sequence || !isEqual(frame.before, thread.before)) return 'other-run'
  return kinds.includes(frame.kind) ? { thread: after(thread, bytes), frame } : 'out-of-turn'
}

const after = (thread: Thread, bytes: Uint8Array): Thread => ({
  id: thread.id,
  sequence: thread.sequence + 1,
  before: digestAfter(thread.before, bytes),
})
