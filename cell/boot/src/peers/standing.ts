import { type LineProblem, lineProblems } from '@tandem/work'

/** How the line to one peer stands since this start. Times in milliseconds since 1970. */
export interface LineStanding {
  readonly answeredAt: number | null
  readonly heardAt: number | null
  /** Since when every attempt has failed, and why the last one did. */
  readonly trouble: { readonly since: number; readonly problem: LineProblem; readonly detail: string } | null
  /** Of the certificate that it showed last. */
  readonly certificateUntil: number | null
}

const nothing: LineStanding = { answeredAt: null, heardAt: null, trouble: null, certificateUntil: null }

/** What the line and the door saw, kept for the people who look after them. */
export class Standings {
  readonly #all = new Map<string, LineStanding>()

  of(agency: string, peer: string): LineStanding {
    return this.#all.get(`${agency} ${peer}`) ?? nothing
  }

  answered(agency: string, peer: string, until: Date): void {
    this.#set(agency, peer, { answeredAt: Date.now(), trouble: null, certificateUntil: until.getTime() })
  }

  heard(agency: string, peer: string, until: Date): void {
    this.#set(agency, peer, { heardAt: Date.now(), certificateUntil: until.getTime() })
  }

  failed(agency: string, peer: string, problem: LineProblem, detail: string): void {
    const since = this.of(agency, peer).trouble?.since ?? Date.now()
    this.#set(agency, peer, { trouble: { since, problem, detail } })
  }

  #set(agency: string, peer: string, seen: Partial<LineStanding>): void {
    this.#all.set(`${agency} ${peer}`, { ...this.of(agency, peer), ...seen })
  }
}

export interface LineFacts {
  /** Short names, as people say them. */
  readonly ours: string
  readonly theirs: string
  readonly standing: LineStanding
  /** Whether whoever looks is the one that peers knock at. */
  readonly hears: boolean
  readonly ourDays: number
  readonly theirAuthorityDays: number
  readonly now: number
}

export interface LineWords {
  readonly name: string
  readonly state: 'good' | 'warning' | 'bad'
  readonly says: string
  readonly remedy?: string
}

const SOON_DAYS = 15
const AUTHORITY_SOON_DAYS = 180
const LONG = 3_600_000

/** One line of the health page: does it answer, since when not, and how long do the certificates hold. */
export function lineWords({ ours, theirs, standing, hears, ourDays, theirAuthorityDays, now }: LineFacts): LineWords {
  const name = `line of ${ours} to ${theirs}`
  const { answeredAt, heardAt, trouble, certificateUntil } = standing
  const heard = heardAt === null ? 'It has not asked us since the start. ' : `It asked us ${ago(now - heardAt)} ago. `
  const rest = `${hears ? heard : ''}${certificates(certificateUntil, ourDays, now)}`
  if (trouble !== null) {
    return {
      name,
      state: now - trouble.since < LONG ? 'warning' : 'bad',
      says: `Silent for ${ago(now - trouble.since)}: ${lineProblems[trouble.problem]} (${trouble.detail}). ${rest}`,
      remedy: remedies[trouble.problem],
    }
  }
  const reach = answeredAt === null ? 'Not tried yet.' : `Reachable: it answered ${ago(now - answeredAt)} ago.`
  const says = `${reach} ${rest}`
  if (theirAuthorityDays < AUTHORITY_SOON_DAYS)
    return {
      name,
      state: 'warning',
      says: `${says} Its authority, which we trust, expires in ${theirAuthorityDays} days.`,
      remedy: 'Ask for its new card in good time, and compare it by telephone: tandem peer add',
    }
  if (Math.min(ourDays, certificateUntil === null ? ourDays : daysTo(certificateUntil, now)) < SOON_DAYS)
    return {
      name,
      state: 'warning',
      says,
      remedy: 'A cell renews its certificate by itself, a month before its end. Restart the one that did not.',
    }
  return { name, state: 'good', says }
}

function certificates(until: number | null, ourDays: number, now: number): string {
  const theirs = until === null ? '' : `Its certificate expires in ${daysTo(until, now)} days. `
  return `${theirs}Ours expires in ${ourDays} days.`
}

const daysTo = (until: number, now: number): number => Math.floor((until - now) / 86_400_000)

const remedies: Readonly<Record<LineProblem, string>> = {
  unreachable: 'Ask whether the other cell runs, and whether a firewall lets this machine reach its port.',
  silent: 'Ask whoever runs the other cell: its port is open, and nobody answers.',
  untrusted: 'Do not go on. Call the other agency, and compare both cards again: tandem peer show',
  refused: 'Ask the other agency whether our card is the one it pinned: tandem peer card',
  malformed: 'Compare the versions of both cells: tandem version',
}

function ago(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < 120) return `${seconds} seconds`
  if (seconds < 7_200) return `${Math.round(seconds / 60)} minutes`
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} hours` : `${Math.round(seconds / 86_400)} days`
}
