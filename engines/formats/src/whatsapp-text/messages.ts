import { MessageDraft } from '../conversation/message.ts'
import { unzoned } from '../conversation/times.ts'
import type { Entry, ItemRecord, Place } from '../record.ts'
import { bareName, type Speakers } from './author.ts'
import { type DayOrder, wallTime } from './day-order.ts'
import type { Header } from './header.ts'
import * as phrases from './phrases.ts'

/** A header and the lines under it. */
export interface RawMessage {
  readonly header: Header
  readonly firstLine: number
  readonly lines: readonly string[]
  /** Lines under it that look like a header of another layout: a pasted chat. */
  readonly pasted: number
}

export interface ChatFacts {
  readonly orders: readonly DayOrder[]
  readonly speakers: Speakers
  readonly maxTextLength: number
  readonly damaged: boolean
}

export function readMessage(raw: RawMessage, facts: ChatFacts): Entry<ItemRecord> {
  const last = raw.firstLine + raw.lines.length
  const place = last === raw.firstLine ? `line ${raw.firstLine}` : `lines ${raw.firstLine}-${last}`
  const draft = new MessageDraft()
  readTime(draft, raw.header, facts.orders, place)
  const { author, text, doubt } = facts.speakers.split([raw.header.rest, ...raw.lines].join('\n'))
  if (text.length > facts.maxTextLength) {
    const says = `a message of more than ${facts.maxTextLength} characters: not read, it stays in the payload`
    return { outcome: 'set-aside', place, reason: { code: 'text-too-long', place, says } }
  }
  if (doubt !== null) draft.remark(doubt.code, place, `${doubt.says}: check it against the original`)
  if (raw.pasted > 0) {
    draft.remark(
      'header-inside',
      place,
      'lines inside look like messages of another layout: a pasted chat, kept as text',
    )
  }
  if (facts.damaged && text.includes('\ufffd')) {
    draft.remark('encoding-damaged', place, 'bytes that are no UTF-8 text stand as a sign of replacement')
  }
  // The first line of an iOS group has the name of the group where an author would stand.
  const notice = author !== null && phrases.isNotice(text)
  if (author !== null && !notice) readAuthor(draft, author, place)
  else draft.flags['service'] = 'yes'
  if (author !== null && notice) draft.detail('name of the chat', draft.safe(bareName(author), place), place)
  readParts(draft, text, place)
  draft.said(text, place)
  return draft.entry('whatsapp-text', 'message', { name: null, place: 'whole file' }, place)
}

function readTime(draft: MessageDraft, header: Header, orders: readonly DayOrder[], place: Place): void {
  const readings = orders.map((order) => wallTime(header, order)).filter((reading) => reading !== null)
  draft.at = unzoned(header.written, readings)
  draft.atMeaning = 'clock of the exporting telephone'
  const open = draft.at.candidates.length
  if (open === 0) draft.remark('time-invalid', place, 'no such date or time in the order of this file: kept as written')
  else if (open > 1) draft.remark('day-order-undecided', place, 'day and month may be the other way round: both kept')
}

function readAuthor(draft: MessageDraft, author: string, place: Place): void {
  draft.flags['service'] = 'no'
  const name = draft.safe(bareName(author), place)
  const person = draft.person('other', [name], place)
  draft.author = person
  if (name !== author) draft.detail('author as written', draft.safe(author, place), place, { person })
  // The number stands for the name of whoever is not in the address book.
  if (/^\+?[0-9][0-9 ()./\u00a0\u2010-\u2015-]{5,30}$/.test(name)) draft.phone(name, place, person)
}

function readParts(draft: MessageDraft, text: string, place: Place): void {
  if (phrases.deleted.test(text)) draft.flags['deleted'] = 'yes'
  if (phrases.edited.test(text.slice(-80))) draft.flags['edited'] = 'yes'
  if (phrases.call.test(text.slice(0, 80))) draft.flags['call'] = 'yes'
  if (phrases.poll.test(text.slice(0, 80))) draft.flags['poll'] = 'yes'
  if (phrases.omitted.test(text.slice(0, 80))) draft.file(null, place, { labels: ['not in the export'] })
  const start = text.slice(0, 400)
  const name = phrases.attachedMark.exec(start)?.[1] ?? phrases.attachedName.exec(start)?.[1]
  if (name !== undefined) draft.file(draft.safe(name.trim(), place), place, { labels: ['attached'] })
  draft.link(phrases.place.exec(start)?.[1] ?? null, place)
}
