import { type JsonNode, type JsonObject, readJsonNotingRules } from '../json/index.ts'
import type { Limits, ReaderEnd } from '../reader.ts'
import type { Entry, ItemRecord, Remark } from '../record.ts'
import { type Cut, type FrameFault, type FramePart, type FramePlan, JsonFrames } from './json-frames.ts'

/** What one JSON chat format does with the parts of its file. It holds what was said before: the name of the chat. */
export interface JsonChat {
  readonly plan: FramePlan
  /** A value outside the records. An entry, when it is one. */
  member(path: readonly string[], value: JsonNode | null, place: string): Entry<ItemRecord> | null
  record(path: readonly string[], value: JsonObject, place: string): Entry<ItemRecord>
  leave(path: readonly string[]): void
  /** Whether a list of records was met; a file without one is no such export, or was cut before it. */
  readonly hasList: boolean
  end(records: number): ReaderEnd
}

const faults: Readonly<Record<FrameFault | 'too-many-records' | 'no-messages', string>> = {
  'json-syntax': 'The file is no valid JSON from here on: what follows could not be read. Ask for the file again.',
  'json-cut-off': 'The file ends too early: it was cut off. What follows is missing; ask for the file again.',
  'json-empty': 'The file holds nothing.',
  'no-messages': 'The file holds no list of messages.',
  'too-many-records': 'The file holds more records than this lane accepts: the rest was not read.',
}

/** Push parser for one file: chunks in, entries out; the same for a file in memory and for a stream. */
class JsonChatReading {
  readonly #chat: JsonChat
  readonly #limits: Limits
  readonly #frames: JsonFrames
  readonly #skip: number
  #records = 0
  #stopped = false

  constructor(chat: JsonChat, limits: Limits, skip: number) {
    this.#chat = chat
    this.#limits = limits
    this.#frames = new JsonFrames(chat.plan, limits)
    this.#skip = skip
  }

  get stopped(): boolean {
    return this.#stopped || this.#frames.broken
  }

  *push(chunk: Uint8Array): Generator<Entry<ItemRecord>, void, undefined> {
    for (const part of this.#frames.push(chunk)) {
      yield* this.#take(part)
      if (this.stopped) return
    }
  }

  *end(): Generator<Entry<ItemRecord>, ReaderEnd, undefined> {
    if (!this.#stopped) for (const part of this.#frames.end()) yield* this.#take(part)
    if (!this.#chat.hasList && this.#records === 0) yield setAside('no-messages', 'whole file')
    return this.#chat.end(this.#records)
  }

  *#take(part: FramePart): Generator<Entry<ItemRecord>, void, undefined> {
    if (part.kind === 'leave') this.#chat.leave(part.path)
    else if (part.kind === 'member') {
      const node = parsed(part.bytes, this.#limits)
      yield* this.#give(this.#chat.member(part.path, 'node' in node ? node.node : null, part.place))
    } else if (part.kind === 'broken') {
      yield* this.#give(setAside(part.code, part.inRecord ? part.place : `rest of the file from ${part.place}`))
    } else if (this.#records < this.#skip) this.#records += 1
    else yield* this.#give(this.#record(part.path, part.place, part.bytes))
  }

  #record(path: readonly string[], place: string, bytes: Cut): Entry<ItemRecord> {
    const found = parsed(bytes, this.#limits)
    if ('fault' in found) return { outcome: 'set-aside', place, reason: { ...found.fault, place } }
    if (found.node.type === 'object') return this.#chat.record(path, found.node, place)
    return {
      outcome: 'set-aside',
      place,
      reason: { code: 'not-an-object', place, says: 'an object was expected here' },
    }
  }

  /** One entry a record; the one after the last that is allowed stands for the rest. */
  *#give(entry: Entry<ItemRecord> | null): Generator<Entry<ItemRecord>, void, undefined> {
    if (entry === null) return
    this.#records += 1
    if (this.#records <= this.#skip) return
    if (this.#records > this.#limits.maxRecords) {
      this.#stopped = true
      yield setAside('too-many-records', `rest of the file from ${entry.place}`)
    } else yield entry
  }
}

const setAside = (code: keyof typeof faults, place: string): Entry<never> => ({
  outcome: 'set-aside',
  place,
  reason: { code, place, says: faults[code] },
})

/** A rule broken inside a value (a key twice, a text over the limit) makes the value unusable: nobody can know it. */
function parsed(bytes: Cut, limits: Limits): { readonly node: JsonNode } | { readonly fault: Omit<Remark, 'place'> } {
  if (bytes === null) {
    return { fault: { code: 'record-over-limit', says: 'larger or nested deeper than any real one: not read' } }
  }
  const reading = readJsonNotingRules(bytes, limits)
  if (!reading.ok) return { fault: { code: reading.error.code, says: reading.error.says } }
  const [broken] = reading.value.ruleFaults
  if (broken !== undefined) return { fault: { code: broken.code, says: broken.says } }
  return { node: reading.value.root }
}

export function* readJsonChat(
  chat: JsonChat,
  bytes: Uint8Array,
  limits: Limits,
): Generator<Entry<ItemRecord>, ReaderEnd, undefined> {
  const reading = new JsonChatReading(chat, limits, 0)
  yield* reading.push(bytes)
  return yield* reading.end()
}

export async function* streamJsonChat(
  chat: JsonChat,
  chunks: AsyncIterable<Uint8Array>,
  limits: Limits,
  skip = 0,
): AsyncGenerator<Entry<ItemRecord>, ReaderEnd, undefined> {
  const reading = new JsonChatReading(chat, limits, skip)
  for await (const chunk of chunks) {
    yield* reading.push(chunk)
    if (reading.stopped) break
  }
  return yield* reading.end()
}
