import type { Referral } from './find-referral.ts'
import { hitWords } from './hit-words.ts'
import type { Output } from './output.ts'
import { count, instantWords, points } from './words.ts'

/** For reading in a terminal: what an officer needs first comes first; no words of the report. */
export function showReferral(referral: Referral, output: Output): void {
  const { item, score, sender, delivery } = referral
  const { effective, declared, computed, confirmed } = item.priority
  output.line(
    `Referral ${item.number}  ${effective}  ${item.state}${item.takenBy === null ? '' : ' (taken)'}  version ${item.version}`,
    'bold',
  )
  output.line(
    `${sender.organisation ?? sender.name}${sender.service === null ? '' : `, ${sender.service}`}; ${item.format}; reference ${item.reference ?? 'none'}; received ${instantWords(delivery.receivedAt)}`,
  )
  output.line(
    `Priority: declared ${declared ?? 'not said'}, computed ${computed}, confirmed ${confirmed ?? 'by nobody'}${item.actBy === null ? '' : `; act by ${instantWords(item.actBy)}`}`,
  )
  output.line(
    `Child urgency ${points(score.childUrgency)}, offender danger ${points(score.offenderDanger)}. ${score.because}`,
  )
  if (referral.lot !== null) output.line(lotWords(referral.lot))
  const told = score.factors.filter(({ value, contribution }) => value !== 'not said' || contribution !== 0)
  section(
    output,
    'Why here',
    told,
    (factor) =>
      `${points(factor.contribution).padStart(6)}  ${factor.axis}: ${factor.says}${factor.gate === undefined ? '' : ` (gate ${factor.gate})`}`,
  )
  const unsaid = new Set(score.factors.filter(({ value }) => value === 'not said').map(({ factor }) => factor))
  // Absent is not false: what nobody said is named, so that somebody can ask.
  if (unsaid.size > 0) output.line(`  Not said: ${[...unsaid].join(', ')}`, 'dim')
  section(
    output,
    'What would move it',
    score.whatWouldMove,
    ({ factor, ifValue, gives }) => `${factor} = ${ifValue}: ${gives.priority}`,
  )
  section(
    output,
    'People',
    referral.people,
    ({ role, names, age, ipEvents }) =>
      `${role}: ${names.join(', ') || 'no name'}${age === null ? '' : `, age ${age}`}; ${count(ipEvents.length, 'IP event')}`,
  )
  section(
    output,
    'Mentions',
    referral.mentions,
    ({ kind, normal, alsoIn }) =>
      `${kind} ${normal}${alsoIn.length === 0 ? '' : ` (also in ${alsoIn.map(({ number }) => number).join(', ')})`}`,
  )
  section(
    output,
    'Files',
    referral.files,
    ({ name, hashes, category }) =>
      `${name ?? 'no name'}: ${hashes.map(({ kind, value }) => `${kind} ${value}`).join(', ') || 'no hash'}${category === null ? '' : `, ${category.scheme} ${category.value}`}`,
  )
  section(
    output,
    'Details',
    referral.details,
    ({ kind, value, characters, place }) =>
      `${kind}: ${value ?? `${count(characters, 'character')}, opened with --words '${place}'`}`,
  )
  section(output, 'Hits', referral.hits, hitWords)
  section(output, 'Related', referral.related, ({ number, how, because }) => `${how} ${number}: ${because}`)
  section(
    output,
    'Words to read first: rules for words find places, an officer reads them',
    referral.leads,
    ({ says, place, from, rule, writtenBy }) =>
      `${says} (${place} character ${from}, written by ${writtenBy}; ${rule})`,
  )
  section(
    output,
    'Words, opened on purpose (--words PLACE)',
    referral.narratives,
    ({ place, about, characters, author, from, at }) =>
      `${place}: ${about}${author === null ? (from === null ? '' : ` by ${from}`) : ` by person ${author + 1}`}${at === null ? '' : `, ${at.original}`}, ${count(characters, 'character')}`,
  )
  if (referral.completeness !== null) {
    const { answers, score, offence } = referral.completeness
    section(
      output,
      `Completeness: ${score} of 100 for ${offence}; the sender can still be asked (--chaser)`,
      answers.filter(({ state }) => state === 'missing' || state === 'in part'),
      ({ asks, state, lacks, essential }) =>
        `${state}: ${asks}${lacks === null ? '' : `; not ${lacks}`}${essential ? ' (essential)' : ''}`,
    )
  }
  section(output, 'Remarks of the reader', referral.remarks, ({ place, says }) => `${place}: ${says}`)
  section(
    output,
    'Safeguarding',
    referral.safeguarding,
    (track) =>
      `due ${instantWords(track.dueAt)}, ${track.closedAt === null ? (track.acknowledgedAt === null ? 'not acknowledged' : 'acknowledged') : 'closed'}`,
  )
  section(
    output,
    'Waiting for a second person',
    referral.proposals,
    ({ verb, by, at }) => `${verb} by ${by}, ${instantWords(at)}`,
  )
  section(
    output,
    'Decisions',
    referral.decisions,
    ({ id, verb, by, at, undone, undoable }) =>
      `${instantWords(at)}  ${verb} by ${by}${undone ? ' (undone)' : undoable ? ` (undo: --decision ${id})` : ''}`,
  )
  section(
    output,
    'Disagreements with the rank; none moves it',
    referral.disagreements.filter(({ withdrawnAt }) => withdrawnAt === null),
    ({ at, by, direction, score, weightSet, reason }) =>
      `${instantWords(at)}  ${by}: should be ${direction} than score ${score} by ${weightSet}${reason === null ? '' : `, ${reason}`}`,
  )
  section(output, 'Notes', referral.notes, ({ by, at, text }) => `${instantWords(at)}  ${by}: ${text}`)
}

/** Why it is in the audit slice or not. */
const lotWords = ({ lot, drawnBelow, of, agrees }: NonNullable<Referral['lot']>): string =>
  [
    `Lot ${lot} of ${of}: ${lot < drawnBelow ? 'drawn' : 'not drawn'}, lots below ${drawnBelow} are; it ranked low when it came.`,
    ...(agrees ? [] : ['Made again from its id the lot is another one: tell the inspector.']),
  ].join(' ')

function section<T>(output: Output, title: string, rows: readonly T[], words: (row: T) => string): void {
  if (rows.length === 0) return
  output.line('')
  output.line(title, 'bold')
  for (const row of rows) output.line(`  ${words(row)}`)
}
