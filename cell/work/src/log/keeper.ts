import { type Checkpoint, entryHash, openNote, readCheckpoint, rootOf, TileEdge } from '@tandem/ledger'
import type { Row, Store } from '@tandem/store'
import { hashesIn } from './cosign.ts'
import type { LogFolder } from './folder.ts'
import { type AgencyLog, Halted } from './types.ts'

/** Entries that are read or placed in one go: some 3 MB. */
const BATCH = 4096

/**
 * The order of one log. It is fixed in the database by the transaction that gives the places; tiles and checkpoints follow
 * from it, so that whatever is lost in a crash is made again, the same.
 */
export class LogKeeper {
  readonly log: AgencyLog
  readonly folder: LogFolder
  readonly #store: Store
  #edge: TileEdge | null = null

  constructor(store: Store, log: AgencyLog, folder: LogFolder) {
    this.#store = store
    this.log = log
    this.folder = folder
  }

  /** The log's edge, as it is in memory or, after a start or a failure, out of files and database. Throws `Halted`. */
  async edge(): Promise<TileEdge> {
    this.#edge ??= await this.#open()
    return this.#edge
  }

  /** After any failure the next turn begins from what is on disk. */
  forget(): void {
    this.#edge = null
  }

  /** Gives all entries that wait their places. Returns how many. */
  async place(): Promise<number> {
    const edge = await this.edge()
    let placed = 0
    for (;;) {
      const rows = await this.#store.log(async (run) => {
        await run('log/turn', { what: `order ${this.log.agency}` })
        const given = await run('log/place', { agency_id: this.log.agency, limit: BATCH })
        const [first] = given
        // Nothing is placed behind a gap, and nothing twice: the transaction is undone, and the next turn looks closer.
        if (first !== undefined && first.index !== edge.size)
          throw new Error('the order in the database is not the one in memory')
        return given
      })
      for (const { leaf } of rows) edge.append(leaf)
      placed += rows.length
      if (rows.length < BATCH) return placed
      // Tiles may be ahead of the checkpoint, and a long backlog is not kept in memory.
      await this.folder.put(edge.pending())
      edge.settle()
    }
  }

  /** A checkpoint that bears this log's own signatures. Throws `Halted` when it does not. */
  read(note: string): Checkpoint {
    const keys = this.log.keys.log.map(({ key }) => key)
    const opened = openNote(note, keys)
    const checkpoint = opened.ok ? readCheckpoint(opened.value.text) : opened
    const isOurs = opened.ok && keys.every((key) => opened.value.signedBy.some((each) => each.key === key))
    if (!isOurs || !checkpoint.ok || checkpoint.value.origin !== this.log.origin)
      throw new Halted('forgery', 'The last checkpoint does not bear the signatures of this log.')
    return checkpoint.value
  }

  /** What was published, as file and database tell it; both are looked at, and neither is believed alone. */
  async #open(): Promise<TileEdge> {
    const rows = await this.#store.log((run) => run('log/all', {}))
    const row = rows.find(({ agency_id }) => agency_id === this.log.agency)
    const file = this.folder.read('checkpoint')
    const shown = file === null ? null : this.read(file.toString('utf8'))
    const stored = row?.note == null ? null : this.read(row.note)
    const known = [shown, stored].filter((each) => each !== null)
    const edge = shown === null ? null : this.#fromFiles(shown)
    if (edge !== null && shown !== null) {
      if (stored !== null && stored.size <= shown.size)
        this.#mustAgree(stored, rootOf(hashesIn(this.folder, shown.size), stored.size))
      await this.#mustEndWith(shown)
      return this.#follow(edge, known, true)
    }
    // No files, as after a restore, or not those of the checkpoint: the database must give what was signed before a file
    // is written.
    await this.#follow(TileEdge.empty(), known, false)
    return this.#follow(TileEdge.empty(), [], true)
  }

  #fromFiles({ size, root }: Checkpoint): TileEdge | null {
    const edge = TileEdge.of((path) => this.folder.read(path), size)
    return edge !== null && root.equals(edge.root()) ? edge : null
  }

  /** The database still holds the last entry that was signed for. The whole is the audit's to look at. */
  async #mustEndWith({ size }: Checkpoint): Promise<void> {
    if (size === 0) return
    const [row] = await this.#leaves(size - 1, 1)
    if (row === undefined || row.index !== size - 1 || row.leaf === null)
      throw new Halted(
        'truncation',
        `A checkpoint for ${size} entries was published, and the database does not hold the last of them.`,
      )
    if (Buffer.compare(entryHash(row.leaf), hashesIn(this.folder, size)(0, size - 1)) !== 0)
      throw new Halted('edit', `The entry ${size - 1} in the database is not the one that was signed for.`)
  }

  /** Takes up what has a place already, and checks the roots that were signed on the way. */
  async #follow(edge: TileEdge, known: readonly Checkpoint[], keep: boolean): Promise<TileEdge> {
    for (;;) {
      const rows = await this.#leaves(edge.size, BATCH)
      for (const { index, leaf } of rows) {
        if (leaf === null || index !== edge.size)
          throw new Halted('deletion', `The entry ${edge.size} of the log is missing in the database.`)
        edge.append(leaf)
        for (const checkpoint of known) if (checkpoint.size === edge.size) this.#mustAgree(checkpoint, edge.root())
      }
      if (rows.length < BATCH) break
      if (keep) await this.folder.put(edge.pending())
      edge.settle()
    }
    const most = Math.max(0, ...known.map(({ size }) => size))
    if (edge.size < most)
      throw new Halted(
        'truncation',
        `A checkpoint for ${most} entries was published, and the database holds ${edge.size}.`,
      )
    return edge
  }

  #mustAgree({ size, root }: Checkpoint, found: Uint8Array): void {
    if (root.equals(found)) return
    throw new Halted('rewrite', `The first ${size} entries are not those that a published checkpoint was signed for.`)
  }

  #leaves(from: number, limit: number): Promise<Row<'log/leaves'>[]> {
    return this.#store.log((run) => run('log/leaves', { agency_id: this.log.agency, from_index: from, limit }))
  }
}
