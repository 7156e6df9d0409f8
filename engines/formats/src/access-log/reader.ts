import { setAside } from '../bulk/item.ts'
import { isBlank, type Line, LineSplitter, linePlace } from '../bulk/lines.ts'
import { type PushParser, readingBy } from '../bulk/push.ts'
import { decodeText, foreignSays, Utf8Source } from '../bulk/text.ts'
import type { Head } from '../head.ts'
import type { Fit, Limits, Reader, ReaderEnd } from '../reader.ts'
import type { Entry, ItemRecord } from '../record.ts'
import { readLogLine } from './grammar.ts'
import { readEntry } from './line.ts'
import { logTime } from './time.ts'

class AccessLogParser implements PushParser {
  readonly #source = new Utf8Source()
  readonly #lines: LineSplitter

  constructor(limits: Limits) {
    this.#lines = new LineSplitter(limits.maxLineLength)
  }

  *push(chunk: Uint8Array): Generator<Entry<ItemRecord>, void, undefined> {
    for (const line of this.#lines.push(this.#source.push(chunk))) yield* entryOf(line)
  }

  *end(): Generator<Entry<ItemRecord>, ReaderEnd, undefined> {
    for (const line of this.#lines.push(this.#source.end())) yield* entryOf(line)
    for (const line of this.#lines.end()) yield* entryOf(line)
    return { claimedRecords: null, remarks: [] }
  }
}

function* entryOf(line: Line): Generator<Entry<ItemRecord>, void, undefined> {
  if (line.part === 1) yield setAside('line-too-long', `line ${line.number}`, 'The line is longer than any real one.')
  if (line.part > 0 || isBlank(line.bytes)) return
  const { text, foreign } = decodeText(line.bytes)
  yield readEntry(text, linePlace(line), foreign ? foreignSays : null)
}

/** Three of four lines at the head must be log lines with a readable time. */
function detect(head: Head): Fit {
  const lines = head.text.split('\n').filter((line) => line.trim() !== '')
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines
  const fitting = whole.filter((text) => {
    const line = readLogLine(text.replace(/\r$/, ''))
    return !('code' in line) && logTime(line.time).instant !== null
  })
  return fitting.length > 0 && fitting.length * 4 >= whole.length * 3 ? 'certain' : 'no'
}

export const accessLogReader = {
  id: 'access-log',
  title: 'Web server access log (common and combined)',
  detect,
  ...readingBy((limits) => new AccessLogParser(limits)),
} satisfies Omit<Reader, 'id'> & { readonly id: 'access-log' }
