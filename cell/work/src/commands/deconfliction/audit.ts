import { randomBytes } from 'node:crypto'
import { auditHeld, open, sample } from '@tandem/blind'
import type { askAudit as askRoute, inspectRuns as inspectRoute, openAudit as openRoute } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { newId } from '@tandem/store'
import { placesOf, readRecord } from '../../deconfliction/audit-record.ts'
import { collect, entriesOf, kindOf } from '../../deconfliction/entries.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { presentAudit, type SampleResult, samplePlaces } from '../../presenters/audit-sample.ts'
import { outcomeWords, stateOf } from '../../presenters/deconfliction.ts'
import { openText } from '../../sealed.ts'

export const inspectRuns: Handler<typeof inspectRoute> = (cell, caller) =>
  cell.store.within(
    caller.credential,
    async (tx) => {
      mustBeAllowed(tx.standing.role, 'deconfliction.inspect')
      const [rows, audits, agencies, operations] = await Promise.all([
        tx.run('deconfliction/inspect', { limit: 500 }),
        tx.run('deconfliction/audits', { run_id: null }),
        tx.run('frame/agencies', {}),
        tx.run('frame/operations', {}),
      ])
      tx.record('deconfliction.inspect', { runs: rows.map((row) => row.run_id) })
      return {
        runs: rows.map((row) => ({
          id: row.run_id,
          agency: agencies.find((each) => each.agency_id === row.agency_id)?.short_name ?? 'an agency',
          operation: operations.find((each) => each.operation_id === row.operation_id)?.name ?? 'an operation',
          side: row.side === 'asker' ? ('asker' as const) : ('holder' as const),
          peer: row.peer,
          state: stateOf(row.state),
          kinds: row.kinds.map(kindOf),
          size: row.size,
          hits: row.outcome === null ? null : outcomeWords(row.outcome, row.side).hits,
          at: row.made_at,
          endedAt: row.ended_at,
        })),
        audits: audits.map(presentAudit),
      }
    },
    { reach: 'frame' },
  )

/** The places are drawn here and now, long after the list was committed to: nobody could prepare for them. */
export const askAudit: Handler<typeof askRoute> = (cell, caller, { params: { id }, body }) =>
  cell.store.within(
    caller.credential,
    async (tx) => {
      mustBeAllowed(tx.standing.role, 'deconfliction.inspect')
      const run = await tx.one('deconfliction/to_inspect', { run_id: id })
      if (run.state !== 'answered' || run.size === null)
        throw new Refusal('TANDEM-STATE-002', 'only a run that was answered left a list to open')
      const places = sample(body.count, run.size, (length) => new Uint8Array(randomBytes(length)))
      const audit = newId()
      await tx.run('deconfliction/ask_audit', {
        agency_id: run.agency_id,
        operation_id: run.operation_id,
        audit_id: audit,
        run_id: id,
        places: JSON.stringify(places),
      })
      tx.record('deconfliction.audit.ask', { run: id, audit, places })
      return { audit, places: places.length }
    },
    { reach: 'frame' },
  )

/** The agency opens what was drawn, against its commitment and against its own records as they stand now. */
export const openAudit: Handler<typeof openRoute> = (cell, caller, { params: { id } }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'deconfliction.open')
    const audit = await tx.one('deconfliction/audit', { audit_id: id })
    if (audit.opened_by !== null) throw new Refusal('TANDEM-STATE-002', 'it was opened already')
    const run = audit.run_id
    const [kept, { kinds, entries_sealed }] = await Promise.all([
      tx.one('deconfliction/record', { run_id: run }),
      tx.one('deconfliction/for_running', { run_id: run }),
      tx.vault.unlock([run]),
    ])
    if (kept.record_sealed === null || kept.root === null || kept.size === null) throw new Refusal('TANDEM-FIND-001')
    const record = readRecord(openText(tx, run, 'deconfliction', 'record_sealed', run, kept.record_sealed))
    const held = { side: 'holder', kinds: kinds.map(kindOf), observables: null, events: [], grid: null } as const
    const inRecords = (await collect(tx, held)).entries
    const own =
      entries_sealed === null
        ? []
        : entriesOf(openText(tx, run, 'deconfliction', 'entries_sealed', run, entries_sealed))
    // A planned event stands in no referral: the record of it is the run that an officer entered it for.
    const known = new Map(
      [...inRecords, ...own.filter(({ kind }) => kind === 'event')].flatMap((entry) =>
        entry.inputs.map((input) => [input, entry] as const),
      ),
    )
    const openings = open(placesOf(record), samplePlaces.parse(audit.places))
    const hexOf = (input: Uint8Array): string => Buffer.from(input).toString('hex')
    const commitment = { size: kept.size, root: new Uint8Array(kept.root) }
    const judged = auditHeld(openings, commitment, (input) => known.has(hexOf(input)))
    const planted = new Set(record.places.flatMap(({ is, input }) => (is === 'canary' ? [input] : [])))
    const entries = openings
      .map(({ index, input }) => ({ place: index, ...partsOf(input), entry: known.get(hexOf(input)) }))
      .filter(({ kind }) => kind !== 'dummy' && kind !== 'control')
    const result: SampleResult = {
      opened: judged.opened,
      filling: judged.filling,
      known: entries.filter(({ entry }) => entry !== undefined).length,
      // The machine of this side plants canaries itself, and its record says which.
      findings: judged.findings
        .filter(({ index, is }) => is !== 'canary' || !planted.has(record.places[index]?.input ?? ''))
        .map(({ index, is }) => ({ place: index, is })),
      entries: entries.map(({ place, kind, entry }) => ({ place, kind, inRecord: entry !== undefined })),
    }
    await tx.run('deconfliction/open_audit', { audit_id: id, result: JSON.stringify(result) })
    tx.record('deconfliction.audit.open', { run, audit: id, findings: result.findings })
    const [row] = (await tx.run('deconfliction/audits', { run_id: run })).filter((each) => each.audit_id === id)
    if (row === undefined) throw new Refusal('TANDEM-FIND-001')
    return {
      audit: presentAudit(row),
      shown: entries.map(({ place, kind, value, entry }) => ({
        place,
        kind,
        value: entry?.shown ?? value,
        referrals: entry?.referral == null ? [] : [entry.referral],
      })),
    }
  })

/** Type tag, zero byte, canonical form. */
function partsOf(input: Uint8Array): { kind: string; value: string } {
  const text = Buffer.from(input).toString('utf8')
  const cut = text.indexOf('\0')
  return { kind: text.slice(0, cut), value: text.slice(cut + 1) }
}
