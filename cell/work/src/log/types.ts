import type { NoteSigner, VerifierKey } from '@tandem/ledger'

/** Keys of one agency: each use its own, none for two. */
export interface LogKeys {
  /** Sign the checkpoints of the agency's own log. */
  readonly log: readonly NoteSigner[]
  /** Cosign the checkpoints of others. */
  readonly witness: readonly NoteSigner[]
  /** Seal bundles that leave. */
  readonly seal: readonly NoteSigner[]
}

/** One agency's log, and whether the agency has a witness for the logs of others. */
export interface AgencyLog {
  readonly agency: string
  /** In addresses, file names and policies. */
  readonly name: string
  /** C2SP tlog-checkpoint: for ever. */
  readonly origin: string
  readonly isWitness: boolean
  readonly keys: LogKeys
}

/** Whoever answers `add-checkpoint` (C2SP tlog-witness): in this cell or over a network. */
export interface Witness {
  readonly name: string
  readonly keys: readonly VerifierKey[]
  /** Null where it runs in this very cell. */
  readonly url: string | null
  /** The agency whose log alone it knows; absent: it is asked about every log of this cell. */
  readonly onlyFor?: string
  /** Throws when nobody answers. */
  ask(body: string): Promise<{ readonly status: number; readonly body: string }>
}

/** A log of another cell that the witnesses of this one cosign. */
export interface WatchedLog {
  readonly origin: string
  readonly keys: readonly VerifierKey[]
}

/** Why a log is not sealed any further: somebody must look before anything is signed again. */
export class Halted extends Error {
  readonly kind: string

  constructor(kind: string, says: string) {
    super(says)
    this.name = 'Halted'
    this.kind = kind
  }
}
