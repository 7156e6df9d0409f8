import { Refusal } from '@tandem/core'
import type { Store, Transaction } from '@tandem/store'

export interface Job {
  readonly id: string
  readonly kind: string
  /** What the job is about; the job itself carries ids only. */
  readonly subject: string
}

export interface JobKind {
  /** Runs inside the job's one transaction, with the rights of whoever asked for it. */
  readonly run: (tx: Transaction, job: Job) => Promise<void>
  /** The authority has lapsed: says so where people look. Runs without authority. */
  readonly onAwaitingAuthority?: (tx: Transaction, job: Job) => Promise<void>
  /** The job gave up. */
  readonly onFailed?: (tx: Transaction, job: Job, reason: string) => Promise<void>
}

export interface WorkerOptions {
  readonly concurrency?: number
  readonly pollMilliseconds?: number
  readonly leaseSeconds?: number
  readonly maxAttempts?: number
  readonly onError?: (job: Job, error: unknown) => void
}

/** Leases jobs and runs them, each in one transaction that also marks it done: one effect, however often it is tried. */
export class Worker {
  readonly #store: Store
  readonly #kinds: ReadonlyMap<string, JobKind>
  readonly #options: Required<WorkerOptions>
  readonly #running = new Set<Promise<void>>()
  #timer: NodeJS.Timeout | null = null
  #looking: Promise<void> | null = null
  #again = false
  #stopped = true
  #lastWake = 0
  #lastLookWasEmpty = false

  constructor(store: Store, kinds: ReadonlyMap<string, JobKind>, options: WorkerOptions = {}) {
    this.#store = store
    this.#kinds = kinds
    this.#options = {
      concurrency: 4,
      pollMilliseconds: 500,
      leaseSeconds: 120,
      maxAttempts: 5,
      onError: () => {},
      ...options,
    }
  }

  start(): void {
    this.#stopped = false
    this.nudge()
  }

  /** Something was added: look now and not at the next poll. */
  nudge(): void {
    if (this.#stopped) return
    this.#lastLookWasEmpty = false
    if (this.#looking !== null) {
      this.#again = true
      return
    }
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#looking = this.#look().finally(() => {
      this.#looking = null
      if (this.#stopped) return
      const soon = this.#again
      this.#again = false
      if (soon) this.nudge()
      else this.#timer = setTimeout(() => this.nudge(), this.#options.pollMilliseconds)
    })
  }

  /** Resolves when there was nothing to lease and nothing at work. */
  async idle(): Promise<void> {
    for (;;) {
      await this.#looking
      await Promise.all(this.#running)
      if (this.#looking === null && this.#running.size === 0 && !this.#again && this.#lastLookWasEmpty) return
      if (this.#stopped) return
      if (this.#looking === null) this.nudge()
    }
  }

  /** Takes no new job and waits for those at work. */
  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#looking
    await Promise.all(this.#running)
  }

  async #look(): Promise<void> {
    const free = this.#options.concurrency - this.#running.size
    if (free <= 0) return
    try {
      const now = Date.now()
      if (now - this.#lastWake > 5_000) {
        this.#lastWake = now
        await this.#store.gate('gate/wake_jobs', {}, 'tandem_ingest')
      }
      const leased = await this.#store.gate(
        'gate/lease_jobs',
        { how_many: free, lease_seconds: this.#options.leaseSeconds },
        'tandem_ingest',
      )
      this.#lastLookWasEmpty = leased.length === 0
      for (const row of leased) {
        const job: Job = { id: row.job_id, kind: row.kind, subject: row.subject_id }
        const run = this.#run(job, row.attempts).finally(() => {
          this.#running.delete(run)
          this.nudge()
        })
        this.#running.add(run)
      }
    } catch (error) {
      // The database is away; the next poll tries again.
      if (!(error instanceof Refusal)) throw error
    }
  }

  async #run(job: Job, attempts: number): Promise<void> {
    const kind = this.#kinds.get(job.kind)
    try {
      if (kind === undefined) throw new Error(`no worker knows the job "${job.kind}"`)
      await this.#store.within({ kind: 'job', job: job.id, attempt: attempts }, async (tx) => {
        await kind.run(tx, job)
        await tx.one('job/finish', { job_id: job.id })
      })
    } catch (error) {
      await this.#park(job, kind, attempts, error).catch(() => {})
    }
  }

  async #park(job: Job, kind: JobKind | undefined, attempts: number, error: unknown): Promise<void> {
    const lapsed = error instanceof Refusal && (error.code === 'TANDEM-LAW-001' || error.code === 'TANDEM-LAW-002')
    const sealed = error instanceof Refusal && error.code === 'TANDEM-SEAL-001'
    const away = sealed || (error instanceof Refusal && error.code === 'TANDEM-STORE-001')
    // A shutdown of the database, or keys that are sealed, are nobody's failure: the lease runs out by itself if this cannot be written either.
    const failed = !lapsed && !away && attempts >= this.#options.maxAttempts
    const reason = lapsed
      ? 'the authority or purpose is not in force'
      : error instanceof Refusal
        ? error.code
        : 'TANDEM-BUG-001'
    const tell = lapsed
      ? kind?.onAwaitingAuthority
      : failed
        ? (tx: Transaction) => kind?.onFailed?.(tx, job, reason)
        : undefined
    if (tell !== undefined) {
      await this.#store
        .within({ kind: 'job', job: job.id, attempt: attempts }, async (tx) => tell(tx, job), { reach: 'frame' })
        .catch(() => {})
    }
    const parking = this.#store.gate(
      'gate/park_job',
      {
        job: job.id,
        attempt: attempts,
        state: lapsed ? 'awaiting authority' : failed ? 'failed' : 'ready',
        reason,
        // Officers who open their keys should not wait long for what lay there meanwhile.
        retry_seconds: lapsed ? 0 : Math.min(2 ** attempts, sealed ? 15 : 300),
      },
      'tandem_ingest',
    )
    // Where the lease went over to another, that one does the job: no failure, unless the error is a bug of ours.
    const isOurs = await parking.then(
      ([row]) => row?.parked === true,
      () => true,
    )
    if (!lapsed && !away && (isOurs || !(error instanceof Refusal))) this.#options.onError(job, error)
  }
}
