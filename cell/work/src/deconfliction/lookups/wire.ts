import { isRunProblem, type RunProblem } from '@tandem/blind'

/** What goes between two cells about single lookups: one question, one answer, and nothing is kept on the line. */
export type LookupQuestion =
  /** A signed request for a grant. Said again, it asks what became of it. */
  | { readonly is: 'request'; readonly bytes: Uint8Array }
  /** A token and one blinded element. */
  | { readonly is: 'question'; readonly bytes: Uint8Array }

export type LookupAnswer =
  /** People have not decided yet. */
  | { readonly is: 'waiting' }
  | { readonly is: 'refused'; readonly why: RunProblem }
  | { readonly is: 'offer'; readonly bytes: Uint8Array }
  /** One element and its proof. */
  | { readonly is: 'answer'; readonly bytes: Uint8Array }

const questions = { request: 0, question: 1 } as const
const answers = { waiting: 0, refused: 1, offer: 2, answer: 3 } as const

const tagged = (tag: number, bytes: Uint8Array = new Uint8Array(0)): Uint8Array => {
  const whole = new Uint8Array(bytes.length + 1)
  whole[0] = tag
  whole.set(bytes, 1)
  return whole
}

export const lookupQuestionBytes = ({ is, bytes }: LookupQuestion): Uint8Array => tagged(questions[is], bytes)

export function readLookupQuestion(bytes: Uint8Array): LookupQuestion | null {
  if (bytes.length < 2) return null
  if (bytes[0] === questions.request) return { is: 'request', bytes: bytes.slice(1) }
  return bytes[0] === questions.question ? { is: 'question', bytes: bytes.slice(1) } : null
}

export function lookupAnswerBytes(answer: LookupAnswer): Uint8Array {
  const tag = answers[answer.is]
  if (answer.is === 'waiting') return tagged(tag)
  return tagged(tag, answer.is === 'refused' ? Buffer.from(answer.why, 'latin1') : answer.bytes)
}

export function readLookupAnswer(bytes: Uint8Array): LookupAnswer | null {
  const rest = bytes.slice(1)
  if (bytes[0] === answers.waiting) return rest.length === 0 ? { is: 'waiting' } : null
  if (bytes[0] === answers.refused) {
    const why = Buffer.from(rest).toString('latin1')
    return isRunProblem(why) ? { is: 'refused', why } : null
  }
  if (rest.length === 0) return null
  if (bytes[0] === answers.offer) return { is: 'offer', bytes: rest }
  return bytes[0] === answers.answer ? { is: 'answer', bytes: rest } : null
}
