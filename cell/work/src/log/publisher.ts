import { type Checkpoint, judgeCheckpoint, type Policy, signNote, type TileEdge, writeCheckpoint } from '@tandem/ledger'
import type { Store } from '@tandem/store'
import { askWitness, hasSigned, withLines } from './cosign.ts'
import type { LogKeeper } from './keeper.ts'
import { Halted, type Witness } from './types.ts'
import { seconds } from './witness.ts'

/** What is known of one witness of one log. */
export interface WitnessStanding {
  readonly name: string
  readonly keys: Witness['keys']
  readonly url: string | null
  /** The size that it cosigned last, as far as this cell knows since its start. */
  readonly size: number
  /** RFC 3339; null: never since this start. */
  readonly at: string | null
  /** Why it has not cosigned the newest checkpoint; null when it has. */
  readonly trouble: string | null
}

/** A witness outside is asked again only after a while, and never twice at once. */
const ASK_AGAIN_MS = 5_000

interface Published {
  readonly checkpoint: Checkpoint
  note: string
}

/** Signs checkpoints of one log, has them cosigned, and shows them: tiles first, checkpoint last. */
export class Publisher {
  readonly #store: Store
  readonly #keeper: LogKeeper
  readonly #witnesses: readonly Witness[]
  readonly #policy: Policy
  readonly #standing = new Map<string, WitnessStanding>()
  readonly #asking = new Map<string, Promise<void>>()
  readonly #asked = new Map<string, number>()
  #published: Published | null = null
  #showing: Promise<void> = Promise.resolve()
  /** Found by a witness outside while nobody waited for it. */
  #contradiction: Halted | null = null

  constructor(store: Store, keeper: LogKeeper, witnesses: readonly Witness[], policy: Policy) {
    this.#store = store
    this.#keeper = keeper
    this.#witnesses = witnesses
    this.#policy = policy
    for (const { name, keys, url } of witnesses)
      this.#standing.set(name, { name, keys, url, size: 0, at: null, trouble: 'not asked yet' })
  }

  get standing(): readonly WitnessStanding[] {
    return [...this.#standing.values()]
  }

  /** What was shown before this start, and who had cosigned it. */
  #resume(): void {
    const file = this.#keeper.folder.read('checkpoint')
    if (this.#published !== null || file === null) return
    const note = file.toString('utf8')
    const checkpoint = this.#keeper.read(note)
    this.#published = { checkpoint, note }
    for (const witness of this.#witnesses) if (hasSigned(note, witness)) this.#tell(witness, checkpoint.size, null)
  }

  /** A checkpoint of everything that has a place, if that is more than was shown. */
  async publish(edge: TileEdge): Promise<void> {
    if (this.#contradiction !== null) throw this.#contradiction
    this.#resume()
    if (edge.size === (this.#published?.checkpoint.size ?? 0)) return
    const { folder, log } = this.#keeper
    const files = edge.pending()
    await folder.put(files)
    const root = Buffer.from(edge.root())
    const checkpoint = { origin: log.origin, size: edge.size, root, extensions: [] }
    const published = { checkpoint, note: signNote(writeCheckpoint(checkpoint), log.keys.log, seconds()) }
    for (const witness of this.#witnesses) if (witness.url === null) await this.#ask(witness, published)
    await this.#show(published)
    edge.settle()
    for (const { path } of files) if (!/\.p\/\d+$/.test(path)) await folder.drop(`${path}.p`)
  }

  /** Asks the witnesses outside who have not cosigned what is shown. Their answers come when they come. */
  askOutside(): void {
    const published = this.#published
    if (published === null) return
    for (const witness of this.#witnesses) {
      const { name, url } = witness
      const isTime =
        Date.now() - (this.#asked.get(name) ?? 0) >= ASK_AGAIN_MS || this.#standing.get(name)?.trouble === null
      if (url === null || this.#asking.has(name) || !isTime || hasSigned(published.note, witness)) continue
      this.#asked.set(name, Date.now())
      const asking = this.#askAndShow(witness, published).finally(() => this.#asking.delete(name))
      this.#asking.set(name, asking)
    }
  }

  /** Nobody is being asked any more. */
  async quiet(): Promise<void> {
    await Promise.all(this.#asking.values())
  }

  async #askAndShow(witness: Witness, published: Published): Promise<void> {
    try {
      await this.#ask(witness, published)
      if (hasSigned(published.note, witness)) await this.#show(published)
    } catch (error) {
      if (error instanceof Halted) this.#contradiction = error
      else this.#tell(witness, null, error instanceof Error ? error.message : 'unknown')
    }
  }

  async #ask(witness: Witness, published: Published): Promise<void> {
    const { checkpoint } = published
    const known = this.#standing.get(witness.name)?.size ?? 0
    const asked = await askWitness(witness, { ...published, known, folder: this.#keeper.folder })
    if (asked.is === 'contradicted') {
      this.#tell(witness, null, asked.halted.message)
      throw asked.halted
    }
    if (asked.is === 'silent') {
      this.#tell(witness, null, asked.says)
      // A witness of this cell that cannot answer will at the next turn; the checkpoint waits for it.
      if (witness.url === null) throw new Error(`the witness ${witness.name}: ${asked.says}`)
      return
    }
    // Another may have signed meanwhile.
    published.note = withLines(published.note, asked.lines)
    this.#tell(witness, checkpoint.size, null)
  }

  /** One after the other: a late answer about an older checkpoint must not be written over a newer one. */
  #show(published: Published): Promise<void> {
    const shown = this.#showing.then(() => this.#write(published))
    this.#showing = shown.catch(() => {})
    return shown
  }

  /** The checkpoint with whatever cosignatures it has; the newest that has enough is kept beside it. */
  async #write(published: Published): Promise<void> {
    const { log, folder } = this.#keeper
    const { checkpoint, note } = published
    const { size, root } = checkpoint
    const isEnough = judgeCheckpoint(note, this.#policy).ok
    const isNewest = size >= (this.#published?.checkpoint.size ?? 0)
    await this.#store.log(async (run) => {
      if (isNewest)
        await run('log/publish', { agency_id: log.agency, size, root, note, signed_at: new Date().toISOString() })
      if (isEnough) await run('log/cosign', { agency_id: log.agency, size, note })
    })
    if (!isNewest) return
    await folder.put([{ path: 'checkpoint', bytes: Buffer.from(note) }])
    this.#published = published
  }

  #tell({ name, keys, url }: Witness, size: number | null, trouble: string | null): void {
    const before = this.#standing.get(name)
    this.#standing.set(name, {
      name,
      keys,
      url,
      size: size ?? before?.size ?? 0,
      at: size === null ? (before?.at ?? null) : new Date().toISOString(),
      trouble,
    })
  }
}
