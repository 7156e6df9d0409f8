import { routes } from '@tandem/contract'
import { type Command, command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { findRun, runWords, shortRun } from '../find-run.ts'
import { cellOptions, signedIn } from '../place.ts'
import { instantWords } from '../words.ts'

export const show: Command = command({
  summary: 'One run: terms, result, hits, releases with their pointers, audits.',
  args: { run: { type: 'positional', required: true, description: 'id of the run, or the end of it' }, ...cellOptions },
  more: 'Exit code 5 when the run has no answer: nothing may be concluded from it.',
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const found = await findRun(client.value, args.run)
    if (!found.ok) return output.fail(found.error)
    const answer = await client.value.call(routes.showRun, { params: { id: found.value.id } })
    if (!answer.ok) return output.fail(answer.error)
    const { run, hits, releases, audits, commitment, grid, decision } = answer.value
    const code = run.outcome?.is === 'no answer' ? exitCodes.partly : exitCodes.done
    if (output.json) {
      output.object(answer.value)
      return code
    }
    output.line(
      `Run ${shortRun(run.id)}: ${run.side === 'asker' ? 'we ask' : 'we are asked by'} ${run.peer}. ${runWords(run)}`,
    )
    if (run.outcome !== null) output.line(run.outcome.says)
    for (const { says } of run.outcome?.alarms ?? []) output.line(`ALARM: ${says}`)
    output.line(`Operation: ${run.operation}`)
    output.line(`Authority: ${run.authority}`)
    output.line(`Purpose: ${run.purpose}`)
    output.line(`By ${run.by}, ${instantWords(run.at)}; answer until ${instantWords(run.expiresAt)}`)
    if (run.decidedBy !== null)
      output.line(`Decided by ${run.decidedBy}, ${instantWords(run.decidedAt)}: ${decision ?? ''}`)
    if (grid !== null) output.line(`Events: ${grid.reachMetres} metres, ${grid.slotMinutes} minutes`)
    if (commitment !== null) output.line(`Own list in the ledger: ${commitment.size} places, root ${commitment.root}`)
    for (const hit of hits)
      output.line(
        `HIT ${hit.kind} ${hit.shown}${hit.referral === null ? '' : ` (referral ${hit.referral})`} [${hit.reference}]`,
      )
    for (const release of releases) {
      output.line(`Release ${shortRun(release.id)}: ${release.state}, own entries: ${release.entries.length}`)
      for (const { kind, shown } of release.entries) output.line(`  ${kind} ${shown}`)
      if (release.state === 'received') output.line(`  talk to: ${release.desk}`)
      for (const pointer of release.state === 'sent' ? release.pointers : []) output.line(`  talk to: ${pointer}`)
      for (const { says } of release.alarms) output.line(`  ALARM: ${says}`)
    }
    for (const audit of audits)
      output.line(
        `Audit ${shortRun(audit.id)}: ${audit.places} places, ${
          audit.result === null ? 'not opened yet' : `${audit.result.findings.length} findings`
        }`,
      )
    return code
  },
})
