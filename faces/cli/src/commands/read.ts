import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import {
  type Account,
  type AnyRecord,
  containerFormats,
  defaultLimits,
  detect,
  type Entry,
  type FormatId,
  formatIds,
  guard,
  headLength,
  readEntries,
  readers,
} from '@tandem/formats'
import { command } from '../command.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import { filesUnder } from '../files-under.ts'
import type { Output } from '../output.ts'
import { accountWords, count } from '../words.ts'

export default command({
  summary: 'Reads files offline, as intake would, and prints records and account. Nothing is stored or sent.',
  args: {
    format: { type: 'enum', options: [...formatIds], description: 'when the content is ambiguous' },
    from: {
      type: 'string',
      description: 'of a hash list: go on after so many records, where a reading was interrupted',
    },
    words: { type: 'boolean', description: 'print narrative text too (it may be distressing)' },
  },
  rest: 'PATH',
  more: `PATH is a file, a folder with everything in it, or - for standard input. A picture or a program is refused before anything is read;\nof a ZIP, TAR, WARC or WACZ the members are listed with their digests. A dump is read when --format says so.
With --json each record is a line, and the last line of a file is exactly its account:
{"account":{"records":n,"accepted":n,"remarked":n,"setAside":n}}; with several files each line carries "file",
and behind a folder comes {"total":{"files":n,"records":n,"accepted":n,"remarked":n,"setAside":n}}.`,
  async run(args, output) {
    if (args._.length === 0) return output.fail(usageFailure('Name a file or a folder, or - for standard input.'))
    const under = await Promise.all(args._.map(filesUnder))
    const files = under.flatMap((each) => each.files)
    const hasFolder = under.some(({ isFolder }) => isFolder)
    const format = formatIds.find((each) => each === args.format)
    const skip = args.from === undefined ? 0 : Number(args.from)
    if (!Number.isSafeInteger(skip) || skip < 0) return output.fail(usageFailure('--from takes a number of records.'))
    let worst: ExitCode = exitCodes.done
    const total = { files: 0, records: 0, accepted: 0, remarked: 0, setAside: 0 }
    for (const file of files) {
      const { code, account } = await readOne(
        { file, isOneOfMany: hasFolder || files.length > 1, format, isWordy: args.words === true, skip },
        output,
      )
      if (code !== exitCodes.done) worst = worst === exitCodes.done || worst === code ? code : exitCodes.partly
      total.files++
      for (const key of ['records', 'accepted', 'remarked', 'setAside'] as const) total[key] += account?.[key] ?? 0
    }
    for (const { path, says } of under.flatMap(({ passed }) => passed)) {
      worst = exitCodes.partly
      if (output.json) output.object({ file: path, outcome: 'not read', says })
      else output.line(`${path}: not read: ${says}`, 'yellow')
    }
    if (hasFolder && output.json) output.object({ total })
    else if (hasFolder) output.line(`${count(total.files, 'file')}, ${accountWords(total)}`, 'bold')
    return worst
  },
})

interface Asked {
  readonly file: string
  readonly isOneOfMany: boolean
  readonly format: FormatId | undefined
  readonly isWordy: boolean
  readonly skip: number
}

/** Lists hold digests and no text: one of any size streams past its reader. */
const listFormats = ['vics/1', 'vics/2', 'hash-csv'] as const

/** How it ended, and the account; null when the file could not be opened. */
interface Outcome {
  readonly code: ExitCode
  readonly account: Account | null
}

async function readOne(asked: Asked, output: Output): Promise<Outcome> {
  const { file } = asked
  const label = asked.isOneOfMany ? { file } : {}
  const source = await open(file)
  if (typeof source === 'string') return { code: output.fail(failure(exitCodes.refused, source)), account: null }
  output.progress(`reading ${file}`)
  const head = asked.format ?? headFormat(file)
  const container = containerFormats.find((each) => each === head)
  if (container !== undefined) return readStream(container, source, asked, output)
  const list = listFormats.find((each) => each === head)
  if (list !== undefined && (asked.skip > 0 || (await isLarge(file)))) return readStream(list, source, asked, output)
  const outcome = await guard(source)
  if (outcome.refusal !== null) {
    const { code, says } = outcome.refusal
    const account = { records: 1, accepted: 0, remarked: 0, setAside: 1 }
    if (output.json) {
      output.object({ ...label, outcome: 'refused', place: 'whole file', reason: { code, place: 'whole file', says } })
      output.object({ ...label, account })
    } else output.line(`${file}: refused: ${says} [${code}]`, 'yellow')
    return { code: exitCodes.partly, account }
  }
  const reading = readEntries(outcome.guarded, asked.format === undefined ? {} : { format: asked.format })
  if (!output.json) output.line(file, 'bold')
  let step = reading.next()
  while (step.done !== true) {
    if (output.json) output.object({ ...label, ...shown(step.value, asked.isWordy) })
    else tell(step.value, asked.isWordy, output)
    step = reading.next()
  }
  const { account, format, claimedRecords, remarks } = step.value
  if (output.json) output.object({ ...label, account: inOrder(account) })
  else {
    for (const remark of remarks) output.line(`  ${remark.place}: ${remark.says} [${remark.code}]`, 'yellow')
    if (outcome.stripped.length > 0)
      output.line(`  ${count(outcome.stripped.length, 'piece')} of media taken out before reading`, 'yellow')
    const claim =
      claimedRecords === null || claimedRecords === account.records ? '' : ` (the sender says ${claimedRecords})`
    output.line(`  ${format ?? 'unknown format'}: ${accountWords(account)}${claim}`)
  }
  return endedWith(account)
}

const endedWith = (account: Account): Outcome => ({
  code: account.setAside > 0 ? exitCodes.partly : exitCodes.done,
  account,
})

/**
 * A container or a large list streams past its reader. Of a container the members are listed with their digests, and none
 * of their bytes are kept; of a list, memory holds one record.
 */
async function readStream(
  format: (typeof containerFormats)[number] | (typeof listFormats)[number],
  source: Readable,
  asked: Asked,
  output: Output,
): Promise<Outcome> {
  const label = asked.isOneOfMany ? { file: asked.file } : {}
  const stream = readers.find(({ id }) => id === format)?.stream
  if (stream === undefined) throw new Error(`${format} has no streaming reader`)
  const counts = { accepted: 0, remarked: 0, 'set-aside': 0 }
  if (!output.json) output.line(asked.file, 'bold')
  const limits = { ...defaultLimits, maxBytes: Number.MAX_SAFE_INTEGER, maxRecords: 100_000_000 }
  const reading = stream(source, limits, asked.skip)
  let step = await reading.next()
  while (step.done !== true) {
    counts[step.value.outcome]++
    if (output.json) output.object({ ...label, ...shown(step.value, asked.isWordy) })
    else tell(step.value, asked.isWordy, output)
    step = await reading.next()
  }
  const { accepted, remarked, 'set-aside': setAside } = counts
  const account = { records: accepted + remarked + setAside, accepted, remarked, setAside }
  if (output.json) output.object({ ...label, account })
  else {
    for (const remark of step.value?.remarks ?? []) {
      output.line(`  ${remark.place}: ${remark.says} [${remark.code}]`, 'yellow')
    }
    const passed = asked.skip > 0 ? `, after ${count(asked.skip, 'record')} passed over` : ''
    output.line(`  ${format}: ${accountWords(account)}${passed}`)
  }
  return endedWith(account)
}

/** The format that the first bytes of a file name for certain; standard input is not looked at ahead. */
function headFormat(file: string): FormatId | null {
  if (file === '-') return null
  const descriptor = openedOrNull(file)
  if (descriptor === null) return null
  try {
    const head = new Uint8Array(headLength)
    const detection = detect(head.subarray(0, readSync(descriptor, head)))
    return detection.kind === 'known' ? detection.format : null
  } finally {
    closeSync(descriptor)
  }
}

async function isLarge(file: string): Promise<boolean> {
  return file !== '-' && (await stat(file)).size > defaultLimits.maxBytes
}

/** What cannot be opened is told where it is read. */
function openedOrNull(file: string): number | null {
  try {
    return openSync(file, 'r')
  } catch {
    return null
  }
}

async function open(file: string): Promise<Readable | string> {
  if (file === '-') return process.stdin
  try {
    const state = await stat(file)
    return state.isFile() ? createReadStream(file) : `${file} is no file.`
  } catch {
    return `${file} cannot be opened: it is not there, or not readable for you.`
  }
}

const inOrder = ({ records, accepted, remarked, setAside }: Account): Account => ({
  records,
  accepted,
  remarked,
  setAside,
})

/** Words of a report come only when they are asked for: their place and length say that they are there. */
function shown(entry: Entry<AnyRecord>, isWordy: boolean): object {
  if (entry.outcome === 'set-aside' || entry.record.kind === 'list-entry' || isWordy) return entry
  const narratives = entry.record.narratives.map(({ place, about, text }) => ({
    place,
    about,
    characters: text.length,
  }))
  return { ...entry, record: { ...entry.record, narratives } }
}

function tell(entry: Entry<AnyRecord>, isWordy: boolean, output: Output): void {
  if (entry.outcome === 'set-aside') {
    output.line(`  ${entry.place}: set aside: ${entry.reason.says} [${entry.reason.code}]`, 'yellow')
    return
  }
  output.line(`  ${entry.place}: ${summary(entry.record)}`)
  if (entry.outcome === 'remarked')
    for (const { place, says, code } of entry.remarks) output.line(`    ${place}: ${says} [${code}]`, 'dim')
  if (isWordy && entry.record.kind !== 'list-entry') {
    for (const { place, text } of entry.record.narratives) {
      output.line(`    ${place}:`, 'dim')
      output.text(text.replaceAll(/^/gm, '      '))
    }
  }
}

function summary(record: AnyRecord): string {
  if (record.kind === 'list-entry') {
    if (record.flags['withdrawn'] === 'yes') return `withdraws ${record.entryId ?? 'an entry'}`
    const hashes = record.hashes.map(({ kind, value }) => `${kind} ${value}`).join(', ')
    return `${hashes || 'no hash'}${record.category === null ? '' : `, ${record.category.scheme} ${record.category.value}`}`
  }
  const counted = [
    count(record.people.length, 'person').replace('persons', 'people'),
    count(record.files.length, 'file'),
    count(record.mentions.length, 'mention'),
    record.narratives.length === 0 ? '' : `${count(record.narratives.length, 'text')} (not shown)`,
  ]
  if (record.kind === 'item') {
    const at = record.at === null ? '' : (record.at.instant ?? record.at.original)
    const item = [`${record.what} ${record.reference ?? ''}`.trim(), at, record.whole.name ?? '', ...counted]
    return item.filter((part) => part !== '').join(', ')
  }
  const parts = [
    `referral ${record.reference ?? 'without reference'}`,
    record.supplementTo === null ? '' : `supplement to ${record.supplementTo}`,
    record.declaredPriority === null ? '' : `declared ${record.declaredPriority.level}`,
    record.incidentKind ?? '',
    ...counted,
  ]
  return parts.filter((part) => part !== '').join(', ')
}
