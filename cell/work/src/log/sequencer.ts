import { Refusal } from '@tandem/core'
import { judgeCheckpoint, type Policy, writeVerifierKey } from '@tandem/ledger'
import type { Store } from '@tandem/store'
import { type Audit, auditLog, snapshotOf } from './audit.ts'
import type { LogFolder } from './folder.ts'
import { LogKeeper } from './keeper.ts'
import { policyOf, policyText } from './policy.ts'
import { Publisher, type WitnessStanding } from './publisher.ts'
import { Stamper, type StampStanding, type Timestamps } from './stamper.ts'
import { type AgencyLog, Halted, type WatchedLog, type Witness } from './types.ts'
import { answerAsWitness, type KnownLogs } from './witness.ts'

export interface SequencerOptions {
  readonly store: Store
  readonly logs: readonly AgencyLog[]
  readonly folderOf: (log: AgencyLog) => LogFolder
  /** Witnesses of others; an inspector's, say. */
  readonly outside?: readonly Witness[]
  /** How many of those must cosign before a checkpoint counts as witnessed. */
  readonly neededOutside?: number
  /** Logs of other cells that the witnesses here cosign. */
  readonly watched?: readonly WatchedLog[]
  /** Who puts an independent time on checkpoints, and how often. */
  readonly timestamps?: Timestamps
  /** At most one checkpoint a log in this time. */
  readonly everyMilliseconds?: number
  /** Between two comparisons of everything with what was published; the first comes a minute after the start. */
  readonly auditMilliseconds?: number
  readonly onProblem?: (says: string) => void
}

/** How one log stands, for the people who look after it. */
export interface LogStanding {
  readonly agency: string
  readonly name: string
  /** Entries without a place at the last look. */
  readonly waiting: number
  /** RFC 3339: since when something waits without having been sealed; null when nothing does. */
  readonly behindSince: string | null
  /** Why nothing is sealed any more, until somebody has looked: null in good order. */
  readonly halted: { readonly kind: string; readonly says: string } | null
  /** What went wrong in the last turn and is tried again. */
  readonly trouble: string | null
  readonly witnesses: readonly WitnessStanding[]
  readonly timestamps: readonly StampStanding[]
  /** RFC 3339: when everything was last compared by itself; null before the first time. */
  readonly auditedAt: string | null
  readonly findings: Audit['findings']
}

interface Line {
  readonly keeper: LogKeeper
  readonly publisher: Publisher
  readonly stamper: Stamper
  /** Who must have signed a checkpoint, as a text for others and as it is judged here. */
  readonly policy: string
  readonly judgedBy: Policy
  waiting: number
  behindSince: string | null
  halted: Halted | null
  trouble: string | null
  /** Everything that was placed is shown. */
  isSettled: boolean
  auditedAt: string | null
  findings: Audit['findings']
}

/**
 * Gives committed entries their place, agency by agency, and publishes checkpoints. It runs beside the work: no business
 * transaction waits for it, and if it stops the entries wait in the database.
 */
export class Sequencer {
  readonly logs: readonly AgencyLog[]
  readonly #store: Store
  readonly #lines = new Map<string, Line>()
  readonly #known: KnownLogs
  readonly #every: number
  readonly #onProblem: (says: string) => void
  #timer: NodeJS.Timeout | null = null
  #turning: Promise<void> | null = null
  #tail: Promise<void> = Promise.resolve()
  #stopped = true
  readonly #auditEvery: number
  readonly #audits = new Map<string, Promise<Audit>>()
  #auditTimer: NodeJS.Timeout | null = null
  #auditing: Promise<void> = Promise.resolve()

  constructor(options: SequencerOptions) {
    const { store, logs, outside = [], neededOutside = 0, watched = [] } = options
    const { authorities, everyMilliseconds } = options.timestamps ?? { authorities: [], everyMilliseconds: 0 }
    this.#store = store
    this.logs = logs
    this.#every = options.everyMilliseconds ?? 1_000
    this.#auditEvery = options.auditMilliseconds ?? 3_600_000
    this.#onProblem = options.onProblem ?? (() => {})
    const own = logs.map(({ origin, keys }) => [origin, keys.log.map(({ key }) => key)] as const)
    this.#known = new Map([...watched.map(({ origin, keys }) => [origin, keys] as const), ...own])
    for (const log of logs) {
      const known = outside.filter(({ onlyFor }) => onlyFor === undefined || onlyFor === log.agency)
      const witnesses = [...this.#witnessesFor(log), ...known]
      const keeper = new LogKeeper(store, log, options.folderOf(log))
      const judgedBy = policyOf(log, witnesses, neededOutside)
      const publisher = new Publisher(store, keeper, witnesses, judgedBy)
      this.#lines.set(log.agency, {
        keeper,
        publisher,
        stamper: new Stamper(store, log.agency, { authorities, everyMilliseconds }, (says) =>
          this.#onProblem(`timestamps of ${log.name}: ${says}`),
        ),
        policy: policyText(log, witnesses, neededOutside),
        judgedBy,
        waiting: 0,
        behindSince: null,
        halted: null,
        trouble: null,
        isSettled: false,
        auditedAt: null,
        findings: [],
      })
    }
  }

  start(): void {
    this.#stopped = false
    this.#arm(0)
    this.#armAudit(Math.min(60_000, this.#auditEvery))
  }

  /** Finishes the turn that runs, takes no other. */
  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.#auditTimer !== null) clearTimeout(this.#auditTimer)
    await this.#turning
    await this.#auditing
    await Promise.all(
      [...this.#lines.values()].flatMap(({ publisher, stamper }) => [publisher.quiet(), stamper.quiet()]),
    )
  }

  /** One look at every log. Never two at once. */
  turn(): Promise<void> {
    this.#turning ??= this.#alone(() => this.#turn()).finally(() => {
      this.#turning = null
    })
    return this.#turning
  }

  /** Compares a log with what was published of it; null: there is no such log here. Who asks meanwhile gets the same. */
  async audit(agency: string): Promise<Audit | null> {
    const keeper = this.#lines.get(agency)?.keeper
    if (keeper === undefined) return null
    const running =
      this.#audits.get(agency) ??
      this.#alone(() => snapshotOf(this.#store, keeper))
        .then((snapshot) => auditLog(this.#store, keeper, snapshot))
        .finally(() => this.#audits.delete(agency))
    this.#audits.set(agency, running)
    return running
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#tail.then(work)
    this.#tail = done.then(
      () => {},
      () => {},
    )
    return done
  }

  standing(): LogStanding[] {
    return [...this.#lines.values()].map(({ keeper, publisher, stamper, halted, ...line }) => ({
      agency: keeper.log.agency,
      name: keeper.log.name,
      waiting: line.waiting,
      behindSince: line.behindSince,
      halted: halted === null ? null : { kind: halted.kind, says: halted.message },
      trouble: line.trouble,
      witnesses: publisher.standing,
      timestamps: stamper.standing,
      auditedAt: line.auditedAt,
      findings: line.findings,
    }))
  }

  /** Who is asked to cosign the log of an agency. */
  witnessesOf(agency: string): readonly Pick<Witness, 'name' | 'keys'>[] {
    return this.#lines.get(agency)?.publisher.standing ?? []
  }

  folderOf(agency: string): LogFolder | null {
    return this.#lines.get(agency)?.keeper.folder ?? null
  }

  /** Whom a reader of this log must believe: C2SP tlog-policy, and the keys that may seal a bundle. */
  trustOf(
    agency: string,
  ): { readonly policy: string; readonly seals: readonly string[]; readonly timestampRoots: readonly string[] } | null {
    const line = this.#lines.get(agency)
    if (line === undefined) return null
    return {
      policy: line.policy,
      seals: line.keeper.log.keys.seal.map(({ key }) => writeVerifierKey(key)),
      timestampRoots: line.stamper.roots.map(({ raw }) => raw.toString('base64')),
    }
  }

  /** Whether whoever trusts what `trustOf` says would believe this checkpoint and this time on it. */
  believes(agency: string, note: string, token: Uint8Array): boolean {
    const line = this.#lines.get(agency)
    return line !== undefined && judgeCheckpoint(note, line.judgedBy).ok && line.stamper.believes(note, token)
  }

  /** The witness of an agency answers, by the name of its log; null when there is none. */
  async witness(name: string, body: string): Promise<{ status: number; contentType: string; body: string } | null> {
    const log = this.logs.find((each) => each.name === name && each.isWitness)
    if (log === undefined) return null
    const answer = await answerAsWitness(this.#store, log.agency, log.keys.witness, this.#knownTo(log), body)
    if (answer.alarm !== null) this.#onProblem(`witness of ${name}: ${answer.alarm}`)
    return answer
  }

  /** Nobody witnesses themselves. */
  #knownTo(log: AgencyLog): KnownLogs {
    return new Map([...this.#known].filter(([origin]) => origin !== log.origin))
  }

  #witnessesFor(log: AgencyLog): Witness[] {
    return this.logs
      .filter((other) => other.isWitness && other.agency !== log.agency)
      .map((other) => ({
        name: other.keys.witness[0]?.key.name ?? other.name,
        keys: other.keys.witness.map(({ key }) => key),
        url: null,
        ask: async (body) => (await this.witness(other.name, body)) ?? { status: 404, body: '' },
      }))
  }

  #arm(wait: number): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      const begun = Date.now()
      void this.turn().finally(() => this.#arm(Math.max(0, this.#every - (Date.now() - begun))))
    }, wait)
  }

  #armAudit(wait: number): void {
    if (this.#stopped) return
    this.#auditTimer = setTimeout(() => {
      this.#auditing = this.#auditAll().finally(() => this.#armAudit(this.#auditEvery))
    }, wait)
  }

  /** Whoever changed something behind the cell's back is found without anybody asking. */
  async #auditAll(): Promise<void> {
    for (const line of this.#lines.values()) {
      try {
        const audit = await this.audit(line.keeper.log.agency)
        line.auditedAt = new Date().toISOString()
        line.findings = audit?.findings ?? []
        for (const { says } of line.findings) this.#onProblem(`ledger of ${line.keeper.log.name}: ${says}`)
      } catch (error) {
        this.#onProblem(`ledger of ${line.keeper.log.name} was not compared: ${wordsOf(error)}`)
      }
      if (this.#stopped) return
    }
  }

  async #turn(): Promise<void> {
    let counts: ReadonlyMap<string, number>
    try {
      const rows = await this.#store.log((run) => run('log/waiting', { limit: 100_000 }))
      counts = new Map(rows.map((row) => [row.agency_id, row.how_many]))
    } catch (error) {
      // The database is away; what was committed waits there.
      for (const line of this.#lines.values()) line.trouble = wordsOf(error)
      return
    }
    for (const line of this.#lines.values()) await this.#turnOf(line, counts.get(line.keeper.log.agency) ?? 0)
  }

  async #turnOf(line: Line, waiting: number): Promise<void> {
    line.waiting = waiting
    if (waiting > 0) line.behindSince ??= new Date().toISOString()
    if (line.halted !== null) return
    try {
      if (waiting > 0 || !line.isSettled) {
        line.isSettled = false
        await line.keeper.place()
        await line.publisher.publish(await line.keeper.edge())
        line.isSettled = true
        line.waiting = 0
        line.behindSince = null
      }
      line.publisher.askOutside()
      line.stamper.look()
      line.trouble = null
    } catch (error) {
      line.isSettled = false
      line.keeper.forget()
      line.trouble = wordsOf(error)
      line.behindSince ??= new Date().toISOString()
      if (error instanceof Halted) line.halted = error
      this.#onProblem(`ledger of ${line.keeper.log.name}: ${line.trouble}`)
    }
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof Refusal && error.code === 'TANDEM-STORE-001') return 'the database does not answer'
  return error instanceof Error ? error.message : 'unknown'
}
