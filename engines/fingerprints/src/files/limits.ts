/** How far archives in one file are unpacked. What lies beyond is set aside with the reason, never silently. */
export interface Limits {
  /** Archives within archives; a .tar.gz is two. */
  readonly nesting: number
  /** Members in all archives of one file together. */
  readonly members: number
  /** Unpacked bytes of all members together. */
  readonly bytes: number
  /** Unpacked bytes for each packed byte, once `freeBytes` are exceeded. */
  readonly ratio: number
  readonly freeBytes: number
  /** A ZIP within an archive is held in memory while it is read: at most so many bytes at once. */
  readonly heldBytes: number
}

export const usualLimits: Limits = {
  nesting: 8,
  members: 1_000_000,
  bytes: 1024 ** 4,
  ratio: 200,
  freeBytes: 1024 ** 3,
  heldBytes: 256 * 1024 ** 2,
}

/** Thrown within the reading of one file, and caught there. */
export class LimitReached extends Error {}

/** What one file has used up. */
export class Budget {
  readonly limits: Limits
  readonly #packed: number
  #members = 0
  #bytes = 0
  #held = 0
  #reached: string | null = null

  constructor(limits: Limits, packedBytes: number) {
    this.limits = limits
    this.#packed = Math.max(1, packedBytes)
  }

  /** Why reading has ended, or null. */
  get reached(): string | null {
    return this.#reached
  }

  takeMember(): void {
    if (++this.#members > this.limits.members) this.#stop(`more than ${this.limits.members} members`)
  }

  takeBytes(count: number): void {
    this.#bytes += count
    if (this.#bytes > this.limits.bytes) this.#stop(`more than ${this.limits.bytes} bytes unpacked`)
    if (this.#bytes > this.limits.freeBytes && this.#bytes / this.#packed > this.limits.ratio) {
      this.#stop(`unpacks to more than ${this.limits.ratio} times its size`)
    }
  }

  /** Room to hold `count` bytes more; give them back with `release`. */
  hold(count: number): boolean {
    if (this.#held + count > this.limits.heldBytes) return false
    this.#held += count
    return true
  }

  release(count: number): void {
    this.#held -= count
  }

  #stop(reason: string): never {
    this.#reached = reason
    throw new LimitReached(reason)
  }
}
