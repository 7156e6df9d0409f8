import { err, ok, type Result, type ThreeValued } from '@tandem/core'
import type { ConsensusHead, TorIndex } from './interval-index.ts'
import { consensusesAround, day, matchesOf, minutesFrom, type TorMatch } from './matches.ts'
import { letsOutTo, letsSomethingOut } from './policy.ts'

export const torVerdicts = ['exit', 'relay-not-exit', 'relay-exit-not-said', 'nearby', 'no', 'no-data'] as const
export type TorVerdict = (typeof torVerdicts)[number]

export interface TorQuestion {
  /** Normal form, as in the files. */
  readonly address: string
  /** Milliseconds since 1970, UTC. Several when the time is in doubt: each is judged. */
  readonly instants: readonly number[]
  /** When it is asked: the last two days are still being written. */
  readonly now: number
  /** Where the connection went to, when that is known. */
  readonly destinationPort?: number
}

/** What the files say of one instant. */
export interface TorReading {
  readonly at: number
  readonly verdict: TorVerdict
  /** From the instant to the nearest consensus that decides; 0 while it was valid. Null: none decides. */
  readonly minutes: number | null
  /** The nearest match, that one which decides first. */
  readonly nearest: TorMatch | null
  /** Every relay that matches, each with its nearest consensus. */
  readonly relays: readonly TorMatch[]
  readonly nearby: readonly string[]
  /** The consensus that decides or, without a match, the nearest one of those days. */
  readonly consensus: ConsensusHead | null
  readonly lacks: readonly TorLack[]
}

export type TorLack = 'consensus of the day' | 'consensus at the instant' | 'exit list of the day' | 'whole consensus'

export interface TorAnswer {
  /** The verdict of every reading of the time, or `depends`. */
  readonly verdict: TorVerdict | 'depends'
  readonly readings: readonly TorReading[]
}

export interface TorRefusal {
  readonly code: 'too-young'
  readonly says: string
}

/** Refused for days later than the day before yesterday (UTC): their files are not complete yet. */
export function torAnswer(index: TorIndex, question: TorQuestion): Result<TorAnswer, TorRefusal> {
  const today = Math.floor(question.now / day)
  if (question.instants.some((instant) => Math.floor(instant / day) > today - 2)) {
    const last = new Date((today - 2) * day).toISOString().slice(0, 10)
    const says = `The Tor files of that day may still be incomplete: dates after ${last} (UTC) are not answered.`
    return err({ code: 'too-young', says })
  }
  const readings = question.instants.map((instant) => readingOf(index, question, instant))
  const verdicts = new Set(readings.map(({ verdict }) => verdict))
  const [only = 'no-data'] = verdicts
  return ok({ verdict: verdicts.size > 1 ? 'depends' : only, readings })
}

/** Whether a match means that connections came out there. The Exit flag is never looked at. */
export function isExitMatch({ how, entry }: TorMatch, destinationPort?: number): ThreeValued {
  if (how === 'scanned') return 'yes'
  const lets = letsSomethingOut(entry.policy)
  return lets === 'yes' && destinationPort !== undefined ? letsOutTo(entry.policy, destinationPort) : lets
}

function readingOf(index: TorIndex, { address, destinationPort }: TorQuestion, at: number): TorReading {
  const around = consensusesAround(index, at)
  const matches = matchesOf(index, address, around)
  const consensuses = index.consensuses.slice(...around)
  const lacks = lacksOf(index, consensuses, at)
  const relays = nearestOfEach(matches, at)
  const exit = (wanted: ThreeValued) =>
    nearestOf(
      matches.filter((match) => isExitMatch(match, destinationPort) === wanted),
      at,
    )
  const said = [
    { verdict: 'exit', match: exit('yes') },
    { verdict: 'relay-exit-not-said', match: exit('not said') },
    { verdict: 'relay-not-exit', match: exit('no') },
  ] as const
  const decided = said.find(({ match }) => match !== null)
  if (decided !== undefined && decided.match !== null) {
    const { verdict, match } = decided
    const { consensus } = match
    return { at, verdict, minutes: minutesFrom(consensus, at), nearest: match, relays, nearby: [], consensus, lacks }
  }
  const consensus = nearestConsensus(consensuses, at)
  const nearby = index
    .neighboursOf(address)
    .filter((neighbour) => matchesOf(index, neighbour, around).length > 0)
    .sort()
  const isBlind = lacks.some((lack) => lack !== 'consensus at the instant')
  const verdict = nearby.length > 0 ? 'nearby' : isBlind ? 'no-data' : 'no'
  const minutes = consensus === null ? null : minutesFrom(consensus, at)
  return { at, verdict, minutes, nearest: null, relays, nearby, consensus, lacks }
}

/** What would have to be there before silence could be a "no". */
function lacksOf(index: TorIndex, consensuses: readonly ConsensusHead[], at: number): TorLack[] {
  const ofDay = consensuses.filter(({ validAfter }) => Math.floor(validAfter / day) === Math.floor(at / day))
  const valid = consensuses.filter((consensus) => minutesFrom(consensus, at) === 0)
  // Without an exit list, exits that leave by another address than the relay's own are not seen at all.
  const scanned = index.exitLists.some(({ downloaded }) => downloaded !== null && Math.abs(downloaded - at) <= day)
  return [
    ...(ofDay.length === 0 && valid.length === 0 ? (['consensus of the day'] as const) : []),
    ...(valid.length === 0 ? (['consensus at the instant'] as const) : []),
    ...(scanned ? [] : (['exit list of the day'] as const)),
    ...(consensuses.length > 0 && !(valid.length > 0 ? valid : consensuses).some(({ isWhole }) => isWhole)
      ? (['whole consensus'] as const)
      : []),
  ]
}

const nearestConsensus = (consensuses: readonly ConsensusHead[], at: number): ConsensusHead | null =>
  consensuses.reduce<ConsensusHead | null>(
    (best, each) => (best === null || isNearer(each, best, at) ? each : best),
    null,
  )

/** Of several valid ones the latest: it was the fresh one. */
function isNearer(one: ConsensusHead, other: ConsensusHead, at: number): boolean {
  const [a, b] = [minutesFrom(one, at), minutesFrom(other, at)]
  return a < b || (a === b && a === 0 && one.validAfter > other.validAfter)
}

const nearestOf = (matches: readonly TorMatch[], at: number): TorMatch | null =>
  matches.reduce<TorMatch | null>(
    (best, each) => (best === null || isNearer(each.consensus, best.consensus, at) ? each : best),
    null,
  )

function nearestOfEach(matches: readonly TorMatch[], at: number): TorMatch[] {
  const byRelay = new Map<string, TorMatch>()
  for (const match of matches) {
    const key = `${match.entry.fingerprint} ${match.how}`
    const best = byRelay.get(key)
    if (best === undefined || isNearer(match.consensus, best.consensus, at)) byRelay.set(key, match)
  }
  return [...byRelay.values()].sort((a, b) => minutesFrom(a.consensus, at) - minutesFrom(b.consensus, at))
}
