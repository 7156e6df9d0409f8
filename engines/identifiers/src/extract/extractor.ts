import { ArmorCollector } from './armor.ts'
import type { ExtractOptions, Found } from './found.ts'
import { ahead, back, Page, type Sighting } from './page.ts'
import { type Stand, scan } from './scan.ts'

export const usualStretch = 1 << 17

/** Sightings with places in the whole text, in its order, whatever the pieces it came in. */
export class Extractor {
  readonly #page: Page
  readonly #room: number
  readonly #stand: Stand = { next: 1, separator: 0 }
  /** Place in the whole text of the page's first byte; the zero before the text is one too. */
  #base = -1
  #waiting: Sighting[] = []
  #armor: ArmorCollector | null = null
  #armorNext = 0

  constructor(options: ExtractOptions, stretch = usualStretch, plainly = false) {
    this.#room = back + ahead + stretch
    // Zeros behind the text, so that finders may look ahead at its end.
    this.#page = new Page(this.#room + ahead, options, plainly)
  }

  push(bytes: Uint8Array): readonly Found[] {
    const page = this.#page
    const found: Found[] = []
    for (let from = 0; from < bytes.length; ) {
      const taken = Math.min(bytes.length - from, this.#room - page.end)
      page.bytes.set(bytes.subarray(from, from + taken), page.end)
      page.end += taken
      from += taken
      if (page.end === this.#room) {
        this.#advance(page.end - ahead)
        this.#release(this.settled, found)
        this.#slide()
      }
    }
    return found
  }

  finish(): readonly Found[] {
    const page = this.#page
    const found: Found[] = []
    page.bytes.fill(0, page.end, page.end + ahead)
    // One byte more: the zero behind the text ends its last word.
    this.#advance(page.end + 1)
    this.#armor = null
    this.#release(Number.POSITIVE_INFINITY, found)
    return found
  }

  #advance(limit: number): void {
    const page = this.#page
    const base = this.#base
    scan(page, this.#stand, limit, (place) => {
      // A beginning inside an open block ends that one: no line of a block looks like this.
      this.#feedArmor(place)
      this.#armor = new ArmorCollector(base + place)
      this.#armorNext = base + place
    })
    this.#feedArmor(Math.min(limit, page.end))
    for (const sighting of page.sightings) {
      sighting.start += base
      sighting.end += base
      this.#waiting.push(sighting)
    }
    page.sightings = []
  }

  #feedArmor(until: number): void {
    if (this.#armor === null) return
    const answer = this.#armor.take(this.#page.ascii(this.#armorNext - this.#base, until))
    this.#armorNext = this.#base + until
    if (answer === null) return
    const { start } = this.#armor
    this.#armor = null
    if (answer === 'failed') return
    const end = answer[0]?.end ?? start
    // What looks like something inside the base64 of a key is chance.
    this.#waiting = this.#waiting.filter((each) => each.start < start || each.start >= end)
    this.#page.sightings = this.#page.sightings.filter(
      (each) => each.start + this.#base < start || each.start + this.#base >= end,
    )
    for (const sighting of answer) if (this.#page.wants(sighting.identifier.kind)) this.#waiting.push(sighting)
  }

  /** Before this place nothing more can be found: a finder looks back a bounded way, and an open block holds back. */
  get settled(): number {
    return Math.min(this.#base + this.#stand.next - back, this.#armor?.start ?? Number.POSITIVE_INFINITY)
  }

  #release(before: number, into: Found[]): void {
    const waiting = this.#waiting.sort(byPlace)
    let ready = 0
    for (; ready < waiting.length; ready += 1) {
      const sighting = waiting[ready]
      if (sighting === undefined || sighting.start >= before) break
      into.push(sighting)
    }
    this.#waiting = ready === 0 ? waiting : waiting.slice(ready)
  }

  #slide(): void {
    const by = Math.max(0, this.#stand.next - back)
    this.#page.slide(by)
    this.#base += by
    this.#stand.next -= by
    this.#stand.separator -= by
  }
}

const byPlace = (a: Sighting, b: Sighting): number =>
  a.start - b.start ||
  a.end - b.end ||
  compare(a.identifier.kind, b.identifier.kind) ||
  compare(a.identifier.normal, b.identifier.normal)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
