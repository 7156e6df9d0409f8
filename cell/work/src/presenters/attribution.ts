import type { allAttributions, ResponseOf } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { type AttributionState, attributionInWords } from '@tandem/linkage'
import type { Row, Transaction } from '@tandem/store'
import { judge, shownUse } from '../attribution/judge.ts'
import { sourcesOf } from '../attribution/records.ts'
import { doubtsOf, type ErrorTold, openAttributed, openBasis, openGiven } from '../attribution/sealed.ts'
import type { Cell } from '../cell.ts'
import { openText } from '../sealed.ts'

type Shown = ResponseOf<typeof allAttributions>['attributions'][number]
type Attribution = Row<'attribution/all'>
type Names = (person: string | null) => string

/** Doubts before anything else, and an error before them: what was once attributed never stands alone. */
export async function presentAttributions(
  tx: Transaction,
  cell: Cell,
  rows: readonly Attribution[],
  names: Names,
): Promise<Shown[]> {
  const errors = await tx.run('attribution/errors', { attributions: rows.map((row) => row.attribution_id) })
  await tx.vault.unlock(rows.flatMap(({ referral_id, answer_id }) => [referral_id, answer_id ?? referral_id]))
  const shown: Shown[] = []
  for (const row of rows) {
    const own = errors.filter((error) => error.attribution_id === row.attribution_id)
    shown.push(tx.vault.isErased(row.referral_id) ? erased(tx, row, own, names) : await one(tx, cell, row, own, names))
  }
  return shown
}

function standing(tx: Transaction, row: Attribution, names: Names) {
  return {
    id: row.attribution_id,
    referral: row.referral_id,
    number: row.number,
    state: stateOf(row.state),
    answer:
      row.answer_id === null || row.answer_number === null || row.answer_person === null
        ? null
        : { referral: row.answer_id, number: row.answer_number, person: row.answer_person },
    by: names(row.proposed_by),
    at: row.proposed_at,
    mine: row.proposed_by === tx.standing.person,
  }
}

async function one(
  tx: Transaction,
  cell: Cell,
  row: Attribution,
  errors: readonly Row<'attribution/errors'>[],
  names: Names,
): Promise<Shown> {
  const { referral_id: referral, attribution_id: id } = row
  const open = (column: string, sealed: Buffer): string => openText(tx, referral, 'attribution', column, id, sealed)
  const given = openGiven(tx, row)
  const basis = openBasis(tx, row)
  const doubts = doubtsOf(basis)
  const source = (await sourcesOf(tx, [referral]))(referral)
  const standsAt = standing(tx, row, names)
  return {
    ...standsAt,
    doubts,
    inError: errors.length > 0,
    stale: standsAt.state === 'proposed' && (await basisNow(tx, cell, given)) !== basis,
    inWords: attributionInWords(standsAt.state, doubts, errors.length > 0),
    use: shownUse(source, row),
    attributed: openAttributed(tx, row),
    lines: given.lines.map((line) =>
      line.kind === 'observation'
        ? { kind: line.kind, referral: null, person: null, reference: line.reference }
        : { kind: line.kind, referral: line.referral, person: line.person, reference: null },
    ),
    checks: given.checks,
    reason: open('reason_sealed', row.reason_sealed),
    override: row.override_sealed === null ? null : open('override_sealed', row.override_sealed),
    settled: settledOf(row, names, (sealed) => open('settled_reason_sealed', sealed)),
    errors: errors.map((error) => ({
      ...errorOf(error, names),
      ...wordsOf(openText(tx, referral, 'attribution_error', 'error_sealed', error.error_id, error.error_sealed)),
    })),
  }
}

/** What was judged would be judged so now; null when a record that it rests on is gone. */
async function basisNow(tx: Transaction, cell: Cell, given: Parameters<typeof judge>[2]): Promise<string | null> {
  try {
    return (await judge(tx, cell, given)).basis
  } catch (error) {
    if (error instanceof Refusal && error.code.startsWith('TANDEM-FIND')) return null
    throw error
  }
}

const gone = '(erased by law)'

/** That it was, who did it and how it ended outlive the words. The names of its doubts do too. */
function erased(tx: Transaction, row: Attribution, errors: readonly Row<'attribution/errors'>[], names: Names): Shown {
  const standsAt = standing(tx, row, names)
  const doubts = row.doubts.map((code) => ({ code, says: gone, bars: false }))
  return {
    ...standsAt,
    doubts,
    inError: errors.length > 0,
    stale: standsAt.state === 'proposed',
    inWords: attributionInWords(standsAt.state, doubts, errors.length > 0),
    use: null,
    attributed: null,
    lines: [],
    checks: null,
    reason: gone,
    override: row.override_sealed === null ? null : gone,
    settled: settledOf(row, names, () => gone),
    errors: errors.map((error) => ({
      ...errorOf(error, names),
      what: gone,
      cause: gone,
      impact: gone,
      told: [],
    })),
  }
}

function settledOf(row: Attribution, names: Names, open: (sealed: Buffer) => string): Shown['settled'] {
  const { settled_at: at, settled_by: by, settled_reason_sealed: sealed } = row
  return at === null || sealed === null ? null : { by: names(by), at, reason: open(sealed) }
}

const errorOf = (error: Row<'attribution/errors'>, names: Names) => ({
  id: error.error_id,
  grading: gradingOf(error.grading),
  by: names(error.opened_by),
  at: error.opened_at,
})

function wordsOf(json: string) {
  const { what, cause, impact, told }: ErrorTold = JSON.parse(json)
  return { what, cause, impact, told: [...told] }
}

const states = ['proposed', 'cleared', 'cleared with doubts', 'refused'] as const
export function stateOf(text: string): AttributionState {
  const state = states.find((each) => each === text)
  if (state === undefined) throw new TypeError(`not a state of an attribution: ${text}`)
  return state
}

const gradings = ['recordable', 'reportable', 'not decided'] as const
function gradingOf(text: string): (typeof gradings)[number] {
  const grading = gradings.find((each) => each === text)
  if (grading === undefined) throw new TypeError(`not a grading of an error: ${text}`)
  return grading
}
