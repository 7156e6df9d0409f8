import type { FlagName, ListHit, NumberName, TriageContext, TriageFacts } from '@tandem/triage'
import { flagNames, instantNames, numberNames } from '@tandem/triage'
import fc from 'fast-check'

export const now = '2026-03-10T12:00:00Z'
export const context: TriageContext = { now, receivedAt: '2026-03-10T11:30:00Z' }

const place = (name: string) => [{ place: `$.${name}` }]

export const yes = (...names: FlagName[]): TriageFacts => said('yes', names)
export const no = (...names: FlagName[]): TriageFacts => said('no', names)
const said = (value: 'yes' | 'no', names: FlagName[]): TriageFacts =>
  Object.fromEntries(names.map((name) => [name, { value, evidence: place(name) }]))

export const count = (name: NumberName, number: number | null): TriageFacts => ({
  [name]: { number, evidence: place(name) },
})

export const instant = (name: (typeof instantNames)[number], text: string): TriageFacts => ({
  [name]: { instant: text, evidence: place(name) },
})

export const hit = (file: string, at: string): ListHit => ({
  file,
  list: 'Test list',
  listVersion: '7',
  category: { scheme: 'Test scheme', value: '2' },
  place: at,
})

const evidence = fc.array(fc.record({ place: fc.constantFrom('$.a', '$.b', '$.c[0]', 'bytes 1-9') }), { maxLength: 3 })
const flag = fc.record({ value: fc.constantFrom('yes', 'no', 'not said'), evidence })
const number = fc.record({
  number: fc.option(fc.oneof(fc.integer({ min: 0, max: 130 }), fc.constantFrom(-1, 0.5, 2 ** 60))),
  evidence,
})
const moment = fc.record({
  instant: fc.option(
    fc.oneof(
      fc.integer({ min: -400, max: 40 }).map((days) => new Date(Date.parse(now) + days * 86_400_000).toISOString()),
      fc.constantFrom('2026-03-01T10:00:00', 'yesterday', '2026-03-09T23:00:00-05:00', '9999-12-31T23:00:00-14:00'),
    ),
  ),
  evidence,
})
const hits = fc.array(
  fc.tuple(fc.constantFrom('f1', 'f2', 'f3'), fc.constantFrom('$.x', '$.y')).map(([file, at]) => hit(file, at)),
  { maxLength: 6 },
)
const declared = fc.array(
  fc.record({
    level: fc.constantFrom('P1', 'P2', 'P3'),
    sender: fc.constantFrom('Test Sender', 'Test Other Sender', null),
    evidence,
  }),
  { maxLength: 3 },
)

const some = <T>(names: readonly string[], of: fc.Arbitrary<T>) =>
  fc.record(Object.fromEntries(names.map((name) => [name, of])), { requiredKeys: [] })

/** Any facts at all, the unusable ones among them. Few flags are set, or every case would stand on a gate. */
export const anyFacts: fc.Arbitrary<TriageFacts> = fc
  .tuple(
    fc.oneof(fc.subarray([...flagNames], { maxLength: 6 }), fc.subarray([...flagNames])).chain((names) => {
      return some(names, flag)
    }),
    some(numberNames, number),
    some(instantNames, moment),
    fc.record({ listHits: hits, declared }, { requiredKeys: [] }),
  )
  .map((parts): TriageFacts => Object.assign({}, ...parts))

/** Facts without any gate open, so that sums alone decide. */
export const withoutGates = (facts: TriageFacts): TriageFacts => {
  const { materialMadeAt: _, ...rest } = facts
  return {
    ...rest,
    ...said('no', [
      'abuseNowOrImminent',
      'threatToLife',
      'selfHarmStated',
      'sextortion',
      'meetingPlanned',
      'contactOffendingSuspected',
      'recentlyMadeMaterial',
      'childMadeOrSentMaterial',
      'liveStreaming',
      'groomingOfChild',
      'minorToMinor',
      'senderEscalated',
    ]),
  }
}
