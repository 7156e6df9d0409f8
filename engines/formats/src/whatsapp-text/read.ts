import { readLines, type TextLine } from '../conversation/text-lines.ts'
import { type Limits, type ReaderEnd, wholeFile } from '../reader.ts'
import type { Entry, ItemRecord, Remark } from '../record.ts'
import { speakersOf } from './author.ts'
import { type DayOrder, decideDayOrder, type OrderDecision, wallTime } from './day-order.ts'
import { type Header, readHeader } from './header.ts'
import { type ChatFacts, type RawMessage, readMessage } from './messages.ts'

export interface WhatsAppAnswers {
  /** What an officer found out about the telephone that wrote this export. */
  readonly dayOrder?: DayOrder
}

interface Block {
  readonly header: Header
  readonly firstLine: number
  readonly lines: string[]
  pasted: number
}

/** Reads an export as a whole: what one line means is decided by all of them. */
export function* readWhatsApp(
  bytes: Uint8Array,
  limits: Limits,
  answers: WhatsAppAnswers = {},
): Generator<Entry<ItemRecord>, ReaderEnd, undefined> {
  const { lines, damaged } = readLines(bytes)
  const headers = lines.map(({ text }) => readHeader(text))
  const layout = usualLayout(headers)
  if (layout === null) {
    yield wholeFile('no-messages', 'no line begins with a date and time as WhatsApp writes them')
    return { claimedRecords: null, remarks: [] }
  }
  const { before, blocks } = blocksOf(lines, headers, layout)
  const used = blocks.map(({ header }) => header)
  const order = decideDayOrder(used, answers.dayOrder ?? null)
  const speakers = speakersOf(blocks.map(({ header, lines: more }) => [header.rest, ...more.slice(0, 1)].join('\n')))
  const facts: ChatFacts = { orders: order.orders, speakers, maxTextLength: limits.maxStringLength, damaged }
  if (before !== null) {
    const says = 'lines before the first message: no date and time stands in front of them'
    yield { outcome: 'set-aside', place: before, reason: { code: 'before-first-message', place: before, says } }
  }
  const matters = used.some((header) => new Set(order.orders.map((each) => wallTime(header, each))).size > 1)
  let records = before === null ? 0 : 1
  for (const block of blocks) {
    if (records === limits.maxRecords) {
      const place = `rest of the file from line ${block.firstLine}`
      const says = `more than ${limits.maxRecords} messages: the rest was not read`
      yield { outcome: 'set-aside', place, reason: { code: 'too-many-records', place, says } }
      break
    }
    records += 1
    yield entryOf(block, facts, limits)
  }
  return { claimedRecords: null, remarks: endRemarks(order, matters, damaged) }
}

function entryOf(block: RawMessage, facts: ChatFacts, limits: Limits): Entry<ItemRecord> {
  const tooLong = [block.header.rest, ...block.lines].some((line) => line.length > limits.maxLineLength)
  if (!tooLong) return readMessage(block, facts)
  const place = `line ${block.firstLine}`
  return {
    outcome: 'set-aside',
    place,
    reason: { code: 'line-too-long', place, says: 'a line longer than any real one' },
  }
}

/** The layout of most headers; the first one met wins a tie. */
function usualLayout(headers: readonly (Header | null)[]): string | null {
  const counts = new Map<string, number>()
  for (const header of headers) {
    if (header !== null) counts.set(header.layout, (counts.get(header.layout) ?? 0) + 1)
  }
  let best: string | null = null
  for (const [layout, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = layout
  return best
}

function blocksOf(
  lines: readonly TextLine[],
  headers: readonly (Header | null)[],
  layout: string,
): { before: string | null; blocks: Block[] } {
  const blocks: Block[] = []
  let before: string | null = null
  for (const [index, { number, text }] of lines.entries()) {
    const header = headers[index] ?? null
    const last = blocks.at(-1)
    if (header !== null && header.layout === layout) blocks.push({ header, firstLine: number, lines: [], pasted: 0 })
    else if (last !== undefined) {
      last.lines.push(text)
      if (header !== null) last.pasted += 1
    } else if (before !== null || text.trim() !== '') before = number === 1 ? 'line 1' : `lines 1-${number}`
  }
  return { before, blocks }
}

function endRemarks(order: OrderDecision, matters: boolean, damaged: boolean): Remark[] {
  const at = (code: string, says: string): Remark => ({ code, place: 'whole file', says })
  const remarks = [at('no-zone', 'The format never names a zone: all times are those of the exporting telephone.')]
  const open = order.because === 'undecided' && matters
  const says = order.because === 'undecided' && !matters ? 'it makes no difference in this file' : order.says
  remarks.push(at(open ? 'day-order-undecided' : 'day-order', `Order of the day (${order.because}): ${says}.`))
  if (damaged) remarks.push(at('encoding-damaged', 'Some bytes are not valid in the encoding of the file.'))
  return remarks
}
