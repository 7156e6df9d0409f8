import { type Reading, type ReadOptions, readEntries } from '../read.ts'
import { type ReaderEnd, wholeFile } from '../reader.ts'
import type { AnyRecord, Detail, Entry, ItemRecord, Remark } from '../record.ts'
import type { ContainerFormat, UnpackedLine } from './line.ts'

/**
 * Reads what `unpack` kept: each text member by its own reader, and the listing of all others. A member that was read
 * is not listed beside its records; its name and digests stand at the first of them.
 */
export function* readUnpacked(
  kept: Uint8Array,
  options: Pick<ReadOptions, 'limits'> = {},
): Generator<Entry<AnyRecord>, Reading, undefined> {
  const counts = { accepted: 0, remarked: 0, setAside: 0 }
  const count = (entry: Entry<AnyRecord>): Entry<AnyRecord> => {
    counts[entry.outcome === 'set-aside' ? 'setAside' : entry.outcome] += 1
    return entry
  }
  let format: ContainerFormat | null = null
  let end: ReaderEnd = { claimedRecords: null, remarks: [] }
  let opened: readonly Entry<AnyRecord>[] | null = null
  for (const line of linesOf(kept)) {
    if (line === null)
      yield count(wholeFile('unpacked-damaged', 'A line of what was kept of the container is damaged.'))
    else if ('unpacked' in line) format = line.unpacked
    else if ('end' in line) end = line.end
    else if ('member' in line) opened = readMember(line.member, line.latin1, options)
    else {
      const member = memberOf(line.entry)
      const isRead = opened?.some(({ outcome }) => outcome !== 'set-aside') === true
      if (opened !== null && isRead && member !== null)
        for (const entry of listedAt(opened, line.entry, member)) yield count(entry)
      else {
        for (const entry of opened ?? []) yield count(entry)
        yield count(line.entry)
      }
      opened = null
    }
  }
  for (const entry of opened ?? []) yield count(entry)
  const records = counts.accepted + counts.remarked + counts.setAside
  return { format, account: { records, ...counts }, claimedRecords: end.claimedRecords, remarks: end.remarks }
}

function* linesOf(kept: Uint8Array): Generator<UnpackedLine | null, void, undefined> {
  let from = 0
  while (from < kept.length) {
    const at = kept.indexOf(0x0a, from)
    const to = at < 0 ? kept.length : at
    yield parsed(Buffer.from(kept.buffer, kept.byteOffset + from, to - from).toString('utf8'))
    from = to + 1
  }
}

/** The lines are our own, sealed since they were written: only their damage is looked for. */
function parsed(text: string): UnpackedLine | null {
  try {
    const line: UnpackedLine = JSON.parse(text)
    return line
  } catch {
    return null
  }
}

function readMember(path: readonly string[], latin1: string, options: ReadOptions): Entry<AnyRecord>[] {
  const name = path.join(' > ')
  const entries: Entry<AnyRecord>[] = []
  const reading = readEntries(Buffer.from(latin1, 'latin1'), options)
  let step = reading.next()
  while (step.done !== true) {
    entries.push(within(name, step.value))
    step = reading.next()
  }
  const { remarks } = step.value
  const [first] = entries
  return first === undefined
    ? []
    : [
        withRemarks(
          first,
          remarks.map((remark) => placed(name, remark)),
        ),
        ...entries.slice(1),
      ]
}

/** A place in a member begins with the member; two chats of two members are two wholes. */
function within(name: string, entry: Entry<AnyRecord>): Entry<AnyRecord> {
  const place = `${name} > ${entry.place}`
  if (entry.outcome === 'set-aside') return { ...entry, place, reason: placed(name, entry.reason) }
  const { record } = entry
  const moved =
    record.kind === 'item'
      ? { ...record, whole: { ...record.whole, place: `${name} > ${record.whole.place}` } }
      : record
  return entry.outcome === 'accepted'
    ? { outcome: 'accepted', place, record: moved }
    : { outcome: 'remarked', place, record: moved, remarks: entry.remarks.map((remark) => placed(name, remark)) }
}

const placed = (name: string, remark: Remark): Remark => ({ ...remark, place: `${name} > ${remark.place}` })

interface Member {
  readonly record: ItemRecord
  readonly remarks: readonly Remark[]
}

function memberOf(entry: Entry<AnyRecord>): Member | null {
  if (entry.outcome === 'set-aside' || entry.record.kind !== 'item' || entry.record.what !== 'member') return null
  return { record: entry.record, remarks: entry.outcome === 'remarked' ? entry.remarks : [] }
}

/** The records of a member, the first one with what the archive says of the member. */
function listedAt(
  entries: readonly Entry<AnyRecord>[],
  { place }: Entry<AnyRecord>,
  member: Member,
): Entry<AnyRecord>[] {
  const at = entries.findIndex(({ outcome }) => outcome !== 'set-aside')
  return entries.map((entry, index) => {
    if (index !== at || entry.outcome === 'set-aside') return entry
    const told = withRemarks(entry, member.remarks)
    if (told.outcome === 'set-aside' || told.record.kind === 'list-entry') return told
    const details = [...detailsOf(member.record, place), ...(told.record.details ?? [])]
    return { ...told, record: { ...told.record, details } }
  })
}

function detailsOf({ files, reference, at }: ItemRecord, place: string): Detail[] {
  const tell = (kind: string, value: string): Detail => ({ kind, value, place, person: null, file: null })
  return [
    ...(reference === null ? [] : [tell('archive member', reference)]),
    ...(at === null ? [] : [tell('archive member modified', at.original)]),
    ...files.flatMap(({ hashes }) => hashes.map(({ kind, value }) => tell(`archive member ${kind}`, value))),
  ]
}

function withRemarks(entry: Entry<AnyRecord>, more: readonly Remark[]): Entry<AnyRecord> {
  if (more.length === 0 || entry.outcome === 'set-aside') return entry
  const remarks = entry.outcome === 'remarked' ? entry.remarks : []
  return { outcome: 'remarked', place: entry.place, record: entry.record, remarks: [...remarks, ...more] }
}
