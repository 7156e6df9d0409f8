import type { LinkKind, Stream, StreamReferral } from './generate.ts'

/** Referrals that are held to be about one person on one day, each with how sure that is, in thousandths. */
export interface Cluster {
  readonly members: readonly { readonly referral: number; readonly link: number }[]
}

/**
 * How sure a value is that two accounts share. Set so that links are right as often as they say, by the share of true
 * links on the streams for development (never on those that judge).
 */
const strength: Readonly<Record<LinkKind, number>> = {
  account: 1000,
  email: 970,
  phone: 970,
  device: 900,
  address: 530,
}
/** A value seen at more accounts than this is not one person's, whatever it is; a link that it had made is undone. */
const mostAccounts: Readonly<Record<LinkKind, number>> = { account: 1, email: 4, phone: 4, device: 4, address: 2 }

/** Below this a referral is not held to be about the person; it stands for itself. */
const leastLink = 400

interface SharedValue {
  readonly sure: number
  readonly holders: readonly number[]
}

/**
 * Clusters of everything received until the end of a day, anew each day: what turns out to be shared by many links no one
 * any more, so a cluster may fall apart. Each stands around its strongest referral; how sure another one belongs is the
 * product along the best path of shared values. `anyValue` links by every shared value, as a warning.
 */
export function clustersOn(stream: Stream, day: number, own: readonly number[], anyValue: boolean): readonly Cluster[] {
  const until = (day + 1) * 24
  const known = stream.referrals.filter(({ at }) => at < until)
  const values = sharedValues(known, anyValue)
  const valuesOf = new Map<number, SharedValue[]>()
  for (const value of values) {
    for (const holder of value.holders) {
      const list = valuesOf.get(holder)
      if (list === undefined) valuesOf.set(holder, [value])
      else list.push(value)
    }
  }
  const taken = new Uint8Array(known.length)
  const clusters: Cluster[] = []
  const strongestFirst = known.map(({ id }) => id).sort((a, b) => (own[b] ?? 0) - (own[a] ?? 0) || a - b)
  for (const anchor of strongestFirst) {
    if (taken[anchor] === 1) continue
    const members = around(anchor, valuesOf, taken)
    for (const { referral } of members) taken[referral] = 1
    clusters.push({ members })
  }
  return clusters
}

function sharedValues(known: readonly StreamReferral[], anyValue: boolean): SharedValue[] {
  const byValue = new Map<string, { kind: LinkKind; holders: number[]; accounts: Set<string> }>()
  for (const { id, account, values } of known) {
    for (const { kind, value } of values) {
      const key = `${kind} ${value}`
      const entry = byValue.get(key) ?? { kind, holders: [], accounts: new Set<string>() }
      byValue.set(key, entry)
      entry.holders.push(id)
      entry.accounts.add(account)
    }
  }
  return [...byValue.values()].flatMap(({ kind, holders, accounts }) => {
    if (holders.length < 2 || (!anyValue && accounts.size > mostAccounts[kind])) return []
    // The more accounts share a value, the less it says.
    return [{ sure: anyValue ? 1000 : strength[kind] - 60 * (accounts.size - 1), holders }]
  })
}

/** Breadth first, and again where a better path is found; paths are short, since a link loses with every step. */
function around(anchor: number, valuesOf: ReadonlyMap<number, readonly SharedValue[]>, taken: Uint8Array) {
  const links = new Map([[anchor, 1000]])
  const done = new Map<SharedValue, number>()
  const queue = [anchor]
  for (let at = 0; at < queue.length; at++) {
    const from = queue[at] ?? anchor
    for (const value of valuesOf.get(from) ?? []) {
      const link = Math.trunc(((links.get(from) ?? 0) * value.sure) / 1000)
      if (link < leastLink || link <= (done.get(value) ?? 0)) continue
      done.set(value, link)
      for (const holder of value.holders) {
        if (taken[holder] === 1 || link <= (links.get(holder) ?? 0)) continue
        links.set(holder, link)
        queue.push(holder)
      }
    }
  }
  return [...links].map(([referral, link]) => ({ referral, link })).sort((a, b) => a.referral - b.referral)
}
