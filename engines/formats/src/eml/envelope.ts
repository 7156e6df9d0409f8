import type { TimeClaim } from '@tandem/core'
import { readIp } from '@tandem/identifiers'
import { addressParser } from 'postal-mime'
import { type MessageDraft, storable } from '../conversation/message.ts'
import type { PersonMentioned, Place } from '../record.ts'
import { decoded, type Field, firstField, textOfBytes } from './header.ts'
import { readMailDate } from './mail-date.ts'
import { readReceived } from './received.ts'

export interface Envelope {
  readonly author: number | null
  readonly at: TimeClaim | null
  readonly reference: string | null
  readonly answers: string | null
}

const peopleFields: readonly (readonly [key: string, role: PersonMentioned['role']])[] = [
  ['from', 'other'],
  ['sender', 'other'],
  ['reply-to', 'other'],
  ['to', 'recipient'],
  ['cc', 'recipient'],
  ['bcc', 'recipient'],
  ['resent-from', 'other'],
  ['resent-to', 'recipient'],
]
const addressFields = ['return-path', 'delivered-to', 'x-original-to', 'envelope-to', 'errors-to']
const clientFields = ['x-originating-ip', 'x-sender-ip', 'x-client-ip', 'x-source-ip']
const onceFields = ['from', 'date', 'subject', 'message-id', 'sender', 'reply-to', 'to']
/** Longer lists of addresses are no mail of a person: the rest stays in the payload. */
const longestList = 32_768
const mostPeople = 1000
const known = new Set([
  ...peopleFields.map(([key]) => key),
  ...clientFields,
  'received',
  'date',
  'subject',
  'message-id',
  'in-reply-to',
])

/** What the header of a mail, or of a mail inside a mail, says. */
export function readEnvelope(draft: MessageDraft, fields: readonly Field[], place: Place): Envelope {
  const at = readDate(draft, fields, place)
  const author = readPeople(draft, fields, place)
  draft.said(textOfField(fields, 'subject'), `${place}, header Subject`, { about: 'other' })
  for (const key of addressFields) {
    for (const field of fields.filter((each) => each.key === key)) {
      const [first] = addresses(field.raw)
      if (first !== undefined) draft.email(draft.safe(first.address, place), `${place}, header ${field.name}`, null)
    }
  }
  readClients(draft, fields, place, author, at)
  readReceived(draft, fields, place, at)
  for (const key of onceFields) {
    if (fields.filter((field) => field.key === key).length > 1) {
      draft.remark('header-twice', `${place}, header ${key}`, 'stands twice: programs show one or the other')
    }
  }
  // Every other field as it stands: programs, lists, signatures, marks of mailboxes.
  for (const field of fields) {
    if (!known.has(field.key))
      draft.detail(field.name, draft.safe(decoded(field.raw), place), `${place}, header ${field.name}`)
  }
  const answers = messageIds(fields, 'in-reply-to')[0] ?? null
  return { author, at, reference: messageIds(fields, 'message-id')[0] ?? null, answers }
}

const textOfField = (fields: readonly Field[], key: string): string | null => {
  const field = firstField(fields, key)
  return field === null ? null : decoded(field.raw)
}

/** Ids between angle brackets, or the bare text. */
function messageIds(fields: readonly Field[], key: string): string[] {
  const text = textOfBytes((firstField(fields, key)?.raw ?? '').slice(0, 4096)).trim()
  const found = [...text.matchAll(/<([^<>\s]{1,998})>/g)].map(([, id = '']) => storable(id))
  return found.length > 0 ? found : text === '' ? [] : [storable(text.slice(0, 998))]
}

function readDate(draft: MessageDraft, fields: readonly Field[], place: Place): TimeClaim | null {
  const field = firstField(fields, 'date')
  const at = `${place}, header Date`
  if (field === null) {
    draft.remark('date-missing', place, 'the mail has no date')
    return null
  }
  const { claim, weekdayDiffers, readable } = readMailDate(draft.safe(textOfBytes(field.raw).trim(), at))
  if (!readable) draft.remark('time-invalid', at, 'not a date of RFC 5322: kept as written')
  else if (claim.instant === null) draft.remark('zone-unknown', at, 'no zone that RFC 5322 defines: no instant')
  if (weekdayDiffers) draft.remark('weekday-differs', at, 'the weekday is not that of the date: made up or changed')
  return claim
}

interface Mailbox {
  readonly name: string
  readonly address: string
}

function addresses(raw: string): Mailbox[] {
  const found: Mailbox[] = []
  for (const entry of addressParser(textOfBytes(raw.slice(0, longestList)))) {
    if (entry.group === undefined) found.push({ name: entry.name, address: entry.address })
    else found.push(...entry.group.map(({ name, address }) => ({ name, address })))
  }
  return found
}

function readPeople(draft: MessageDraft, fields: readonly Field[], place: Place): number | null {
  let author: number | null = null
  let count = 0
  for (const [key, role] of peopleFields) {
    for (const field of fields.filter((each) => each.key === key)) {
      const at = `${place}, header ${field.name}`
      if (field.raw.length > longestList)
        draft.remark('list-too-long', at, 'a list of addresses longer than any real one')
      for (const { name, address } of addresses(field.raw)) {
        count += 1
        if (count > mostPeople) {
          draft.remark('list-too-long', at, `more than ${mostPeople} addresses: the rest was not read`)
          return author
        }
        const person = draft.person(role, [draft.safe(name, at)], at)
        if (key === 'from') author ??= person
        draft.email(address === '' ? null : draft.safe(address, at), at, person)
      }
    }
  }
  return author
}

/** What the first server says about the sender's own machine. */
function readClients(
  draft: MessageDraft,
  fields: readonly Field[],
  place: Place,
  author: number | null,
  at: TimeClaim | null,
): void {
  for (const field of fields.filter(({ key }) => clientFields.includes(key))) {
    const where = `${place}, header ${field.name}`
    const written = textOfBytes(field.raw).trim()
    draft.detail(field.name, draft.safe(written, where), where)
    const address = written.replace(/^\[(.*)\]$/s, '$1')
    draft.mention('IP address', address, where, author, readIp)
    const reading = readIp(address)
    const person = author === null ? undefined : draft.people[author]
    if (!reading.ok || author === null || person === undefined) continue
    const { port } = reading.value
    const event = {
      address: reading.value.address,
      port,
      time: at,
      event: field.name,
      possibleProxy: 'not said',
      place: where,
    } as const
    draft.people[author] = { ...person, ipEvents: [...person.ipEvents, event] }
  }
}
