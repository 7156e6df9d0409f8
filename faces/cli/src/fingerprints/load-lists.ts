import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { err, ok, type Result } from '@tandem/core'
import {
  type Catalogue,
  CatalogueBuilder,
  type FingerprintKind,
  fingerprintKinds,
  frameEntry,
  guessSixtyFour,
  type ListBuilder,
  type NewEntry,
  readFrameList,
  readHexLines,
  type VpdqFrame,
} from '@tandem/fingerprints'
import {
  type Account,
  detect,
  headLength,
  type ListEntryRecord,
  type ListReading,
  readHashCsvList,
  readVicsList,
  sniffHashCsv,
} from '@tandem/formats'
import { stateOf, versionOf } from './list-version.ts'
import type { ListedVideo } from './videos.ts'

const notThere = 'it is not there, or not readable for you'

export interface ListAnswers {
  /** What 64 hexadecimal digits are, where a list does not show it. */
  readonly sixtyFour: 'sha256' | 'pdq' | null
  readonly categoryScheme: string | null
}

export interface LoadedFile {
  readonly file: string
  readonly format: string
  readonly account: Account
  /** The first records that were set aside, in words. */
  readonly setAside: readonly string[]
  /** Records read, and left out of matching because they have no hash that can be matched. */
  readonly withoutHash: number
  /** Records that the list itself marks as withdrawn: counted, never matched. */
  readonly withdrawn: number
}

export interface LoadedLists {
  readonly catalogue: Catalogue
  readonly files: readonly LoadedFile[]
  readonly videos: readonly ListedVideo[]
}

/** Reads list files by their content, all or nothing: a list that cannot be read to its end is not half a list. */
export async function loadLists(
  files: readonly string[],
  answers: ListAnswers,
  progress: (says: string) => void,
): Promise<Result<LoadedLists, string>> {
  const builder = new CatalogueBuilder()
  const loaded: LoadedFile[] = []
  const videos: ListedVideo[] = []
  for (const file of files) {
    progress(`reading ${file}`)
    const version = await versionOf(file)
    const one = version === null ? err(notThere) : await loadOne(file, version.name, builder, answers, videos)
    if (!one.ok) return err(`${file}: ${one.error}`)
    if ((await stateOf(file).catch(() => null)) !== version?.state)
      return err(`${file}: it changed while it was read: start again`)
    loaded.push(one.value)
  }
  progress('building the index')
  return ok({ catalogue: builder.build(), files: loaded, videos })
}

async function loadOne(
  file: string,
  version: string,
  builder: CatalogueBuilder,
  answers: ListAnswers,
  videos: ListedVideo[],
): Promise<Result<LoadedFile, string>> {
  const head = await headOf(file)
  if (head === null) return err(notThere)
  const list = builder.list({ name: basename(file), version, scheme: answers.categoryScheme, dialect: null })
  const detection = detect(head)
  const format = detection.kind === 'known' ? detection.format : null
  if (format === 'vics/1' || format === 'vics/2') {
    return fromReading(file, format, readVicsList(createReadStream(file)), list)
  }
  if (format === 'ncmec-hash-sharing' || format === 'threat-exchange') {
    return err('a page of changes is no list by itself: load it into a cell with tandem lists load')
  }
  if (looksLikeFrames(head)) return fromFrames(file, list, videos)
  const sniffed = sniffHashCsv(head, {
    ...(answers.sixtyFour === null ? {} : { sixtyFour: answers.sixtyFour }),
    ...(answers.categoryScheme === null ? {} : { categoryScheme: answers.categoryScheme }),
  })
  if (format === 'hash-csv' && sniffed.kind === 'profile') {
    return fromReading(file, format, readHashCsvList(createReadStream(file), { profile: sniffed.profile }), list)
  }
  if (isUtf16(head)) return err('it is written in UTF-16, as PowerShell does: save it as UTF-8')
  if (looksLikeHexLines(head)) return fromHexLines(file, head, list, answers)
  if (format === 'hash-csv' && sniffed.kind === 'questions') {
    return err(sniffed.questions.map(({ says }) => says).join(' '))
  }
  return err('it is no list that we know: VICS/CAID JSON, a hash CSV, a vPDQ frame list, or one hash a line')
}

async function fromReading(
  file: string,
  format: string,
  reading: ListReading,
  list: ListBuilder,
): Promise<Result<LoadedFile, string>> {
  const setAside: string[] = []
  let withoutHash = 0
  let withdrawn = 0
  for (;;) {
    const step = await reading.next()
    if (step.done === true) {
      const { complete, account } = step.value
      if (!complete) return err('reason' in step.value ? step.value.reason.says : 'it is not complete')
      return ok({ file, format, account, setAside, withoutHash, withdrawn })
    }
    const entry = step.value
    if (entry.outcome === 'set-aside') keep(setAside, `${entry.place}: ${entry.reason.says}`)
    else if (entry.record.flags['withdrawn'] === 'yes') withdrawn++
    else if (!list.addEntry(newEntry(entry.record)).ok) withoutHash++
  }
}

async function fromHexLines(
  file: string,
  head: Uint8Array,
  list: ListBuilder,
  answers: ListAnswers,
): Promise<Result<LoadedFile, string>> {
  // A line that names its kind asks nothing.
  const samples = linesOf(head).flatMap((line) => /^\s*\\?([0-9a-f]{64})\b/i.exec(line)?.[1] ?? [])
  const said = answers.sixtyFour ?? (samples.length === 0 ? 'sha256' : guessSixtyFour(samples))
  if (said === null) return err('are its hashes of 64 digits SHA-256 or PDQ? Say --sixty-four sha256 or pdq.')
  const reading = readHexLines(createReadStream(file), { sixtyFourDigits: said })
  const setAside: string[] = []
  for (;;) {
    const step = await reading.next()
    if (step.done === true) {
      const { records, accepted, setAside: aside } = step.value
      return ok({
        file,
        format: 'hex lines',
        account: { records, accepted, remarked: 0, setAside: aside },
        setAside,
        withoutHash: 0,
        withdrawn: 0,
      })
    }
    if (step.value.kind === 'accepted') list.add(step.value.hash)
    else keep(setAside, `line ${step.value.line}: ${step.value.reason}`)
  }
}

async function fromFrames(file: string, list: ListBuilder, videos: ListedVideo[]): Promise<Result<LoadedFile, string>> {
  const frames: VpdqFrame[] = []
  videos.push({ list: list.handle, name: basename(file), frames })
  const reading = readFrameList(createReadStream(file))
  const setAside: string[] = []
  for (;;) {
    const step = await reading.next()
    if (step.done === true) {
      return ok({ file, format: 'vpdq', account: step.value, setAside, withoutHash: 0, withdrawn: 0 })
    }
    if (step.value.kind === 'set-aside') keep(setAside, `line ${step.value.line}: ${step.value.reason}`)
    else {
      frames.push(step.value.frame)
      list.addEntry(frameEntry(step.value.frame, basename(file)))
    }
  }
}

function newEntry(record: ListEntryRecord): NewEntry {
  const hashes = [...record.hashes, ...record.otherHashes].flatMap(({ kind, value }) => {
    const known: FingerprintKind | undefined = fingerprintKinds.find((each) => each === kind)
    return known === undefined ? [] : [{ kind: known, value }]
  })
  const { entryId, quality, category } = record
  return { hashes, entryId, quality, category: category?.value ?? null, scheme: category?.scheme ?? null }
}

export async function headOf(file: string): Promise<Uint8Array | null> {
  try {
    const handle = await open(file)
    try {
      const { bytesRead, buffer } = await handle.read(new Uint8Array(8 * headLength), 0, 8 * headLength, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch {
    return null
  }
}

const linesOf = (head: Uint8Array): string[] =>
  new TextDecoder('latin1')
    .decode(head)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .slice(0, 50)

/**
 * Frame, quality, hash, seconds, as Meta's tools write them; or hash, quality, seconds with a decimal point, as
 * python-threatexchange does: a digest with two whole numbers behind it is no frame.
 */
export const looksLikeFrames = (head: Uint8Array): boolean =>
  linesOf(head)
    .slice(0, 3)
    .some((line) => /^(?:\d{1,9},\d{1,3},[0-9a-f]{64},[\d.]+|[0-9a-f]{64},\d{1,3},\d+\.\d+)$/i.test(line.trim()))

const looksLikeHexLines = (head: Uint8Array): boolean =>
  linesOf(head)
    .slice(0, 3)
    .some((line) => /^\s*(?:(?:md5|sha-?1|sha-?256|pdq)\s*[:=]\s*)?\\?[0-9a-f]{32,64}(?:[ *].*)?$/i.test(line))

/** By the mark at its beginning. */
const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)

const SHOWN = 20
function keep(reasons: string[], says: string): void {
  if (reasons.length < SHOWN) reasons.push(says)
}
