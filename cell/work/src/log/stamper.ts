import { Refusal } from '@tandem/core'
import { type Certificate, timestampRequest, verifyTimestamp } from '@tandem/ledger'
import type { Store } from '@tandem/store'

/** Somebody outside who puts a time on what is shown to them (RFC 3161). */
export interface TimestampAuthority {
  readonly name: string
  /** Certificates that are trusted as they are. */
  readonly roots: readonly Certificate[]
  /** A TimeStampReq out, a TimeStampResp back. Throws when nobody answers. */
  ask(request: Uint8Array): Promise<Uint8Array>
}

export interface Timestamps {
  readonly authorities: readonly TimestampAuthority[]
  readonly everyMilliseconds: number
}

/** How one authority stands to one log. */
export interface StampStanding {
  readonly authority: string
  /** RFC 3339, by the authority's clock; null: it never put a time on this log. */
  readonly at: string | null
  readonly size: number
  /** Why the last one is missing, or not to be believed as it is; null in good order. */
  readonly trouble: string | null
}

/** Failing is tried again after this long, and not at every turn. */
const ASK_AGAIN_MS = 60_000
/** Farther apart than this, one of the two clocks is wrong. */
const CLOCKS_APART_MS = 5 * 60_000

/** Has a log's cosigned checkpoints timestamped, seldom: entries carry the cell's own time, this bounds it from outside. */
export class Stamper {
  readonly #store: Store
  readonly #agency: string
  readonly #authorities: readonly TimestampAuthority[]
  readonly #every: number
  readonly #standing = new Map<string, StampStanding>()
  readonly #asked = new Map<string, number>()
  readonly #failed = new Set<string>()
  #working: Promise<void> | null = null

  readonly #onProblem: (says: string) => void

  constructor(
    store: Store,
    agency: string,
    { authorities, everyMilliseconds }: Timestamps,
    onProblem: (says: string) => void,
  ) {
    this.#store = store
    this.#agency = agency
    this.#authorities = authorities
    this.#every = everyMilliseconds
    this.#onProblem = onProblem
  }

  get standing(): readonly StampStanding[] {
    return [...this.#standing.values()]
  }

  get roots(): readonly Certificate[] {
    return this.#authorities.flatMap(({ roots }) => roots)
  }

  /** Nothing of the ledger waits for an authority. */
  look(): void {
    if (this.#authorities.length === 0 || this.#working !== null) return
    this.#working = this.#look()
      .catch((error: unknown) => {
        // The next turn looks again; a database that is away is told of elsewhere.
        if (!(error instanceof Refusal)) this.#onProblem(error instanceof Error ? error.message : 'unknown')
      })
      .finally(() => {
        this.#working = null
      })
  }

  /** Whether one of the authorities has put this time on this checkpoint. */
  believes(note: string, token: Uint8Array): boolean {
    return verifyTimestamp(token, textOf(note), { anchors: this.roots, others: [] }).ok
  }

  async quiet(): Promise<void> {
    await this.#working
  }

  async #look(): Promise<void> {
    if (this.#standing.size === 0) await this.#resume()
    const due = this.#authorities.filter(({ name }) => this.#isDue(name))
    if (due.length === 0) return
    const [row] = await this.#store.log((run) => run('log/cosigned', { agency_id: this.#agency }))
    if (row === undefined || row.cosigned_note === null) return
    for (const authority of due) {
      const { name } = authority
      if ((this.#standing.get(name)?.size ?? 0) >= row.cosigned_size) continue
      this.#asked.set(name, Date.now())
      await this.#stamp(authority, row.cosigned_size, row.cosigned_note)
    }
  }

  async #resume(): Promise<void> {
    const rows = await this.#store.log((run) => run('log/stamps', {}))
    for (const { name } of this.#authorities) {
      const row = rows.find((each) => each.agency_id === this.#agency && each.authority === name)
      this.#standing.set(name, { authority: name, at: row?.at ?? null, size: row?.size ?? 0, trouble: null })
    }
  }

  #isDue(name: string): boolean {
    const asked = this.#asked.get(name)
    if (asked !== undefined) return Date.now() - asked >= (this.#failed.has(name) ? ASK_AGAIN_MS : this.#every)
    // Since this start by the own clock; before, by what stands there, which may be of a clock that runs ahead of ours.
    const at = this.#standing.get(name)?.at ?? null
    return at === null || Math.abs(Date.now() - Date.parse(at)) >= this.#every
  }

  /** Kept only when it holds for this very checkpoint under the roots that the settings name. */
  async #stamp({ name, roots, ask }: TimestampAuthority, size: number, note: string): Promise<void> {
    const text = textOf(note)
    try {
      const token = await ask(timestampRequest(text))
      const read = verifyTimestamp(token, text, { anchors: roots, others: [] })
      if (!read.ok) throw new Error(read.error.says)
      const { at } = read.value
      const row = { agency_id: this.#agency, size, authority: name, note, token: Buffer.from(token), at }
      await this.#store.log((run) => run('log/stamp', row))
      this.#failed.delete(name)
      // Kept all the same: it holds, and whose clock is wrong is for people to find out.
      const apart = Math.abs(Date.now() - Date.parse(at)) > CLOCKS_APART_MS
      const trouble = apart ? `Its clock says ${at}, and ours ${new Date().toISOString()}: one of them is wrong.` : null
      this.#standing.set(name, { authority: name, at, size, trouble })
    } catch (error) {
      this.#failed.add(name)
      const before = this.#standing.get(name)
      const trouble = error instanceof Error ? error.message : 'unknown'
      this.#standing.set(name, { authority: name, at: before?.at ?? null, size: before?.size ?? 0, trouble })
    }
  }
}

/** What the signatures of a note, and the time, are over. */
const textOf = (note: string): Buffer => Buffer.from(note.slice(0, note.lastIndexOf('\n\n') + 1))
