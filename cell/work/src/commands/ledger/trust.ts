import type { TrustForm } from '@tandem/ledger'
import type { Sequencer } from '../../log/sequencer.ts'

/** Whom a reader of bundles with these logs must believe. */
export function trustOf(ledger: Sequencer, agencies: readonly string[]): TrustForm {
  const lines = agencies.map((agency) => ledger.trustOf(agency)).filter((each) => each !== null)
  return {
    policies: lines.map(({ policy }) => policy),
    seals: lines.flatMap(({ seals }) => seals),
    timestampRoots: [...new Set(lines.flatMap(({ timestampRoots }) => timestampRoots))],
  }
}

/** The same as a file for `tandem verify --trust`. */
export const trustFile = (ledger: Sequencer, agencies: readonly string[]): string =>
  `${JSON.stringify(trustOf(ledger, agencies), null, 2)}\n`
