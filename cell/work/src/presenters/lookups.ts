import { runProblems } from '@tandem/blind'
import type { grantLine, lookupLine } from '@tandem/contract'
import type { Row, Transaction } from '@tandem/store'
import { z } from 'zod'
import { kindOf } from '../deconfliction/entries.ts'
import { notClear } from '../deconfliction/parts.ts'
import type { Runs } from '../deconfliction/runs.ts'
import { termsOf } from '../deconfliction/terms.ts'
import { openText } from '../sealed.ts'
import { labelOf } from './deconfliction.ts'

type Grant = z.output<typeof grantLine>
type Lookup = z.output<typeof lookupLine>

/** What an officer asked, sealed: the value as written, why, and the scalars that open the elements to oversight. */
const asked = z.object({ value: z.string(), reason: z.string(), scalars: z.array(z.string()) })
export type AskedText = z.output<typeof asked>
export const askedText = (value: AskedText): string => JSON.stringify(value)
export const askedOf = (text: string): AskedText => asked.parse(JSON.parse(text))

const outcome = z.object({ says: z.string() })

/** The keys of the grant have been fetched. */
export function presentGrant(
  tx: Transaction,
  runs: Runs,
  row: Row<'lookup/grants'>,
  nameOf: (id: string | null) => string,
): Grant {
  const open = (column: 'terms_sealed' | 'decision_sealed', envelope: Buffer): string =>
    openText(tx, row.grant_id, 'lookup_grant', column, row.grant_id, envelope)
  const terms = termsOf(open('terms_sealed', row.terms_sealed))
  const peer = labelOf(runs, tx.standing.agency, row.peer)
  const state = grantStateOf(row.state)
  return {
    id: row.grant_id,
    side: row.side === 'asker' ? 'asker' : 'holder',
    peer,
    state: state === 'in force' && row.expired ? 'ended' : state,
    kinds: row.kinds.map(kindOf),
    lookups: row.lookups,
    // One token more than there are lookups tests the list itself.
    left: state !== 'in force' || row.expired ? 0 : leftOf(row),
    operation: terms.operation,
    authority: terms.authority,
    purpose: terms.purpose,
    by: row.side === 'asker' ? nameOf(row.made_by) : peer,
    at: row.made_at,
    mine: row.made_by === tx.standing.person,
    expiresAt: row.expires_at,
    expired: row.expired,
    decidedBy: row.decided_by === null ? null : nameOf(row.decided_by),
    decidedAt: row.decided_at,
    decision: row.decision_sealed === null ? null : open('decision_sealed', row.decision_sealed),
    desk: row.desk,
    listedAt: row.listed_at,
    publicKey: row.public_key?.toString('hex') ?? null,
    why: row.why,
  }
}

const leftOf = ({ side, lookups, used, spent }: Row<'lookup/grants'>): number =>
  Math.min(lookups, lookups + 1 - (side === 'asker' ? used : spent))

const states = ['proposed', 'waiting', 'received', 'refused', 'in force', 'ended'] as const
export function grantStateOf(text: string): Grant['state'] {
  const state = states.find((each) => each === text)
  if (state === undefined) throw new TypeError(`not a state of a grant: ${text}`)
  return state
}

/** A question is one exchange of messages: what has no end after this time has none any more. */
const LONGEST_MS = 5 * 60_000

export function presentLookup(
  tx: Transaction,
  runs: Runs,
  row: Row<'lookup/recent'>,
  nameOf: (id: string | null) => string,
): Lookup {
  const { value, reason } = askedOf(
    openText(tx, row.grant_id, 'lookup', 'asked_sealed', row.lookup_id, row.asked_sealed),
  )
  const peer = labelOf(runs, tx.standing.agency, row.peer)
  const isLost = row.state === 'asked' && Date.parse(tx.standing.now) - Date.parse(row.made_at) > LONGEST_MS
  const answer = isLost || row.state === 'no answer' ? 'no answer' : answerOf(row.held)
  return {
    id: row.lookup_id,
    grant: row.grant_id,
    peer,
    kind: kindOf(row.kind),
    value,
    reason,
    inRecord: row.in_record,
    answer,
    says: wordsOf(answer, { ...row, peer }),
    desk: row.desk,
    by: nameOf(row.made_by),
    at: row.made_at,
  }
}

const answerOf = (held: boolean | null): Lookup['answer'] =>
  held === null ? 'asked' : held ? 'held' : 'not in their list'

function wordsOf(
  answer: Lookup['answer'],
  { peer, listed_at, outcome: kept }: Pick<Row<'lookup/recent'>, 'listed_at' | 'outcome'> & { readonly peer: string },
): string {
  const list = `the list that ${peer} fixed at ${listed_at?.slice(0, 16).replace('T', ' ') ?? 'some time'} UTC`
  switch (answer) {
    case 'held':
      return `Held: it is in ${list}. Talk before you act: call their desk. It names nobody and proves nothing.`
    case 'not in their list':
      return `Answered: it is not in ${list}. It is not “nobody is interested”: they may hold things they did not enter or that came later, and may be wrong.`
    case 'asked':
      return notClear('The question is on its way, or its answer was lost.')
    case 'no answer': {
      const says = kept === null ? notClear(runProblems.stopped) : outcome.parse(kept).says
      return `${says} You know exactly as much as before. Never act on it as if it were clear: call the desk.`
    }
  }
}

const result = z.object({
  opened: z.int(),
  known: z.int(),
  findings: z.array(z.object({ number: z.int(), is: z.enum(['another', 'no referral']) })),
})
export type LookupAuditResult = z.output<typeof result>
export const drawnNumbers = z.array(z.int().min(0))

export const presentLookupAudit = (row: Row<'lookup/audits'>) => ({
  id: row.audit_id,
  grant: row.grant_id,
  drawn: drawnNumbers.parse(row.numbers).length,
  askedAt: row.asked_at,
  openedAt: row.opened_at,
  result: row.result === null ? null : result.parse(row.result),
})
