import { createHash } from 'node:crypto'
import { Refusal } from '@tandem/core'
import {
  detect,
  type HashCsvAnswers,
  type HashCsvProfile,
  type HashSharingEnvironment,
  hashSharingEnvironments,
  headLength,
  type ListReading,
  readHashCsvList,
  readHashSharingList,
  readSignalList,
  readVicsList,
  sniffHashCsv,
} from '@tandem/formats'

export interface ListBeingRead {
  readonly format: string
  readonly reading: ListReading
  /** Entries have ids by which they can be changed or withdrawn later. */
  readonly isKeyed: boolean
  /** A file of this format is always a change, never the whole list. */
  readonly isChanges: boolean
  /** Of all bytes that have passed so far; final when the reading has ended. */
  digest(): Buffer
}

/** What the officer says of a file that does not say it itself. */
export interface ListAnswers extends HashCsvAnswers {
  readonly environment?: string
  /** A saved profile: the file is read by it and by nothing else. */
  readonly profile?: HashCsvProfile
}

/** Detects by content from the first bytes and streams the rest; no list is ever held in memory as a whole. */
export async function readListStream(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
  answers: ListAnswers,
): Promise<ListBeingRead> {
  const hash = createHash('sha256')
  let length = 0
  const chunks = (async function* () {
    for await (const chunk of stream) {
      length += chunk.length
      if (length > maxBytes) throw new Refusal('TANDEM-INPUT-002')
      hash.update(chunk)
      yield chunk
    }
  })()
  const head: Uint8Array[] = []
  let held = 0
  // One byte more than the sniffer looks at tells it whether it saw the whole file.
  while (held <= 8 * headLength) {
    const next = await chunks.next()
    if (next.done === true) break
    head.push(next.value)
    held += next.value.length
  }
  const first = Buffer.concat(head)
  const whole = (async function* () {
    yield first
    yield* chunks
  })()
  let digest: Buffer | null = null
  const being = { digest: (): Buffer => (digest ??= hash.digest()), isKeyed: false, isChanges: false }
  if (answers.profile !== undefined) {
    const { profile } = answers
    const isChanges = profile.terms.withdrawal === 'tombstones'
    const reading = readHashCsvList(whole, { profile })
    return { ...being, format: 'hash-csv', isKeyed: isKeyed(profile), isChanges, reading }
  }
  const detection = detect(first)
  if (detection.kind !== 'known') {
    throw new Refusal(
      'TANDEM-INPUT-003',
      'this is no hash list that we know: VICS/CAID JSON, a hash CSV, a page of NCMEC Hash Sharing or of signals',
    )
  }
  const { format } = detection
  if (format === 'vics/1' || format === 'vics/2') return { ...being, format, reading: readVicsList(whole) }
  if (format === 'ncmec-hash-sharing') {
    const environment = environmentOf(answers.environment)
    const reading = readHashSharingList(whole, { environment })
    return { ...being, format: `${format}/${environment}`, isKeyed: true, isChanges: true, reading }
  }
  if (format === 'threat-exchange') {
    return { ...being, format, isKeyed: true, isChanges: true, reading: readSignalList(whole) }
  }
  if (format === 'hash-csv') {
    const sniffed = sniffHashCsv(first, answers)
    if (sniffed.kind === 'questions') {
      throw new Refusal('TANDEM-INPUT-003', sniffed.questions.map(({ says }) => says).join(' '))
    }
    const { profile } = sniffed
    return { ...being, format, isKeyed: isKeyed(profile), reading: readHashCsvList(whole, { profile }) }
  }
  throw new Refusal('TANDEM-INPUT-003', 'this is a referral, not a list: deliver it through intake')
}

const isKeyed = ({ columns, terms }: HashCsvProfile): boolean =>
  terms.withdrawal === 'tombstones' || columns.some(({ is }) => is === 'id' || is === 'withdrawn')

/** What is exploitative is not abuse material: the page does not say which it is of, so a person does. */
function environmentOf(said: string | undefined): HashSharingEnvironment {
  const known = hashSharingEnvironments.find((each) => each === said)
  if (known !== undefined) return known
  throw new Refusal(
    'TANDEM-INPUT-003',
    `Of which environment is this page? It does not say it itself. One of: ${hashSharingEnvironments.join(', ')}.`,
  )
}
