import type { ReferralRecord } from '../record.ts'
import { furtherQuestions } from './further-questions.ts'
import {
  absent,
  detail,
  each,
  type Found,
  given,
  hasMention,
  others,
  part,
  type Question,
  reported,
  when,
} from './question.ts'

function addressAndTime(record: ReferralRecord): Found {
  const events = reported(record).flatMap(({ ipEvents }) => ipEvents)
  if (events.length === 0) return absent
  const isWhole = (event: (typeof events)[number]): boolean =>
    event.time?.instant != null && (event.port !== null || event.address.includes(':'))
  if (events.some(isWhole)) return given
  const hasTime = events.some(({ time }) => time !== null)
  const hasZone = events.some(({ time }) => time?.instant != null)
  const lacks = [
    ...(events.every(({ port }) => port === null) ? ['the port'] : []),
    ...(hasZone ? [] : [hasTime ? 'the time zone' : 'the time']),
  ]
  return part(lacks.length === 0 ? 'port and time of one and the same event' : lacks.join(' and '))
}

function timeOf(claim: ReferralRecord['incidentAt']): Found {
  if (claim === null) return absent
  return claim.instant === null ? part('the time zone') : given
}

/**
 * What a report of its kind should say: the schedule of S.I. 2026/268 and the fields of the CyberTipline report that
 * officers ask for afterwards most often. A port is not asked for beside an IPv6 address: it is not shared.
 */
export const questions: readonly Question[] = [
  {
    id: 'account',
    asks: 'an account, mail or phone of the reported person',
    isEssential: true,
    of: null,
    request: 'the account identifiers (user id, user name), mail addresses and phone numbers of the reported user',
    look: (record) => when(hasMention(record, reported(record), ['account', 'email', 'phone', 'url'])),
  },
  {
    id: 'address-and-time',
    asks: 'an address of the reported person with port and exact time',
    isEssential: true,
    of: null,
    request:
      'IP address with source port, and date and time to the second with the time zone, of the upload or message',
    look: addressAndTime,
  },
  {
    id: 'incident-time',
    asks: 'when it happened',
    isEssential: true,
    of: null,
    request: 'date and time of the incident to the second, with the time zone',
    look: ({ incidentAt }) => timeOf(incidentAt),
  },
  {
    id: 'hashes',
    asks: 'a hash of every file',
    isEssential: true,
    of: ['abuse material'],
    request: 'for each file the hash (SHA-256, SHA-1, MD5 or PDQ) as it was uploaded; never the file itself',
    look: ({ files }) =>
      each(
        files,
        ({ hashes }) => hashes.length > 0,
        (missing) => `the hash of ${missing} files`,
      ),
  },
  {
    id: 'viewed',
    asks: 'whether a person at the provider viewed each file',
    isEssential: true,
    of: ['abuse material'],
    request: 'for each file whether a person of yours viewed the whole of it before reporting',
    look: ({ files }) =>
      each(
        files,
        ({ viewedByProvider }) => viewedByProvider !== 'not said',
        (missing) => `the answer for ${missing} files`,
      ),
  },
  {
    id: 'conversation',
    asks: 'what was written',
    isEssential: true,
    of: ['contact with a child online'],
    request: 'the whole conversation as text, with the time and the writer of each message',
    look: ({ narratives }) => when(narratives.some(({ about }) => about === 'conversation')),
  },
  {
    id: 'other-party',
    asks: 'an account of the child or recipient',
    isEssential: true,
    of: ['contact with a child online', 'abuse in person'],
    request: 'the account identifiers, mail addresses and phone numbers of the child or recipient',
    look: (record) => when(hasMention(record, others(record), ['account', 'email', 'phone'])),
  },
  {
    id: 'child-age',
    asks: 'the age of the child, as stated or estimated',
    isEssential: false,
    of: ['contact with a child online', 'abuse in person'],
    request: 'the age or date of birth of the child as stated in the account or conversation',
    look: (record) => when(others(record).some(({ age, dateOfBirth }) => age !== null || dateOfBirth !== null)),
  },
  {
    id: 'place',
    asks: 'where the child or the reported person is',
    isEssential: false,
    of: ['abuse in person', 'contact with a child online'],
    request: 'any address, school, place name or coordinates held for the child or the reported user',
    look: ({ people, details = [] }) =>
      when(
        people.some(({ role, addresses }) => role !== 'reporter' && role !== 'other' && addresses.length > 0) ||
          details.some(({ kind }) => /latitude|place of capture|coordinates|geo/i.test(kind)),
      ),
  },
  {
    id: 'call',
    asks: 'whether the sender telephoned (declared P1 or P2)',
    isEssential: false,
    of: null,
    request: 'whether and when this report was telephoned through, as P1 and P2 outside 07:00 to 17:00 need a call',
    applies: ({ declaredPriority }) => declaredPriority !== null && declaredPriority.level !== 'P3',
    look: ({ telephoned }) => when(telephoned !== 'not said'),
  },
  {
    id: 'upload-time',
    asks: 'when each file was uploaded',
    isEssential: false,
    of: ['abuse material'],
    request: 'for each file the time of its upload with the time zone',
    look: ({ files }) =>
      each(
        files,
        ({ uploadedAt }) => uploadedAt?.instant != null,
        (missing) => `the exact time for ${missing} files`,
      ),
  },
  {
    id: 'category',
    asks: 'what each file shows, as a category',
    isEssential: false,
    of: ['abuse material'],
    request: 'for each file your classification, with the name of the scheme',
    look: ({ files }) =>
      each(
        files,
        ({ category, labels }) => category !== null || labels.length > 0,
        (missing) => `it for ${missing} files`,
      ),
  },
  {
    id: 'public',
    asks: 'whether each file was open to the public',
    isEssential: false,
    of: ['abuse material'],
    request: 'for each file whether it was publicly available',
    look: ({ files }) =>
      each(
        files,
        ({ publiclyAvailable }) => publiclyAvailable !== 'not said',
        (missing) => `it for ${missing} files`,
      ),
  },
  {
    id: 'person',
    asks: 'name, date of birth or address of the reported person',
    isEssential: false,
    of: null,
    request: 'name, date of birth and addresses given for the reported account',
    look: (record) =>
      when(reported(record).some((one) => one.names.length + one.addresses.length > 0 || one.dateOfBirth !== null)),
  },
  {
    id: 'history',
    asks: 'earlier log-ins of the reported person',
    isEssential: false,
    of: null,
    request: 'log-in addresses with ports and times of the last three months',
    look: (record) => when(reported(record).some(({ ipEvents }) => ipEvents.length > 1)),
  },
  {
    id: 'device',
    asks: 'devices of the reported person',
    isEssential: false,
    of: null,
    request: 'device identifiers and models seen on the account',
    look: (record) => when(detail(record, /device|imei|user.?agent/i)),
  },
  {
    id: 'told',
    asks: 'whether the reported person was told, and the state of the account',
    isEssential: false,
    of: null,
    request: 'whether the user was told of the report, and whether the account is open, suspended or closed',
    look: (record) => when(reported(record).some((one) => one.userWasTold !== 'not said' || one.accountState !== null)),
  },
  {
    id: 'detection',
    asks: 'how it was detected, and whether a person reviewed it',
    isEssential: false,
    of: null,
    request:
      'how the incident was detected (user report, third party, tool, moderator) and whether a person reviewed it',
    look: ({ detectedBy, reviewedByPerson }) => {
      if (detectedBy !== null && reviewedByPerson !== 'not said') return given
      if (detectedBy === null && reviewedByPerson === 'not said') return absent
      return part(detectedBy === null ? 'how it was detected' : 'whether a person reviewed it')
    },
  },
  {
    id: 'contact',
    asks: 'whom to ask at the sender',
    isEssential: false,
    of: null,
    request: 'name, mail address and phone number of somebody who can answer questions on this report',
    look: ({ sender }) => when(sender.contact !== null),
  },
  ...furtherQuestions,
]
