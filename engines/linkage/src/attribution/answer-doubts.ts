import { bar, type Doubt, doubt } from './doubt.ts'
import type { AnswerFacts, AttributionFacts } from './facts.ts'

const aboutTime = new Set(['one-hour-off', 'zone-mistaken', 'time-wrong', 'time-depends', 'hour-twice'])
const aboutAddress = new Set(['other-address', 'digits-swapped'])

/** Our address? Our instant? One customer? And is what was copied from the row that says so? */
export function answerDoubts({ answer, checks, event }: AttributionFacts): Doubt[] {
  if (answer === null)
    return [
      bar(
        'no-answer',
        'No answer of a provider is in the cell as a record: a name or an address cannot be copied, and typing it is not possible.',
      ),
    ]
  const found: Doubt[] = []
  if (!answer.names) found.push(bar('nothing-attributed', 'Neither a name nor an address was copied from the answer.'))
  if (!answer.isReturn)
    found.push(doubt('answer-of-no-provider', 'The record was not read as an answer of a provider.'))
  if (!answer.isWhole)
    found.push(
      doubt(
        'answer-not-whole',
        'Rows of the answer were set aside or lie in another part: one may name somebody else.',
      ),
    )
  found.push(...addressDoubts(answer), ...timeDoubts(answer), ...customerDoubts(answer))
  if (answer.row.port === 'other') found.push(doubt('other-port', 'The answered port is not the reported one.'))
  if (answer.row.port === 'not said' && event.port !== null && checks.addressTranslation !== 'no')
    found.push(
      doubt('answer-without-port', 'The answer repeats no port, and it is not known that the address is not shared.'),
    )
  return found
}

function addressDoubts({ address, findings }: AnswerFacts): Doubt[] {
  if (address === 'same') return []
  const told = toldOf(findings, aboutAddress)
  if (told.length > 0) return told
  return address === 'other'
    ? [doubt('other-address', 'The answer is about another address.')]
    : [doubt('answer-without-address', 'The answer does not repeat the address that was asked about.')]
}

function timeDoubts({ time, findings, row }: AnswerFacts): Doubt[] {
  const zone =
    row.zone === 'stated'
      ? []
      : row.zone === 'assumed'
        ? [doubt('answer-zone-assumed', 'The zone of the times in the answer is assumed, not stated.')]
        : [doubt('answer-zone-unknown', 'The times in the answer state no zone.')]
  if (time === 'covers') return zone
  const told = toldOf(findings, aboutTime)
  const own = {
    wrong: doubt('time-wrong', 'The answer is for another instant.'),
    depends: doubt('time-depends', 'The answer covers the asked instant only in some readings of its times.'),
    'not said': doubt('answer-without-time', 'The answer does not say for which time it is given.'),
  }[time]
  return [...(told.length > 0 ? told : [own]), ...zone]
}

function customerDoubts({ customers, row }: AnswerFacts): Doubt[] {
  const found: Doubt[] = []
  if (customers === 'several')
    found.push(doubt('several-customers', 'Several customers had the address at that instant.'))
  if (customers === 'none') found.push(doubt('no-customer', 'No row of the answer fits address and instant.'))
  if (customers === 'not said')
    found.push(
      doubt('customer-not-said', 'The answer does not say which customer it means, so two cannot be told apart.'),
    )
  if (!row.fits)
    found.push(
      doubt('not-from-the-fitting-row', 'What is attributed stands in a row that does not answer address and instant.'),
    )
  return found
}

const toldOf = (findings: AnswerFacts['findings'], codes: ReadonlySet<string>): Doubt[] =>
  findings.filter(({ code }) => codes.has(code)).map(({ code, says }) => doubt(code, sentence(says)))

const sentence = (says: string): string =>
  `${says.slice(0, 1).toUpperCase()}${says.slice(1)}${/[.!?]$/.test(says) ? '' : '.'}`
