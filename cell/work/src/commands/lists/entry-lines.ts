import type { ListEntryRecord } from '@tandem/formats'
import type { Transaction } from '@tandem/store'

/** One fingerprint of an entry, as it is stored. */
export interface Line {
  readonly number: number
  readonly kind: string
  readonly value: Buffer
  readonly quality: number | null
  readonly entry: string | null
  readonly category: ListEntryRecord['category']
  readonly key: string | null
  readonly note: string | null
}

const NOTE = 2_000

export function linesOf(number: number, record: ListEntryRecord, isKeyed: boolean): Line[] {
  const perceptual = record.otherHashes.filter(({ kind }) => kind === 'pdq')
  const byKind = new Map([...record.hashes, ...perceptual].map(({ kind, value }): [string, string] => [kind, value]))
  const key = isKeyed ? keyOf(record) : null
  const note = noteOf(record)
  return [...byKind].map(([kind, value]) => ({
    number,
    kind,
    value: Buffer.from(value, 'hex'),
    quality: kind === 'pdq' ? record.quality : null,
    entry: record.entryId,
    category: record.category,
    key,
    note,
  }))
}

/** What an entry is called when it is changed or withdrawn later: its publisher's id, else its first fingerprint. */
export function keyOf(record: ListEntryRecord): string | null {
  if (record.entryId !== null) return `id ${record.entryId}`
  const [first] = [...record.hashes, ...record.otherHashes]
  return first === undefined ? null : `${first.kind} ${first.value}`
}

/** Who says it and what others answered, in one line for the officer who asks what a hit rests on. */
function noteOf(record: ListEntryRecord): string | null {
  const parts = (record.details ?? []).map(({ kind, value }) => `${kind}: ${value}`)
  if (record.flags['disputed'] === 'yes') parts.unshift('disputed')
  const note = parts.join('; ').replaceAll('\0', '\u2400').toWellFormed()
  return note === '' ? null : note.length > NOTE ? `${note.slice(0, NOTE).toWellFormed()} …` : note
}

export async function addLines(tx: Transaction, version: string, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return
  await tx.run('list/add_entries', {
    version_id: version,
    numbers: lines.map(({ number }) => number),
    kinds: lines.map(({ kind }) => kind),
    values: lines.map(({ value }) => value),
    qualities: lines.map(({ quality }) => quality),
    entries: lines.map(({ entry }) => entry),
    schemes: lines.map(({ category }) => category?.scheme ?? null),
    categories: lines.map(({ category }) => category?.value ?? null),
    keys: lines.map(({ key }) => key),
    notes: lines.map(({ note }) => note),
  })
}
