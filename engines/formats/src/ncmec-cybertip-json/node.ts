import type { ThreeValued } from '@tandem/core'
import type { JsonNode } from '../json/index.ts'
import type { Place } from '../record.ts'
import { placeOf } from '../uk-csea-irp/fields.ts'

/** What senders write for "nothing": read like a field that is not there. */
const nothing = /^(?:n\/a)?$/i

const MAX_UNKNOWN = 1000

/**
 * A value on the way to being read. Whatever is asked for is taken; the rest is what we do not know. Null, an absent key,
 * an empty object, "" and "N/A" are the same at every level, and one thing may stand where a list of them is meant.
 */
export class TipNode {
  readonly place: Place
  readonly json: JsonNode
  readonly #taken: Set<JsonNode>

  constructor(json: JsonNode, place: Place, taken: Set<JsonNode>) {
    this.json = json
    this.place = place
    this.#taken = taken
  }

  static root(json: JsonNode, place: Place): TipNode {
    return new TipNode(json, place, new Set([json]))
  }

  get isObject(): boolean {
    return this.json.type === 'object'
  }

  one(key: string): TipNode | null {
    const found = this.json.type === 'object' ? this.json.members.get(key) : undefined
    if (found === undefined) return null
    this.#taken.add(found)
    return found.type === 'null' ? null : new TipNode(found, placeOf(this.place, key), this.#taken)
  }

  /** Elements of a list, or the value itself where one stands alone; nulls and empty objects are left out. */
  items(): TipNode[] {
    const { json, place } = this
    const all =
      json.type === 'array'
        ? json.items.map((item, index) => {
            this.#taken.add(item)
            return new TipNode(item, `${place}[${index}]`, this.#taken)
          })
        : [this]
    return all.filter(({ json: each }) => each.type !== 'null' && !(each.type === 'object' && each.members.size === 0))
  }

  /**
   * The list under `key`, which the real files wrap once more: `emails: { emails: [...] }`. The wrapping may be missing,
   * and so may each level.
   */
  nested(key: string, inner: string = key): TipNode[] {
    const outer = this.one(key)
    if (outer === null) return []
    if (outer.json.type === 'object' && outer.json.members.has(inner)) return outer.one(inner)?.items() ?? []
    return outer.items()
  }

  /** Text of a value, a number digit by digit; null for nothing, an object or a list. */
  get text(): string | null {
    const { json } = this
    const text =
      json.type === 'string'
        ? json.value
        : json.type === 'number'
          ? json.text
          : json.type === 'boolean'
            ? String(json.value)
            : null
    return text === null || nothing.test(text.trim()) ? null : text
  }

  textOf(key: string): string | null {
    return this.one(key)?.text ?? null
  }

  /** Absent, null, "N/A" and unreadable are not said, never no: a warrant may hang on the answer. */
  flagOf(key: string): ThreeValued | 'unreadable' {
    const text = this.textOf(key)?.trim().toLowerCase()
    if (text === undefined) return 'not said'
    if (text === 'true' || text === 'yes' || text === '1') return 'yes'
    return text === 'false' || text === 'no' || text === '0' ? 'no' : 'unreadable'
  }

  keys(): string[] {
    return this.json.type === 'object' ? [...this.json.members.keys()] : []
  }

  /** Everything below that was never asked for; not deeper than its topmost value. */
  untaken(): Place[] {
    const places: Place[] = []
    this.#collect(this.json, this.place, places)
    if (places.length <= MAX_UNKNOWN) return places
    return [...places.slice(0, MAX_UNKNOWN), `${this.place} (${places.length - MAX_UNKNOWN} further)`]
  }

  #collect(json: JsonNode, place: Place, places: Place[]): void {
    const visit = (child: JsonNode, at: Place): void => {
      if (this.#taken.has(child)) this.#collect(child, at, places)
      else if (child.type !== 'null' && !isEmpty(child)) places.push(at)
    }
    if (json.type === 'object') for (const [key, child] of json.members) visit(child, placeOf(place, key))
    if (json.type === 'array') for (const [index, child] of json.items.entries()) visit(child, `${place}[${index}]`)
  }
}

const isEmpty = (json: JsonNode): boolean =>
  (json.type === 'object' && json.members.size === 0) || (json.type === 'array' && json.items.length === 0)
