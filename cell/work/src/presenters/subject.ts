import type { subjectShape } from '@tandem/contract'
import type { Hold, LinkExplanation, SubjectExplanation } from '@tandem/linkage'
import type { Row, Transaction } from '@tandem/store'
import type { z } from 'zod'
import { parsePriority, parseState } from '../commands/referrals/decide.ts'
import { reasonOf } from '../linkage/generic.ts'
import type { HeldAppearance, Linked } from '../linkage/load.ts'
import type { Names } from '../linkage/naming.ts'
import { reasonOfAct, reasonOfUndoing } from '../linkage/reasons.ts'

type Shown = z.output<typeof subjectShape>
type Brief = Row<'referral/briefs'>

export const presentLink = (
  link: LinkExplanation,
  names: Names,
): Extract<Shown['held'][number], { by: 'evidence' }>['link'] => ({
  one: { id: link.one, label: names.appearance(link.one) },
  other: { id: link.other, label: names.appearance(link.other) },
  model: `${link.model.name}, revision ${link.model.revision}`,
  prior: link.prior,
  weight: link.weight,
  lines: link.lines.map(({ field, level, value, said, counted, suppressedBy }) => ({
    ...{ field, level, said, counted },
    value: value === null ? null : names.value(value.slice(value.indexOf(' ') + 1)),
    aside: suppressedBy.length > 0,
  })),
})

export const presentHold = (hold: Hold, names: Names, acts: ReadonlyMap<string, string>): Shown['held'][number] =>
  hold.by === 'evidence'
    ? { by: 'evidence', link: presentLink(hold.link, names) }
    : {
        by: 'decision',
        decision: acts.get(hold.decision.id) ?? hold.decision.id,
        says: `${hold.decision.who} decided that ${names.appearance(hold.decision.one)} and ${names.appearance(hold.decision.other)} are one person: ${hold.decision.why}`,
      }

export function presentFlips({ flips }: SubjectExplanation, names: Names): Shown['flips'] {
  return flips.map(({ fact, parts }) => ({
    fact: names.sentence(
      fact.kind === 'value'
        ? fact.value
        : fact.kind === 'line'
          ? `what ${fact.field} says of ${fact.one} and ${fact.other}`
          : `the decision about them`,
    ),
    parts: parts.map((part) => part.map(names.appearance)),
  }))
}

/** Values by what they are: accounts and handles are personas, everything else is an observable. */
export function presentValues(
  tx: Transaction,
  { held, acts }: Linked,
  records: readonly string[],
  names: Names,
  people: (id: string | null) => string,
): Pick<Shown, 'personas' | 'observables'> {
  const values = new Map<string, { kind: string; from: Set<string> }>()
  for (const record of records) {
    for (const { kind, value } of held.get(record)?.appearance.values ?? []) {
      const known = values.get(value) ?? { kind, from: new Set() }
      values.set(value, { kind, from: known.from.add(names.appearance(record)) })
    }
  }
  const shown = [...values].map(([observable, { kind, from }]) => ({
    observable,
    kind,
    normal: names.value(observable),
    from: [...from].sort(byNumber),
    aside: acts
      .filter((act) => act.observable_id === observable && act.undone_by === null)
      .map((act) => ({
        decision: act.decision_id,
        because: reasonOf(act.ground, ''),
        by: people(act.made_by),
        at: act.made_at,
        reason: reasonOfAct(tx, act),
      })),
  }))
  shown.sort((a, b) => b.from.length - a.from.length || byText(a.kind, b.kind) || byText(a.normal, b.normal))
  const isPersona = ({ kind }: { kind: string }): boolean => kind === 'account' || kind === 'handle'
  return { personas: shown.filter(isPersona), observables: shown.filter((value) => !isPersona(value)) }
}

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const order = new Intl.Collator('en', { numeric: true })
const byNumber = (a: string, b: string): number => order.compare(a, b)

export function presentAppearance(held: HeldAppearance, brief: Brief | undefined, names: Names): Shown['appearances'] {
  // A referral whose place on the desk this officer may not see has no appearance for them either.
  if (brief === undefined) return []
  const { appearance_id: id, role, appearance } = held
  return [
    {
      ...{ id, role, names: [...appearance.names], births: [...appearance.births] },
      label: names.appearance(id),
      referral: {
        ...{ id: brief.referral_id, number: brief.number, sender: brief.sender, receivedAt: brief.received_at },
        state: parseState(brief.state),
        priority: parsePriority(brief.effective_priority),
      },
    },
  ]
}

/** What is told with an instant, oldest first; many uses of one address by one referral are told as first and last. */
export function presentTimeline(
  records: readonly HeldAppearance[],
  briefs: ReadonlyMap<string, Brief>,
  names: Names,
): Shown['timeline'] {
  const timeline = records.flatMap(({ appearance_id: id, referral_id, appearance }) => {
    const brief = briefs.get(referral_id)
    if (brief === undefined) return []
    const referral = { id: referral_id, number: brief.number }
    const who = names.appearance(id)
    const uses = appearance.values.flatMap(({ kind, value, at, port }) =>
      kind === 'ip' && at !== null
        ? [
            {
              at: new Date(at).toISOString(),
              what: `${who}: ${names.value(value)}${port === null ? '' : ` port ${port}`} was used`,
              referral,
            },
          ]
        : [],
    )
    return [
      { at: brief.received_at, what: `${who}: ${brief.sender} was received`, referral },
      ...(brief.incident_at === null
        ? []
        : [
            {
              at: brief.incident_at,
              what: `${who}: ${brief.incident_kind ?? 'incident'}, as the sender dates it`,
              referral,
            },
          ]),
      ...uses,
    ]
  })
  return timeline.sort((a, b) => byText(a.at, b.at) || byText(a.what, b.what))
}

export function presentLinkDecisions(
  tx: Transaction,
  acts: readonly Row<'link/acts'>[],
  records: ReadonlySet<string>,
  values: ReadonlySet<string>,
  names: Names,
  people: (id: string | null) => string,
): Shown['decisions'] {
  const own = acts.filter(
    ({ observable_id, one, other }) =>
      // What is set aside of somebody else in the same component would be taken back here by mistake.
      (observable_id !== null && values.has(observable_id)) ||
      (one !== null && records.has(one)) ||
      (other !== null && records.has(other)),
  )
  return [...Map.groupBy(own, ({ decision_id }) => decision_id)].flatMap(([id, together]) => {
    const [act] = together
    if (act === undefined) return []
    const verb = act.kind === 'must link' || act.kind === 'cannot link' ? act.kind : 'set aside'
    return [
      {
        ...{ id, verb, by: people(act.made_by), at: act.made_at, expiresAt: act.expires_at },
        about: together.map(({ one, other, observable_id }) =>
          one !== null && other !== null
            ? `${names.appearance(one)} and ${names.appearance(other)}`
            : names.value(observable_id ?? ''),
        ),
        reason: act.kind === 'suppress' ? reasonOf(act.ground, reasonOfAct(tx, act) ?? '') : reasonOfAct(tx, act),
        undone:
          act.undone_by === null || act.undone_at === null
            ? null
            : { by: people(act.undone_who), at: act.undone_at, reason: reasonOfUndoing(tx, act) },
        undoable:
          act.undone_by === null &&
          (act.reason_sealed === null || act.made_by === tx.standing.person || tx.standing.role === 'duty manager'),
      },
    ]
  })
}
