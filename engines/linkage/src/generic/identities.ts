import { UnionFind } from '../graph/union-find.ts'
import { order } from '../subjects/facts.ts'
import { kindRules, type Observed, type ObservedKind, valueKey } from './observed.ts'

/** A value that more people name than can own it. */
export interface Generic {
  readonly value: string
  readonly kind: ObservedKind
  /** Distinct identity contexts it stands in: groups of records that share something else that identifies. */
  readonly identities: number
  readonly most: number
  readonly records: number
  /** Its issuer gives it once: a person decides, nothing is suppressed. */
  readonly ask: boolean
}

/**
 * Generic by evidence. Referrals are not counted, for a prolific suspect is not generic: the records that name a value
 * are brought together by whatever else identifies, there or in other records, and the groups are counted. Records that name nothing that
 * identifies are together one group at most: what is not said is no identity. Values found generic, or known as such
 * (`aside`), do not bring anything together, so the counting is done again until nothing changes. The answer does not
 * depend on the order of what was observed.
 */
export function genericValues(observed: readonly Observed[], aside: ReadonlySet<string> = new Set()): Generic[] {
  const values = new Map<string, { readonly kind: ObservedKind; readonly records: Set<string> }>()
  const identifying = new Map<string, Set<string>>()
  for (const each of observed) {
    const key = valueKey(each)
    const known = values.get(key)
    if (known === undefined) values.set(key, { kind: each.kind, records: new Set([each.record]) })
    else known.records.add(each.record)
    if (!kindRules[each.kind].identifies || aside.has(key)) continue
    const own = identifying.get(each.record)
    if (own === undefined) identifying.set(each.record, new Set([key]))
    else own.add(key)
  }
  const many = [...values].filter(([key, { kind, records }]) => records.size > kindRules[kind].most && !aside.has(key))
  const base = groupedByRest(observed, values, new Set([...many.map(([key]) => key), ...aside]))
  const found = new Map<string, Generic>()
  for (;;) {
    // All of one round are judged by what the round before found.
    const round = many.flatMap(([value, { kind, records }]): Generic[] => {
      if (found.has(value)) return []
      const { most, exclusive } = kindRules[kind]
      const identities = identitiesOf(value, records, { identifying, base, generic: found })
      return identities > most ? [{ value, kind, identities, most, records: records.size, ask: exclusive }] : []
    })
    if (round.length === 0) return [...found.values()].sort((a, b) => order(a.value, b.value))
    for (const each of round) found.set(each.value, each)
  }
}

/** Records that share, over any number of steps, something that identifies and that few name: the first of each group. */
function groupedByRest(
  observed: readonly Observed[],
  values: ReadonlyMap<string, { readonly kind: ObservedKind; readonly records: ReadonlySet<string> }>,
  without: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>()
  for (const { record } of observed) if (!numbers.has(record)) numbers.set(record, numbers.size)
  const sets = new UnionFind(numbers.size)
  for (const [key, { kind, records }] of values) {
    if (!kindRules[kind].identifies || without.has(key)) continue
    let first = -1
    for (const record of records) {
      const number = numbers.get(record) ?? 0
      if (first < 0) first = number
      else sets.join(first, number)
    }
  }
  return new Map([...numbers].map(([record, number]) => [record, sets.find(number)]))
}

interface Contexts {
  readonly identifying: ReadonlyMap<string, ReadonlySet<string>>
  readonly base: ReadonlyMap<string, number>
  readonly generic: ReadonlyMap<string, Generic>
}

function identitiesOf(value: string, records: ReadonlySet<string>, { identifying, base, generic }: Contexts): number {
  const places = new Map<string, number>()
  const joins: [number, number][] = []
  let silent = 0
  let count = 0
  for (const record of records) {
    // An exclusive value that is only asked about still identifies.
    const says = [...(identifying.get(record) ?? [])].filter((key) => key !== value && generic.get(key)?.ask !== false)
    if (says.length === 0) {
      silent = 1
      continue
    }
    for (const key of [...says, `group ${base.get(record)}`]) {
      const place = places.get(key)
      if (place === undefined) places.set(key, count)
      else joins.push([place, count])
    }
    count++
  }
  const sets = new UnionFind(count)
  for (const [one, other] of joins) sets.join(one, other)
  let groups = silent
  for (let place = 0; place < count; place++) if (sets.find(place) === place) groups++
  return groups
}
