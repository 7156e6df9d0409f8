import { type ResponseOf, routes } from '@tandem/contract'
import { err, ok, type Result } from '@tandem/core'
import type { Client } from './client.ts'
import { exitCodes } from './exit-codes.ts'
import { type Failure, failure } from './failure.ts'

export type HashList = ResponseOf<typeof routes.allLists>['lists'][number]

/** A hash list by name, in any case of letters, or by id. */
export async function findList(client: Client, named: string): Promise<Result<HashList, Failure>> {
  const all = await client.call(routes.allLists)
  if (!all.ok) return all
  const found = all.value.lists.filter(({ id, name }) => id === named || name.toLowerCase() === named.toLowerCase())
  const [list] = found
  if (list === undefined) return err(failure(exitCodes.refused, `There is no list "${named}". Look: tandem lists show`))
  if (found.length > 1) {
    const ids = found.map(({ id, publisher }) => `${id} (${publisher})`).join(', ')
    return err(failure(exitCodes.refused, `Several lists have this name. Give the id: ${ids}`))
  }
  return ok(list)
}
