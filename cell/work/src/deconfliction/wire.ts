/**
 * What goes between two cells about deconfliction, one question and one answer at a time. The side that asks drives: it
 * brings a message, or asks whether there is one for it while the people of the other side decide.
 */
export type Question =
  | { readonly is: 'message'; readonly bytes: Uint8Array }
  /** By the digest of the request. */
  | { readonly is: 'poll'; readonly thread: Uint8Array }

export type Answer =
  | { readonly is: 'message'; readonly bytes: Uint8Array }
  | { readonly is: 'waiting' }
  /** This side has nothing more to say. */
  | { readonly is: 'over' }

const MESSAGE = 0
const POLL = 1
const WAITING = 2
const OVER = 3

const tagged = (tag: number, bytes: Uint8Array = new Uint8Array(0)): Uint8Array => {
  const whole = new Uint8Array(bytes.length + 1)
  whole[0] = tag
  whole.set(bytes, 1)
  return whole
}

export const questionBytes = (question: Question): Uint8Array =>
  question.is === 'message' ? tagged(MESSAGE, question.bytes) : tagged(POLL, question.thread)

export function readQuestion(bytes: Uint8Array): Question | null {
  if (bytes[0] === MESSAGE && bytes.length > 1) return { is: 'message', bytes: bytes.slice(1) }
  return bytes[0] === POLL && bytes.length === 33 ? { is: 'poll', thread: bytes.slice(1) } : null
}

export function answerBytes(answer: Answer): Uint8Array {
  if (answer.is === 'message') return tagged(MESSAGE, answer.bytes)
  return tagged(answer.is === 'waiting' ? WAITING : OVER)
}

export function readAnswer(bytes: Uint8Array): Answer | null {
  if (bytes[0] === MESSAGE && bytes.length > 1) return { is: 'message', bytes: bytes.slice(1) }
  if (bytes.length !== 1) return null
  return bytes[0] === WAITING ? { is: 'waiting' } : bytes[0] === OVER ? { is: 'over' } : null
}
