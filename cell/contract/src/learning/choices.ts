import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, instant } from '../shapes.ts'

const shownOf = z.strictObject({ referral: id, score: z.int().positive() })
export const whichFirst = z.enum(['one', 'other', 'cannot say'])

export const chooseFirst = route({
  name: 'choices.make',
  method: 'POST',
  path: '/api/choices',
  summary: 'Of two referrals in hand, say which one goes first, by the scores that were shown; no rank moves',
  access: 'session',
  body: z.strictObject({ one: shownOf, other: shownOf, first: whichFirst }),
  response: z.object({ choice: id, first: whichFirst, says: z.string() }),
})

export const choicesBetween = route({
  name: 'choices.between',
  method: 'GET',
  path: '/api/choices/:one/:other',
  summary: 'What people chose between two referrals',
  access: 'session',
  params: z.strictObject({ one: id, other: id }),
  response: z.object({
    choices: z.array(
      z.object({
        id,
        one: shownOf,
        other: shownOf,
        first: whichFirst,
        by: z.string(),
        at: instant,
        mine: z.boolean(),
        withdrawnAt: instant.nullable(),
      }),
    ),
  }),
})

export const withdrawChoice = route({
  name: 'choices.withdraw',
  method: 'POST',
  path: '/api/choices/:id/withdraw',
  summary: 'Take a choice between two referrals back by a new event that names it; nothing is deleted',
  access: 'session',
  params: idParams,
  body: z.strictObject({}),
  response: z.object({ withdrawn: id, says: z.string() }),
})
