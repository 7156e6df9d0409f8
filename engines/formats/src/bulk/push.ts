import type { Limits, Reader, ReaderEnd } from '../reader.ts'
import type { AnyRecord, Entry } from '../record.ts'

/** A parser without its source of bytes: push chunks of any size, then end. Both forms of a reader are made of it. */
export interface PushParser {
  push(chunk: Uint8Array): Iterable<Entry<AnyRecord>>
  end(): Generator<Entry<AnyRecord>, ReaderEnd, undefined>
}

const sliceLength = 65_536

export const tooManyRecords = (limit: number): Entry<never> => {
  const place = 'rest of file'
  const says = `The file has more than ${limit} records; the rest was not read.`
  return { outcome: 'set-aside', place, reason: { code: 'too-many-records', place, says } }
}

/** `read` and `stream` of one grammar: they cannot disagree. */
export function readingBy(make: (limits: Limits) => PushParser): Required<Pick<Reader, 'read' | 'stream'>> {
  return {
    *read(bytes, limits) {
      const parser = make(limits)
      const gate = new Gate(limits.maxRecords, 0)
      for (let at = 0; at < bytes.length && !gate.closed; at += sliceLength) {
        yield* gate.pass(parser.push(bytes.subarray(at, at + sliceLength)))
      }
      return yield* gate.last(parser)
    },
    async *stream(chunks, limits, skip = 0) {
      const parser = make(limits)
      const gate = new Gate(limits.maxRecords, skip)
      for await (const chunk of chunks) {
        yield* gate.pass(parser.push(chunk))
        if (gate.closed) break
      }
      return yield* gate.last(parser)
    },
  }
}

/** Counts records, passes over those that were read before, and closes at the limit. */
class Gate {
  closed = false
  #met = 0
  readonly #limit: number
  readonly #skip: number

  constructor(limit: number, skip: number) {
    this.#limit = limit
    this.#skip = skip
  }

  *pass(entries: Iterable<Entry<AnyRecord>>): Generator<Entry<AnyRecord>, void, undefined> {
    for (const entry of entries) {
      if (this.closed) return
      this.#met += 1
      this.closed = this.#met > this.#limit
      if (this.#met > this.#skip) yield this.closed ? tooManyRecords(this.#limit) : entry
    }
  }

  *last(parser: PushParser): Generator<Entry<AnyRecord>, ReaderEnd, undefined> {
    if (this.closed) return { claimedRecords: null, remarks: [] }
    const ending = parser.end()
    for (;;) {
      const step = ending.next()
      if (step.done === true) return step.value
      yield* this.pass([step.value])
      if (this.closed) return { claimedRecords: null, remarks: [] }
    }
  }
}

/** For readers of whole documents: at the limit one entry says that the rest was not read. */
export function* limited<T>(entries: Iterable<Entry<T>>, limit: number): Generator<Entry<T>, void, undefined> {
  let met = 0
  for (const entry of entries) {
    met += 1
    if (met > limit) {
      yield tooManyRecords(limit)
      return
    }
    yield entry
  }
}
