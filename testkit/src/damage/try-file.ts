import type { FormatId } from '@tandem/formats'
import { type DamageOptions, versionsOf } from './versions.ts'
import { faultsOf, faultsOfStream, formatOf } from './ways.ts'

export interface Tried {
  readonly format: FormatId
  readonly versions: number
  readonly slowest: { readonly what: string; readonly milliseconds: number }
  /** What went wrong, each with the version that shows it; at most a few, each is enough. */
  readonly faults: readonly string[]
}

export interface TryOptions extends DamageOptions {
  /** Milliseconds that one version of a file up to a megabyte may take; a longer one in proportion. */
  readonly mostMilliseconds: number
  /** One of several who divide the versions of a long file among them: every n-th is tried. */
  readonly share?: { readonly part: number; readonly of: number }
}

const mostFaults = 5

/** Reads a file and every damaged version of it on every way: exact account, no throw, no hang. */
export async function tryFile(bytes: Uint8Array, options: TryOptions): Promise<Tried> {
  const format = formatOf(bytes)
  const allowed = options.mostMilliseconds * Math.max(1, bytes.length / 1_000_000)
  const faults: string[] = []
  let slowest = { what: 'whole', milliseconds: 0 }
  let versions = 0
  const judge = (what: string, version: Uint8Array): void => {
    // Processor time: a busy machine is no fault of the reader.
    const before = process.cpuUsage()
    faults.push(...faultsOf(version, format).map((fault) => `${what}: ${fault}`))
    const { user, system } = process.cpuUsage(before)
    const milliseconds = (user + system) / 1000
    versions += 1
    if (milliseconds > slowest.milliseconds) slowest = { what, milliseconds }
    if (milliseconds > allowed) faults.push(`${what}: took ${Math.round(milliseconds)} ms`)
  }
  judge('whole', bytes)
  for (const piece of [1, 64, 977])
    if (bytes.length / piece < 400_000) faults.push(...(await faultsOfStream(bytes, format, piece)))
  const { part, of } = options.share ?? { part: 0, of: 1 }
  let turn = 0
  for (const { what, bytes: version } of versionsOf(bytes, options)) {
    if (faults.length >= mostFaults) break
    if (turn++ % of !== part) continue
    judge(what, version)
    if (versions % 16 === 0)
      faults.push(...(await faultsOfStream(version, format, 251)).map((fault) => `${what}: ${fault}`))
  }
  return { format, versions, slowest, faults: faults.slice(0, mostFaults) }
}
