import type { Decision, Instant, Millibits } from './events.ts'
import type { Fact, Hold, SubjectExplanation } from './explain.ts'
import type { Alarm } from './guard.ts'
import type { LinkExplanation, LinkLine } from './link.ts'

/** How often the method was wrong where the truth was known; stated with every link. */
export interface MeasuredError {
  readonly method: string
  /** On what it was measured, and when. */
  readonly set: string
  readonly on: string
  /** Of all pairs that were joined, the share that was right; of all true pairs, the share that was found. */
  readonly precision: number
  readonly recall: number
}

/** What an officer can read out for one link. All figures come from the explanation; nothing is added. */
export function linkInWords(link: LinkExplanation, error: MeasuredError): string {
  const forIt = link.lines.filter(({ counted }) => counted > 0)
  const against = link.lines.filter(({ counted }) => counted < 0)
  const aside = link.lines.filter(({ suppressedBy }) => suppressedBy.length > 0)
  return [
    `Records ${link.one} and ${link.other} were compared for whether they are the ${link.relation}.`,
    `Before anything was compared: ${odds(link.prior)}.`,
    `For it: ${listOf(forIt.map(lineInWords), 'nothing')}.`,
    `Against it: ${listOf(against.map(lineInWords), 'nothing')}.`,
    ...(aside.length === 0 ? [] : [`Not counted: ${listOf(aside.map(asideInWords), '')}.`]),
    `Together: ${odds(link.weight)} (the sum of the lines above).`,
    errorInWords(error),
    'A link is a lead. It names no offender, and nothing acts on it alone.',
  ].join(' ')
}

/** What an officer can read out for a subject. */
export function subjectInWords(explanation: SubjectExplanation, error: MeasuredError): string {
  const { subject, records, path, weakest, flips, notTried, hypotheses, contradictions, alarms } = explanation
  const lines = [
    records.length === 1
      ? `Subject ${subject} is one record; nothing was linked.`
      : `Subject ${subject} is ${records.length} records, held together by ${listOf(path.map(holdInWords), 'no link')}.`,
  ]
  if (weakest !== null)
    lines.push(`The weakest of these links is between ${weakest.one} and ${weakest.other}: ${odds(weakest.weight)}.`)
  if (records.length > 1)
    lines.push(
      flips.length === 0
        ? `No single fact${notTried > 0 ? ' of those that were tried' : ''} would part it.`
        : `It would no longer be one without ${flips.map(({ fact }) => factInWords(fact)).join('; or without ')}.`,
    )
  const { two, more } = hypotheses
  if (two !== null)
    lines.push(
      `If it is two persons, then most likely ${listOf(two.parts[0], '')} and ${listOf(two.parts[1], '')}: ` +
        `they agree with ${bits(Math.round(two.mean))} on average, ${bits(Math.round(two.above))} above the bar.`,
    )
  if (more !== null)
    lines.push(
      more.apart.length > 0
        ? `The nearest other subject is ${more.subject}; ${listOf(more.apart.map(decisionInWords), '')}.`
        : `The nearest other subject is ${more.subject}, ${bits(Math.round(more.missing))} below the bar.`,
    )
  for (const { cannot, must } of contradictions)
    lines.push(
      `Decisions contradict each other: ${decisionInWords(cannot)}, but ${listOf(must.map(decisionInWords), '')}. ` +
        'Until somebody settles it the records are kept apart.',
    )
  for (const alarm of alarms) lines.push(`To be looked at: ${alarmInWords(alarm)}.`)
  return [...lines, errorInWords(error), 'A subject is a belief about records and may be undone.'].join(' ')
}

/** Bits to three decimals, which is all there are: what is read out adds up. */
export const bits = (weight: Millibits): string =>
  `${weight < 0 ? '−' : ''}${Math.floor(Math.abs(weight) / 1000)}.${String(Math.abs(weight) % 1000).padStart(3, '0')} bits`

/** Beyond this no honest figure is known: the model is never so sure as its sum. */
const mostOdds = 1_000_000

function odds(weight: Millibits): string {
  const ratio = 2 ** (Math.abs(weight) / 1000)
  const number = ratio > mostOdds ? `more than ${mostOdds.toLocaleString('en-GB')}` : figure(ratio)
  const said = weight === 0 ? 'as likely as not' : `${number} to 1 ${weight > 0 ? 'for' : 'against'} it`
  return `${said} (${bits(weight)})`
}

const figure = (ratio: number): string => (ratio < 10 ? ratio.toFixed(1) : Math.round(ratio).toLocaleString('en-GB'))

const lineInWords = ({ field, level, value, counted }: LinkLine): string =>
  `${field}, ${level}${value === null ? '' : ` (${value})`}, ${bits(counted)}`

const asideInWords = ({ field, value, said, suppressedBy }: LinkLine): string =>
  `${field}${value === null ? '' : ` (${value})`}, which would say ${bits(said)}: ${suppressedBy
    .map(({ reason }) => reason)
    .join('; ')}`

const holdInWords = (hold: Hold): string =>
  hold.by === 'decision'
    ? decisionInWords(hold.decision)
    : `the link of ${hold.link.one} and ${hold.link.other} (${bits(hold.link.weight)})`

const decisionInWords = ({ verb, one, other, who, why, at, evidence }: Decision): string =>
  `${who} decided on ${dayOf(at)} that ${one} and ${other} are ${verb === 'must link' ? 'one' : 'not one'}, because: ${why}` +
  (evidence.length === 0 ? '' : ` (${evidence.join(', ')})`)

function factInWords(fact: Fact): string {
  switch (fact.kind) {
    case 'value':
      return `the value ${fact.value}`
    case 'line':
      return `what ${fact.field} says of ${fact.one} and ${fact.other}`
    case 'decision':
      return `the decision ${fact.decision}`
  }
}

export function alarmInWords(alarm: Alarm): string {
  switch (alarm.kind) {
    case 'large':
      return `it has ${alarm.records} records, more than ${alarm.most}`
    case 'one value':
      return `${alarm.links} of its ${alarm.of} links would not hold without ${alarm.value}`
    case 'long':
      return `its ends are ${alarm.diameter} links apart`
    case 'bridges':
      return `${alarm.bridges} of its ${alarm.of} links are the only way between what they join`
    case 'parted':
      return `it hung together with too much to be weighed whole; links weaker than ${bits(alarm.at)} were left out`
  }
}

const errorInWords = ({ method, set, on, precision, recall }: MeasuredError): string =>
  `Measured error of ${method}, on ${set}, ${on}: of 1,000 links ${Math.round((1 - precision) * 1000)} were wrong, ` +
  `and of 1,000 true ones ${Math.round((1 - recall) * 1000)} were missed.`

const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10)

const listOf = (parts: readonly string[], none: string): string => (parts.length === 0 ? none : parts.join(', '))
