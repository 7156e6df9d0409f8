import { createHash } from 'node:crypto'
import { Refusal } from '@tandem/core'
import {
  detect,
  type HashCsvAnswers,
  headLength,
  type ListReading,
  readHashCsvList,
  readVicsList,
  sniffHashCsv,
} from '@tandem/formats'

export interface ListBeingRead {
  readonly format: string
  readonly reading: ListReading
  /** Of all bytes that have passed so far; final when the reading has ended. */
  digest(): Buffer
}

/** Detects by content from the first bytes and streams the rest; no list is ever held in memory as a whole. */
export async function readListStream(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
  answers: HashCsvAnswers,
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
  const detection = detect(first)
  if (detection.kind !== 'known') {
    throw new Refusal('TANDEM-INPUT-003', 'this is no hash list that we know: VICS/CAID JSON or a hash CSV')
  }
  const { format } = detection
  if (format === 'vics/1' || format === 'vics/2')
    return { format, reading: readVicsList(whole), digest: () => hash.digest() }
  if (format === 'hash-csv') {
    const sniffed = sniffHashCsv(first, answers)
    if (sniffed.kind === 'questions') {
      throw new Refusal('TANDEM-INPUT-003', sniffed.questions.map(({ says }) => says).join(' '))
    }
    return { format, reading: readHashCsvList(whole, { profile: sniffed.profile }), digest: () => hash.digest() }
  }
  throw new Refusal('TANDEM-INPUT-003', 'this is a referral, not a list: deliver it through intake')
}
