import type { ListEntryRecord } from '@tandem/formats'
import { newId, type Row, type Transaction } from '@tandem/store'
import { addLines, keyOf, type Line, linesOf } from './entry-lines.ts'

const BATCH = 5_000

export interface Changed {
  readonly change: string
  readonly added: number
  readonly withdrawn: number
  readonly replaced: number
  /** Perceptual hashes that came in. */
  readonly perceptual: number
}

/**
 * Applies entries and withdrawals to a version in force, in the order in which they come: publishers' clocks do not count,
 * because an update may carry an older time than what it changes. What says the same as what stands changes nothing, so
 * windows that overlap do no harm.
 */
export class ListChanges {
  readonly #tx: Transaction
  readonly #version: string
  readonly #change = newId()
  #next: number
  #batch: ListEntryRecord[] = []
  #added = 0
  #withdrawn = 0
  #replaced = 0
  #perceptual = 0

  constructor(tx: Transaction, version: string, first: number) {
    this.#tx = tx
    this.#version = version
    this.#next = first
  }

  async take(record: ListEntryRecord): Promise<void> {
    this.#batch.push(record)
    if (this.#batch.length >= BATCH) await this.#apply()
  }

  async end(): Promise<Changed> {
    await this.#apply()
    return {
      change: this.#change,
      added: this.#added,
      withdrawn: this.#withdrawn,
      replaced: this.#replaced,
      perceptual: this.#perceptual,
    }
  }

  async #apply(): Promise<void> {
    const last = new Map<string, ListEntryRecord>()
    for (const record of this.#batch) {
      const key = keyOf(record)
      if (key !== null) last.set(key, record)
    }
    this.#batch = []
    if (last.size === 0) return
    const rows = await this.#tx.run('list/standing_keys', { version_id: this.#version, keys: [...last.keys()] })
    const standing = Map.groupBy(rows, ({ key }) => key)
    const ends: { number: number; how: 'withdrawn' | 'replaced' }[] = []
    const lines: Line[] = []
    for (const [key, record] of last) {
      const held = standing.get(key) ?? []
      const isWithdrawn = record.flags['withdrawn'] === 'yes'
      const wanted = isWithdrawn ? [] : linesOf(this.#next, record, true)
      if (!isWithdrawn && isSame(held, wanted)) continue
      const how = isWithdrawn ? 'withdrawn' : 'replaced'
      for (const number of new Set(held.map((row) => row.number))) ends.push({ number, how })
      if (wanted.length === 0) continue
      lines.push(...wanted)
      this.#next += 1
      this.#added += 1
    }
    this.#withdrawn += ends.filter(({ how }) => how === 'withdrawn').length
    this.#replaced += ends.filter(({ how }) => how === 'replaced').length
    this.#perceptual += lines.filter(({ kind }) => kind === 'pdq').length
    await endEntries(this.#tx, this.#version, this.#change, ends)
    await addLines(this.#tx, this.#version, lines)
  }
}

const reasons = {
  withdrawn: 'its publisher withdrew this entry',
  replaced: 'its publisher changed this entry',
} as const

export async function endEntries(
  tx: Transaction,
  version: string,
  change: string,
  ends: readonly { readonly number: number; readonly how: 'withdrawn' | 'replaced'; readonly reason?: string }[],
): Promise<void> {
  if (ends.length === 0) return
  await tx.run('list/end_entries', {
    version_id: version,
    change_id: change,
    numbers: ends.map(({ number }) => number),
    hows: ends.map(({ how }) => how),
    reasons: ends.map(({ how, reason }) => reason ?? reasons[how]),
  })
}

function isSame(held: readonly Row<'list/standing_keys'>[], wanted: readonly Line[]): boolean {
  const heldAs = held.map((row) => said({ ...row, scheme: row.category_scheme, category: row.category }))
  const wantedAs = wanted.map((line) =>
    said({ ...line, scheme: line.category?.scheme ?? null, category: line.category?.value ?? null }),
  )
  return heldAs.length === wantedAs.length && wantedAs.every((each) => heldAs.includes(each))
}

interface Said {
  readonly kind: string
  readonly value: Buffer
  readonly quality: number | null
  readonly scheme: string | null
  readonly category: string | null
  readonly note: string | null
}

const said = ({ kind, value, quality, scheme, category, note }: Said): string =>
  JSON.stringify([kind, value.toString('hex'), quality, scheme, category, note])
