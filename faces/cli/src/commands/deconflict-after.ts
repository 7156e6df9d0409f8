import { routes } from '@tandem/contract'
import { allOf, type Command, command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import { findRun, shortRun } from '../find-run.ts'
import { cellOptions, signedIn } from '../place.ts'
import { count, instantWords } from '../words.ts'

const run = { type: 'positional', required: true, description: 'id of the run, or the end of it' } as const

export const release: Command = command({
  summary: 'Shows hits to the other agency: first one person proposes, then another approves.',
  args: {
    run,
    hit: { type: 'string', valueHint: 'REFERENCE', description: 'propose this hit (again for more)' },
    desk: { type: 'string', valueHint: 'TEXT', description: 'propose: the desk that the other agency may talk to' },
    approve: { type: 'boolean', description: 'as the second person: send what waits' },
    refuse: { type: 'boolean', description: 'as the second person: refuse what waits' },
    reason: { type: 'string', required: true, valueHint: 'TEXT', description: 'why' },
    ...cellOptions,
  },
  more: 'The other agency sees which of its own entries are meant, and the desk. Neither side sees a name.',
  async run(args, output, words) {
    const hits = allOf(words, 'hit')
    const isDecision = args.approve === true || args.refuse === true
    if (isDecision === hits.length > 0 || (args.approve === true && args.refuse === true))
      return output.fail(usageFailure('Either propose with --hit and --desk, or --approve, or --refuse.'))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const found = await findRun(client.value, args.run)
    if (!found.ok) return output.fail(found.error)
    const { id } = found.value
    if (!isDecision) {
      if (args.desk === undefined) return output.fail(usageFailure('Name the desk with --desk.'))
      const done = await client.value.call(routes.proposeRelease, {
        params: { id },
        body: { hits, desk: args.desk, reason: args.reason },
      })
      if (!done.ok) return output.fail(done.error)
      if (output.json) output.object(done.value)
      else output.line(`Release ${shortRun(done.value.release)}: waits for a second person.`)
      return exitCodes.done
    }
    const shown = await client.value.call(routes.showRun, { params: { id } })
    if (!shown.ok) return output.fail(shown.error)
    const [waiting] = shown.value.releases.filter(({ state }) => state === 'proposed' || state === 'approved')
    if (waiting === undefined) return output.fail(failure(exitCodes.refused, 'No release of this run waits.'))
    const done = await client.value.call(routes.decideRelease, {
      params: { id: waiting.id },
      body: { approve: args.approve === true, reason: args.reason },
    })
    if (!done.ok) return output.fail(done.error)
    const { state, pointers, says } = done.value
    if (output.json) output.object(done.value)
    else if (says !== null) output.line(`Approved, and it did not arrive: ${says} Send it again with the same command.`)
    else output.line(state === 'sent' ? `Sent. Talk to: ${pointers.join(', ') || 'nobody was named'}` : 'Refused.')
    return says === null ? exitCodes.done : exitCodes.partly
  },
})

export const audit: Command = command({
  summary: 'Oversight: the inspector draws a sample of a committed list, the agency opens it.',
  args: {
    run: { type: 'positional', required: false, description: 'inspector: the run whose list is to be opened' },
    count: { type: 'string', valueHint: 'N', description: 'inspector: how many places (default 100)' },
    open: { type: 'string', valueHint: 'AUDIT', description: 'duty manager: open this sample' },
    ...cellOptions,
  },
  more: 'Without arguments, for the inspector: the runs of every agency, without what was asked about.',
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    if (args.open !== undefined) {
      const opened = await client.value.call(routes.openAudit, { params: { id: args.open } })
      if (!opened.ok) return output.fail(opened.error)
      const { audit: told, shown } = opened.value
      if (output.json) output.object(opened.value)
      else {
        output.table(shown, [
          { title: 'PLACE', value: ({ place }) => place, right: true },
          { title: 'KIND', value: ({ kind }) => kind },
          { title: 'VALUE', value: ({ value }) => value },
          { title: 'REFERRAL', value: ({ referrals }) => referrals.join(' ') },
        ])
        const findings = told.result?.findings ?? []
        output.line(`${count(told.places, 'place')} opened, ${count(findings.length, 'finding')}.`)
        for (const { place, is } of findings) output.line(`FINDING place ${place}: ${is}`)
      }
      return (told.result?.findings.length ?? 0) === 0 ? exitCodes.done : exitCodes.refused
    }
    if (args.run !== undefined) {
      const places = Number(args.count ?? '100')
      if (!Number.isInteger(places) || places < 1) return output.fail(usageFailure('--count is a whole number.'))
      const asked = await client.value.call(routes.askAudit, { params: { id: args.run }, body: { count: places } })
      if (!asked.ok) return output.fail(asked.error)
      if (output.json) output.object(asked.value)
      else
        output.line(`Audit ${asked.value.audit}: ${count(asked.value.places, 'place')} drawn. The agency opens them.`)
      return exitCodes.done
    }
    const seen = await client.value.call(routes.inspectRuns)
    if (!seen.ok) return output.fail(seen.error)
    if (output.json) output.object(seen.value)
    else {
      output.table(seen.value.runs, [
        { title: 'RUN', value: ({ id }) => id },
        { title: 'AGENCY', value: ({ agency }) => agency },
        { title: 'SIDE', value: ({ side }) => side },
        { title: 'STATE', value: ({ state }) => state },
        { title: 'LIST', value: ({ size }) => size ?? '', right: true },
        { title: 'HITS', value: ({ hits }) => hits ?? '', right: true },
        { title: 'AT', value: ({ at }) => instantWords(at) },
      ])
      for (const each of seen.value.audits)
        output.line(
          `Audit ${each.id} of ${shortRun(each.run)}: ${
            each.result === null ? 'not opened yet' : `${each.result.findings.length} findings in ${each.result.opened}`
          }`,
        )
    }
    return exitCodes.done
  },
})
