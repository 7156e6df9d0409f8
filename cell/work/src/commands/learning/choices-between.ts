import type { choicesBetween as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { namesOfPeople } from '../../presenters/people.ts'

export const choicesBetween: Handler<typeof route> = (cell, caller, { params }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'rank.choose')
    const [rows, names] = await Promise.all([
      tx.run('choice/of_pair', { one_id: params.one, other_id: params.other }),
      namesOfPeople(tx),
    ])
    tx.record('rank.choices', { one: params.one, other: params.other, choices: rows.map(({ choice_id }) => choice_id) })
    return {
      choices: rows.map((row) => ({
        id: row.choice_id,
        one: { referral: row.one_id, score: row.one_score },
        other: { referral: row.other_id, score: row.other_score },
        first: whichFirstOf(row.first),
        by: names(row.chosen_by),
        at: row.chosen_at,
        mine: row.chosen_by === tx.standing.person,
        withdrawnAt: row.undone_at,
      })),
    }
  })

function whichFirstOf(text: string): 'one' | 'other' | 'cannot say' {
  if (text === 'one' || text === 'other' || text === 'cannot say') return text
  throw new TypeError(`not a choice between two: ${text}`)
}
