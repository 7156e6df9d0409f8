import type { showSubject as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { alarmInWords, explainSubject, subjectInWords } from '@tandem/linkage'
import type { Transaction } from '@tandem/store'
import { rankInterval, subjectChanges, withoutEachLink } from '@tandem/triage'
import type { Handler } from '../../handler.ts'
import { type Linked, loadComponents } from '../../linkage/load.ts'
import { measuredError } from '../../linkage/measured-error.ts'
import { namesFor, subjectLabel } from '../../linkage/naming.ts'
import { openWords, unlockActs } from '../../linkage/reasons.ts'
import { linkedReferrals, parseSubjectScore } from '../../linkage/score.ts'
import { settle } from '../../linkage/settle.ts'
import { type LoadedTies, listedValues, loadTies } from '../../linkage/ties/load.ts'
import { beyondWeighing } from '../../linkage/weighed-together.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { namesOfPeople } from '../../presenters/people.ts'
import {
  presentAppearance,
  presentFlips,
  presentHold,
  presentLinkDecisions,
  presentTimeline,
  presentValues,
} from '../../presenters/subject.ts'
import { gatesInWords, presentReasons } from '../../presenters/subject-rank.ts'
import { presentTies } from '../../presenters/ties.ts'
import { parsePriority } from '../referrals/decide.ts'

export const showSubject: Handler<typeof route> = (cell, caller, { params }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'subject.read')
    const people = await namesOfPeople(tx)
    const { row, linked, subject } = await asItIsNow(tx, params.id, people)
    const records = subject.records.flatMap((record) => linked.held.get(record) ?? [])
    const tied = await loadTies(tx, [subject.id])
    const [known, rows, versions, [mark], links, { shown: ties, written }] = await Promise.all([
      namesFor(tx, linked),
      tx.run('referral/briefs', { referrals: [...new Set(records.map(({ referral_id }) => referral_id))] }),
      tx.run('subject/versions', { subject_id: params.id }),
      tx.run('subject/last_mark', { subject_id: params.id }),
      linkedReferrals(tx, linked, [subject]),
      presentTies(tx, subject, tied),
    ])
    // What only ties stand on is no value of an appearance: decisions about it are named all the same.
    const names = { ...known, value: (id: string) => written.get(id) ?? known.value(id) }
    const asides = await actsOnTies(tx, linked, tied)
    const briefs = new Map(rows.map((brief) => [brief.referral_id, brief]))
    const referral = (id: string) => ({ id, number: briefs.get(id)?.number ?? 0 })
    const explanation = explainSubject(linked.subjects, subject)
    const score = parseSubjectScore(row.score)
    const own = links.get(subject.id) ?? []
    const isSeen = mark === undefined || mark.score_number === row.score_number
    const [before] = isSeen ? [] : await tx.run('subject/score', { subject_id: params.id, number: mark.score_number })
    await tx.run('subject/mark', {
      operation_id: row.operation_id,
      subject_id: params.id,
      version: row.version,
      score_number: row.score_number,
    })
    tx.record('subject.read', {
      ...{ subject: params.id, version: row.version, appearances: [...subject.records] },
      ties: [...new Set(ties.ties.map(({ other }) => other.id))],
    })
    const decisionOf = new Map(linked.acts.map(({ act_id, decision_id }) => [act_id, decision_id]))
    const values = new Set([
      ...records.flatMap(({ appearance }) => appearance.values.map(({ value }) => value)),
      ...tied.own.map(({ observable_id }) => observable_id),
      ...listedValues(tied),
    ])
    const roles = Map.groupBy(records, ({ role }) => role)
    const { two, more } = explanation.hypotheses
    const beyond = await beyondWeighing(tx, linked, row.component_id)
    return {
      id: params.id,
      label: subjectLabel(row.number, row.person),
      version: row.version,
      changedAt: row.changed_at,
      toldAs: [...roles].map(([role, all]) => ({ role, times: all.length })),
      appearances: records.flatMap((each) => presentAppearance(each, briefs.get(each.referral_id), names)),
      ...presentValues(tx, linked, subject.records, names, people),
      timeline: presentTimeline(records, briefs, names),
      rank: {
        priority: parsePriority(row.priority),
        weightSet: score.weightSetId,
        hundredths: row.rank,
        childUrgency: score.childUrgency,
        offenderDanger: score.offenderDanger,
        reasons: presentReasons(score.reasons, new Map(rows.map((brief) => [brief.referral_id, brief.number]))),
        gates: gatesInWords(score),
        interval: rankInterval(own),
        without: withoutEachLink(own).map(({ id, rank, priority }) => ({
          referral: referral(id),
          hundredths: rank,
          priority,
        })),
        look: score.look.ids.map(referral),
        changes:
          before === undefined
            ? []
            : subjectChanges(parseSubjectScore(before.score), score).map(({ says, from, to }) => ({ says, from, to })),
      },
      held: explanation.path.map((hold) => presentHold(hold, names, decisionOf)),
      flips: presentFlips(explanation, names),
      notTried: explanation.notTried,
      two:
        two === null
          ? null
          : {
              parts: two.parts.map((part) => part.map(names.appearance)),
              mean: Math.round(two.mean),
              above: Math.round(two.above),
            },
      nearest:
        more === null
          ? null
          : {
              id: more.subject,
              label: names.subject(more.subject),
              missing: Math.round(more.missing),
              keptApart: more.apart.length > 0,
            },
      ties,
      alarms: [...explanation.alarms.map((alarm) => names.sentence(alarmInWords(alarm))), ...beyond],
      contradictions: explanation.contradictions.map(({ cannot, must }) => ({
        apart: decisionOf.get(cannot.id) ?? cannot.id,
        joined: must.map(({ id }) => decisionOf.get(id) ?? id),
      })),
      inWords: names.sentence(subjectInWords(explanation, measuredError)),
      decisions: presentLinkDecisions(tx, [...linked.acts, ...asides], new Set(subject.records), values, names, people),
      versions: versions.map(({ version, appearances, because, made_by, made_at, became }) => ({
        ...{ version, because, at: made_at, by: people(made_by) },
        appearances: appearances.length,
        became: became.map(names.subject),
      })),
    }
  })

/** What was set aside of that on which ties alone stand, and of the values by which others are listed. */
async function actsOnTies(tx: Transaction, { acts }: Linked, tied: LoadedTies) {
  const known = new Set(acts.map(({ act_id }) => act_id))
  const observables = [...new Set([...tied.own.map(({ observable_id }) => observable_id), ...listedValues(tied)])]
  const more = (await tx.run('link/acts', { appearances: [], observables })).filter(({ act_id }) => !known.has(act_id))
  await unlockActs(tx, more)
  return more
}

/** A decision may have come to its end a moment ago: then what hung on it is told anew before it is shown. */
async function asItIsNow(tx: Transaction, id: string, people: (id: string | null) => string) {
  for (const isAgain of [false, true]) {
    const row = await tx.one('subject/one', { subject_id: id })
    if (row.appearances === 0) throw new Refusal('TANDEM-STATE-002', await wentWhere(tx, id))
    const linked = await loadComponents(tx, [row.component_id], openWords(people))
    const isPlaced = [...linked.held.values()].every(
      ({ appearance_id, subject_id }) => linked.subjects.subjectOf(appearance_id)?.id === subject_id,
    )
    const subject = linked.subjects.subjectOf(id)
    if (isPlaced && subject?.id === id) return { row, linked, subject }
    if (isAgain) break
    await tx.run('link/turn', {})
    await settle(tx, await loadComponents(tx, [row.component_id]), 'it was out of date when somebody opened it')
  }
  throw new Error('a subject is not where its row says')
}

/** An officer who cites a subject that is no more is told where its appearances went. */
async function wentWhere(tx: Transaction, subject: string): Promise<string> {
  const [last] = await tx.run('subject/versions', { subject_id: subject })
  const now = await tx.run('subject/labels', { subjects: last?.became ?? [] })
  const labels = now.map(({ number, person }) => subjectLabel(number, person)).join(', ')
  return labels === '' ? 'its referrals were erased by law' : `its appearances are part of ${labels} now`
}
