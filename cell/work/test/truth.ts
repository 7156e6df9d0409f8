import assert from 'node:assert/strict'
import { isHigher } from '@tandem/core'
import type { ReferralTruth } from '@tandem/testkit'
import type { Met } from './play.ts'

/**
 * What the world knows and a sender tells in words alone: neither format has a field for it. The engine reads no
 * words, so only the sender's declared priority can speak for these; everything else has to be computed.
 */
const toldInWordsOnly: ReadonlySet<string> = new Set<ReferralTruth['priority']['because'][number]>([
  'a life is at risk now',
  'self-harm is mentioned',
  'abuse is live now',
  'a meeting with a child is planned',
  'suspected access to a child',
  // Told by the time of capture, which is recent only for thirty days from the scoring.
  'material was made in the last days',
])

export function assertIdentifiers({ truth, shown }: Met): void {
  const found = new Set(shown.mentions.map(({ kind, normal }) => `${kind} ${normal}`))
  const told = truth.identifiers.map(({ kind, normal }) => `${kind} ${normal}`)
  assert.deepEqual([...found].sort(), told.sort(), `identifiers of ${truth.id}`)
}

export function assertHits({ truth, shown }: Met): void {
  const say = (category: { scheme: string; value: string } | null): string =>
    category === null ? 'no category' : `${category.scheme} ${category.value}`
  const found = shown.hits.map(({ list, kind, value, category }) => `${list}: ${kind} ${value}, ${say(category)}`)
  const told = truth.hits.flatMap(({ list, hashes, category }) =>
    hashes.map(({ kind, value }) => `${list}: ${kind} ${value}, ${say(category)}`),
  )
  assert.deepEqual(found.sort(), told.sort(), `hits of ${truth.id}`)
}

/** Never below what the sender declared, nor below what is told in a field. */
export function assertPriority({ truth, shown }: Met): void {
  const { declared, effective } = shown.item.priority
  const { priority } = truth
  assert.equal(declared, priority.declared, `declared priority of ${truth.id}`)
  assert.ok(declared === null || !isHigher(declared, effective), `${truth.id} stands below its declared priority`)
  if (priority.because.some((fact) => toldInWordsOnly.has(fact))) return
  assert.ok(
    !isHigher(priority.byFacts, effective),
    `${truth.id}: ${priority.because.join('; ')} stands at ${effective}`,
  )
}

/** Does what is true here rest on words alone? The count of those is part of what a test states. */
export const isLow = ({ truth, shown }: Met): boolean => isHigher(truth.priority.atLeast, shown.item.priority.effective)

/** How the other referral stands to this one, on the desk of this one. */
export const relationsTo = (met: Met, other: Met | undefined): string[] =>
  other === undefined ? [] : met.shown.related.filter(({ id }) => id === other.shown.item.id).map(({ how }) => how)

export const endsIn = (met: Met, all: ReadonlyMap<string, Met>): Met => {
  const into = met.shown.related.find(({ how }) => how === 'folded into' || how === 'merged into')
  const next = into === undefined ? undefined : [...all.values()].find(({ shown }) => shown.item.id === into.id)
  return next === undefined ? met : endsIn(next, all)
}
