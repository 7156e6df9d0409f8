import fc from 'fast-check'
import type { Decision, EdgeScored, LinkEvent, Settings, Snapshot } from '../src/index.ts'

/** Subjects of a log by the book, slowly: nothing of the engine is used. */
export function plainSubjects(log: readonly LinkEvent[], asOf: number, settings: Settings): Snapshot {
  const kinds = <K extends LinkEvent['kind']>(kind: K) =>
    log.filter((event): event is Extract<LinkEvent, { kind: K }> => event.kind === kind)
  const received = new Map<string, number>()
  for (const { record, received: at } of kinds('record added'))
    received.set(record, Math.min(at, received.get(record) ?? at))
  const records = [...received.keys()].sort()
  const undone = new Set(kinds('decision undone').map(({ decision }) => decision))
  const unsuppressed = new Set(kinds('value unsuppressed').map(({ suppression }) => suppression))
  const suppressed = new Set(
    kinds('value suppressed').flatMap(({ id, value }) => (unsuppressed.has(id) ? [] : [value])),
  )
  const decisions = kinds('decision')
    .filter(({ id, expires }) => !undone.has(id) && (expires === null || expires > asOf))
    .filter(({ one, other }) => received.has(one) && received.has(other))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const edge = (one: string, other: string): EdgeScored | undefined =>
    kinds('edge scored')
      .filter(({ relation }) => relation === 'same person')
      .filter((each) => [each.one, each.other].includes(one) && [each.one, each.other].includes(other))
      .sort((a, b) => b.model.revision - a.model.revision || b.at - a.at || (a.id < b.id ? 1 : -1))[0]
  const scored = (one: string, other: string): number | null => {
    const found = edge(one, other)
    if (found === undefined) return null
    const counted = found.evidence.filter(({ value }) => value === undefined || !suppressed.has(value))
    if (counted.length < found.evidence.length && counted.every(({ millibits }) => millibits <= 0)) return null
    return counted.reduce((sum, { millibits }) => sum + millibits, found.prior)
  }
  const hangs = (one: string, other: string): boolean =>
    (scored(one, other) ?? Number.NEGATIVE_INFINITY) >= settings.edgeFrom ||
    decisions.some((each) => each.verb === 'must link' && touches(each, one) && touches(each, other))
  const contradictions = decisions
    .filter(({ verb }) => verb === 'cannot link')
    .map((cannot) => ({ cannot, must: ways(cannot.one, cannot.other, decisions) }))
    .filter(({ must }) => must.length > 0)
  const resting = new Set(contradictions.flatMap(({ must }) => must))
  const holding = decisions.filter((each) => each.verb === 'must link' && !resting.has(each))
  const apart = (one: string, other: string): boolean =>
    decisions.some((each) => each.verb === 'cannot link' && touches(each, one) && touches(each, other))

  const clusters: string[][] = []
  for (const component of groupedBy(records, hangs)) {
    let groups = groupedBy(component, (one, other) =>
      holding.some((each) => touches(each, one) && touches(each, other)),
    )
    for (;;) {
      let best = { mean: Number.NEGATIVE_INFINITY, a: -1, b: -1 }
      groups.forEach((one, a) => {
        groups.forEach((other, b) => {
          if (b <= a || one.some((x) => other.some((y) => apart(x, y)))) return
          let sum = 0
          for (const x of one) for (const y of other) sum += scored(x, y) ?? settings.unscored
          const mean = sum / (one.length * other.length)
          if (mean > best.mean) best = { mean, a, b }
        })
      })
      if (best.a < 0 || best.mean < settings.bar) break
      const joined = [...(groups[best.a] ?? []), ...(groups[best.b] ?? [])].sort()
      groups = groups.map((group, at) => (at === best.a ? joined : group)).filter((_, at) => at !== best.b)
    }
    clusters.push(...groups)
  }
  return {
    relation: 'same person',
    subjects: clusters
      .map((cluster) => ({
        id: [...cluster].sort((a, b) => (received.get(a) ?? 0) - (received.get(b) ?? 0) || (a < b ? -1 : 1))[0] ?? '',
        records: cluster,
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    contradictions: contradictions.map(({ cannot, must }) => ({ cannot: cannot.id, must: must.map(({ id }) => id) })),
    suppressed: [...suppressed].sort(),
  }
}

const touches = ({ one, other }: Decision, record: string): boolean => one === record || other === record

/** Sorted groups of what hangs together, in the order of their first. */
function groupedBy(records: readonly string[], hangs: (one: string, other: string) => boolean): string[][] {
  const left = new Set(records)
  const groups: string[][] = []
  for (const start of records) {
    if (!left.delete(start)) continue
    const group = [start]
    for (const one of group)
      for (const other of [...left]) if (hangs(one, other) && left.delete(other)) group.push(other)
    groups.push(group.sort())
  }
  return groups
}

/** Must-links on any way that visits nobody twice. */
function ways(from: string, to: string, decisions: readonly Decision[]): Decision[] {
  const must = decisions.filter(({ verb }) => verb === 'must link')
  const found = new Set<Decision>()
  const walk = (at: string, visited: readonly string[], path: readonly Decision[]): void => {
    if (at === to) {
      for (const each of path) found.add(each)
      return
    }
    for (const each of must) {
      if (!touches(each, at)) continue
      const next = each.one === at ? each.other : each.one
      if (!visited.includes(next)) walk(next, [...visited, next], [...path, each])
    }
  }
  walk(from, [from], [])
  return must.filter((each) => found.has(each))
}

const recordName = (number: number): string => `r${number}`

/** Pairs of different records. */
export const pairOf = (records: number): fc.Arbitrary<{ readonly one: string; readonly other: string }> =>
  fc
    .tuple(fc.nat(records - 1), fc.nat(records - 2))
    .map(([one, other]) => ({ one: recordName(one), other: recordName(other >= one ? other + 1 : other) }))

/** A log with everything in it: acts that take back what exists and what does not, late records, models that change. */
export function logOf(records: number, most: number): fc.Arbitrary<LinkEvent[]> {
  const line = fc.record({
    field: fc.constant('f'),
    level: fc.constant('the same'),
    // Few different weights, so that ties are common.
    millibits: fc.integer({ min: -3, max: 4 }).map((bits) => bits * 2000),
    value: fc.constantFrom('v0', 'v1', 'v2'),
  })
  const at = fc.nat(20)
  const bare = fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(
          pairOf(records),
          at,
          fc.array(line, { maxLength: 3 }),
          fc.nat(2),
          fc.constantFrom('same person', 'household'),
        )
        .map(([pair, when, evidence, revision, relation]) => ({
          ...{ kind: 'edge scored' as const, at: when, ...pair, evidence, prior: -1000 },
          ...{ relation: relation === 'household' ? ('household' as const) : ('same person' as const) },
          model: { name: 'test', revision },
        })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(pairOf(records), at, fc.boolean(), fc.option(fc.nat(20)))
        .map(([pair, when, isMust, expires]) => ({
          ...{ kind: 'decision' as const, at: when, ...pair, expires, relation: 'same person' as const },
          ...{ verb: isMust ? ('must link' as const) : ('cannot link' as const) },
          ...{ who: 'officer', why: 'a reason', evidence: [] },
        })),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(at, fc.nat(most)).map(([when, act]) => ({
        kind: 'decision undone' as const,
        at: when,
        decision: `e${act}`,
        who: 'o',
        why: 'w',
      })),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(at, fc.constantFrom('v0', 'v1', 'v2')).map(([when, value]) => ({
        ...{ kind: 'value suppressed' as const, at: when, value, reason: 'shared by many' },
        ground: { by: 'person' as const, who: 'officer' },
      })),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(at, fc.nat(most)).map(([when, act]) => ({
        ...{ kind: 'value unsuppressed' as const, at: when, suppression: `e${act}`, who: 'o', why: 'w' },
      })),
    },
  )
  return fc
    .tuple(fc.array(fc.nat(20), { minLength: records, maxLength: records }), fc.array(bare, { maxLength: most }))
    .map(([instants, acts]) => [
      ...instants.map(
        (received, number): LinkEvent => ({
          ...{ kind: 'record added', id: `added ${number}`, at: received, record: recordName(number), received },
        }),
      ),
      ...acts.map((act, number): LinkEvent => ({ ...act, id: `e${number}` })),
    ])
}
