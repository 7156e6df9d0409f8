import type { health, ResponseOf } from '@tandem/contract'
import type { IpEvent, IpJudgement } from '@tandem/formats'
import type { Credential, Store } from '@tandem/store'
import type { Runs } from './deconfliction/runs.ts'
import type { Sequencer } from './log/sequencer.ts'

/** What commands and the pipeline are given: made once by boot. */
export interface Cell {
  readonly store: Store
  readonly name: string
  readonly mode: 'training' | 'live'
  readonly version: string
  readonly database: string
  readonly limits: Limits
  readonly ipContext: IpContextOfCell
  /** The logs of the agencies: their order, checkpoints, proofs and witnesses. */
  readonly ledger: Sequencer
  /** Deconfliction with other agencies, of this cell and of others. */
  readonly deconfliction: Runs
  /** What boot knows of the machine and the database, in words. */
  readonly checks: () => Promise<Check[]>
  /** Key and seal state of each agency. */
  readonly keys: () => readonly KeyHealth[]
}

/** What is known of addresses at a time: an index that boot derives from files. */
export interface IpContextOfCell {
  judge(event: Pick<IpEvent, 'address' | 'port' | 'time'>): IpJudgement
}

export type KeyHealth = ResponseOf<typeof health>['keys'][number]

export interface Check {
  readonly name: string
  readonly state: 'good' | 'warning' | 'bad'
  readonly says: string
  readonly remedy?: string
}

export interface Limits {
  readonly deliveryBytes: number
  readonly listBytes: number
}

/** The person behind a request. */
export interface Caller {
  readonly credential: Credential & { readonly kind: 'session' }
}
