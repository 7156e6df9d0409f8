import { type Capture, newCapture, scanCapture } from './capture.ts'

/**
 * Walks the frame of a VICS file (root, `value`, case, `Media`) as strict JSON and cuts each record out by bracket
 * depth outside strings, so that memory stays at one record however large the file is.
 * Brackets, quotes and the back-slash never occur inside a multi-byte UTF-8 character, so cutting bytes is safe.
 */
export type Part =
  | { readonly kind: 'member'; readonly of: 'root' | 'case'; readonly name: string; readonly text: string | null }
  | { readonly kind: 'record'; readonly place: string; readonly cut: Cut }
  | { readonly kind: 'case' }
  | { readonly kind: 'broken'; readonly code: BrokenCode; readonly offset: number }

export type BrokenCode = 'not-json' | 'truncated' | 'no-media' | 'empty'

/** One record as cut. `bytes` is null when it went over a limit; it was then read past, not kept. */
export interface Cut {
  readonly bytes: Uint8Array | null
  readonly offset: number
  /** Number of keys written: more than the parsed object holds means a key came twice. */
  readonly keys: number
  /** An integer longer than 15 digits: beyond what a JavaScript number keeps exactly. */
  readonly longNumber: boolean
}

export interface CutLimits {
  readonly recordBytes: number
  readonly depth: number
}

type Role = 'root' | 'value' | 'case' | 'media'
type Expect = 'first-key' | 'key' | 'colon' | 'value' | 'first-value' | 'comma'
interface Frame {
  readonly role: Role
  readonly close: number
  expect: Expect
  key: string
  count: number
}

const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const QUOTE = 0x22
const MEMBER_BYTES = 65_536

export class RecordCutter {
  readonly #limits: CutLimits
  readonly #stack: Frame[] = []
  #shape: 'media' | 'cases' = 'media'
  #capture: Capture | null = null
  #capturing: 'key' | 'member' | 'record' = 'member'
  #offset = 0
  #started = false
  #finished = false
  #broken = false
  #sawMedia = false
  readonly #byteOrderMark: number[] = []

  constructor(limits: CutLimits) {
    this.#limits = limits
  }

  /** `cases`: the elements of `value` are cases that hold `Media`. Must be set before `value` is reached. */
  set shape(shape: 'media' | 'cases') {
    this.#shape = shape
  }

  /** The parts completed by this chunk, one by one, so that a caller may set the shape in between. */
  *push(chunk: Uint8Array): Generator<Part> {
    let index = 0
    while (index < chunk.length && !this.#broken) {
      if (this.#capture !== null) {
        index = scanCapture(this.#capture, chunk, index)
        if (this.#capture.done) yield* this.#finishCapture(this.#capture)
        continue
      }
      const byte = chunk[index] ?? 0
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
        index++
        continue
      }
      if (!this.#started && this.#isByteOrderMark(byte, this.#offset + index)) {
        index++
        continue
      }
      const step = this.#step(byte, this.#offset + index)
      if (step === 'broken') yield this.#fail('not-json', this.#offset + index)
      else if (step === 'eaten') index++
      else if (step === 'case') {
        index++
        yield { kind: 'case' }
      }
    }
    this.#offset += chunk.length
  }

  *end(): Generator<Part> {
    if (this.#broken) return
    if (!this.#started) yield this.#fail('empty', this.#offset)
    else if (!this.#finished) yield this.#fail('truncated', this.#offset)
    else if (!this.#sawMedia) yield this.#fail('no-media', this.#offset)
  }

  #fail(code: BrokenCode, offset: number): Part {
    this.#broken = true
    return { kind: 'broken', code, offset }
  }

  #isByteOrderMark(byte: number, offset: number): boolean {
    const mark = [0xef, 0xbb, 0xbf]
    if (offset !== this.#byteOrderMark.length || mark[offset] !== byte) return false
    this.#byteOrderMark.push(byte)
    return true
  }

  #step(byte: number, offset: number): 'eaten' | 'captured' | 'case' | 'broken' {
    if (this.#finished) return 'broken'
    const frame = this.#stack.at(-1)
    if (frame === undefined) {
      if (byte !== OPEN_OBJECT || this.#byteOrderMark.length % 3 !== 0) return 'broken'
      this.#started = true
      this.#enter('root', CLOSE_OBJECT)
      return 'eaten'
    }
    if (byte === frame.close) {
      if (frame.expect !== 'comma' && frame.expect !== 'first-key' && frame.expect !== 'first-value') return 'broken'
      this.#stack.pop()
      const outer = this.#stack.at(-1)
      if (outer === undefined) this.#finished = true
      else outer.expect = 'comma'
      return 'eaten'
    }
    switch (frame.expect) {
      case 'first-key':
      case 'key':
        if (byte !== QUOTE) return 'broken'
        this.#begin('key', offset, MEMBER_BYTES)
        return 'captured'
      case 'colon':
        if (byte !== 0x3a) return 'broken'
        frame.expect = 'value'
        return 'eaten'
      case 'comma':
        if (byte !== 0x2c) return 'broken'
        frame.expect = frame.close === CLOSE_OBJECT ? 'key' : 'value'
        return 'eaten'
      default:
        return this.#value(frame, byte, offset)
    }
  }

  #value(frame: Frame, byte: number, offset: number): 'eaten' | 'captured' | 'case' | 'broken' {
    if (byte === OPEN_ARRAY && frame.role === 'root' && frame.key === 'value') {
      if (this.#shape === 'media') {
        if (this.#sawMedia) return 'broken'
        this.#sawMedia = true
      }
      this.#enter('value', CLOSE_ARRAY)
      return 'eaten'
    }
    if (byte === OPEN_OBJECT && frame.role === 'value' && this.#shape === 'cases') {
      frame.count++
      this.#enter('case', CLOSE_OBJECT)
      this.#sawMedia = true
      return 'case'
    }
    if (byte === OPEN_ARRAY && frame.role === 'case' && frame.key === 'Media') {
      this.#enter('media', CLOSE_ARRAY)
      return 'eaten'
    }
    if (!startsValue(byte)) return 'broken'
    const record = frame.close === CLOSE_ARRAY
    this.#begin(record ? 'record' : 'member', offset, record ? this.#limits.recordBytes : MEMBER_BYTES)
    return 'captured'
  }

  #enter(role: Role, close: number): void {
    this.#stack.push({ role, close, expect: close === CLOSE_OBJECT ? 'first-key' : 'first-value', key: '', count: 0 })
  }

  #begin(what: 'key' | 'member' | 'record', offset: number, bytes: number): void {
    this.#capturing = what
    this.#capture = newCapture(offset, bytes, this.#limits.depth)
  }

  *#finishCapture(capture: Capture): Generator<Part> {
    this.#capture = null
    const frame = this.#stack.at(-1)
    if (frame === undefined) return
    if (this.#capturing === 'record') {
      const place = this.#place(frame)
      frame.count++
      frame.expect = 'comma'
      const { kept: bytes, offset, keys, longNumber } = capture
      yield { kind: 'record', place, cut: { bytes, offset, keys, longNumber } }
      return
    }
    const text = capture.kept === null ? null : decode(capture.kept)
    if (this.#capturing === 'key') {
      const name = text === null ? null : parseString(text)
      if (name === null) {
        yield this.#fail('not-json', capture.offset)
        return
      }
      frame.key = name
      frame.expect = 'colon'
      return
    }
    frame.expect = 'comma'
    if (frame.role === 'root' || frame.role === 'case') {
      yield { kind: 'member', of: frame.role, name: frame.key, text }
    }
  }

  #place(frame: Frame): string {
    const outer = this.#stack.at(-3)
    return frame.role === 'media' && outer !== undefined
      ? `$.value[${outer.count - 1}].Media[${frame.count}]`
      : `$.value[${frame.count}]`
  }
}

const startsValue = (byte: number): boolean =>
  byte === OPEN_OBJECT ||
  byte === OPEN_ARRAY ||
  byte === QUOTE ||
  byte === 0x2d ||
  (byte >= 0x30 && byte <= 0x39) ||
  byte === 0x74 ||
  byte === 0x66 ||
  byte === 0x6e

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function decode(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return null
  }
}

function parseString(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : null
  } catch {
    return null
  }
}
