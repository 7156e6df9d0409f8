import type { allLists as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { namesOfPeople } from '../../presenters/people.ts'

type Lists = Awaited<ReturnType<Handler<typeof route>>>['lists']

export const allLists: Handler<typeof route> = (cell, caller) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'list.read')
    const rows = await tx.run('list/all', {})
    const names = await namesOfPeople(tx)
    const changes = Map.groupBy(await tx.run('list/changes', {}), ({ version_id }) => version_id)
    const lists = new Map<string, Lists[number]>()
    for (const row of rows) {
      const list = lists.get(row.list_id) ?? { id: row.list_id, name: row.name, publisher: row.publisher, versions: [] }
      list.versions.push({
        id: row.version_id,
        version: row.version,
        state: parseListState(row.state),
        format: row.format,
        fileSha256: row.file_sha256.toString('hex'),
        records: row.records,
        accepted: row.accepted,
        remarked: row.remarked,
        setAside: row.set_aside,
        hits: row.hits,
        changes: (changes.get(row.version_id) ?? []).map((change) => ({
          number: change.number,
          format: change.format,
          fileSha256: change.file_sha256?.toString('hex') ?? null,
          records: change.records,
          setAside: change.set_aside,
          added: change.added,
          withdrawn: change.withdrawn,
          replaced: change.replaced,
          loadedAt: change.loaded_at,
          loadedBy: names(change.loaded_by),
        })),
        loadedAt: row.loaded_at,
        loadedBy: names(row.loaded_by),
        endedAt: row.ended_at,
        endReason: row.end_reason,
      })
      lists.set(row.list_id, list)
    }
    tx.record('list.read', { lists: [...lists.keys()] })
    return { lists: [...lists.values()] }
  })

const states = ['current', 'replaced', 'withdrawn'] as const
function parseListState(text: string): (typeof states)[number] {
  const state = states.find((each) => each === text)
  if (state === undefined) throw new TypeError(`not a state of a list: ${text}`)
  return state
}
