import type { Ground, Instant, ValueSuppressed, ValueUnsuppressed } from '../subjects/events.ts'
import { order } from '../subjects/facts.ts'
import { type Generic, genericValues } from './identities.ts'
import type { GenericLists } from './lists.ts'
import { type Observed, valueKey } from './observed.ts'

export interface Review {
  /** To add to the log: what is generic now and was not, and what no longer is. */
  readonly acts: readonly (ValueSuppressed | ValueUnsuppressed)[]
  /** Values that their issuer gives once and yet many name: a person is asked, nothing is done. */
  readonly ask: readonly Generic[]
}

/**
 * Looks at everything that was observed and says what must change so that generic values, and no others, are suppressed:
 * by lists, then by evidence. Acts of persons are never touched. `standing` are the acts that suppress something now;
 * `spared` are values whose evidence a person has overruled.
 */
export function reviewGeneric(
  observed: readonly Observed[],
  standing: readonly ValueSuppressed[],
  lists: GenericLists,
  now: { readonly at: Instant; readonly spared?: ReadonlySet<string> },
): Review {
  const wanted = new Map<string, Omit<ValueSuppressed, 'id'>>()
  const want = (value: string, reason: string, ground: Ground): void => {
    if (now.spared?.has(value) !== true)
      wanted.set(groundKey(value, ground), { kind: 'value suppressed', at: now.at, value, reason, ground })
  }
  const looked = new Set<string>()
  for (const each of observed) {
    const value = valueKey(each)
    if (looked.has(value)) continue
    looked.add(value)
    for (const { reason, ...list } of lists.reasons(each.kind, each.value)) want(value, reason, { by: 'list', ...list })
  }
  const byPersons = standing.filter(({ ground }) => ground.by === 'person')
  const found = genericValues(observed, new Set([...wanted.values(), ...byPersons].map(({ value }) => value)))
  for (const { value, identities, most, records, ask } of found) {
    if (ask) continue
    const reason = `${identities} identities name it, and no more than ${most} can own one`
    want(value, reason, { by: 'evidence', identities, most, records })
  }
  const held = new Set(standing.map(({ value, ground }) => groundKey(value, ground)))
  const acts: (ValueSuppressed | ValueUnsuppressed)[] = []
  for (const [key, act] of wanted) if (!held.has(key)) acts.push({ ...act, id: `${key} at ${now.at}` })
  for (const { id, value, ground } of standing) {
    if (ground.by === 'person' || wanted.has(groundKey(value, ground))) continue
    acts.push({
      ...{ kind: 'value unsuppressed', id: `${id} ended at ${now.at}`, at: now.at, suppression: id },
      ...{ who: 'the review of generic values', why: 'neither list nor evidence says so any more' },
    })
  }
  return { acts: acts.sort((a, b) => order(a.id, b.id)), ask: found.filter(({ ask }) => ask) }
}

/** More of the same evidence is no new act; another version of a list is. */
const groundKey = (value: string, ground: Ground): string =>
  `${value} by ${ground.by === 'list' ? `${ground.list} ${ground.version}` : ground.by}`
