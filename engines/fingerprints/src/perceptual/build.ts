import { ok, type Result } from '@tandem/core'
import type { Fingerprint, FingerprintBlock, IndexOptions, InputProblem, PerceptualIndex } from './contract.ts'
import { kernelRuns } from './kernel.ts'
import { PlainIndex } from './oracle.ts'
import { TableIndex } from './table-index.ts'

/** An index of these hashes; of none, to begin with. */
export function buildPerceptualIndex(
  items: Iterable<Fingerprint | FingerprintBlock> = [],
  options: IndexOptions = {},
): Result<PerceptualIndex, InputProblem> {
  const plain = options.kernel === 'plain' || !kernelRuns()
  const index = plain ? new PlainIndex() : new TableIndex(options)
  const added = index.add(items)
  return added.ok ? ok(index) : added
}
