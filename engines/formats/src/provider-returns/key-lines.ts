import { readLines } from '../conversation/text-lines.ts'
import { type Limits, type ReaderEnd, wholeFile } from '../reader.ts'
import type { Entry, ItemRecord } from '../record.ts'
import { bestOf, matchHeader } from './match.ts'
import { captionZone, type ReturnProfile } from './profile.ts'
import { readRow, type Value } from './row.ts'

/** `"createdAt" : "2021-08-19T12:00:00.000Z",` */
const line =
  /^\s*"?([A-Za-z][A-Za-z0-9_ ]{0,60})"?\s{0,4}:\s{0,4}(?:"((?:[^"\\]|\\.)*)"|([^",{}[\]]{1,2000}?))\s*,?\s*$/
const ends = /^[\s{}[\],]*$/
const begins = /^\s*(?:"?[A-Za-z][A-Za-z0-9_ ]{0,60}"?\s*:\s*)?[[{][[{\s]*$/

/** Text that looks like JSON line by line and is none as a whole: known by the keys of its first block. */
export function isKeyLines(head: string): boolean {
  const keys = head.split('\n', 60).flatMap((each) => line.exec(each.slice(0, 3000))?.[1] ?? [])
  return keys.some((key) => /^(?:loginIp|userCreationIp)$/.test(key)) && keys.includes('createdAt')
}

interface Block {
  readonly firstLine: number
  readonly values: { readonly caption: string; readonly text: string; readonly line: number }[]
  unread: number
}

export function* readKeyLines(
  bytes: Uint8Array,
  limits: Limits,
  profiles: readonly ReturnProfile[],
): Generator<Entry<ItemRecord>, ReaderEnd, undefined> {
  const { lines, damaged } = readLines(bytes)
  const blocks = blocksOf(lines)
  let records = 0
  for (const block of blocks) {
    records += 1
    if (records > limits.maxRecords) {
      yield wholeFile(
        'too-many-records',
        `more than ${limits.maxRecords} blocks`,
        `rest of the file from line ${block.firstLine}`,
      )
      break
    }
    yield readBlock(block, profiles)
  }
  if (blocks.length === 0) yield wholeFile('no-rows', 'no block of keys and values')
  const says = 'Some bytes are no UTF-8 text.'
  return { claimedRecords: null, remarks: damaged ? [{ code: 'encoding-damaged', place: 'whole file', says }] : [] }
}

function blocksOf(lines: readonly { number: number; text: string }[]): Block[] {
  const blocks: Block[] = []
  let open: Block | null = null
  for (const { number, text } of lines) {
    if (text.trim() === '' || begins.test(text.slice(0, 200)) || ends.test(text.slice(0, 200))) {
      open = null
      continue
    }
    if (open === null) {
      open = { firstLine: number, values: [], unread: 0 }
      blocks.push(open)
    }
    const match = line.exec(text.slice(0, 3000))
    if (match === null || text.length > 3000) open.unread += 1
    else open.values.push({ caption: match[1] ?? '', text: match[2] ?? match[3] ?? '', line: number })
  }
  return blocks
}

function readBlock({ firstLine, values, unread }: Block, profiles: readonly ReturnProfile[]): Entry<ItemRecord> {
  const place = `line ${firstLine}`
  const captions = values.map(({ caption }) => caption)
  const best = bestOf(matchHeader(captions, profiles))
  const profile = best !== null && 'profile' in best ? best.profile : profiles.find(({ id }) => id === 'x-ip-audit')
  if (profile === undefined || values.length === 0) {
    return {
      outcome: 'set-aside',
      place,
      reason: { code: 'block-unknown', place, says: 'a block without a key that we know' },
    }
  }
  const read: Value[] = values.map(({ caption, text, line: number }) => ({
    caption,
    column:
      profile.columns.find(({ names }) => names.includes(caption.toLowerCase().replace(/[^a-z0-9]/g, ''))) ?? null,
    zone: captionZone(caption),
    text,
    place: `line ${number}`,
  }))
  const whole = { name: `${profile.provider} (${profile.id})`, place: 'whole file' }
  const entry = readRow(read, place, { profile, whole, days: 'open' })
  if (unread === 0 || entry.outcome === 'set-aside') return entry
  const says = `${unread} lines of the block are no key and value: they stay in the payload`
  const remarks = entry.outcome === 'remarked' ? entry.remarks : []
  return { ...entry, outcome: 'remarked', remarks: [...remarks, { code: 'lines-unread', place, says }] }
}
