import { runProblems } from '@tandem/blind'
import type { runLine } from '@tandem/contract'
import type { Json } from '@tandem/core'
import type { Row, Transaction } from '@tandem/store'
import { z } from 'zod'
import { kindOf } from '../deconfliction/entries.ts'
import { notClear } from '../deconfliction/parts.ts'
import type { Runs } from '../deconfliction/runs.ts'
import { termsOf } from '../deconfliction/terms.ts'
import { openText } from '../sealed.ts'

type Line = z.output<typeof runLine>
type Outcome = NonNullable<Line['outcome']>

const alarms = z.array(z.object({ code: z.string(), says: z.string() }))
const kept = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('answered'),
    hits: z.int().optional(),
    asked: z.int(),
    held: z.int().optional(),
    alarms: alarms.default([]),
  }),
  z.object({ is: z.literal('no answer'), why: z.string(), says: z.string() }),
])

/** The words that an officer reads: an answer without hits is not "clear", and no answer is nothing at all. */
export function outcomeWords(json: Json, side: string): Outcome {
  const outcome = kept.parse(json)
  const none = { hits: null, asked: null, held: null, alarms: [], why: null }
  if (outcome.is === 'no answer') {
    const says = `${outcome.says} You know exactly as much as before. Never act on it as if it were clear: call the desk.`
    return { ...none, is: 'no answer', says, why: outcome.why }
  }
  const { hits = null, asked, held = null } = outcome
  return { is: 'answered', says: answerWords(side, hits), hits, asked, held, alarms: outcome.alarms, why: null }
}

function answerWords(side: string, hits: number | null): string {
  if (side === 'holder' || hits === null)
    return 'Answered. This side learns no hit, unless the other agency releases one.'
  if (hits > 0)
    return `${hits === 1 ? '1 entry stands' : `${hits} entries stand`} in both lists. Talk before you act. A hit names nobody and proves nothing.`
  return 'Answered, no hits: none of your entries is in the list that they entered this time. It is not “nobody is interested”: they may hold things they did not enter, and may be wrong or late.'
}

/** Of a run that no machine works on any more and that was never ended: it was cut off. */
const cutOff = (side: string): Outcome =>
  outcomeWords({ is: 'no answer', why: 'stopped', says: notClear(runProblems.stopped) }, side)

/** The keys of the run have been fetched. */
export function presentRun(
  tx: Transaction,
  runs: Runs,
  live: ReadonlySet<string>,
  row: Row<'deconfliction/all'>,
  nameOf: (id: string | null) => string,
): Line {
  const terms = termsOf(openText(tx, row.run_id, 'deconfliction', 'terms_sealed', row.run_id, row.terms_sealed))
  const peer = labelOf(runs, tx.standing.agency, row.peer)
  const isWorking = row.state === 'waiting' || row.state === 'running'
  // Between a decision and the machine's first step there is a moment.
  const isFresh = Date.parse(tx.standing.now) - Date.parse(row.decided_at ?? row.made_at) < 5_000
  const isCutOff = isWorking && row.ended_at === null && !isFresh && !live.has(row.run_id)
  return {
    id: row.run_id,
    side: row.side === 'asker' ? 'asker' : 'holder',
    peer,
    state: isCutOff ? 'no answer' : stateOf(row.state),
    kinds: row.kinds.map(kindOf),
    mostAsked: row.most_asked,
    mostHeld: row.most_held,
    entries: row.entries,
    operation: terms.operation,
    authority: terms.authority,
    purpose: terms.purpose,
    by: row.side === 'asker' ? nameOf(row.made_by) : peer,
    at: row.made_at,
    mine: row.made_by === tx.standing.person,
    expiresAt: row.expires_at,
    expired: row.expires_at <= tx.standing.now,
    decidedBy: row.decided_by === null ? null : nameOf(row.decided_by),
    decidedAt: row.decided_at,
    progress: isWorking && !isCutOff ? runs.progress(row.run_id) : null,
    outcome: isCutOff ? cutOff(row.side) : row.outcome === null ? null : outcomeWords(row.outcome, row.side),
    endedAt: row.ended_at,
  }
}

/** As people call it; what is no peer any more is told by the name under which it signed. */
export const labelOf = (runs: Runs, agency: string, name: string): string =>
  runs.peers.peersOf(agency).find((peer) => peer.name === name)?.label ?? name

const states = ['proposed', 'waiting', 'received', 'running', 'refused', 'answered', 'no answer'] as const
export function stateOf(text: string): Line['state'] {
  const state = states.find((each) => each === text)
  if (state === undefined) throw new TypeError(`not a state of a run: ${text}`)
  return state
}

export const alarmsOf = (json: Json | null) => alarms.parse(json ?? [])

const pointers = z.array(z.object({ output: z.string(), desk: z.string() }))
/** Each desk once: a pointer says whom to talk to. */
export const desksOf = (json: Json | null): string[] => [...new Set(pointers.parse(json ?? []).map(({ desk }) => desk))]
