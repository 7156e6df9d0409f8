/** One challenge a session and step, good once and for two minutes. */
export class Challenges {
  readonly #now: () => number
  readonly #kept = new Map<string, { challenge: string; step: string; until: number }>()

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  keep(session: string, step: string, challenge: string): void {
    for (const [key, { until }] of this.#kept) {
      if (until > this.#now()) break
      this.#kept.delete(key)
    }
    this.#kept.delete(session)
    this.#kept.set(session, { challenge, step, until: this.#now() + 120_000 })
  }

  /** A wrong answer uses it up as well. */
  take(session: string, step: string): string | null {
    const kept = this.#kept.get(session)
    this.#kept.delete(session)
    return kept !== undefined && kept.step === step && kept.until > this.#now() ? kept.challenge : null
  }
}
