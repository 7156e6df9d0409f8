/** `field` is the path in the file, `says` what is wrong with it. */
export interface Fault {
  readonly field: string
  readonly says: string
}

type Fields = { readonly [name: string]: unknown }
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Walks a file of JSON; a wrong field becomes a fault with its path and a stand-in, so that the walk goes on. */
export class JsonReader {
  readonly #fields: Fields
  readonly #path: string
  readonly #faults: Fault[]

  constructor(value: unknown, path: string, faults: Fault[]) {
    this.#path = path
    this.#faults = faults
    this.#fields = isFields(value) ? value : {}
    if (!isFields(value)) this.#fault(null, 'must be an object')
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#fields, name)
  }

  isNull(name: string): boolean {
    return !this.has(name) || this.#fields[name] === null
  }

  only(names: readonly string[]): void {
    for (const name of Object.keys(this.#fields)) if (!names.includes(name)) this.#fault(name, 'is not a known field')
  }

  text(name: string): string {
    const value = this.#fields[name]
    if (typeof value === 'string' && value.trim() !== '') return value
    this.#fault(name, 'must be a text that says something')
    return ''
  }

  whole(name: string, least: number): number {
    const value = this.#fields[name]
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value
    this.#fault(name, `must be a whole number of ${least} or more`)
    return least
  }

  /** Quarters of log-odds; the bound keeps every sum within five digits. */
  points(name: string): number {
    const value = this.#fields[name]
    if (typeof value === 'number' && value % 25 === 0 && Math.abs(value) <= 1000) return value
    this.#fault(name, 'must be hundredths of log-odds in steps of 25, between -1000 and 1000')
    return 0
  }

  oneOf<T extends string>(name: string, allowed: readonly [T, ...T[]] | readonly T[]): T {
    const value = this.#fields[name]
    const found = allowed.find((one) => one === value)
    if (found !== undefined) return found
    this.#fault(name, `must be one of: ${allowed.join(', ')}`)
    const [standIn] = allowed
    if (standIn === undefined) throw new TypeError('a choice needs at least one value')
    return standIn
  }

  object(name: string, names: readonly string[]): JsonReader {
    const inner = new JsonReader(this.#fields[name], `${this.#path}.${name}`, this.#faults)
    inner.only(names)
    return inner
  }

  list(name: string, names: readonly string[] | null): JsonReader[] {
    const value = this.#fields[name]
    if (!Array.isArray(value)) {
      this.#fault(name, 'must be a list')
      return []
    }
    return value.map((item, index) => {
      const inner = new JsonReader(item, `${this.#path}.${name}[${index}]`, this.#faults)
      if (names !== null) inner.only(names)
      return inner
    })
  }

  /** What the file says under this name, unread. */
  raw(name: string): unknown {
    return this.#fields[name]
  }

  fault(name: string, says: string): void {
    this.#fault(name, says)
  }

  #fault(name: string | null, says: string): void {
    this.#faults.push({ field: name === null ? this.#path : `${this.#path}.${name}`, says })
  }
}
