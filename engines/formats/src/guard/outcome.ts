import type { Span } from '../json/node.ts'

/** What was taken out, and where it stood in the original: enough to match its fingerprint, never to see it. */
export interface Stripped extends Span {
  /** `bytes 120-4300` of the original, half-open. */
  readonly place: string
  /** Of the decoded bytes, so that a stripped picture can still be matched against lists. */
  readonly sha256: string
  /** Decoded length in bytes. */
  readonly length: number
  readonly type: string
  readonly why: string
}

export interface GuardRefusal {
  readonly code: 'too-large' | 'media-file' | 'media-inside' | 'container' | 'active-content' | 'binary'
  readonly type: string
  /** One line for the sender and the officer. */
  readonly says: string
}

interface Original {
  /** Digest of everything received, also when it was refused. */
  readonly originalSha256: string
  readonly originalLength: number
}

export interface GuardPassed extends Original {
  readonly refusal: null
  /** What may be stored and read. */
  readonly guarded: Uint8Array
  readonly stripped: readonly Stripped[]
}

/** The bytes are gone; digest, length and reason stay. */
export interface GuardRefused extends Original {
  readonly refusal: GuardRefusal
  readonly guarded: null
  readonly stripped: readonly []
}

export type GuardOutcome = GuardPassed | GuardRefused

export interface GuardHint {
  /** Default 64 MiB. */
  readonly maxBytes?: number
  /** Encoded bytes of no known type are taken out above this decoded length. Default 4 KiB. */
  readonly maxOpaqueBytes?: number
}
