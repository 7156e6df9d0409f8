import type { referralShape } from '@tandem/contract'
import type { Narrative, PersonMentioned, ReferralRecord } from '@tandem/formats'
import { type AuthorRole, findSignals, houseRules } from '@tandem/triage'
import type { z } from 'zod'

type Lead = z.output<typeof referralShape>['leads'][number]

/** So many are shown; a text that is all signs is read anyway. */
const MOST = 200

/**
 * Places in the words where a rule finds what may mean danger: for an officer to open and read. The words stay closed, no
 * rank is moved, and nothing is concluded; a rule that finds nothing proves nothing.
 */
export function presentLeads(record: ReferralRecord): { leads: Lead[]; leadsLeftOut: number } {
  const turns = record.narratives.map((narrative) => ({
    role: roleOf(narrative, record.people),
    id: narrative.author === null ? (narrative.from ?? narrative.place) : `${narrative.author}`,
    text: narrative.text,
  }))
  const { signals } = findSignals(houseRules(), turns)
  const leads = signals.flatMap((signal): Lead[] => {
    const narrative = record.narratives[signal.from.turn]
    if (narrative === undefined) return []
    return [
      {
        place: narrative.place,
        about: narrative.about,
        from: signal.from.at,
        to: signal.from.turn === signal.to.turn ? signal.to.at : null,
        rule: `${signal.pack}/${signal.version} ${signal.rule}`,
        says: signal.says,
        signal: signal.signal,
        stage: signal.stage,
        writtenBy: signal.writtenBy,
      },
    ]
  })
  return { leads: leads.slice(0, MOST), leadsLeftOut: Math.max(0, leads.length - MOST) }
}

function roleOf({ author, about }: Narrative, people: readonly PersonMentioned[]): AuthorRole {
  const role = author === null ? null : people[author]?.role
  if (role === 'reported' || role === 'victim') return role
  if (role === 'reporter' || role === 'other') return 'other'
  // The sender's own account; whoever else wrote is not known, and is taken for nobody.
  return about === 'report' ? 'other' : 'not said'
}
