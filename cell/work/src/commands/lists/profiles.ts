import type { listProfiles as listRoute, loadList, QueryOf, saveListProfile as saveRoute } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { parseHashCsvProfile } from '@tandem/formats'
import type { Transaction } from '@tandem/store'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { namesOfPeople } from '../../presenters/people.ts'
import type { ListAnswers } from './read-list.ts'

export const saveListProfile: Handler<typeof saveRoute> = (cell, caller, { body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'list.load')
    const parsed = parseHashCsvProfile(body.profile)
    if (!parsed.ok) throw new Refusal('TANDEM-INPUT-001', parsed.error)
    const { version } = await tx.one('list/save_profile', {
      name: body.name,
      profile: JSON.parse(JSON.stringify(parsed.value)),
    })
    tx.record('list.profile', { name: body.name, version })
    return { name: body.name, version }
  })

export const listProfiles: Handler<typeof listRoute> = (cell, caller) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'list.read')
    const names = await namesOfPeople(tx)
    const rows = await tx.run('list/profiles', {})
    tx.record('list.read', { profiles: rows.map(({ name }) => name) })
    return {
      profiles: rows.map(({ name, version, profile, saved_at, saved_by }) => ({
        name,
        version,
        profile,
        savedAt: saved_at,
        savedBy: names(saved_by),
      })),
    }
  })

type Query = QueryOf<typeof loadList>

/** What is known of a file beside its bytes: what the officer answered, and the profile that was agreed and saved. */
export async function answersOf(tx: Transaction, query: Query): Promise<ListAnswers> {
  const { categoryScheme, sixtyFour, environment, profile: named } = query
  const said = {
    ...(categoryScheme === undefined ? {} : { categoryScheme }),
    ...(sixtyFour === undefined ? {} : { sixtyFour }),
    ...(environment === undefined ? {} : { environment }),
  }
  if (named === undefined) return said
  const [saved] = await tx.run('list/profile', { name: named })
  if (saved === undefined) throw new Refusal('TANDEM-FIND-001')
  const parsed = parseHashCsvProfile(saved.profile)
  if (!parsed.ok) throw new Refusal('TANDEM-INPUT-001', parsed.error)
  return { ...said, profile: parsed.value }
}
