/** Values from several writers to one reader; writers wait while the reader is behind. */
export class Channel<T> implements AsyncIterable<T> {
  readonly #room: number
  readonly #values: T[] = []
  #reader: (() => void) | null = null
  #writers: (() => void)[] = []
  #ended = false
  #failure: { readonly reason: unknown } | null = null
  #closed = false

  constructor(room: number) {
    this.#room = room
  }

  get closed(): boolean {
    return this.#closed
  }

  async push(value: T): Promise<void> {
    if (this.#closed) return
    this.#values.push(value)
    this.#reader?.()
    while (this.#values.length >= this.#room && !this.#closed) {
      await new Promise<void>((resolve) => this.#writers.push(resolve))
    }
  }

  end(): void {
    this.#ended = true
    this.#reader?.()
  }

  /** The reader is told at once; what it has not read is dropped. */
  fail(reason: unknown): void {
    this.#failure ??= { reason }
    this.#reader?.()
  }

  /** The reader has left. */
  close(): void {
    this.#closed = true
    this.#wakeWriters()
    this.#reader?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      if (this.#failure !== null) throw this.#failure.reason
      if (this.#values.length > 0) {
        const ready = this.#values.splice(0)
        this.#wakeWriters()
        for (const value of ready) {
          if (this.#failure !== null) break
          yield value
        }
      } else if (this.#ended || this.#closed) return
      else {
        await new Promise<void>((resolve) => {
          this.#reader = resolve
        })
        this.#reader = null
      }
    }
  }

  #wakeWriters(): void {
    const waiting = this.#writers
    this.#writers = []
    for (const wake of waiting) wake()
  }
}
