import { type Approval, type Entry, inThisThread, type Progress, type RunProblem } from '@tandem/blind'
import type { Credential, Store } from '@tandem/store'
import type { Sequencer } from '../log/sequencer.ts'
import type { Peer, PeerDoor } from '../peers/line.ts'
import { type LocalAgency, type Peers, peersOfCell } from '../peers/peers.ts'
import { AskerRuns } from './asker-runs.ts'
import { HolderRuns } from './holder-runs.ts'
import type { RunOptions, RunParts, RunPlace } from './parts.ts'
import { hearRelease } from './releases.ts'

export interface RunsOptions extends Partial<RunOptions> {
  readonly store: Store
  readonly ledger: Sequencer
  /** Agencies of this cell that can sign. */
  readonly local: readonly LocalAgency[]
  /** Agencies in other cells, and the way to them. */
  readonly elsewhere?: Pick<Peers, 'line' | 'peersOf'>
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
      return topic === 'release' ? await hearRelease(this.parts, peer, body) : null
    } catch (error) {
      this.parts.options.onProblem(`a message of ${peer.name}: ${error instanceof Error ? error.message : 'unknown'}`)
      return null
    }
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
