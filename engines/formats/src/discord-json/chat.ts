import type { JsonChat } from '../conversation/json-chat.ts'
import type { FrameKind } from '../conversation/json-frames.ts'
import { MessageDraft, storable } from '../conversation/message.ts'
import type { JsonNode, JsonObject } from '../json/index.ts'
import type { ReaderEnd } from '../reader.ts'
import type { Detail, Entry, ItemRecord, Remark } from '../record.ts'
import { readMessage } from './message.ts'

const aboutFields = ['guild', 'channel', 'dateRange']

export class DiscordChat implements JsonChat {
  #names: string[] = []
  readonly #details: Detail[] = []
  #claimed: number | null = null
  hasList = false
  readonly #unknown: string[] = []

  readonly plan = (path: readonly string[]): FrameKind =>
    path.length === 1 && path[0] === 'messages' ? 'records' : 'value'

  member(path: readonly string[], value: JsonNode | null, place: string): Entry<ItemRecord> | null {
    const [key = ''] = path
    if (key === 'messages') {
      const draft = new MessageDraft()
      draft.structureFault = { code: 'wrong-structure', place, says: 'a list of messages was expected here: not read' }
      return draft.entry('discord-json', 'message', { name: null, place: '$' }, place)
    }
    if (key === 'messageCount') {
      this.#claimed = value?.type === 'number' && Number.isSafeInteger(value.value) ? value.value : null
    } else if (aboutFields.includes(key) && value?.type === 'object') this.#about(key, value)
    else if (key === 'exportedAt' && value?.type === 'string') this.#detail('exported at', value.value, place)
    else if (this.#unknown.length < 1000) this.#unknown.push(place)
    return null
  }

  record(_path: readonly string[], value: JsonObject, place: string): Entry<ItemRecord> {
    return readMessage(value, place, { name: this.#names.join(' / ') || null, place: '$' }, this.#details)
  }

  leave(path: readonly string[]): void {
    if (path[0] === 'messages') this.hasList = true
  }

  end(records: number): ReaderEnd {
    const remarks: Remark[] = this.#unknown.map((place) => ({
      code: 'unknown-field',
      place,
      says: 'A part of the export that is not read: kept in the payload.',
    }))
    if (this.#claimed !== null && this.#claimed !== records) {
      const says = `The export speaks of ${this.#claimed} messages and holds ${records}; it may be one part of several.`
      remarks.push({ code: 'count-differs', place: '$.messageCount', says })
    }
    return { claimedRecords: this.#claimed, remarks }
  }

  #about(key: string, node: JsonObject): void {
    for (const [name, value] of node.members) {
      const text = value.type === 'string' ? value.value : value.type === 'number' ? value.text : null
      if (text === null || text === '' || name === 'iconUrl') continue
      if (name === 'name') this.#names.push(storable(text))
      else this.#detail(`${key} ${name}`, text, `$.${key}`)
    }
  }

  #detail(kind: string, text: string, place: string): void {
    const value = storable(text.slice(0, 4096))
    if (this.#details.length < 100) this.#details.push({ kind: storable(kind), value, place, person: null, file: null })
  }
}
