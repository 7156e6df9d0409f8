export type MmdbValue = string | number | boolean | readonly MmdbValue[] | { readonly [key: string]: MmdbValue }

/** A fault of the file, told to whoever opens it. */
export class MmdbFault extends Error {}

const [POINTER, TEXT, DOUBLE, BYTES, UINT16, UINT32, MAP, INT32, UINT64, UINT128, ARRAY, BOOLEAN, FLOAT] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 15,
]
const widths: ReadonlyMap<number | undefined, number> = new Map([
  [UINT16, 2],
  [UINT32, 4],
  [INT32, 4],
  [UINT64, 8],
  [UINT128, 16],
])

export interface MmdbLimits {
  /** Maps within maps; real records have four or five. */
  readonly depth: number
  /** Values of one record with all its pointers followed. */
  readonly values: number
}
export const mmdbLimits: MmdbLimits = { depth: 64, values: 100_000 }

interface Read {
  readonly value: MmdbValue
  readonly end: number
}

interface Control {
  readonly type: number
  readonly size: number
  readonly at: number
}

/** Decodes the data section. Every read is bounded: by the section, by depth, by the number of values. */
export class MmdbData {
  readonly #bytes: Buffer
  readonly #text = new TextDecoder('utf-8', { fatal: true })
  #values = 0

  constructor(section: Buffer) {
    this.#bytes = section
  }

  /** The value at an offset; throws `MmdbFault` where the file is broken. */
  decode(offset: number): MmdbValue {
    this.#values = 0
    return this.#read(offset, 0, true).value
  }

  #read(offset: number, depth: number, mayPoint: boolean): Read {
    this.#values += 1
    if (this.#values > mmdbLimits.values) throw new MmdbFault('a record with too many values')
    if (depth > mmdbLimits.depth) throw new MmdbFault('a record that is nested too deep, or points to itself')
    const { type, size, at } = this.#control(offset)
    switch (type) {
      case POINTER: {
        if (!mayPoint) throw new MmdbFault('a pointer to a pointer')
        return { value: this.#read(size, depth + 1, false).value, end: at }
      }
      case TEXT:
        return { value: this.#string(at, size), end: at + size }
      case BYTES:
        return { value: this.#slice(at, size).toString('hex'), end: at + size }
      case DOUBLE:
        if (size !== 8) throw new MmdbFault('a double that is not eight bytes long')
        return { value: this.#slice(at, 8).readDoubleBE(), end: at + 8 }
      case FLOAT:
        if (size !== 4) throw new MmdbFault('a float that is not four bytes long')
        return { value: this.#slice(at, 4).readFloatBE(), end: at + 4 }
      case BOOLEAN:
        if (size > 1) throw new MmdbFault('a truth value that is neither')
        return { value: size === 1, end: at }
      case MAP:
        return this.#map(at, size, depth)
      case ARRAY:
        return this.#array(at, size, depth)
      default:
        return this.#integer(type, at, size)
    }
  }

  /** The control byte, the extended type and the length (specification, "Data Field Format"). */
  #control(offset: number): Control {
    const first = this.#byte(offset)
    let [type, at] = [first >> 5, offset + 1]
    if (type === POINTER) return this.#pointer(first, at)
    if (type === 0) {
      type = this.#byte(at) + 7
      if (type < 8) throw new MmdbFault('an extended type that is none')
      at += 1
    }
    const short = first & 31
    if (short < 29) return { type, size: short, at }
    const width = short - 28
    const base = short === 29 ? 29 : short === 30 ? 285 : 65_821
    return { type, size: base + this.#slice(at, width).readUIntBE(0, width), at: at + width }
  }

  #pointer(first: number, at: number): Control {
    const width = ((first >> 3) & 3) + 1
    const rest = this.#slice(at, width).readUIntBE(0, width)
    const high = width === 4 ? 0 : (first & 7) * 256 ** width
    const base = width === 2 ? 2048 : width === 3 ? 526_336 : 0
    return { type: POINTER, size: high + rest + base, at: at + width }
  }

  #map(start: number, size: number, depth: number): Read {
    const entries: [string, MmdbValue][] = []
    let at = start
    for (let left = size; left > 0; left -= 1) {
      const key = this.#read(at, depth + 1, true)
      if (typeof key.value !== 'string') throw new MmdbFault('a key that is no text')
      const value = this.#read(key.end, depth + 1, true)
      entries.push([key.value, value.value])
      at = value.end
    }
    return { value: Object.fromEntries(entries), end: at }
  }

  #array(start: number, size: number, depth: number): Read {
    const values: MmdbValue[] = []
    let at = start
    for (let left = size; left > 0; left -= 1) {
      const each = this.#read(at, depth + 1, true)
      values.push(each.value)
      at = each.end
    }
    return { value: values, end: at }
  }

  /** Numbers beyond 2^53 stay exact, as decimal text. */
  #integer(type: number, at: number, size: number): Read {
    const width = widths.get(type)
    if (width === undefined || size > width) throw new MmdbFault('a value of unknown type or size')
    const bytes = this.#slice(at, size)
    const value = size === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`)
    const signed = type === INT32 && size === 4 ? BigInt.asIntN(32, value) : value
    const isSafe = signed <= BigInt(Number.MAX_SAFE_INTEGER)
    return { value: isSafe ? Number(signed) : signed.toString(), end: at + size }
  }

  #string(at: number, size: number): string {
    try {
      return this.#text.decode(this.#slice(at, size))
    } catch (error) {
      if (error instanceof MmdbFault) throw error
      throw new MmdbFault('a text that is not UTF-8')
    }
  }

  #byte(at: number): number {
    const byte = this.#bytes[at]
    if (byte === undefined) throw new MmdbFault('a value behind the end of the data')
    return byte
  }

  #slice(at: number, size: number): Buffer {
    if (at + size > this.#bytes.length) throw new MmdbFault('a value behind the end of the data')
    return this.#bytes.subarray(at, at + size)
  }
}
