import type { chooseFirst as route } from '@tandem/contract'
import { type Json, Refusal } from '@tandem/core'
import { newId, type Transaction } from '@tandem/store'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { notify } from '../referrals/decide.ts'

const unmoved = 'Kept for whoever proposes weights; no rank moves.'

/** Two in hand and one goes first. What is kept are the two scores with their facts, and never a word. */
export const chooseFirst: Handler<typeof route> = (cell, caller, { body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'rank.choose')
    const { one, other, first } = body
    if (one.referral === other.referral) throw new Refusal('TANDEM-INPUT-001', 'a referral is not compared with itself')
    const operation = await lockBoth(tx, one.referral, other.referral)
    for (const { referral, score } of [one, other]) {
      const [scored] = await tx.run('score/numbered', { referral_id: referral, number: score })
      if (scored === undefined) throw new Refusal('TANDEM-INPUT-001', 'a referral has no score of this number')
    }
    const pair = await tx.run('choice/of_pair', { one_id: one.referral, other_id: other.referral })
    const scoreOf = new Map([one, other].map(({ referral, score }) => [referral, score]))
    const standing = pair.find(
      (row) =>
        row.undone_at === null &&
        row.chosen_by === tx.standing.person &&
        scoreOf.get(row.one_id) === row.one_score &&
        scoreOf.get(row.other_id) === row.other_score,
    )
    const object: { [key: string]: Json } = { one: { ...one }, other: { ...other }, first }
    const answer = (choice: string) => ({ choice, first, says: `${inWords[first]} ${unmoved}` })
    if (standing !== undefined && firstOf(standing) === chosenOf(body)) {
      tx.record('rank.choose', { ...object, choice: standing.choice_id, again: true })
      return answer(standing.choice_id)
    }
    if (standing !== undefined) {
      await takeChoiceBack(tx, { ...standing, operation_id: operation })
      object['instead'] = standing.choice_id
    }
    const id = newId()
    await tx.run('choice/insert', {
      operation_id: operation,
      choice_id: id,
      one_id: one.referral,
      one_score: one.score,
      other_id: other.referral,
      other_score: other.score,
      first,
      undoes: null,
    })
    tx.record('rank.choose', { ...object, choice: id })
    for (const { referral } of [one, other]) await notify(tx, operation, 'referral', referral)
    return answer(id)
  })

const inWords = {
  one: 'Noted: the first of the two goes first.',
  other: 'Noted: the second of the two goes first.',
  'cannot say': 'Noted: you cannot say which goes first.',
} as const

/** Which referral goes first, or null: whichever of the two stood left. */
const firstOf = (row: { one_id: string; other_id: string; first: string }): string | null =>
  row.first === 'one' ? row.one_id : row.first === 'other' ? row.other_id : null

const chosenOf = (body: { one: { referral: string }; other: { referral: string }; first: string }): string | null =>
  firstOf({ one_id: body.one.referral, other_id: body.other.referral, first: body.first })

/** Both, in one order for everyone: two clicks of one person stay in theirs. */
async function lockBoth(tx: Transaction, one: string, other: string): Promise<string> {
  const items = await tx.run('item/lock_all', { referrals: [one, other] })
  const [item] = items
  if (item === undefined || items.length !== 2) throw new Refusal('TANDEM-FIND-001')
  return item.operation_id
}

export async function takeChoiceBack(
  tx: Transaction,
  row: {
    readonly operation_id: string
    readonly choice_id: string
    readonly one_id: string
    readonly one_score: number
    readonly other_id: string
    readonly other_score: number
  },
): Promise<void> {
  await tx.run('choice/insert', {
    operation_id: row.operation_id,
    choice_id: newId(),
    one_id: row.one_id,
    one_score: row.one_score,
    other_id: row.other_id,
    other_score: row.other_score,
    first: null,
    undoes: row.choice_id,
  })
}
