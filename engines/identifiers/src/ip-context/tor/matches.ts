import type { ConsensusHead, TorEntry, TorIndex, TorScan } from './interval-index.ts'

export const hour = 3_600_000
export const day = 24 * hour

/** The address equals one of a relay's addresses at one consensus. */
export interface TorMatch {
  readonly consensus: ConsensusHead
  readonly entry: TorEntry
  /** `listed`: an address of the relay itself. `scanned`: the scanner saw its connections come out there. */
  readonly how: 'listed' | 'scanned'
  readonly scan: TorScan | null
}

/** Consensuses of the UTC day of the instant, the day before and the day after: [first, behind the last). */
export function consensusesAround(index: TorIndex, instant: number): readonly [number, number] {
  const today = Math.floor(instant / day) * day
  return [firstFrom(index, today - day), firstFrom(index, today + 2 * day)]
}

/** The first consensus with valid-after at or behind this time. */
export function firstFrom({ consensuses }: TorIndex, at: number): number {
  let [low, high] = [0, consensuses.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((consensuses[middle]?.validAfter ?? 0) < at) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * ExoneraTor's rule. The addresses of a relay at a consensus are its own and each exit-list address of that relay whose
 * scan time s holds s <= valid-after < s + 24 h.
 */
export function matchesOf(index: TorIndex, address: string, [from, end]: readonly [number, number]): TorMatch[] {
  const matches: TorMatch[] = []
  const add = (place: number, entry: TorEntry, how: TorMatch['how'], scan: TorScan | null): void => {
    const consensus = index.consensuses[place]
    if (consensus !== undefined) matches.push({ consensus, entry, how, scan })
  }
  for (const interval of index.intervalsOf(address)) {
    for (let at = Math.max(from, interval.from); at <= interval.to && at < end; at += 1) {
      add(at, interval.entry, 'listed', null)
    }
  }
  for (const scan of index.scansOf(address)) {
    const [first, behind] = [firstFrom(index, scan.at), firstFrom(index, scan.at + day)]
    for (const { entry, ...interval } of index.intervalsOfRelay(scan.fingerprint)) {
      const stop = Math.min(end, behind, interval.to + 1)
      for (let at = Math.max(from, first, interval.from); at < stop; at += 1) add(at, entry, 'scanned', scan)
    }
  }
  return matches
}

/** 0 while the consensus was valid, else whole minutes, rounded up, to the nearer end of its validity. */
export function minutesFrom({ validAfter, validUntil }: ConsensusHead, instant: number): number {
  if (instant < validAfter) return Math.ceil((validAfter - instant) / 60_000)
  return instant < validUntil ? 0 : Math.ceil((instant - validUntil + 1) / 60_000)
}
