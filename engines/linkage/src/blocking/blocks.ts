import { sharedNumbers } from '../share/shared-memory.ts'

/** Keys of records under one form: the number of a value's key, and the value of each record, or -1. */
export interface Keys {
  readonly ofValue: Int32Array
  readonly distinct: number
  readonly first: Int32Array
}

export interface Block {
  /** Of each record the next one of its block, or -1. */
  readonly next: Int32Array
  readonly pairs: number
}

export interface BlocksAsked {
  /** The keys of each rule: of one field or of two. */
  readonly parts: readonly (readonly Keys[])[]
  readonly mostInBlock: number
}

/** The blocks of one rule, by its place. */
export function blocksOf({ parts, mostInBlock }: BlocksAsked): (place: number) => Block {
  const blocks = new Blocks(parts[0]?.[0]?.first.length ?? 0, mostInBlock)
  return (place) => blocks.of(parts[place] ?? [])
}

/**
 * Brings records with the same keys together by sorting them key by key (counting sort, stable from the last key to the
 * first): as many steps for many keys as for few.
 */
class Blocks {
  readonly #records: number
  readonly #most: number
  #order: Int32Array
  #sorted: Int32Array
  /** Keys of each record, of one part and of another. */
  readonly #keys: readonly Int32Array[]

  /** Blocks of more than `most` records are left out. */
  constructor(records: number, most: number) {
    this.#records = records
    this.#most = most
    this.#order = new Int32Array(records)
    this.#sorted = new Int32Array(records)
    this.#keys = [new Int32Array(records), new Int32Array(records)]
  }

  of(parts: readonly Keys[]): Block {
    const keys = parts.map((part, number) => keysOf(part, this.#keys[number] ?? new Int32Array(this.#records)))
    const [one = new Int32Array(), another = one] = keys
    const order = this.#order
    let count = 0
    for (let record = 0; record < this.#records; record++)
      if ((one[record] ?? -1) >= 0 && (another[record] ?? -1) >= 0) order[count++] = record
    for (let part = parts.length - 1; part >= 0; part--)
      this.#sort(keys[part] ?? one, parts[part]?.distinct ?? 0, count)
    return this.#linked(one, another, count)
  }

  #sort(keys: Int32Array, distinct: number, count: number): void {
    const [order, sorted] = [this.#order, this.#sorted]
    const places = new Int32Array(distinct + 1)
    for (let at = 0; at < count; at++) {
      const after = (keys[order[at] ?? 0] ?? 0) + 1
      places[after] = (places[after] ?? 0) + 1
    }
    for (let key = 0; key < distinct; key++) places[key + 1] = (places[key + 1] ?? 0) + (places[key] ?? 0)
    for (let at = 0; at < count; at++) {
      const record = order[at] ?? 0
      const key = keys[record] ?? 0
      const place = places[key] ?? 0
      sorted[place] = record
      places[key] = place + 1
    }
    this.#order = sorted
    this.#sorted = order
  }

  /** Records of a block stand side by side, and rise. */
  #linked(one: Int32Array, another: Int32Array, count: number): Block {
    const order = this.#order
    const next = sharedNumbers(this.#records).fill(-1)
    let pairs = 0
    for (let from = 0; from < count; ) {
      const first = order[from] ?? 0
      const [key, otherKey] = [one[first], another[first]]
      let to = from + 1
      for (; to < count; to++) {
        const record = order[to] ?? 0
        if (one[record] !== key || another[record] !== otherKey) break
      }
      const size = to - from
      if (size > 1 && size <= this.#most) {
        pairs += (size * (size - 1)) / 2
        for (let at = from + 1; at < to; at++) next[order[at - 1] ?? 0] = order[at] ?? -1
      }
      from = to
    }
    return { next, pairs }
  }
}

function keysOf({ ofValue, first }: Keys, keys: Int32Array): Int32Array {
  for (let record = 0; record < first.length; record++) {
    const value = first[record] ?? -1
    keys[record] = value < 0 ? -1 : (ofValue[value] ?? -1)
  }
  return keys
}
