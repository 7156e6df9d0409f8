import { routes } from '@tandem/contract'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { usageFailure } from '../failure.ts'
import { cellOptions, signedIn } from '../place.ts'
import { count, instantWords, points } from '../words.ts'

export default command({
  summary: 'The triage queue in its order. Facts only: no words of a report.',
  args: {
    ...cellOptions,
    view: { type: 'enum', options: ['queue', 'mine', 'held', 'ended', 'all'], description: 'which part' },
    priority: { type: 'enum', options: ['P1', 'P2', 'P3'], description: 'only this priority' },
    'by-lot': { type: 'boolean', description: 'only what was drawn by lot: the audit slice of low ranks' },
    limit: { type: 'string', valueHint: 'N', description: 'how many (default 50, at most 1000)' },
    after: { type: 'string', valueHint: 'MARK', description: 'go on after this mark' },
  },
  async run(args, output) {
    const limit = Number(args.limit ?? '50')
    if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
      return output.fail(usageFailure('--limit is a number from 1 to 1000.'))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const answer = await client.value.call(routes.queue, {
      query: {
        view: args.view,
        priority: args.priority,
        lot: args['by-lot'] === true ? 'drawn' : undefined,
        after: args.after,
        limit,
      },
    })
    if (!answer.ok) return output.fail(answer.error)
    const { items, counts, next } = answer.value
    if (output.json) {
      for (const item of items) output.object(item)
      output.object({ counts, next })
      return exitCodes.done
    }
    output.table(items, [
      { title: 'NUMBER', value: ({ number }) => number, right: true },
      {
        title: 'P',
        value: ({ priority }) => priority.effective,
        paint: ({ priority }) => (priority.effective === 'P1' ? 'bold' : 'plain'),
      },
      { title: 'CHILD', value: ({ childUrgency }) => points(childUrgency), right: true },
      { title: 'OFFENDER', value: ({ offenderDanger }) => points(offenderDanger), right: true },
      { title: 'ACT BY', value: ({ actBy }) => instantWords(actBy) },
      { title: 'STATE', value: ({ state }) => state },
      { title: 'NEW', value: ({ unread }) => (unread === 'read' ? '' : unread) },
      // In words: the rank did not bring it here.
      { title: 'LOT', value: ({ byLot }) => (byLot ? 'by lot' : '') },
      { title: 'SENDER', value: ({ sender }) => sender },
      { title: 'WHY HERE', value: ({ because }) => because },
    ])
    output.note(
      `${count(counts.queue, 'referral')} in the queue (P1 ${counts.P1}, P2 ${counts.P2}, P3 ${counts.P3}), ${counts.mine} mine, ${counts.held} held, ${counts.ended} ended; ${counts.byLot} in the queue drawn by lot.`,
    )
    const same = [
      ...(args.view === undefined ? [] : ['--view', args.view]),
      ...(args.priority === undefined ? [] : ['--priority', args.priority]),
      ...(args['by-lot'] === true ? ['--by-lot'] : []),
      ...(args.limit === undefined ? [] : ['--limit', args.limit]),
    ]
    if (next !== null) output.note(`More: ${['tandem queue', ...same, '--after', next].join(' ')}`)
    return exitCodes.done
  },
})
