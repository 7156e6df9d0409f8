import { askOne, type LookupOutcome, type Question, readAnswer, runProblems, tokenOf } from '@tandem/blind'
import type { Json } from '@tandem/core'
import { lineProblems } from '../../peers/line.ts'
import type { PeerAgency, Peers } from '../../peers/peers.ts'
import { lineFailed, notClear, unanswered } from '../parts.ts'
import { chance, type TakenOffer } from './grants.ts'
import { lookupQuestionBytes, readLookupAnswer } from './wire.ts'

/** What became of the request for a grant. */
export type Asked =
  | { readonly is: 'waiting' }
  | { readonly is: 'refused'; readonly why: string; readonly says: string }
  | { readonly is: 'offer'; readonly bytes: Uint8Array }
  | { readonly is: 'no answer'; readonly says: string }

export async function askForGrant({ line }: Peers, peer: PeerAgency, bytes: Uint8Array): Promise<Asked> {
  const came = await line.ask(peer, 'lookup', lookupQuestionBytes({ is: 'request', bytes }))
  if (!came.ok) return { is: 'no answer', says: lineProblems[came.error] }
  const answer = readLookupAnswer(came.value)
  if (answer === null || answer.is === 'answer') return { is: 'no answer', says: lineProblems.malformed }
  if (answer.is === 'refused') return { ...answer, says: runProblems[answer.why] }
  return answer
}

/** How one question ended, as it is kept. Whatever is not one of the first two is no answer, and never "clear". */
export type LookupEnd =
  | { readonly is: 'held' }
  | { readonly is: 'not in this list' }
  | { readonly is: 'no answer'; readonly outcome: Json }

/** The questions of one value: one for each form that it has. Null: a token is not there. */
export function questionsOf({ offer, macs }: TakenOffer, first: number, inputs: readonly Uint8Array[]) {
  const questions = inputs.map((input, at) => {
    const token = tokenOf(offer.grant, macs, first + at)
    return token === null ? null : askOne(input, token, chance)
  })
  return questions.every((question) => question !== null) ? questions : null
}

/** Asks all forms, whatever the first answers: how many questions there are says nothing of the answer. */
export async function askAll(
  peers: Peers,
  peer: PeerAgency,
  taken: TakenOffer,
  questions: readonly Question[],
): Promise<LookupEnd> {
  const ends: LookupEnd[] = []
  for (const question of questions) ends.push(await askOnce(peers, peer, taken, question))
  return (
    ends.find(({ is }) => is === 'held') ??
    ends.find(({ is }) => is === 'no answer') ??
    ends[0] ?? { is: 'no answer', outcome: unanswered('stopped').outcome }
  )
}

async function askOnce({ line }: Peers, peer: PeerAgency, taken: TakenOffer, question: Question): Promise<LookupEnd> {
  const sent = lookupQuestionBytes({ is: 'question', bytes: question.bytes })
  const came = await line.ask(peer, 'lookup', sent)
  if (!came.ok) return { is: 'no answer', outcome: lineFailed(came.error).outcome }
  const answer = readLookupAnswer(came.value)
  if (answer?.is === 'refused') {
    const says = notClear(`The other side refused the question. ${runProblems[answer.why]}`)
    return { is: 'no answer', outcome: { is: 'no answer', why: 'refused', theirReason: answer.why, says } }
  }
  if (answer?.is !== 'answer') return { is: 'no answer', outcome: unanswered('malformed').outcome }
  return endOf(readAnswer(question, answer.bytes, taken.offer.list, taken.outputs))
}

function endOf(outcome: LookupOutcome): LookupEnd {
  if (outcome.is !== 'no answer') return outcome
  const { why, theirReason, says } = outcome
  return { is: 'no answer', outcome: { is: 'no answer', why, theirReason, says } }
}
