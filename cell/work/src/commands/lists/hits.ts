import type { listHits as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { cursorOf, parseCursor } from '../../cursor.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { parsePriority, parseState } from '../referrals/decide.ts'

const place = [/^P[123]$/, /^\d{1,15}$/]

/** What a withdrawal would touch, of what the reader may see; how much that is not is told to nobody. */
export const listHits: Handler<typeof route> = (cell, caller, { params, query }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'list.read')
    const [priority, number] = query.after === undefined ? [] : parseCursor(query.after, place)
    const [versions, rows] = await Promise.all([
      tx.run('list/versions_of', { list_id: params.id }),
      tx.run('list/referrals_hit', {
        list_id: params.id,
        after_priority: priority ?? null,
        after_number: number === undefined ? null : Number(number),
        limit: query.limit,
      }),
    ])
    if (versions.length === 0) throw new Refusal('TANDEM-FIND-001')
    tx.record('list.hits', { list: params.id, referrals: rows.map(({ referral_id }) => referral_id) })
    const last = rows.at(-1)
    return {
      referrals: rows.map((row) => ({
        id: row.referral_id,
        number: row.number,
        state: parseState(row.state),
        priority: {
          effective: parsePriority(row.effective_priority),
          computed: parsePriority(row.computed_priority),
        },
        hits: row.hits,
        counting: row.counting,
        versions: row.versions,
        otherLists: row.other_lists,
        behind: row.behind,
      })),
      next:
        last === undefined || rows.length < query.limit
          ? null
          : cursorOf([last.effective_priority, String(last.number)]),
    }
  })
