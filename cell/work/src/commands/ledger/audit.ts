import type { audit as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { openingFits, parseLeaf } from './check.ts'

const PAGE = 1_000
const NAMED = 100

interface Openings {
  checked: number
  readonly broken: string[]
}

/** Every log that this person may see, entry by entry, and every opening that they may read against its leaf. */
export const audit: Handler<typeof route> = async (cell, caller) => {
  const { logs, openings } = await cell.store.within(
    caller.credential,
    async (tx) => {
      mustBeAllowed(tx.standing.role, 'ledger.read')
      const names = new Map((await tx.run('frame/agencies', {})).map((each) => [each.agency_id, each.short_name]))
      const rows = await tx.run('ledger/logs', {})
      const logs = rows.map(({ agency_id, name }) => ({
        agency: agency_id,
        name,
        called: names.get(agency_id) ?? name,
      }))
      tx.record('ledger.audit', { logs: logs.map(({ name }) => name) })
      const openings = new Map(logs.map(({ agency }): [string, Openings] => [agency, { checked: 0, broken: [] }]))
      let before: { at: string; id: string } | null = null
      for (;;) {
        const page: Awaited<ReturnType<typeof tx.run<'ledger/page'>>> = await tx.run('ledger/page', {
          before_at: before?.at ?? null,
          before_id: before?.id ?? null,
          referral: null,
          limit: PAGE,
        })
        for (const row of page) {
          const account = openings.get(row.agency_id)
          if (account === undefined) continue
          account.checked++
          if (!openingFits(parseLeaf(row.leaf), row) && account.broken.length < NAMED) account.broken.push(row.entry_id)
        }
        const last = page.at(-1)
        if (last === undefined || page.length < PAGE) return { logs, openings }
        before = { at: last.at, id: last.entry_id }
      }
    },
    { reach: 'frame' },
  )
  const told = []
  for (const { agency, name, called } of logs) {
    const found = await cell.ledger.audit(agency)
    told.push({
      agency: called,
      name,
      entries: found?.entries ?? 0,
      findings: [...(found?.findings ?? [])],
      openings: openings.get(agency) ?? { checked: 0, broken: [] },
    })
  }
  return { logs: told }
}
