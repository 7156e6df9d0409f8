import {
  type Appearance,
  caseworkSettings,
  edgesAmong,
  GenericLists,
  type LinkEvent,
  type Observed,
  reviewGeneric,
  Subjects,
  type ValueSuppressed,
  valueKey,
} from '../src/index.ts'

/**
 * Invented referrals: persons with accounts, mailboxes, phones, devices and addresses of their own, few of which each
 * referral names, and values that many share: VPN exits, carrier NAT, a default device id, a throw-away mailbox.
 */
export function casework({
  persons,
  seed,
  homes = 0,
}: {
  readonly persons: number
  readonly seed: number
  /** Of 100 persons so many share telephone, device and address with the one before. */
  readonly homes?: number
}): {
  readonly observed: readonly Observed[]
  readonly truth: ReadonlyMap<string, number>
  readonly largest: number
} {
  let state = seed
  const below = (limit: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % limit
  }
  const referrals: { readonly person: number; readonly values: readonly Omit<Observed, 'record'>[] }[] = []
  let home = 0
  for (let person = 0; person < persons; person++) {
    if (homes === 0 || below(100) >= homes) home = person
    const count = below(4) === 0 ? 2 + below(8) : 1
    for (let number = 0; number < count; number++) {
      const values: Omit<Observed, 'record'>[] = []
      const add = (kind: Observed['kind'], value: string, percent: number): void => {
        if (below(100) < percent) values.push({ kind, value })
      }
      add('email', `p${person}.${below(5) === 0 ? 1 : 0}@mailhost`, 80)
      add('account', `platform|id/${person}.${below(3) === 0 ? 1 : 0}`, 60)
      add('phone', `+4479${String(home).padStart(8, '0')}`, 35)
      const isHidden = below(100) < 40
      add('ip', isHidden ? `203.1.113.${below(12)}` : `80.${home >> 8}.${home & 255}.1`, 90)
      add('device-id', below(100) < 25 ? 'android/deadbeefdeadbeef' : `android/${home}`, 50)
      add('email', `box${below(2)}@boxhost`, 4)
      if (values.length > 0) referrals.push({ person, values })
    }
  }
  for (let place = referrals.length - 1; place > 0; place--) {
    const other = below(place + 1)
    const [a, b] = [referrals[place], referrals[other]]
    if (a === undefined || b === undefined) continue
    referrals[place] = b
    referrals[other] = a
  }
  const record = (number: number): string => `r${String(number).padStart(6, '0')}`
  const sizes = Map.groupBy(referrals, ({ person }) => person)
  return {
    observed: referrals.flatMap(({ values }, number) => values.map((each) => ({ ...each, record: record(number) }))),
    truth: new Map(referrals.map(({ person }, number) => [record(number), person])),
    largest: Math.max(...[...sizes.values()].map(({ length }) => length)),
  }
}

/** Referrals arrive one by one and are linked with what shares a value; every `review` arrivals generic values are reviewed. */
export function streamed(
  arrived: ReadonlyMap<string, readonly Observed[]>,
  { review }: { readonly review: number },
): { readonly subjects: Subjects; readonly log: readonly LinkEvent[]; readonly largestEver: number } {
  const lists = new GenericLists([])
  const log: LinkEvent[] = []
  const holders = new Map<string, string[]>()
  const standing = new Map<string, ValueSuppressed>()
  const seen: Observed[] = []
  let subjects = new Subjects({ settings: caseworkSettings })
  let at = 0
  let largestEver = 0
  const look = (): void => {
    const { acts } = reviewGeneric(seen, [...standing.values()], lists, { at })
    for (const act of acts) {
      log.push(act)
      if (act.kind === 'value suppressed') standing.set(act.id, act)
      else standing.delete(act.suppression)
    }
  }
  for (const [record, values] of arrived) {
    at++
    log.push({ kind: 'record added', id: `added ${record}`, at, record, received: at })
    const suppressed = new Set([...standing.values()].map(({ value }) => value))
    const near = new Set(
      values.flatMap((each) => (suppressed.has(valueKey(each)) ? [] : (holders.get(valueKey(each)) ?? []))),
    )
    for (const other of near) {
      const id = `${other} ${record}`
      const edges = edgesAmong([appearance(other, arrived.get(other) ?? []), appearance(record, values)], { at })
      log.push(...edges.map((edge) => ({ ...edge, id })))
    }
    for (const each of values) {
      const known = holders.get(valueKey(each))
      if (known === undefined) holders.set(valueKey(each), [record])
      else known.push(record)
    }
    seen.push(...values)
    if (review > 0 && at % review === 0) {
      largestEver = Math.max(
        largestEver,
        ...[...Subjects.open(log, { settings: caseworkSettings }).subjects.all()].map(({ records }) => records.length),
      )
      look()
    }
  }
  if (review > 0) look()
  subjects = Subjects.open(log, { settings: caseworkSettings }).subjects
  return { subjects, log, largestEver }
}

/** Nobody says when an address was used: then it says nothing. */
const appearance = (record: string, values: readonly Observed[]): Appearance => ({
  ...{ id: record, referral: record, received: 0, names: [], births: [] },
  values: values.map(({ kind, value }) => ({ kind, value, at: null, port: null })),
})
