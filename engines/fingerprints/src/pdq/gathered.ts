/** A buffer that grows; what it leaves behind is overwritten. */
export class Gathered {
  #buffer = new Uint8Array(4096)
  length = 0

  add(chunk: Uint8Array): void {
    if (this.length + chunk.length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(2 * this.#buffer.length, this.length + chunk.length))
      larger.set(this.bytes())
      this.#buffer.fill(0)
      this.#buffer = larger
    }
    this.#buffer.set(chunk, this.length)
    this.length += chunk.length
  }

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.length)
  }

  forget(): void {
    this.#buffer.fill(0)
    this.length = 0
  }
}
