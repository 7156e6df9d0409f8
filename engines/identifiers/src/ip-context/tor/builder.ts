import { addressKey, rangeOf } from '../address-key.ts'
import type {
  ConsensusHead,
  ExitListHead,
  TorCoverage,
  TorEntry,
  TorIndex,
  TorInterval,
  TorScan,
} from './interval-index.ts'
import type { TorConsensus, TorExitList, TorRelay } from './records.ts'

export type TorAddition = 'added' | 'same hour, kept the fuller one'

interface Held {
  readonly head: ConsensusHead
  readonly entries: Uint32Array
}

/**
 * Takes consensuses and exit lists in any order and makes intervals of them at the end. Until then a consensus costs
 * four bytes a relay, so that a year of hourly files fits in memory.
 */
export class TorIndexBuilder {
  readonly #entries: TorEntry[] = []
  readonly #ids = new Map<string, number>()
  readonly #byHour = new Map<number, Held>()
  readonly #lists: ExitListHead[] = []
  readonly #scans = new Map<string, TorScan>()

  addConsensus(consensus: TorConsensus): TorAddition {
    const { file, flavour, validAfter, validUntil, isWhole, relays } = consensus
    const head: ConsensusHead = { file, flavour, validAfter, validUntil, isWhole, relays: relays.length }
    const there = this.#byHour.get(validAfter)
    if (there !== undefined && !isFuller(head, there.head)) return 'same hour, kept the fuller one'
    const running = relays.filter(({ flags }) => flags.includes('Running'))
    this.#byHour.set(validAfter, { head, entries: Uint32Array.from(running, (relay) => this.#idOf(relay)) })
    return there === undefined ? 'added' : 'same hour, kept the fuller one'
  }

  addExitList({ file, downloaded, scans }: TorExitList): void {
    this.#lists.push({ file, downloaded })
    for (const scan of scans) {
      const key = `${scan.fingerprint} ${scan.address} ${scan.at}`
      if (!this.#scans.has(key)) this.#scans.set(key, { ...scan, file })
    }
  }

  build(): TorIndex {
    const held = [...this.#byHour.values()].sort((a, b) => a.head.validAfter - b.head.validAfter)
    const intervals = this.#intervals(held.map(({ entries }) => entries))
    const byAddress = grouped(intervals, ({ entry }) => entry.addresses)
    const byRelay = grouped(intervals, ({ entry }) => [entry.fingerprint])
    const scans = [...this.#scans.values()]
    const scansByAddress = grouped(scans, ({ address }) => [address])
    const neighbours = grouped([...new Set([...byAddress.keys(), ...scansByAddress.keys()])], (address) => [
      blockOf(address),
    ])
    const consensuses = held.map(({ head }) => head)
    return {
      consensuses,
      exitLists: this.#lists,
      intervalsOf: (address) => byAddress.get(address) ?? [],
      intervalsOfRelay: (fingerprint) => byRelay.get(fingerprint) ?? [],
      scansOf: (address) => scansByAddress.get(address) ?? [],
      neighboursOf: (address) => (neighbours.get(blockOf(address)) ?? []).filter((each) => each !== address),
      coverage: coverageOf(consensuses, this.#lists.length, intervals.length, scans.length),
    }
  }

  #idOf({ fingerprint, nickname, addresses, policy }: TorRelay): number {
    const distinct = [...new Set(addresses)]
    const key = `${fingerprint} ${nickname} ${distinct.join(' ')} ${policy ?? ''}`
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    this.#ids.set(key, this.#entries.length)
    return this.#entries.push({ fingerprint, nickname, addresses: distinct, policy }) - 1
  }

  /** One sweep over the hours: an interval grows while each next consensus has the entry too. */
  #intervals(hours: readonly Uint32Array[]): TorInterval[] {
    const from = new Int32Array(this.#entries.length).fill(-1)
    const to = new Int32Array(this.#entries.length).fill(-1)
    const done: TorInterval[] = []
    const close = (id: number): void => {
      const entry = this.#entries[id]
      if (entry !== undefined && (from[id] ?? -1) >= 0) done.push({ entry, from: from[id] ?? 0, to: to[id] ?? 0 })
    }
    for (const [hour, ids] of hours.entries()) {
      for (const id of ids) {
        const last = to[id] ?? -1
        if (last < hour - 1 || from[id] === -1) {
          close(id)
          from[id] = hour
        }
        to[id] = hour
      }
    }
    for (const id of this.#entries.keys()) close(id)
    return done
  }
}

/** Of two files of one hour: a whole one before a cut one, the full flavour (it has policies), then more relays. */
function isFuller(one: ConsensusHead, other: ConsensusHead): boolean {
  if (one.isWhole !== other.isWhole) return one.isWhole
  if (one.flavour !== other.flavour) return one.flavour === 'full'
  return one.relays > other.relays
}

function blockOf(address: string): string {
  const key = addressKey(address)
  return key === null ? '' : rangeOf(key, key.length === 8 ? 24 : 48).first
}

function grouped<T>(values: readonly T[], keysOf: (value: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const value of values) {
    for (const key of keysOf(value)) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [value])
      else group.push(value)
    }
  }
  return groups
}

function coverageOf(
  consensuses: readonly ConsensusHead[],
  exitLists: number,
  intervals: number,
  scans: number,
): TorCoverage {
  const [first, last] = [consensuses[0], consensuses.at(-1)]
  return {
    consensuses: consensuses.length,
    exitLists,
    first: first === undefined ? null : new Date(first.validAfter).toISOString(),
    last: last === undefined ? null : new Date(last.validAfter).toISOString(),
    intervals,
    scans,
  }
}
