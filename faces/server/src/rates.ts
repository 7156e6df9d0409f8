/** How often, in a minute unless the name says otherwise. */
export interface Rates {
  readonly perAddress: number
  readonly perSession: number
  readonly perSender: number
  readonly signInPerAddress: number
  /** Records one person opens in an hour before it looks like copying the register (ASVS 5.0, 2.4.1). */
  readonly openingsPerHour: number
  readonly feedsPerSession: number
}

export const usualRates: Rates = {
  perAddress: 12_000,
  perSession: 900,
  perSender: 3_000,
  signInPerAddress: 60,
  openingsPerHour: 1_000,
  feedsPerSession: 6,
}

/** Counts within fixed windows, a counter a key. */
export class Windows {
  readonly #length: number
  readonly #most: number
  readonly #now: () => number
  #counts = new Map<string, number>()
  #began: number

  constructor(length: number, most: number, now: () => number = Date.now) {
    this.#length = length
    this.#most = most
    this.#now = now
    this.#began = now()
  }

  /** How many over the limit: zero or less while all is well, exactly one at the moment it is crossed. */
  count(key: string): number {
    if (this.#now() - this.#began >= this.#length) {
      this.#counts = new Map()
      this.#began = this.#now()
    }
    const count = (this.#counts.get(key) ?? 0) + 1
    this.#counts.set(key, count)
    return count - this.#most
  }

  /** Until the counters begin anew. */
  get secondsLeft(): number {
    return Math.max(1, Math.ceil((this.#began + this.#length - this.#now()) / 1000))
  }
}
