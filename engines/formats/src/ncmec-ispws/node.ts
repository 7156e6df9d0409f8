import type { Place } from '../record.ts'
import { placedChildren, type XmlAttribute, type XmlElement } from './xml-tree.ts'

const XMLNS = 'http://www.w3.org/2000/xmlns/'
const XSI = 'http://www.w3.org/2001/XMLSchema-instance'
const MAX_UNKNOWN = 1000

/**
 * An element on the way to being read. Whatever is asked for is marked as taken; the rest is what we do not know, and
 * `untaken` lists it. So no field can be dropped by forgetting about it.
 */
export class XmlNode {
  readonly element: XmlElement
  readonly place: Place
  readonly #taken: Set<XmlElement | XmlAttribute>
  readonly #uri: string
  #children: readonly XmlNode[] | null = null

  constructor(element: XmlElement, place: Place, uri: string, taken: Set<XmlElement | XmlAttribute>) {
    this.element = element
    this.place = place
    this.#uri = uri
    this.#taken = taken
  }

  static root(element: XmlElement, place: Place): XmlNode {
    const taken = new Set<XmlElement | XmlAttribute>([element])
    return new XmlNode(element, place, element.uri, taken)
  }

  get name(): string {
    return this.element.local
  }

  /** As sent, with its white space. */
  get text(): string {
    return this.element.text
  }

  get trimmed(): string {
    return this.element.text.trim()
  }

  get isLeaf(): boolean {
    return this.element.children.length === 0
  }

  /** Children of this name in the report's own namespace, wherever they stand. */
  all(name: string): readonly XmlNode[] {
    return this.#own().filter((child) => child.name === name && this.#take(child))
  }

  /** The first of this name. Further ones stay untaken and so count as unknown: nobody chooses silently. */
  one(name: string): XmlNode | null {
    const child = this.#own().find((candidate) => candidate.name === name)
    return child !== undefined && this.#take(child) ? child : null
  }

  everyChild(): readonly XmlNode[] {
    return this.#own().filter((child) => this.#take(child))
  }

  attribute(name: string): { readonly value: string; readonly place: Place } | null {
    const attribute = this.element.attributes.find((candidate) => candidate.name === name)
    if (attribute === undefined) return null
    this.#taken.add(attribute)
    return { value: attribute.value, place: `${this.place}/@${name}` }
  }

  /** Everything below that was never asked for; not deeper than its topmost element. */
  untaken(): Place[] {
    const places: Place[] = []
    this.#collect(places)
    if (places.length <= MAX_UNKNOWN) return places
    return [...places.slice(0, MAX_UNKNOWN), `${this.place} (${places.length - MAX_UNKNOWN} further)`]
  }

  #collect(places: Place[]): void {
    for (const attribute of this.element.attributes) {
      if (attribute.uri === XMLNS || attribute.uri === XSI || this.#taken.has(attribute)) continue
      places.push(`${this.place}/@${attribute.name}`)
    }
    // Text beside child elements belongs to no field of this format.
    if (!this.isLeaf && this.trimmed !== '') places.push(`${this.place}/text()`)
    for (const child of this.#nodes()) {
      if (this.#taken.has(child.element)) child.#collect(places)
      else places.push(child.place)
    }
  }

  #take(child: XmlNode): boolean {
    this.#taken.add(child.element)
    return true
  }

  #own(): readonly XmlNode[] {
    return this.#nodes().filter((child) => child.element.uri === this.#uri)
  }

  #nodes(): readonly XmlNode[] {
    this.#children ??= placedChildren(this.element, this.place).map(
      ({ element, place }) => new XmlNode(element, place, this.#uri, this.#taken),
    )
    return this.#children
  }
}
