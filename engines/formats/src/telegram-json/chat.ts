import type { JsonChat } from '../conversation/json-chat.ts'
import type { FrameKind } from '../conversation/json-frames.ts'
import { MessageDraft, storable } from '../conversation/message.ts'
import type { JsonNode, JsonObject } from '../json/index.ts'
import type { ReaderEnd } from '../reader.ts'
import type { Entry, ItemRecord, Remark } from '../record.ts'
import { readMessage } from './message.ts'
import { readSectionRow } from './sections.ts'

/** Lists of an account export that hold people or sessions, each row an item of its own. */
const rowSections = new Set(['contacts', 'frequent_contacts', 'sessions', 'web_sessions'])
const chatSections = new Set(['chats', 'left_chats'])
const plainMembers = new Set(['about', 'name', 'type', 'id'])

export class TelegramChat implements JsonChat {
  #name: string | null = null
  #type: string | null = null
  #id: string | null = null
  #place = '$'
  readonly #unknown = new Map<string, number>()
  #lists = 0
  #localTimes = 0

  readonly plan = (path: readonly string[]): FrameKind => {
    const [first = '', second, third, fourth] = path
    if (path.length === 1) return planOfSection(first)
    if (path.length === 2 && second === 'list') return chatSections.has(first) ? 'list' : 'records'
    if (path.length === 3 && third === '*') return 'object'
    return path.length === 4 && fourth === 'messages' ? 'records' : 'value'
  }

  member(path: readonly string[], value: JsonNode | null, place: string): Entry<ItemRecord> | null {
    const key = path.at(-1) ?? ''
    const ofChat = path.length === 1 || (path.length === 4 && path[2] === '*')
    if (path.length === 1 && key === 'personal_information' && value?.type === 'object') {
      this.#lists += 1
      return readSectionRow(key, value, place)
    }
    // What is not of the agreed shape is never passed over in silence.
    if (key === '*' || key === 'messages' || (path.length === 1 && chatSections.has(key))) {
      return wrongShape(place)
    }
    const text = scalarText(value)
    if (ofChat && key === 'name') this.#name = text
    else if (ofChat && key === 'type') this.#type = text
    else if (ofChat && key === 'id') this.#id = text
    else if (key !== 'about' && !(path.length === 1 && plainMembers.has(key))) this.#countUnknown(path)
    return null
  }

  record(path: readonly string[], value: JsonObject, place: string): Entry<ItemRecord> {
    const [section = ''] = path
    if (rowSections.has(section)) return readSectionRow(section, value, place)
    this.#place = place.slice(0, place.lastIndexOf('.')) || '$'
    const chat = { name: this.#name, type: this.#type, id: this.#id, place: this.#place }
    const entry = readMessage(value, place, chat)
    if (entry.outcome !== 'set-aside' && entry.record.at !== null && entry.record.at.instant === null) {
      this.#localTimes += 1
    }
    return entry
  }

  leave(path: readonly string[]): void {
    if (path.at(-1) === 'messages' || path.at(-1) === 'list') this.#lists += 1
    if (path.length === 3 && path[2] === '*') {
      this.#name = null
      this.#type = null
      this.#id = null
    }
  }

  get hasList(): boolean {
    return this.#lists > 0
  }

  end(): ReaderEnd {
    const remarks: Remark[] = [...this.#unknown].map(([place, count]) => ({
      code: 'unknown-field',
      place,
      says: `A part of the export that is not read, met ${count} times: kept in the payload.`,
    }))
    if (this.#localTimes > 0) {
      const says = `${this.#localTimes} messages only have the local time of the exporting machine (exports before 2022): ask where and how its clock was set.`
      remarks.push({ code: 'local-times', place: '$', says })
    }
    return { claimedRecords: null, remarks }
  }

  #countUnknown(path: readonly string[]): void {
    const place = ['$', ...path.map((key) => storable(key.slice(0, 64)))].join('.')
    if (this.#unknown.size < 1000 || this.#unknown.has(place)) {
      this.#unknown.set(place, (this.#unknown.get(place) ?? 0) + 1)
    }
  }
}

function planOfSection(name: string): FrameKind {
  if (name === 'messages') return 'records'
  return rowSections.has(name) || chatSections.has(name) ? 'object' : 'value'
}

function scalarText(value: JsonNode | null): string | null {
  if (value?.type === 'string') return storable(value.value)
  return value?.type === 'number' ? value.text : null
}

function wrongShape(place: string): Entry<ItemRecord> {
  const draft = new MessageDraft()
  draft.structureFault = { code: 'wrong-structure', place, says: 'a list or a chat was expected here: not read' }
  return draft.entry('telegram-json', 'message', { name: null, place: '$' }, place)
}
