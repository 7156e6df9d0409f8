import { MessageDraft } from '../conversation/message.ts'
import { unixTime } from '../conversation/times.ts'
import type { JsonObject } from '../json/index.ts'
import type { Entry, ItemRecord, Place } from '../record.ts'
import { Fields } from '../uk-csea-irp/fields.ts'
import { contactName, readAccountId } from './message.ts'

/** A row of an account export that is no message: the account itself, a contact, a session with its address. */
export function readSectionRow(section: string, node: JsonObject, place: Place): Entry<ItemRecord> {
  const draft = new MessageDraft()
  const fields = new Fields(draft, node, place)
  if (section === 'sessions' || section === 'web_sessions') readSession(draft, fields)
  else readPerson(draft, fields, section)
  fields.finish()
  const whole = { name: section, place: place.replace(/\[\d+\]$/, '') }
  return draft.entry('telegram-json', 'row', whole, place)
}

function readPerson(draft: MessageDraft, fields: Fields, section: string): void {
  const owner = section === 'personal_information'
  const names = [contactName(fields), fields.text('name')]
  const person = draft.person('other', names, fields.place)
  draft.detail('owner of the export', owner ? 'yes' : null, fields.place, { person })
  const id = fields.text('user_id', 'number') ?? fields.text('id', 'number')
  const type = fields.text('type')
  const isUser = owner || section === 'contacts' || type === 'user'
  if (id !== null && id !== '0')
    readAccountId(draft, isUser && /^\d+$/.test(id) ? `user${id}` : id, fields.place, person)
  draft.account('telegram', 'username', fields.text('username'), fields.at('username'), person)
  draft.phone(fields.text('phone_number'), fields.at('phone_number'), person)
  draft.said(fields.text('bio'), fields.at('bio'), { about: 'other' })
  for (const key of ['category', 'rating']) draft.detail(key, fields.text(key, 'number'), fields.at(key))
  draft.detail('type', type, fields.at('type'))
  const date = fields.text('date')
  const unix = fields.text('date_unixtime', 'number')
  draft.at = unix === null ? null : unixTime(unix, 'seconds')
  draft.atMeaning = draft.at === null ? null : 'contact added'
  draft.detail('date as written', date, fields.at('date'), { person })
}

function readSession(draft: MessageDraft, fields: Fields): void {
  const unix = fields.text('last_active_unixtime', 'number') ?? fields.text('created_unixtime', 'number')
  draft.at = unix === null ? null : unixTime(unix, 'seconds')
  draft.atMeaning = draft.at === null ? null : 'session last active'
  const ipEvents = draft.address(fields.text('last_ip'), fields.at('last_ip'), 0, 'session')
  draft.author = draft.person('other', [], fields.place, { ipEvents })
  for (const key of [
    'last_active',
    'created',
    'last_country',
    'last_region',
    'application_name',
    'application_version',
    'device_model',
    'platform',
    'system_version',
    'domain',
    'bot_username',
    'browser',
    'expires',
    'expires_unixtime',
    'created_unixtime',
  ]) {
    draft.detail(key, fields.text(key, 'number'), fields.at(key), { person: 0 })
  }
}
