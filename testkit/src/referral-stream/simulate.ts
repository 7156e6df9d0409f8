import {
  evidenceOf,
  type LinkedReferral,
  type LookModel,
  type ReferralEvidence,
  rankSubject,
  type SubjectScore,
  tandem1,
} from '@tandem/triage'
import { seeded } from '../world/random.ts'
import type { Stream } from './generate.ts'
import { type Cluster, clustersOn } from './link.ts'

export type Policy =
  | 'first in, first out'
  | 'severity'
  | 'log-odds, single'
  | 'log-odds, linked by any value'
  | 'log-odds, linked'
  | 'log-odds, true links'

export const policies: readonly Policy[] = [
  'first in, first out',
  'severity',
  'log-odds, single',
  'log-odds, linked by any value',
  'log-odds, linked',
  'log-odds, true links',
]

export interface Outcome {
  /** Of all exigent persons, those recognised before their harm. */
  readonly exigent: number
  /** Of all dangerous and exigent persons, those recognised. */
  readonly dangerous: number
  /** Of the looks at a referral, those that recognised somebody for the first time. */
  readonly precision: number
  readonly looks: number
  readonly largest: number
}

/** Review units a day: a tenth of what comes in could be looked at twice over. */
export const capacity = 12

/** All that does not depend on how much a look tells: made once for a seed. */
export interface Prepared {
  readonly stream: Stream
  readonly evidence: readonly ReferralEvidence[]
  readonly own: readonly number[]
  readonly ofAccount: ReadonlyMap<string, readonly number[]>
  readonly linked: readonly (readonly Cluster[])[]
  /** Worked out when it is first asked for: it takes long. */
  readonly anyValue: () => readonly (readonly Cluster[])[]
  readonly trueLinks: readonly (readonly Cluster[])[]
}

export function prepare(stream: Stream): Prepared {
  const evidence = stream.referrals.map(({ facts }) => evidenceOf(facts, { now: '2026-01-01T00:00:00Z' }))
  const days = Array.from({ length: stream.days }, (_, day) => day)
  // A cluster that did not change from day to day is one object, so that its rank is worked out once.
  const same = new Map<string, Cluster>()
  const kept = (clusters: readonly Cluster[]): readonly Cluster[] =>
    clusters.map((cluster) => {
      const key = cluster.members.map(({ referral, link }) => `${referral}:${link}`).join()
      const known = same.get(key) ?? cluster
      same.set(key, known)
      return known
    })
  const own = evidence.map(({ lines }) => lines.reduce((sum, { counted }) => sum + counted, 0))
  let heap: readonly (readonly Cluster[])[] | null = null
  return {
    stream,
    evidence,
    own,
    ofAccount: Map.groupBy(
      stream.referrals.map(({ id }) => id),
      (id) => stream.referrals[id]?.account ?? '',
    ),
    linked: days.map((day) => kept(clustersOn(stream, day, own, false))),
    anyValue: () => {
      heap ??= days.map((day) => kept(clustersOn(stream, day, own, true)))
      return heap
    },
    trueLinks: days.map((day) => kept(trueClusters(stream, day))),
  }
}

function trueClusters(stream: Stream, day: number): readonly Cluster[] {
  const known = stream.referrals.filter(({ at }) => at < (day + 1) * 24)
  const people = Map.groupBy(known, ({ person }) => person)
  return [...people.values()].map((own) => ({ members: own.map(({ id }) => ({ referral: id, link: 1000 })) }))
}

/**
 * Sixty days of work under one policy. Every look at a referral shows a dangerous person with the same chance, whoever
 * orders the work and whatever else is known; the same referral is never looked at twice. A day's unspent part is lost.
 */
export function simulate(prepared: Prepared, policy: Policy, look: LookModel): Outcome {
  const { stream } = prepared
  const desk = new Desk(prepared, look, policy)
  for (let day = 0; day < stream.days; day++) desk.day(day)
  return desk.outcome()
}

/** What a look at a referral would show is drawn once, so that policies differ by order alone. */
function showsOf(stream: Stream, look: LookModel): readonly boolean[] {
  const chance = seeded(`looks ${look.tells}\n${stream.seed}`)
  return stream.referrals.map(() => chance.below(1000) < look.tells)
}

/** The share of exigent persons that an order would find which knew them beforehand and had looks without end. */
export function mostFindable(stream: Stream, look: LookModel): number {
  const shows = showsOf(stream, look)
  const found = new Set<number>()
  for (const { id, person, at } of stream.referrals) {
    const harmAt = stream.people[person]?.harmAt ?? 0
    if (shows[id] === true && (Math.floor(at / 24) + 1) * 24 < harmAt) found.add(person)
  }
  return found.size / stream.people.filter(({ kind }) => kind === 'exigent').length
}

interface Choice {
  readonly rank: number
  readonly ids: readonly number[]
}

class Desk {
  readonly #prepared: Prepared
  readonly #look: LookModel
  readonly #policy: Policy
  readonly #looked: Uint8Array
  readonly #dropped: Uint8Array
  readonly #shows: readonly boolean[]
  readonly #recognised = new Map<number, number>()
  readonly #ranks = new Map<Cluster, { readonly touched: number; readonly choice: Choice }>()
  #looks = 0
  #largest = 1

  constructor(prepared: Prepared, look: LookModel, policy: Policy) {
    this.#prepared = prepared
    this.#look = look
    this.#policy = policy
    const count = prepared.stream.referrals.length
    this.#looked = new Uint8Array(count)
    this.#dropped = new Uint8Array(count)
    this.#shows = showsOf(prepared.stream, look)
  }

  day(day: number): void {
    let left = capacity * 1000
    const choices = this.#choices(day).sort((a, b) => b.rank - a.rank || (a.ids[0] ?? 0) - (b.ids[0] ?? 0))
    for (const { ids } of choices) {
      if (left < 1000) break
      let cost = 0
      ids.forEach((id, at) => {
        const more = at === 0 ? 1000 : this.#look.furtherCost
        if (cost + more > left) return
        cost += more
        this.#lookAt(id, day)
      })
      left -= cost
    }
  }

  #choices(day: number): Choice[] {
    const { referrals } = this.#prepared.stream
    const open = (id: number): boolean => this.#looked[id] === 0 && this.#dropped[id] === 0
    const single = (rank: (id: number) => number): Choice[] => {
      const until = (day + 1) * 24
      return referrals.flatMap(({ id, at }) => (at < until && open(id) ? [{ rank: rank(id), ids: [id] }] : []))
    }
    switch (this.#policy) {
      case 'first in, first out':
        return single((id) => -id)
      case 'severity':
        return single((id) => (referrals[id]?.severity ?? 0) * 1_000_000 - id)
      case 'log-odds, single':
        return single((id) => (this.#prepared.own[id] ?? 0) + this.#repeats(id, day))
      case 'log-odds, linked by any value':
        return this.#subjects(this.#prepared.anyValue()[day] ?? [], open)
      case 'log-odds, linked':
        return this.#subjects(this.#prepared.linked[day] ?? [], open)
      case 'log-odds, true links':
        return this.#subjects(this.#prepared.trueLinks[day] ?? [], open)
    }
  }

  /** What the cell knows without linking: how many other referrals name the same account, by the same weights. */
  #repeats(id: number, day: number): number {
    const { referrals } = this.#prepared.stream
    const same = this.#prepared.ofAccount.get(referrals[id]?.account ?? '') ?? []
    const others = same.filter((other) => (referrals[other]?.at ?? 0) < (day + 1) * 24).length - 1
    const rule = tandem1.factors.find(({ factor }) => factor === 'repeatReports')
    if (rule?.type !== 'number') return 0
    return rule.steps.filter(({ at }) => others >= at).at(-1)?.points['offender danger'] ?? 0
  }

  #subjects(clusters: readonly Cluster[], open: (id: number) => boolean): Choice[] {
    const choices: Choice[] = []
    for (const cluster of clusters) {
      let isOpen = false
      let touched = 0
      for (const { referral } of cluster.members) {
        isOpen ||= open(referral)
        touched += (this.#looked[referral] ?? 0) + 3 * (this.#dropped[referral] ?? 0)
      }
      this.#largest = Math.max(this.#largest, cluster.members.length)
      if (!isOpen) continue
      const known = this.#ranks.get(cluster)
      if (known?.touched === touched) choices.push(known.choice)
      else {
        const { rank, look } = this.#rank(cluster.members)
        const choice = { rank, ids: look.ids.map(Number) }
        this.#ranks.set(cluster, { touched, choice })
        choices.push(choice)
      }
    }
    return choices
  }

  #rank(members: Cluster['members']): SubjectScore {
    const linked = members.flatMap(({ referral, link }): LinkedReferral[] => {
      const evidence = this.#prepared.evidence[referral]
      if (evidence === undefined || this.#dropped[referral] === 1) return []
      return [{ id: String(referral), evidence, link, lookedAt: this.#looked[referral] === 1 }]
    })
    return rankSubject(linked, this.#look)
  }

  #lookAt(id: number, day: number): void {
    const { referrals, people } = this.#prepared.stream
    const referral = referrals[id]
    const person = people[referral?.person ?? -1]
    if (referral === undefined || person === undefined) return
    this.#looks++
    this.#looked[id] = 1
    const dangerous = person.kind === 'dangerous' || person.kind === 'exigent'
    if (!dangerous || this.#shows[id] !== true) return
    if (this.#recognised.has(person.id)) return
    // At the end of the day. Whoever is recognised is worked on, and the work finds that person's other accounts: under
    // any policy nothing more about that person is looked at. This favours what does not link.
    this.#recognised.set(person.id, (day + 1) * 24)
    for (const other of referrals) if (other.person === person.id) this.#dropped[other.id] = 1
  }

  outcome(): Outcome {
    const { people } = this.#prepared.stream
    const exigent = people.filter(({ kind }) => kind === 'exigent')
    const dangerous = people.filter(({ kind }) => kind === 'exigent' || kind === 'dangerous')
    const before = exigent.filter(({ id, harmAt }) => (this.#recognised.get(id) ?? Infinity) < (harmAt ?? 0))
    const found = dangerous.filter(({ id }) => this.#recognised.has(id))
    return {
      exigent: before.length / exigent.length,
      dangerous: found.length / dangerous.length,
      precision: found.length / Math.max(1, this.#looks),
      looks: this.#looks,
      largest: this.#largest,
    }
  }
}
