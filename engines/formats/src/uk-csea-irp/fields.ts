import type { ThreeValued } from '@tandem/core'
import { stripText } from '../guard/index.ts'
import type { JsonNode, JsonObject } from '../json/index.ts'
import type { Place } from '../record.ts'
import type { Draft } from './draft.ts'

/** Reads the known fields of one JSON object; `finish` lists the others. Null and absent are the same: not said. */
export class Fields {
  readonly place: Place
  readonly #draft: Draft
  readonly #members: ReadonlyMap<string, JsonNode>
  readonly #known = new Set<string>()

  constructor(draft: Draft, node: JsonObject, place: Place) {
    this.#draft = draft
    this.#members = node.members
    this.place = place
  }

  at(key: string): Place {
    return placeOf(this.place, key)
  }

  /** The place of what is said under this key; null when nothing is. */
  said(key: string): Place | null {
    const node = this.#members.get(key)
    return node === undefined || node.type === 'null' ? null : this.at(key)
  }

  /** Text, or any scalar as text with a remark; `expected` names a scalar that needs none. */
  text(key: string, expected: 'text' | 'number' = 'text'): string | null {
    return this.#scalar(this.#take(key), this.at(key), expected)
  }

  texts(key: string): { readonly text: string; readonly place: Place }[] {
    const found: { text: string; place: Place }[] = []
    for (const { node, place } of this.#items(key)) {
      const text = this.#scalar(node, place, 'text')
      if (text !== null && text !== '') found.push({ text, place })
    }
    return found
  }

  /** One of the agreed words, or the sender's own word with a remark. */
  word(key: string, agreed: readonly string[]): string | null {
    const word = this.text(key)
    if (word !== null && !agreed.includes(word)) {
      this.#draft.remark('enum-unknown', this.at(key), 'a word outside the agreed list: kept as written')
    }
    return word
  }

  flag(key: string): ThreeValued {
    const node = this.#take(key)
    if (node === null || node.type === 'null') return 'not said'
    if (node.type === 'boolean') return node.value ? 'yes' : 'no'
    const text = this.#scalar(node, this.at(key), 'number')
    if (text === null) return 'not said'
    const plain = text.trim().toLowerCase()
    const value = /^(?:true|yes|1)$/.test(plain) ? 'yes' : /^(?:false|no|0)$/.test(plain) ? 'no' : null
    if (value !== null)
      this.#draft.remark('text-as-flag', this.at(key), 'a text or number where yes or no was expected')
    else {
      this.#draft.remark('value-unreadable', this.at(key), 'neither yes nor no: kept as written, read as not said')
      this.#draft.detail(`${key} as written`, text, this.at(key))
    }
    return value ?? 'not said'
  }

  object(key: string): Fields | null {
    const node = this.#take(key)
    return node === null ? null : this.#fields(node, this.at(key))
  }

  objects(key: string): Fields[] {
    const found: Fields[] = []
    for (const { node, place } of this.#items(key)) {
      const fields = this.#fields(node, place)
      if (fields !== null) found.push(fields)
    }
    return found
  }

  /** Call when all known fields were asked for. */
  finish(): void {
    for (const key of this.#members.keys()) if (!this.#known.has(key)) this.#draft.unknownFields.push(this.at(key))
  }

  #take(key: string): JsonNode | null {
    this.#known.add(key)
    return this.#members.get(key) ?? null
  }

  #items(key: string): { node: JsonNode; place: Place }[] {
    const node = this.#take(key)
    if (node === null || node.type === 'null') return []
    if (node.type === 'array')
      return node.items.map((item, index) => ({ node: item, place: `${this.at(key)}[${index}]` }))
    this.#wrong(this.at(key), 'a list was expected here')
    return []
  }

  #fields(node: JsonNode, place: Place): Fields | null {
    if (node.type === 'object') return new Fields(this.#draft, node, place)
    if (node.type !== 'null') this.#wrong(place, 'an object was expected here')
    return null
  }

  #scalar(node: JsonNode | null, place: Place, expected: 'text' | 'number'): string | null {
    if (node === null || node.type === 'null') return null
    if (node.type === 'string') return this.#safe(node.value, place)
    if (node.type === 'array' || node.type === 'object') {
      this.#wrong(place, 'a single value was expected here')
      return null
    }
    const text = node.type === 'number' ? node.text : String(node.value)
    if (expected === 'text' || node.type === 'boolean') {
      this.#draft.remark('value-as-text', place, 'a number or flag where text was expected: kept digit by digit')
    }
    return text
  }

  /** NUL and half characters cannot be stored as text: shown by a sign here, the payload keeps the bytes. */
  #safe(value: string, place: Place): string {
    const whole =
      value.includes('\0') || !value.isWellFormed() ? value.toWellFormed().replaceAll('\0', '\u2400') : value
    if (whole !== value) this.#draft.remark('text-damaged', place, 'the text holds a NUL or half a character')
    const { text, count } = stripText(whole)
    if (count > 0)
      this.#draft.remark('media-stripped', place, 'encoded media inside the text was replaced by its digest')
    return text
  }

  #wrong(place: Place, says: string): void {
    this.#draft.structureFault ??= { code: 'wrong-structure', place, says }
  }
}

/** `$.a.b`, or `$.a["odd key"]`; long keys are cut, so that a place stays one line. */
export function placeOf(parent: Place, key: string): Place {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(key)) return `${parent}.${key}`
  const short = key.length > 64 ? `${key.slice(0, 64)}…` : key
  return `${parent}[${JSON.stringify(short.toWellFormed().replaceAll('\0', '\u2400'))}]`
}
