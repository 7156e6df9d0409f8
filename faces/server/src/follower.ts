import type { ServerResponse } from 'node:http'
import { change } from '@tandem/contract'
import type { Change } from '@tandem/work'
import type { Sealer } from './seal.ts'
import type { Held } from './work.ts'

/** A listener that does not read is cut off before it fills the memory. */
const MOST_UNREAD = 256 * 1024

/**
 * One open connection of the feed. Numbers of the whole cell's feed would tell one agency how busy the other is,
 * so a listener sees a count of its own, and its position sealed.
 */
export class Follower {
  readonly key: string
  readonly token: Buffer
  readonly #to: ServerResponse
  readonly #sealer: Sealer
  #agency: string
  #operation: string | null
  #told = 0
  #sentUpTo = ''
  #waiting: Change[] | null = []
  #onEnd: () => void = () => {}
  #ended = false

  constructor(to: ServerResponse, sealer: Sealer, who: { key: string; token: Buffer; held: Held }) {
    this.key = who.key
    this.token = who.token
    this.#to = to
    this.#sealer = sealer
    this.#agency = who.held.agency
    this.#operation = who.held.operation
    to.on('close', () => this.end('closing'))
    to.write('retry: 3000\n\n')
  }

  onEnd(then: () => void): void {
    this.#onEnd = then
    if (this.#ended) then()
  }

  standsAs(held: Held): void {
    this.#agency = held.agency
    this.#operation = held.operation
  }

  /** From the common look: kept until what was missed before has been told. */
  offer(changes: readonly Change[]): void {
    if (this.#waiting === null) this.#tell(changes)
    else this.#waiting.push(...changes)
  }

  missed(changes: readonly Change[]): void {
    this.#tell(changes)
  }

  live(position: string): void {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    this.#tell(waiting)
    if (position > this.#sentUpTo) this.#sentUpTo = position
    this.#write(`id: ${this.#sealed()}\nevent: ready\ndata: {}\n\n`)
  }

  reset(): void {
    this.#write('event: reset\ndata: {}\n\n')
  }

  beat(): void {
    this.#write(': here\n\n')
  }

  end(why: 'signed out' | 'closing'): void {
    if (this.#ended) return
    if (why === 'signed out') this.#write('event: ended\ndata: {}\n\n')
    this.#ended = true
    this.#to.end()
    this.#onEnd()
  }

  #tell(changes: readonly Change[]): void {
    for (const each of changes) {
      if (each.position <= this.#sentUpTo) continue
      this.#sentUpTo = each.position
      if (each.agency !== this.#agency || each.operation !== this.#operation) continue
      this.#told += 1
      const data = JSON.stringify(change.parse({ number: this.#told, topic: each.topic, id: each.subject }))
      this.#write(`id: ${this.#sealed()}\nevent: change\ndata: ${data}\n\n`)
    }
  }

  #sealed(): string {
    return this.#sealer.seal('feed position', this.#sentUpTo)
  }

  #write(text: string): void {
    if (this.#ended || this.#to.destroyed) return
    this.#to.write(text)
    if (this.#to.writableLength > MOST_UNREAD) this.#to.destroy()
  }
}
