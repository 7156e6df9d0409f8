import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { type Account, type AnyRecord, type Entry, type FormatId, formatIds, guard, readEntries } from '@tandem/formats'
import { command } from '../command.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import type { Output } from '../output.ts'
import { accountWords, count } from '../words.ts'

export default command({
  summary: 'Reads files offline, as intake would, and prints records and account. Nothing is stored or sent.',
  args: {
    format: { type: 'enum', options: [...formatIds], description: 'when the content is ambiguous' },
    words: { type: 'boolean', description: 'print narrative text too (it may be distressing)' },
  },
  rest: 'FILE',
  more: `FILE may be - for standard input. A picture, a container or a program is refused before anything is read.
With --json each record is a line, and the last line of a file is exactly its account:
{"account":{"records":n,"accepted":n,"remarked":n,"setAside":n}}; with several files each line carries "file".`,
  async run(args, output) {
    const files = args._
    if (files.length === 0) return output.fail(usageFailure('Name a file, or - for standard input.'))
    const format = formatIds.find((each) => each === args.format)
    let worst: ExitCode = exitCodes.done
    for (const file of files) {
      const code = await readOne({ file, isOneOfMany: files.length > 1, format, isWordy: args.words === true }, output)
      if (code !== exitCodes.done) worst = worst === exitCodes.done || worst === code ? code : exitCodes.partly
    }
    return worst
  },
})

interface Asked {
  readonly file: string
  readonly isOneOfMany: boolean
  readonly format: FormatId | undefined
  readonly isWordy: boolean
}

async function readOne(asked: Asked, output: Output): Promise<ExitCode> {
  const { file } = asked
  const label = asked.isOneOfMany ? { file } : {}
  const source = await open(file)
  if (typeof source === 'string') return output.fail(failure(exitCodes.refused, source))
  output.progress(`reading ${file}`)
  const outcome = await guard(source)
  if (outcome.refusal !== null) {
    const { code, says } = outcome.refusal
    const account = { records: 1, accepted: 0, remarked: 0, setAside: 1 }
    if (output.json) {
      output.object({ ...label, outcome: 'refused', place: 'whole file', reason: { code, place: 'whole file', says } })
      output.object({ ...label, account })
    } else output.line(`${file}: refused: ${says} [${code}]`, 'yellow')
    return exitCodes.partly
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
  return account.setAside > 0 ? exitCodes.partly : exitCodes.done
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
