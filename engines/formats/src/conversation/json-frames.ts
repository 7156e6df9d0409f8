import type { Limits } from '../reader.ts'
import { type Capture, newCapture, scanCapture } from '../vics/capture.ts'

/** What stands at a path: a frame that is walked, a list whose elements are cut out one by one, or a value taken whole. */
export type FrameKind = 'object' | 'list' | 'records' | 'value'

/** Says it for each path; an element of a walked list is called `*`. */
export type FramePlan = (path: readonly string[]) => FrameKind

export type FramePart =
  | { readonly kind: 'member'; readonly path: readonly string[]; readonly place: string; readonly bytes: Cut }
  | { readonly kind: 'record'; readonly path: readonly string[]; readonly place: string; readonly bytes: Cut }
  | { readonly kind: 'leave'; readonly path: readonly string[] }
  | { readonly kind: 'broken'; readonly code: FrameFault; readonly place: string; readonly inRecord: boolean }

/** The bytes of one value, or null when it went over a limit and was read past. */
export type Cut = Uint8Array | null

export type FrameFault = 'json-syntax' | 'json-cut-off' | 'json-empty'

type Expect = 'first-key' | 'key' | 'colon' | 'value' | 'first-value' | 'comma'
interface Frame {
  readonly kind: 'object' | 'list' | 'records'
  readonly path: readonly string[]
  readonly place: string
  expect: Expect
  key: string
  count: number
}

const QUOTE = 0x22
const mark = [0xef, 0xbb, 0xbf]

/**
 * Walks the frame of a large JSON file as strict JSON and cuts its records out by bracket depth outside strings, so
 * that memory stays at one record. Brackets, quotes and the back-slash never occur inside a multi-byte UTF-8 character.
 */
export class JsonFrames {
  readonly #plan: FramePlan
  readonly #limits: Limits
  readonly #stack: Frame[] = []
  #capture: Capture | null = null
  #capturing: 'key' | 'member' | 'record' = 'key'
  #offset = 0
  #started = false
  #finished = false
  #broken = false

  constructor(plan: FramePlan, limits: Limits) {
    this.#plan = plan
    this.#limits = limits
  }

  get broken(): boolean {
    return this.#broken
  }

  *push(chunk: Uint8Array): Generator<FramePart, void, undefined> {
    let index = 0
    while (index < chunk.length && !this.#broken) {
      if (this.#capture !== null) {
        index = scanCapture(this.#capture, chunk, index)
        if (this.#capture.done) yield* this.#captured(this.#capture)
        continue
      }
      const byte = chunk[index] ?? 0
      const at = this.#offset + index
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || (at < 3 && byte === mark[at])) {
        index += 1
        continue
      }
      const closing = this.#closing(byte)
      if (closing !== null) {
        index += 1
        yield { kind: 'leave', path: closing.path }
      } else {
        const step = this.#step(byte, at)
        if (step === 'broken') yield this.#fail('json-syntax', at)
        else if (step === 'eaten') index += 1
      }
    }
    this.#offset += chunk.length
  }

  *end(): Generator<FramePart, void, undefined> {
    if (this.#broken || this.#finished) return
    yield this.#fail(this.#started ? 'json-cut-off' : 'json-empty', this.#offset)
  }

  #fail(code: FrameFault, offset: number): FramePart {
    this.#broken = true
    const frame = this.#stack.at(-1)
    const inRecord = this.#capture !== null && this.#capturing === 'record' && frame !== undefined
    return { kind: 'broken', code, place: inRecord ? elementPlace(frame) : `byte ${offset}`, inRecord }
  }

  /** The frame that this byte closes, if it does. */
  #closing(byte: number): Frame | null {
    const frame = this.#stack.at(-1)
    if (frame === undefined || byte !== (frame.kind === 'object' ? 0x7d : 0x5d)) return null
    if (frame.expect !== 'comma' && frame.expect !== 'first-key' && frame.expect !== 'first-value') return null
    this.#stack.pop()
    const outer = this.#stack.at(-1)
    if (outer === undefined) this.#finished = true
    else outer.expect = 'comma'
    return frame
  }

  #step(byte: number, offset: number): 'eaten' | 'captured' | 'broken' {
    if (this.#finished) return 'broken'
    const frame = this.#stack.at(-1)
    if (frame === undefined) {
      if (byte !== 0x7b) return 'broken'
      this.#started = true
      this.#enter('object', [], '$')
      return 'eaten'
    }
    switch (frame.expect) {
      case 'first-key':
      case 'key':
        if (byte !== QUOTE) return 'broken'
        return this.#begin('key', offset, this.#limits.maxKeyLength * 6)
      case 'colon':
        if (byte !== 0x3a) return 'broken'
        frame.expect = 'value'
        return 'eaten'
      case 'comma':
        if (byte !== 0x2c) return 'broken'
        frame.expect = frame.kind === 'object' ? 'key' : 'value'
        return 'eaten'
      default:
        return this.#value(frame, byte, offset)
    }
  }

  #value(frame: Frame, byte: number, offset: number): 'eaten' | 'captured' | 'broken' {
    if (!startsValue(byte)) return 'broken'
    if (frame.kind === 'records') return this.#begin('record', offset, this.#limits.maxBytes)
    const path = [...frame.path, frame.kind === 'object' ? frame.key : '*']
    const kind = this.#plan(path)
    if (kind !== 'value' && byte === (kind === 'object' ? 0x7b : 0x5b)) {
      this.#enter(kind, path, frame.kind === 'object' ? memberPlace(frame) : elementPlace(frame))
      frame.count += 1
      return 'eaten'
    }
    return this.#begin('member', offset, this.#limits.maxStringLength * 6)
  }

  #enter(kind: Frame['kind'], path: readonly string[], place: string): void {
    this.#stack.push({ kind, path, place, expect: kind === 'object' ? 'first-key' : 'first-value', key: '', count: 0 })
  }

  #begin(what: 'key' | 'member' | 'record', offset: number, bytes: number): 'captured' {
    this.#capturing = what
    this.#capture = newCapture(offset, bytes, this.#limits.maxDepth)
    return 'captured'
  }

  *#captured(capture: Capture): Generator<FramePart, void, undefined> {
    this.#capture = null
    const frame = this.#stack.at(-1)
    if (frame === undefined) return
    const bytes = capture.kept
    if (this.#capturing === 'key') {
      const name = bytes === null ? null : textOf(bytes)
      if (name === null) {
        yield this.#fail('json-syntax', capture.offset)
        return
      }
      frame.key = name
      frame.expect = 'colon'
      return
    }
    frame.expect = 'comma'
    if (this.#capturing === 'record') {
      yield { kind: 'record', path: frame.path, place: elementPlace(frame), bytes }
      frame.count += 1
      return
    }
    const path = [...frame.path, frame.kind === 'object' ? frame.key : '*']
    yield { kind: 'member', path, place: frame.kind === 'object' ? memberPlace(frame) : elementPlace(frame), bytes }
    frame.count += 1
  }
}

const elementPlace = (frame: Frame): string => `${frame.place}[${frame.count}]`
const memberPlace = (frame: Frame): string =>
  /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(frame.key)
    ? `${frame.place}.${frame.key}`
    : `${frame.place}[${JSON.stringify(frame.key.slice(0, 64).toWellFormed().replaceAll('\0', '\u2400'))}]`

const startsValue = (byte: number): boolean =>
  byte === 0x7b ||
  byte === 0x5b ||
  byte === QUOTE ||
  byte === 0x2d ||
  (byte >= 0x30 && byte <= 0x39) ||
  byte === 0x74 ||
  byte === 0x66 ||
  byte === 0x6e

function textOf(bytes: Uint8Array): string | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'string' ? value : null
  } catch {
    return null
  }
}
