/** Texts of many entries end to end, with where each ends. Empty is "not said". Costs nothing until a text comes. */
export class TextColumn {
  #bytes = new Uint8Array(0)
  #used = 0
  #ends = new Float64Array(0)
  #count = 0

  set(at: number, text: string): void {
    if (at < this.#count) throw new RangeError('Texts come in order')
    if (text === '') return
    const bytes = Buffer.from(text)
    this.#bytes = roomFor(this.#bytes, this.#used + bytes.length, (length) => new Uint8Array(length))
    this.#bytes.set(bytes, this.#used)
    this.#reach(at + 1)
    this.#used += bytes.length
    this.#ends[at] = this.#used
  }

  get(at: number): string | null {
    if (at >= this.#count) return null
    const start = at === 0 ? 0 : (this.#ends[at - 1] ?? 0)
    const end = this.#ends[at] ?? 0
    return end === start ? null : Buffer.from(this.#bytes.subarray(start, end)).toString('utf8')
  }

  get byteLength(): number {
    return this.#bytes.byteLength + this.#ends.byteLength
  }

  parts(): { texts: Uint8Array; ends: Uint8Array } {
    const ends = this.#ends.slice(0, this.#count)
    return { texts: this.#bytes.subarray(0, this.#used), ends: new Uint8Array(ends.buffer) }
  }

  /** Null when the parts do not fit each other. */
  static from(texts: Uint8Array, ends: Uint8Array): TextColumn | null {
    if (ends.length % 8 !== 0) return null
    const column = new TextColumn()
    column.#bytes = Uint8Array.from(texts)
    column.#used = texts.length
    column.#ends = new Float64Array(Uint8Array.from(ends).buffer)
    column.#count = column.#ends.length
    let last = 0
    for (const end of column.#ends) {
      if (!Number.isInteger(end) || end < last || end > texts.length) return null
      last = end
    }
    return column
  }

  /** Entries that were passed over have no text. */
  #reach(count: number): void {
    this.#ends = roomFor(this.#ends, count, (length) => new Float64Array(length))
    this.#ends.fill(this.#used, this.#count, count)
    this.#count = count
  }
}

/** A small number for each entry; 0 is "not said". Costs nothing until one comes. */
export class NumberColumn {
  #values = new Uint16Array(0)
  #count = 0

  set(at: number, value: number): void {
    if (value === 0) return
    this.#values = roomFor(this.#values, at + 1, (length) => new Uint16Array(length))
    this.#values[at] = value
    this.#count = Math.max(this.#count, at + 1)
  }

  get(at: number): number {
    return this.#values[at] ?? 0
  }

  get byteLength(): number {
    return this.#values.byteLength
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.#values.buffer, 0, this.#count * 2)
  }

  static from(bytes: Uint8Array): NumberColumn | null {
    if (bytes.length % 2 !== 0) return null
    const column = new NumberColumn()
    column.#values = new Uint16Array(Uint8Array.from(bytes).buffer)
    column.#count = column.#values.length
    return column
  }
}

function roomFor<T extends Uint8Array | Uint16Array | Float64Array>(
  column: T,
  length: number,
  make: (length: number) => T,
): T {
  if (length <= column.length) return column
  const larger = make(Math.max(length, column.length * 2, 64))
  larger.set(column)
  return larger
}
