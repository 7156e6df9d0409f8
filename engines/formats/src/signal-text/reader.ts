import { MessageDraft } from '../conversation/message.ts'
import { readLines } from '../conversation/text-lines.ts'
import { unzoned, wallMilliseconds } from '../conversation/times.ts'
import type { Head } from '../head.ts'
import { type Fit, type Limits, type Reader, type ReaderEnd, wholeFile } from '../reader.ts'
import type { Entry, ItemRecord, Remark } from '../record.ts'

export const signalTextReader = {
  id: 'signal-text',
  title: 'Signal chat (text of a third-party tool)',
  detect: detectSignal,
  read: readSignal,
} satisfies Omit<Reader, 'id'> & { readonly id: 'signal-text' }

const header = /^\[((\d{4})-(\d{2})-(\d{2}), (\d{2}):(\d{2}))\] /
const longestName = 200

/** No word of the file names Signal, so its layout is only ever a possibility. */
function detectSignal(head: Head): Fit {
  const lines = head.text.split('\n').filter((line) => header.test(line))
  return header.test(head.firstLine) && lines.some((line) => line.includes(': ')) ? 'possible' : 'no'
}

interface Block {
  readonly firstLine: number
  readonly match: RegExpExecArray
  readonly lines: string[]
}

function* readSignal(bytes: Uint8Array, limits: Limits): Generator<Entry<ItemRecord>, ReaderEnd, undefined> {
  const { lines, damaged } = readLines(bytes)
  const blocks: Block[] = []
  let before = 0
  for (const { number, text } of lines) {
    const match = header.exec(text)
    if (match !== null) blocks.push({ firstLine: number, match, lines: [text.slice(match[0].length)] })
    else if (blocks.length > 0) blocks.at(-1)?.lines.push(text)
    else if (before > 0 || text.trim() !== '') before = number
  }
  if (blocks.length === 0) {
    yield wholeFile('no-messages', 'no line begins with a date and time in the layout of the tool')
    return { claimedRecords: null, remarks: [] }
  }
  if (before > 0) yield setAside('before-first-message', `lines 1-${before}`, 'lines before the first message')
  let records = before > 0 ? 1 : 0
  for (const block of blocks) {
    if (records === limits.maxRecords) {
      const place = `rest of the file from line ${block.firstLine}`
      yield setAside('too-many-records', place, `more than ${limits.maxRecords} messages: the rest was not read`)
      break
    }
    records += 1
    yield readBlock(block, limits, damaged)
  }
  const says = 'The format never names a zone: all times are those of the device that wrote it.'
  const remarks: Remark[] = [{ code: 'no-zone', place: 'whole file', says }]
  if (damaged) remarks.push({ code: 'encoding-damaged', place: 'whole file', says: 'Some bytes are no UTF-8 text.' })
  return { claimedRecords: null, remarks }
}

function readBlock({ firstLine, match, lines }: Block, limits: Limits, damaged: boolean): Entry<ItemRecord> {
  const last = firstLine + lines.length - 1
  const place = last === firstLine ? `line ${firstLine}` : `lines ${firstLine}-${last}`
  const rest = lines.join('\n')
  if (rest.length > limits.maxStringLength) {
    return setAside('text-too-long', place, `a message of more than ${limits.maxStringLength} characters`)
  }
  const draft = new MessageDraft()
  const [, written = '', year, month, day, hour, minute] = match
  const clock = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
  }
  const reading = wallMilliseconds({ ...clock, second: 0 })
  draft.at = unzoned(written, reading === null ? [] : [reading])
  draft.atMeaning = 'clock of the exporting device'
  if (reading === null) draft.remark('time-invalid', place, 'no such date or time: kept as written')
  const at = rest.slice(0, longestName).indexOf(':')
  const name = at > 0 && /^:(?:[ \n]|$)/.test(rest.slice(at, at + 2)) ? rest.slice(0, at) : null
  if (name === null) draft.remark('author-missing', place, 'no name and colon stand before the text')
  else {
    draft.author = draft.person('other', [draft.safe(name, place)], place)
    if (/^\+[0-9][0-9 ()./-]{5,30}$/.test(name)) draft.phone(name, place, draft.author)
  }
  if (damaged && rest.includes('\ufffd'))
    draft.remark('encoding-damaged', place, 'bytes that are no text were replaced')
  draft.said(name === null ? rest : rest.slice(name.length + 1).replace(/^ /, ''), place)
  return draft.entry('signal-text', 'message', { name: null, place: 'whole file' }, place)
}

const setAside = (code: string, place: string, says: string): Entry<never> => ({
  outcome: 'set-aside',
  place,
  reason: { code, place, says },
})
