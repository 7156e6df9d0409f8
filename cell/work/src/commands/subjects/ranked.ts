import type { rankedSubjects as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Handler } from '../../handler.ts'
import { subjectLabel } from '../../linkage/naming.ts'
import { parseSubjectScore } from '../../linkage/score.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { gatesInWords, presentReasons } from '../../presenters/subject-rank.ts'
import { parsePriority } from '../referrals/decide.ts'

/** Reasons that a row shows: more are on the page of the subject. */
const MOST_REASONS = 4

export const rankedSubjects: Handler<typeof route> = (cell, caller, { query }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'subject.read')
    const after = query.after === undefined ? null : parsePlace(query.after)
    const [rows, counts] = await Promise.all([
      tx.run('subject/ranked', {
        linked: query.view === 'linked',
        after_priority: after?.priority ?? null,
        after_rank: after?.rank ?? null,
        after_id: after?.id ?? null,
        limit: query.limit,
      }),
      tx.one('subject/counts', {}),
    ])
    const scores = rows.map((row) => parseSubjectScore(row.score))
    const numbers = await tx.run('referral/briefs', {
      referrals: [...new Set(scores.flatMap(({ reasons }) => reasons.flatMap(({ from }) => from.map(({ id }) => id))))],
    })
    const numberOf = new Map(numbers.map((row) => [row.referral_id, row.number]))
    tx.record('subject.rank.read', { view: query.view, subjects: rows.map((row) => row.subject_id) })
    const last = rows.at(-1)
    return {
      subjects: rows.map((row, at) => {
        const score = scores[at] ?? parseSubjectScore(row.score)
        const heaviest = [...score.reasons].sort((a, b) => Math.abs(b.hundredths) - Math.abs(a.hundredths))
        return {
          id: row.subject_id,
          label: subjectLabel(row.number, row.person),
          version: row.version,
          priority: parsePriority(row.priority),
          rank: row.rank,
          childUrgency: score.childUrgency,
          offenderDanger: score.offenderDanger,
          appearances: row.appearances,
          reported: row.reported,
          reasons: presentReasons(
            heaviest.filter(({ hundredths }) => hundredths !== 0).slice(0, MOST_REASONS),
            numberOf,
          ),
          gates: gatesInWords(score),
          changedAt: row.changed_at,
          unread:
            row.read_version === null
              ? ('new' as const)
              : row.read_version === row.version && row.read_score === row.score_number
                ? ('read' as const)
                : ('changed' as const),
        }
      }),
      next: last === undefined || rows.length < query.limit ? null : `${last.priority} ${last.rank} ${last.subject_id}`,
      counts: { all: counts.subjects, linked: counts.linked },
    }
  })

/** A place in the list is only ever our own; anything else is refused before it reaches a query. */
function parsePlace(text: string): { priority: string; rank: number; id: string } {
  const [, priority, rank, id] = /^(P[123]) (-?\d{1,9}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text) ?? []
  if (priority === undefined || rank === undefined || id === undefined)
    throw new Refusal('TANDEM-INPUT-001', 'the place in the list is not one of ours')
  return { priority, rank: Number.parseInt(rank, 10), id }
}
