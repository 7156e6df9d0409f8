import { type Approval, type Entry, inThisThread, type Progress, type RunProblem } from '@tandem/blind'
import type { Credential, Store } from '@tandem/store'
import type { Sequencer } from '../log/sequencer.ts'
import type { Peer, PeerDoor } from '../peers/line.ts'
import { type LocalAgency, type Peers, peersOfCell } from '../peers/peers.ts'
import { AskerRuns } from './asker-runs.ts'
import { HolderRuns } from './holder-runs.ts'
import { type KeptQuestion, openQuestion } from './kept-question.ts'
import { hearLookup } from './lookups/holder.ts'
import { endRun, heldBy, type RunOptions, type RunParts, type RunPlace, unanswered } from './parts.ts'
import { hearRelease } from './releases.ts'

export interface RunsOptions extends Partial<RunOptions> {
  readonly store: Store
  readonly ledger: Sequencer
  /** Agencies of this cell that can sign. */
  readonly local: readonly LocalAgency[]
  /** Agencies in other cells, and the way to them. */
  readonly elsewhere?: Pick<Peers, 'line' | 'peersOf'>
}

/** A run whose rights were still held when the cell was started. */
export interface HeldRun {
  readonly agency: string
  readonly job: string
  readonly run: string
}

/** Deconfliction runs of the agencies of one cell, on both sides. What runs lives in memory, and ends with the cell. */
export class Runs {
  readonly parts: RunParts
  readonly #asker: AskerRuns
  readonly #holder: HolderRuns

  constructor({ store, ledger, local, elsewhere, ...options }: RunsOptions) {
    this.parts = {
      store,
      ledger,
      peers: peersOfCell(local, (...question) => this.door(...question), elsewhere),
      options: {
        compute: inThisThread,
        patienceMilliseconds: 60_000,
        pollMilliseconds: 2_000,
        questions: 2 ** 17,
        hours: 24,
        onProblem: () => {},
        ...options,
      },
    }
    this.#asker = new AskerRuns(this.parts)
    this.#holder = new HolderRuns(this.parts)
  }

  get peers(): Peers {
    return this.parts.peers
  }

  /** The way in for other agencies; who speaks is proved by the connection. */
  readonly door: PeerDoor = async (peer, topic, body) => {
    try {
      if (topic === 'deconfliction') return await this.#holder.hear(peer, body)
      if (topic === 'lookup') return await hearLookup(this.parts, peer, body)
      return topic === 'release' ? await hearRelease(this.parts, peer, body) : null
    } catch (error) {
      this.parts.options.onProblem(`a message of ${peer.name}: ${error instanceof Error ? error.message : 'unknown'}`)
      return null
    }
  }

  /**
   * At a start, before anybody looks: a question that waits for the people of the other side goes on; what was being
   * compared when the cell ended has no answer.
   */
  async resume({ agency, job, run: id }: HeldRun): Promise<void> {
    const credential = heldBy(job)
    const kept = await this.#kept({ agency, job, run: id }).catch((error: unknown) => {
      const says = error instanceof Error ? error.message : 'unknown'
      this.parts.options.onProblem(`deconfliction ${id}: it cannot go on: ${says}`)
      return null
    })
    if (kept !== null) this.#asker.resume(kept.place, kept.question)
    else await endRun(this.parts, { id, credential }, unanswered('stopped'))
  }

  /** Null: nothing that could go on, or the agency's keys are sealed. */
  #kept({ agency, job, run: id }: HeldRun): Promise<{ place: RunPlace; question: KeptQuestion } | null> {
    const credential = heldBy(job)
    const { store, peers } = this.parts
    return store.within(
      credential,
      async (tx) => {
        const row = await tx.one('deconfliction/for_running', { run_id: id })
        if (!tx.standing.authorised || row.state !== 'waiting' || row.record_sealed === null) return null
        const peer = peers.peersOf(agency).find(({ name }) => name === row.peer)
        const own = peers.ownOf(agency)
        if (peer === undefined || own === null) return null
        await tx.vault.unlock([id])
        const question = openQuestion(tx, id, row.record_sealed)
        tx.record('deconfliction.resume', { run: id })
        const place: RunPlace = { id, agency, operation: row.operation_id, credential, side: 'asker', peer, own }
        return { place, question }
      },
      { reach: 'frame' },
    )
  }

  begin(place: RunPlace): void {
    this.#asker.begin(place)
  }

  accept(
    id: string,
    credential: Credential,
    approvals: readonly Approval[],
    entries: readonly Entry[],
  ): Promise<boolean> {
    return this.#holder.accept(id, credential, approvals, entries)
  }

  refuse(id: string, why: RunProblem): Promise<boolean> {
    return this.#holder.refuse(id, why)
  }

  find(id: string, peer: Peer, digest: Uint8Array): Promise<boolean> {
    return this.#holder.find(id, peer, digest)
  }

  async stop(id: string): Promise<boolean> {
    return this.#asker.stop(id) || (await this.#holder.refuse(id, 'stopped'))
  }

  progress(id: string): Progress | null {
    return this.#asker.progress(id) ?? this.#holder.progress(id)
  }

  /**
   * What the machine here works on. Asked before a row is read: a run that the row tells as at work, and that was not at
   * work even before, was cut off by the end of an earlier start.
   */
  live(): ReadonlySet<string> {
    return new Set([...this.#asker.live(), ...this.#holder.live()])
  }

  settled(): Promise<void> {
    return this.#asker.settled()
  }

  async close(): Promise<void> {
    await this.#asker.close()
    await this.#holder.close()
  }
}
