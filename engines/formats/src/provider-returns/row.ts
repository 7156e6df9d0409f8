import { MessageDraft } from '../conversation/message.ts'
import type { Entry, IpEvent, ItemRecord, Place } from '../record.ts'
import { type AnswerTime, type DayFirst, readAnswerTime } from './answer-time.ts'
import { numberDoubt, readCell, repaired } from './cell.ts'
import type { Meaning, ReturnColumn, ReturnProfile } from './profile.ts'

/** One value of an answer under its caption, whatever it stood in: a cell, a line, a table row. */
export interface Value {
  readonly caption: string
  readonly column: ReturnColumn | null
  readonly zone: string | null
  readonly text: string
  readonly place: Place
}

export interface RowContext {
  readonly profile: ReturnProfile
  readonly whole: ItemRecord['whole']
  readonly days: DayFirst
}

/** One row of an answer: an account or a customer, with addresses and times. Names and addresses stay as written. */
export function readRow(values: readonly Value[], place: Place, context: RowContext): Entry<ItemRecord> {
  const draft = new MessageDraft()
  const all = values.map((value) => ({ ...value, text: cellText(draft, value) })).filter(({ text }) => text !== '')
  const of = (meaning: Meaning): Value[] => all.filter(({ column }) => column?.is === meaning)
  const zone = of('zone')[0]?.text ?? null
  const from = timeOf(draft, [...of('time'), ...joinedClock(of('date')[0], of('clock')[0])][0], zone, context)
  const to = timeOf(draft, of('time-to')[0], zone, context)
  draft.at = from?.claim ?? to?.claim ?? null
  const timed = of('time')[0] ?? of('date')[0] ?? of('time-to')[0]
  draft.atMeaning = draft.at === null ? null : (timed?.column?.of ?? timed?.caption ?? null)
  const names = of('name').map(({ text }) => draft.safe(text, place))
  const addresses = of('address').map(({ text }) => draft.safe(text, place))
  draft.author = draft.person('reported', names, place, {
    addresses,
    ipEvents: ipEvents(draft, of('ip'), of('port')[0], of('event')[0], from, to),
  })
  for (const value of all) readValue(draft, value, context)
  return draft.entry('provider-return', 'answer', context.whole, place)
}

function cellText(draft: MessageDraft, value: Value): string {
  const { text, doubts } = readCell(value.text)
  for (const { code, says } of doubts) draft.remark(code, value.place, `${value.column?.is ?? 'value'}: ${says}`)
  return text
}

/** A date and a time of day in two columns are one time. */
function joinedClock(date: Value | undefined, clock: Value | undefined): Value[] {
  if (date === undefined) return []
  if (clock === undefined) return [date]
  return [{ ...date, text: `${date.text} ${clock.text}`, zone: clock.zone ?? date.zone, place: date.place }]
}

function timeOf(
  draft: MessageDraft,
  value: Value | undefined,
  zone: string | null,
  context: RowContext,
): AnswerTime | null {
  if (value === undefined) return null
  const elsewhere = zone ?? value.zone ?? context.profile.zone?.offset ?? null
  const time = readAnswerTime(draft.safe(value.text, value.place), elsewhere, context.days)
  if (time.doubt !== null) draft.remark(time.doubt.code, value.place, time.doubt.says)
  return time
}

function ipEvents(
  draft: MessageDraft,
  addresses: readonly Value[],
  port: Value | undefined,
  event: Value | undefined,
  from: AnswerTime | null,
  to: AnswerTime | null,
): IpEvent[] {
  const happened = event === undefined ? null : draft.safe(event.text, event.place)
  return addresses.flatMap((value) => {
    const what = happened ?? value.column?.of ?? null
    const [first] = draft.address(value.text.slice(0, 200), value.place, 0, what)
    if (first === undefined) return []
    const stated = port === undefined ? null : portOf(draft, port)
    const base = { ...first, port: stated ?? first.port, time: from?.claim ?? null }
    if (base.port === null)
      draft.remark('port-missing', value.place, 'no source port: behind a shared address nobody can be named')
    // A period is two events, so that both its ends are times and not words.
    return to === null
      ? [base]
      : from === null
        ? [{ ...base, time: to.claim }]
        : [base, { ...base, time: to.claim, event: periodEnd }]
  })
}

/** Marks the event that ends the period of the event before it. */
export const periodEnd = 'end of the period'

function portOf(draft: MessageDraft, value: Value): number | null {
  const number = Number(value.text)
  if (/^[0-9]{1,5}$/.test(value.text) && number >= 1 && number <= 65535) return number
  draft.remark('port-invalid', value.place, 'not a port from 1 to 65535')
  return null
}

function readValue(draft: MessageDraft, { column, caption, text, place }: Value, { profile }: RowContext): void {
  const value = draft.safe(text, place)
  const kind = draft.safe(caption.trim(), place) || 'value'
  const is = column?.is ?? 'detail'
  if (is === 'account-id' || is === 'username' || is === 'other-id' || is === 'other-username') {
    readAccount(draft, is, value, place, profile.platform, kind)
  } else if (is === 'email') draft.email(value, place, 0)
  else if (is === 'phone' || is === 'other-phone') readPhone(draft, is, value, place, kind)
  else if (is === 'imei' || is === 'imsi' || is === 'iccid') readNumber(draft, is, value, place)
  else if (is === 'text') readText(draft, value, place)
  else if (is === 'urls') for (const url of value.split(/[\s,]+/).slice(0, 100)) draft.link(url, place)
  else if (is === 'reference' || is === 'customer') {
    if (is === 'reference') draft.reference ??= value
    draft.detail(is, value, place, { person: 0 })
  } else if (is !== 'ip' && is !== 'name' && is !== 'address') draft.detail(kind, value, place, { person: 0 })
}

function readAccount(
  draft: MessageDraft,
  is: Meaning,
  value: string,
  place: Place,
  platform: string | null,
  kind: string,
): void {
  const by = is.endsWith('id') ? 'id' : 'username'
  const person = is.startsWith('other') ? draft.person('other', by === 'username' ? [value] : [], place) : 0
  if (platform === null) draft.detail(kind, value, place, { person })
  else draft.account(platform, by, value, place, person)
}

/** Marks like `(F)` and `(D)` stand behind numbers of switches; `-1` is "not passed on". */
function readPhone(draft: MessageDraft, is: Meaning, value: string, place: Place, kind: string): void {
  const person = is === 'other-phone' ? draft.person('other', [], place) : 0
  const bare = value.replace(/\s*\([A-Z]{1,2}\)$/, '')
  if (bare !== value) draft.detail(`${kind} as written`, value, place, { person })
  if (bare === '-1') draft.detail(kind, 'not passed on (-1)', place, { person })
  else draft.phone(bare, place, person)
}

function readNumber(draft: MessageDraft, kind: 'imei' | 'imsi' | 'iccid', value: string, place: Place): void {
  const doubt = /E\+?\d/i.test(value) ? null : numberDoubt(kind, value)
  if (doubt !== null) draft.remark(doubt.code, place, doubt.says)
  draft.detail(kind.toUpperCase(), value, place, { person: 0 })
}

function readText(draft: MessageDraft, value: string, place: Place): void {
  draft.said(value, place)
  const better = repaired(value)
  if (better === null) return
  draft.remark('mojibake', place, 'UTF-8 that somebody read as Latin-1: as written, and repaired')
  draft.said(better, `${place} (repaired)`)
}
