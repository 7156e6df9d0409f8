import { readTimeClaim, type TimeClaim } from '@tandem/core'
import { MessageDraft } from '../conversation/message.ts'
import { unixTime, unzoned } from '../conversation/times.ts'
import type { JsonObject } from '../json/index.ts'
import type { Entry, ItemRecord, Place } from '../record.ts'
import { Fields } from '../uk-csea-irp/fields.ts'
import { readText } from './text.ts'

export interface TelegramChatAbout {
  readonly name: string | null
  readonly type: string | null
  readonly id: string | null
  readonly place: Place
}

/** Fields with a value that fits no slot of their own: kept under their name. */
const plainFields = [
  'action',
  'media_type',
  'title',
  'performer',
  'width',
  'height',
  'duration_seconds',
  'discard_reason',
  'via_bot',
  'author',
  'sticker_emoji',
  'self_destruct_period_seconds',
  'period_seconds',
  'period',
  'schedule_date',
  'boosts',
  'amount',
  'currency',
  'emoticon',
  'emoji',
  'new_title',
  'new_icon_emoji_id',
  'game_title',
  'score',
  'place_name',
  'address',
  'live_location_period_seconds',
  'reply_to_peer_id',
  'saved_from',
  'file_size',
  'photo_file_size',
  'distance',
  'to_id',
  'inviter',
  'signature',
  'reason_domain',
  'values',
  'mime_type',
] as const

export function readMessage(node: JsonObject, place: Place, chat: TelegramChatAbout): Entry<ItemRecord> {
  const draft = new MessageDraft()
  const { rest, text, entities } = withoutText(node)
  const fields = new Fields(draft, rest, place)
  const type = fields.text('type')
  const reference = fields.text('id', 'number')
  draft.reference = reference
  draft.answers = fields.text('reply_to_message_id', 'number')
  if (type !== null && type !== 'message' && type !== 'service') {
    draft.remark('enum-unknown', fields.at('type'), 'neither message nor service: read as a message')
  }
  draft.flags['service'] = type === null ? 'not said' : type === 'service' ? 'yes' : 'no'
  readTimes(draft, fields)
  readAuthor(draft, fields, type === 'service' ? 'actor' : 'from')
  const forwarded = fields.text('forwarded_from')
  if (forwarded !== null || node.members.has('forwarded_from')) {
    draft.flags['forwarded'] = 'yes'
    draft.detail('forwarded from', forwarded, fields.at('forwarded_from'))
    readAccountId(draft, fields.text('forwarded_from_id'), fields.at('forwarded_from_id'), null)
  }
  readText(draft, text, entities, place)
  readFiles(draft, fields)
  readMore(draft, fields)
  draft.detail('chat type', chat.type, chat.place)
  draft.detail('chat id', chat.id, chat.place)
  fields.finish()
  return draft.entry('telegram-json', 'message', { name: chat.name, place: chat.place }, place)
}

/** `text` is a string or a list of strings and objects: read apart from the plain fields. */
function withoutText(node: JsonObject): {
  rest: JsonObject
  text: ReturnType<JsonObject['members']['get']>
  entities: ReturnType<JsonObject['members']['get']>
} {
  const members = new Map(node.members)
  const text = members.get('text')
  const entities = members.get('text_entities')
  members.delete('text')
  members.delete('text_entities')
  return { rest: { ...node, members }, text, entities }
}

/** `date_unixtime` is the only reliable time; `date` is what the clock of the exporting machine would have shown. */
function readTimes(draft: MessageDraft, fields: Fields): void {
  draft.at = time(draft, fields, 'date')
  draft.atMeaning =
    draft.at === null
      ? null
      : draft.at.instant === null
        ? 'date (local time of the exporting machine)'
        : 'date_unixtime'
  if (draft.at === null) draft.remark('time-missing', fields.place, 'the message has no time')
  const edited = time(draft, fields, 'edited')
  if (edited !== null && edited.original !== '0') {
    draft.flags['edited'] = 'yes'
    draft.detail('edited', edited.instant ?? edited.original, fields.at('edited'))
  }
}

function time(draft: MessageDraft, fields: Fields, key: string): TimeClaim | null {
  const local = fields.text(key)
  const unix = fields.text(`${key}_unixtime`, 'number')
  const reading = local === null ? null : readTimeClaim(`${local.trim()}Z`).instant
  if (unix !== null && unix !== '') {
    const claim = unixTime(unix, 'seconds')
    if (claim === null) {
      draft.remark('time-invalid', fields.at(`${key}_unixtime`), 'no count of seconds: kept as written')
      return { original: unix, instant: null, zone: { kind: 'unknown' }, candidates: [] }
    }
    if (local !== null && claim.instant !== null) compareClocks(draft, fields, key, local, reading, claim.instant)
    return claim
  }
  if (local === null || local === '') return null
  if (reading === null) {
    draft.remark('time-invalid', fields.at(key), 'not a date and time of the usual form: kept as written')
    return unzoned(local, [])
  }
  draft.remark('zone-unknown', fields.at(key), 'local time of the exporting machine without a zone: no instant')
  return unzoned(local, [Date.parse(reading)])
}

/** The difference of the two times tells how the clock of the exporting machine was set: worth knowing, and a check. */
function compareClocks(
  draft: MessageDraft,
  fields: Fields,
  key: string,
  local: string,
  reading: string | null,
  instant: string,
): void {
  const minutes = reading === null ? null : (Date.parse(reading) - Date.parse(instant)) / 60_000
  if (minutes === null || minutes % 15 !== 0 || Math.abs(minutes) > 14 * 60) {
    draft.remark('times-disagree', fields.at(key), 'local time and Unix time do not name the same moment in any zone')
    draft.detail('local time as written', local, fields.at(key))
    return
  }
  if (key !== 'date') return
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  const offset = `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
  draft.detail('clock of the exporting machine', offset, fields.at(key))
}

function readAuthor(draft: MessageDraft, fields: Fields, key: 'from' | 'actor'): void {
  const other = key === 'from' ? 'actor' : 'from'
  const own = { name: fields.text(key), id: fields.text(`${key}_id`, 'number') }
  const else_ = { name: fields.text(other), id: fields.text(`${other}_id`, 'number') }
  const [used, name] = own.name === null && own.id === null ? [else_, other] : [own, key]
  if (used.name === null && used.id === null) return
  draft.author = draft.person('other', [used.name], fields.at(name))
  readAccountId(draft, used.id, fields.at(`${name}_id`), draft.author)
  if (used.name === null) draft.detail('deleted account', used.id, fields.at(name), { person: draft.author })
}

/** `user123`, `channel123`, `chat123`; before 2020 a bare number that does not say which. */
export function readAccountId(draft: MessageDraft, written: string | null, place: Place, person: number | null): void {
  if (written === null || written === '') return
  const user = /^user([0-9]{1,20})$/.exec(written)?.[1]
  draft.account('telegram', 'id', user ?? written, place, person)
  if (/^[0-9]+$/.test(written)) {
    draft.remark('id-kind-unknown', place, 'a bare number: user, group and channel ids are counted apart')
  }
}

function readFiles(draft: MessageDraft, fields: Fields): void {
  for (const key of ['photo', 'file', 'thumbnail', 'contact_vcard']) {
    const path = fields.text(key)
    if (path === null || path === '') continue
    const missing = path.startsWith('(')
    const labels = [key, ...(missing ? ['not in the export'] : [])]
    const name = key === 'file' ? (fields.text('file_name') ?? (missing ? null : path)) : missing ? null : path
    const file = draft.file(name, fields.at(key), { labels })
    draft.detail('path in the export', path, fields.at(key), { file })
  }
  draft.detail('file name', fields.text('file_name'), fields.at('file_name'))
}

function readMore(draft: MessageDraft, fields: Fields): void {
  for (const key of plainFields) draft.detail(key, fields.text(key, 'number'), fields.at(key))
  readContact(draft, fields)
  const location = fields.object('location_information')
  if (location !== null) {
    const latitude = location.text('latitude', 'number')
    const longitude = location.text('longitude', 'number')
    draft.detail('location', `${latitude ?? '?'}, ${longitude ?? '?'}`, location.place)
    location.finish()
  }
  const poll = fields.object('poll')
  if (poll !== null) {
    draft.said(poll.text('question'), poll.at('question'), { about: 'other' })
    for (const answer of poll.objects('answers')) draft.detail('poll answer', answer.text('text'), answer.place)
  }
  for (const reaction of fields.objects('reactions')) {
    const emoji = reaction.text('emoji') ?? reaction.text('document_id') ?? reaction.text('type')
    draft.detail('reaction', `${emoji ?? '?'} ${reaction.text('count', 'number') ?? ''}`.trim(), reaction.place)
    for (const by of reaction.objects('recent')) {
      const person = draft.person('other', [by.text('from')], by.place)
      readAccountId(draft, by.text('from_id'), by.at('from_id'), person)
    }
  }
  // Service messages about members name people by their label only.
  for (const member of fields.texts('members')) draft.person('other', [member.text], member.place)
  draft.detail('service message id', fields.text('message_id', 'number'), fields.at('message_id'))
  const live = fields.flag('media_spoiler')
  if (live !== 'not said') draft.flags['spoiler'] = live
}

function readContact(draft: MessageDraft, fields: Fields): void {
  const contact = fields.object('contact_information')
  if (contact === null) return
  const person = draft.person('other', [contactName(contact)], contact.place)
  const phone = contact.text('phone_number')
  draft.phone(phone, contact.at('phone_number'), person)
  contact.finish()
}

export const contactName = (contact: Fields): string =>
  [contact.text('first_name'), contact.text('last_name')].filter((part) => part !== null && part !== '').join(' ')
