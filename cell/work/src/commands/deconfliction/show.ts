import type { showRun as route } from '@tandem/contract'
import { entriesOf, kindOf } from '../../deconfliction/entries.ts'
import { termsOf } from '../../deconfliction/terms.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { presentAudit } from '../../presenters/audit-sample.ts'
import { presentRun } from '../../presenters/deconfliction.ts'
import { namesOfPeople } from '../../presenters/people.ts'
import { presentRelease } from '../../presenters/releases.ts'
import { openText } from '../../sealed.ts'

export const showRun: Handler<typeof route> = (cell, caller, { params: { id } }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'deconfliction.read')
    const live = cell.deconfliction.live()
    const row = await tx.one('deconfliction/one', { run_id: id })
    const [hits, releases, audits] = await Promise.all([
      tx.run('deconfliction/hits', { run_id: id }),
      tx.run('deconfliction/releases', { run_id: id }),
      tx.run('deconfliction/audits', { run_id: id }),
      tx.vault.unlock([id]),
    ])
    const names = await namesOfPeople(tx)
    const open = (column: 'terms_sealed' | 'entries_sealed' | 'decision_sealed', envelope: Buffer): string =>
      openText(tx, id, 'deconfliction', column, id, envelope)
    const held = row.entries_sealed === null ? [] : entriesOf(open('entries_sealed', row.entries_sealed))
    const entries = new Map(held.map((entry) => [entry.reference, entry]))
    tx.record('deconfliction.read', { run: id, hits: hits.map(({ number }) => number) })
    const terms = termsOf(open('terms_sealed', row.terms_sealed))
    return {
      run: presentRun(tx, cell.deconfliction, live, row, names),
      grid: terms.grid,
      theirPeople: terms.approvals.map(({ person, role }) => ({ reference: person, role })),
      desk: row.desk,
      decision: row.decision_sealed === null ? null : open('decision_sealed', row.decision_sealed),
      commitment:
        row.size === null || row.root === null || row.run === null
          ? null
          : { size: row.size, root: row.root.toString('hex'), run: row.run.toString('hex') },
      hits: hits.map(({ kind, reference }) => ({
        reference,
        kind: kindOf(kind),
        shown: entries.get(reference)?.shown ?? '',
        referral: entries.get(reference)?.referral ?? null,
      })),
      releases: releases.map((release) => presentRelease(tx, id, release, entries, names)),
      audits: audits.map(presentAudit),
    }
  })
