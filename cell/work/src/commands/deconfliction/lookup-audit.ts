import { randomBytes } from 'node:crypto'
import { blind, lookupSuite, readEntry, sample } from '@tandem/blind'
import type { askLookupAudit as askRoute, openLookupAudit as openRoute } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { newId, type Row, type Transaction } from '@tandem/store'
import { kindOf } from '../../deconfliction/entries.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { askedOf, drawnNumbers, type LookupAuditResult, presentLookupAudit } from '../../presenters/lookups.ts'
import { openText } from '../../sealed.ts'
import { isMentioned } from './look-up.ts'

/** Drawn here and now, after the questions have left: nobody could prepare for it. */
export const askLookupAudit: Handler<typeof askRoute> = (cell, caller, { params: { id }, body }) =>
  cell.store.within(
    caller.credential,
    async (tx) => {
      mustBeAllowed(tx.standing.role, 'deconfliction.inspect')
      const asked = await tx.run('lookup/asked', { grant_id: id })
      const [first] = asked
      if (first === undefined) throw new Refusal('TANDEM-STATE-002', 'nothing was looked up under this grant there')
      const drawn = sample(body.count, asked.length, (length) => new Uint8Array(randomBytes(length)))
      const numbers = drawn.flatMap((at) => asked[at]?.number ?? [])
      const audit = newId()
      await tx.run('lookup/ask_audit', {
        agency_id: first.agency_id,
        operation_id: first.operation_id,
        audit_id: audit,
        grant_id: id,
        numbers: JSON.stringify(numbers),
      })
      tx.record('deconfliction.lookupAudit.ask', { grant: id, audit, numbers })
      return { audit, drawn: numbers.length }
    },
    { reach: 'frame' },
  )

/** The agency opens what was drawn: value and scalar must give the element that left and that both ledgers hold. */
export const openLookupAudit: Handler<typeof openRoute> = (cell, caller, { params: { id } }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'deconfliction.open')
    const audit = await tx.one('lookup/audit', { audit_id: id })
    if (audit.opened_by !== null) throw new Refusal('TANDEM-STATE-002', 'it was opened already')
    const grant = audit.grant_id
    const numbers = drawnNumbers.parse(audit.numbers)
    await tx.vault.unlock([grant])
    const rows = await tx.run('lookup/to_open', { grant_id: grant, numbers })
    const opened = []
    for (const row of rows) opened.push(await openOne(tx, grant, row))
    const result: LookupAuditResult = {
      opened: opened.length,
      known: opened.filter(({ inRecord }) => inRecord).length,
      findings: opened.flatMap(({ number, isIt, inRecord }) => [
        ...(isIt ? [] : [{ number, is: 'another' as const }]),
        ...(inRecord ? [] : [{ number, is: 'no referral' as const }]),
      ]),
    }
    await tx.run('lookup/open_audit', { audit_id: id, result: JSON.stringify(result) })
    tx.record('deconfliction.lookupAudit.open', { grant, audit: id, findings: result.findings })
    const row = (await tx.run('lookup/audits', {})).find((each) => each.audit_id === id)
    if (row === undefined) throw new Refusal('TANDEM-FIND-001')
    return { audit: presentLookupAudit(row), shown: opened.map(({ isIt: _, ...shown }) => shown) }
  })

async function openOne(tx: Transaction, grant: string, row: Row<'lookup/to_open'>) {
  const { value, reason, scalars } = askedOf(
    openText(tx, grant, 'lookup', 'asked_sealed', row.lookup_id, row.asked_sealed),
  )
  const kind = kindOf(row.kind)
  if (kind === 'event') throw new TypeError('an event is no single value')
  const entry = readEntry(kind, value, '')
  const inputs = entry.ok ? entry.value.inputs : []
  const again = inputs.map((input, at) =>
    blind(lookupSuite, input, new Uint8Array(Buffer.from(scalars[at] ?? '', 'hex'))),
  )
  const isIt =
    again.length === scalars.length && Buffer.concat(again.map((each) => each ?? Buffer.of())).equals(row.elements)
  return { number: row.number, kind, value, reason, inRecord: await isMentioned(tx, kind, value), isIt }
}
