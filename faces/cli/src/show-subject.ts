import type { Subject } from './find-subject.ts'
import type { Output } from './output.ts'
import { contradictionLine, tieLines } from './show-ties.ts'
import { count, instantWords, points } from './words.ts'

/** For reading in a terminal: reasons before numbers, and what would part the subject before what holds it. */
export function showSubject(subject: Subject, output: Output): void {
  const { rank } = subject
  output.line(`Subject ${subject.label}  ${rank.priority}  version ${subject.version}`, 'bold')
  output.line(
    `A belief about ${count(subject.appearances.length, 'appearance')}: told as ${subject.toldAs.map(({ role, times }) => `${role} (${times})`).join(', ')}. It may be undone.`,
  )
  section(output, 'Rules that no number outweighs', rank.gates, (gate) => gate)
  section(
    output,
    'Why here',
    rank.reasons.filter(({ hundredths }) => hundredths !== 0),
    ({ hundredths, says, from }) =>
      `${points(hundredths).padStart(6)}  ${says}${from.length === 0 ? '' : ` (${from.map(({ number }) => number).join(', ')})`}`,
  )
  output.line(
    `  ${points(rank.hundredths).padStart(6)}  in all; nine of ten draws over links and weights lie between ${points(rank.interval.low)} and ${points(rank.interval.high)}`,
  )
  section(
    output,
    'What would move it',
    rank.without.slice(0, 5),
    ({ referral, hundredths, priority }) => `without referral ${referral.number}: ${points(hundredths)}, ${priority}`,
  )
  section(output, 'Since you looked', rank.changes, ({ says, from, to }) => `${says} ${points(from)} → ${points(to)}`)
  section(
    output,
    'Told by',
    subject.appearances,
    ({ label, role, names, referral }) =>
      `${label}: ${role}${names.length === 0 ? '' : `, ${names.join(' / ')}`}; ${referral.sender}, ${instantWords(referral.receivedAt)}, ${referral.state}`,
  )
  for (const [title, values] of [
    ['Personas', subject.personas],
    ['Other values', subject.observables],
  ] as const)
    section(
      output,
      title,
      values,
      ({ kind, normal, from, aside }) =>
        `${kind} ${normal} (${from.join(', ')})${aside.length === 0 ? '' : `: set aside, ${aside.map(({ because }) => because).join('; ')}`}`,
    )
  section(
    output,
    'Ties: other subjects, not the same person; no rank moves by them',
    subject.ties.ties.flatMap(tieLines),
    (line) => line,
  )
  section(output, 'What ties nobody', subject.ties.leftOut, (each) => each)
  section(
    output,
    'What would part it',
    subject.flips,
    ({ fact, parts }) => `without ${fact}: ${parts.map((part) => part.join(' + ')).join(' | ')}`,
  )
  section(output, 'To be looked at', subject.alarms, (alarm) => alarm)
  section(output, 'Decisions that contradict each other', subject.contradictions, (each) =>
    contradictionLine(each, subject.decisions),
  )
  section(
    output,
    'Decisions about links',
    subject.decisions,
    ({ id, verb, about, by, at, expiresAt, reason, undone, undoable }) =>
      `${instantWords(at)}  ${verb} by ${by}${expiresAt === null ? '' : `, until ${instantWords(expiresAt)}`}: ${about.join('; ')}${reason === null ? '' : `. ${reason}`}${undone !== null ? ' (taken back)' : undoable ? ` (undo: ${id})` : ` (${id})`}`,
  )
  section(
    output,
    'Versions',
    subject.versions,
    ({ version, appearances, because, by, at }) =>
      `${version}: ${count(appearances, 'appearance')}, ${because}, ${by}, ${instantWords(at)}`,
  )
  output.line('')
  output.text(subject.inWords)
}

function section<T>(output: Output, title: string, rows: readonly T[], words: (row: T) => string): void {
  if (rows.length === 0) return
  output.line('')
  output.line(title, 'bold')
  for (const row of rows) output.line(`  ${words(row)}`)
}
