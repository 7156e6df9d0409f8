import { Refusal } from '@tandem/core'
import { buildPerceptualIndex, distanceOf, type PerceptualIndex } from '@tandem/fingerprints'
import type { Row, Transaction } from '@tandem/store'
import type { Found, Wanted } from './matcher.ts'

/** Bits that two PDQ hashes of one picture may differ by: what the field uses (ThreatExchange, PDQ paper). */
export const perceptualThreshold = 31

const PAGE = 20_000

/**
 * The perceptual hashes of the lists in force, one index in memory for each agency. It is derived from the tables and
 * brought up to date inside the transaction that asks; what it finds is read again from the tables, so that nobody is
 * told of an entry that they may not see.
 */
class AgencyLists {
  readonly #index: PerceptualIndex
  /** How far each version was read: a list that changes entry by entry grows at its end. */
  readonly #taken = new Map<string, { readonly handle: number; readonly hashes: number; readonly last: number }>()
  readonly #versions = new Map<number, string>()
  /** One reader at a time: a second one finds the work of the first done. */
  #reading: Promise<void> = Promise.resolve()
  #next = 0

  constructor(index: PerceptualIndex) {
    this.#index = index
  }

  async find(tx: Transaction, wanted: readonly Wanted[], only?: string): Promise<Found[]> {
    await this.#bringUpToDate(tx)
    const hashes = wanted.map(({ value }) => new Uint8Array(value))
    const matches = this.#index.queryMany(hashes, perceptualThreshold)
    if (!matches.ok) throw new Error(matches.error.says)
    const pointers = matches.value.flatMap(({ query, list, entry }) => {
      const version = this.#versions.get(list)
      return version === undefined || (only !== undefined && version !== only) ? [] : [{ query, version, entry }]
    })
    if (pointers.length === 0) return []
    const rows = await tx.run('matcher/perceptual_entries', {
      versions: pointers.map(({ version }) => version),
      numbers: pointers.map(({ entry }) => entry),
    })
    const byPlace = new Map(rows.map((row) => [`${row.version_id} ${row.number}`, row]))
    return pointers.flatMap(({ query, version, entry }) => {
      const each = wanted[query]
      const row = byPlace.get(`${version} ${entry}`)
      return each === undefined || row === undefined ? [] : [foundBy(each, row)]
    })
  }

  #bringUpToDate(tx: Transaction): Promise<void> {
    const turn = this.#reading.catch(() => {}).then(() => this.#read(tx))
    this.#reading = turn
    return turn
  }

  async #read(tx: Transaction): Promise<void> {
    const rows = await tx.run('matcher/perceptual_versions', {})
    // Row security looks at the clock: an authority that has just lapsed shows no list, and no list is not an answer.
    if (rows.some(({ may_see }) => !may_see)) throw new Refusal('TANDEM-LAW-001')
    const current = new Map(
      rows.flatMap(({ version_id, perceptual }): [string, number][] =>
        version_id === null || perceptual === null ? [] : [[version_id, perceptual]],
      ),
    )
    for (const [version, hashes] of current) {
      if (this.#taken.get(version)?.hashes !== hashes) await this.#add(tx, version, hashes)
    }
    for (const version of this.#taken.keys()) if (!current.has(version)) this.#drop(version)
    const { pairs, removed } = this.#index.size()
    if (removed > pairs) this.#index.compact()
  }

  #drop(version: string): void {
    const known = this.#taken.get(version)
    if (known === undefined) return
    this.#index.withdraw(known.handle)
    this.#taken.delete(version)
    this.#versions.delete(known.handle)
  }

  /** A version counts as read only when all its hashes are in; what a failed reading left is taken out. */
  async #add(tx: Transaction, version: string, hashes: number): Promise<void> {
    const known = this.#taken.get(version)
    const handle = known?.handle ?? this.#next++
    let read = known?.hashes ?? 0
    let last = known?.last ?? -1
    try {
      for (;;) {
        const page = await tx.run('matcher/perceptual_page', { version_id: version, after: last, limit: PAGE })
        const added = this.#index.add(
          page.map(({ number, value }) => ({ list: handle, entry: number, hash: new Uint8Array(value) })),
        )
        if (!added.ok) throw new Error(added.error.says)
        read += page.length
        last = page.at(-1)?.number ?? last
        if (page.length < PAGE) break
      }
      // A lapse in the middle of the reading ends the pages early.
      if (read !== hashes) throw new Refusal('TANDEM-LAW-001')
    } catch (error) {
      this.#index.withdraw(handle)
      this.#taken.delete(version)
      this.#versions.delete(handle)
      throw error
    }
    this.#taken.set(version, { handle, hashes, last })
    this.#versions.set(handle, version)
  }
}

function foundBy(wanted: Wanted, row: Row<'matcher/perceptual_entries'>): Found {
  return { ...wanted, row, distance: distanceOf(wanted.value, row.value), threshold: perceptualThreshold }
}

class PerceptualLists {
  readonly #agencies = new Map<string, AgencyLists>()

  /** Every listed hash within the threshold; of one version only, where it is named. */
  async lookup(tx: Transaction, wanted: readonly Wanted[], only?: string): Promise<Found[]> {
    return wanted.length === 0 ? [] : this.#of(tx.standing.agency).find(tx, wanted, only)
  }

  #of(agency: string): AgencyLists {
    const present = this.#agencies.get(agency)
    if (present !== undefined) return present
    const built = buildPerceptualIndex()
    if (!built.ok) throw new Error(built.error.says)
    const made = new AgencyLists(built.value)
    this.#agencies.set(agency, made)
    return made
  }
}

export const perceptualLists = new PerceptualLists()
