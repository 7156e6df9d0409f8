import type { Transaction } from '@tandem/store'

/** Names of colleagues of the acting agency, by id. Somebody unknown is shown as such, never as an id. */
export async function namesOfPeople(tx: Transaction): Promise<(id: string | null) => string> {
  const rows = await tx.run('frame/people', {})
  const names = new Map(rows.map((row) => [row.person_id, row.display_name]))
  return (id) => (id === null ? '' : (names.get(id) ?? 'a person of another desk'))
}
