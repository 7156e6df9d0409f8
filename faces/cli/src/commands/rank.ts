import { routes } from '@tandem/contract'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { usageFailure } from '../failure.ts'
import { cellOptions, signedIn } from '../place.ts'
import { count, points } from '../words.ts'

/** Of the reasons a row of a terminal holds these; `tandem subject` tells all. */
const MOST = 2

export default command({
  summary: 'People who were reported, the most pressing first, with the reasons before the number.',
  args: {
    ...cellOptions,
    linked: { type: 'boolean', description: 'only those of whom several referrals tell' },
    limit: { type: 'string', valueHint: 'N', description: 'how many (default 30, at most 500)' },
    after: { type: 'string', valueHint: 'MARK', description: 'go on after this mark' },
  },
  more: 'The rank orders work. It is no evidence and no ground for action; say where you disagree: tandem subject LABEL.',
  async run(args, output) {
    const limit = Number(args.limit ?? '30')
    if (!Number.isInteger(limit) || limit < 1 || limit > 500)
      return output.fail(usageFailure('--limit is a number from 1 to 500.'))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const answer = await client.value.call(routes.rankedSubjects, {
      query: { view: args.linked === true ? 'linked' : 'all', after: args.after, limit },
    })
    if (!answer.ok) return output.fail(answer.error)
    const { subjects, counts, next } = answer.value
    if (output.json) {
      for (const subject of subjects) output.object(subject)
      output.object({ counts, next })
      return exitCodes.done
    }
    output.table(subjects, [
      { title: 'SUBJECT', value: ({ label }) => label },
      {
        title: 'P',
        value: ({ priority }) => priority,
        paint: ({ priority }) => (priority === 'P1' ? 'bold' : 'plain'),
      },
      {
        title: 'WHY HERE',
        value: ({ gates, reasons }) =>
          [...gates, ...reasons.map(({ says, hundredths }) => `${says} ${points(hundredths)}`)]
            .slice(0, MOST)
            .join(' · '),
      },
      { title: 'RANK', value: ({ rank }) => points(rank), right: true },
      { title: 'REFERRALS', value: ({ appearances }) => appearances, right: true },
      { title: 'NEW', value: ({ unread }) => (unread === 'read' ? '' : unread) },
    ])
    output.note(`${count(counts.all, 'person')} reported, ${counts.linked} of them in several referrals.`)
    if (next !== null) output.note(`More: tandem rank --after '${next}'`)
    return exitCodes.done
  },
})
