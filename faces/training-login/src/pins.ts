import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export interface PinHolder {
  readonly subject: string
  readonly pin: string
}

/** Wrong PINs in a row before a person waits, and how long; each further wrong one waits twice as long. */
const FREE_TRIES = 5
const FIRST_WAIT = 30_000
const LONGEST_WAIT = 15 * 60_000

/** Every refusal looks alike and does the same work: wrong PIN, unknown person, waiting person. */
export class Pins {
  readonly #key = randomBytes(32)
  readonly #digests: ReadonlyMap<string, Buffer>
  readonly #nobody: Buffer
  readonly #wrong = new Map<string, { count: number; until: number }>()
  readonly #now: () => number

  constructor(people: readonly PinHolder[], now: () => number = Date.now) {
    this.#digests = new Map(people.map(({ subject, pin }) => [subject, this.#digest(pin)]))
    this.#nobody = this.#digest(randomBytes(32).toString('hex'))
    this.#now = now
  }

  fits(subject: string, pin: string): boolean {
    const isRight = timingSafeEqual(this.#digests.get(subject) ?? this.#nobody, this.#digest(pin))
    // A name nobody bears is not counted: it could be any, and would fill the memory.
    if (!this.#digests.has(subject)) return false
    const before = this.#wrong.get(subject) ?? { count: 0, until: 0 }
    if (before.until > this.#now()) return false
    if (isRight) {
      this.#wrong.delete(subject)
      return true
    }
    const count = before.count + 1
    const wait = count < FREE_TRIES ? 0 : Math.min(FIRST_WAIT * 2 ** (count - FREE_TRIES), LONGEST_WAIT)
    this.#wrong.set(subject, { count, until: this.#now() + wait })
    return false
  }

  #digest(pin: string): Buffer {
    return createHmac('sha256', this.#key).update(pin).digest()
  }
}
