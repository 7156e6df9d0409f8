import { inspect } from 'node:util'

/**
 * Bytes that must not be shown. Printing, JSON and error messages give "[secret]"; the bytes are lent, never handed out,
 * and overwritten when the secret is given up. JavaScript may have copied them meanwhile: this narrows the time in which
 * a memory image holds a key, it does not close it.
 */
export class Secret {
  readonly #bytes: Buffer
  #isGone = false

  /** Takes the bytes over: the caller's own array is overwritten. */
  static of(bytes: Uint8Array): Secret {
    const secret = new Secret(Buffer.from(bytes))
    bytes.fill(0)
    return secret
  }

  private constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get length(): number {
    return this.#bytes.length
  }

  get isGone(): boolean {
    return this.#isGone
  }

  /** Lends the bytes to one piece of work, which must not keep them. Throws when they were given up. */
  lend<T>(work: (bytes: Buffer) => T): T {
    if (this.#isGone) throw new Error('this secret was given up')
    return work(this.#bytes)
  }

  giveUp(): void {
    this.#bytes.fill(0)
    this.#isGone = true
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }

  [inspect.custom](): string {
    return '[secret]'
  }
}
