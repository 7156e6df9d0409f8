import {
  type AddressRange,
  addressKey,
  countedRange,
  type RangeEntry,
  rangeOf,
  type SourceFile,
} from '@tandem/identifiers'
import type { LineReader, RangeSaying } from './content.ts'
import { type Fate, Tally } from './tally.ts'

const registries: ReadonlySet<string> = new Set(['afrinic', 'apnic', 'arin', 'lacnic', 'ripencc', 'iana'])
const statuses: ReadonlySet<string> = new Set(['allocated', 'assigned', 'available', 'reserved'])

type Saying = Omit<RangeSaying, 'file'>

/** Reads the delegated (extended) statistics of the registries: who holds a block, not where its user is. */
export class RirDelegationsReader implements LineReader {
  readonly tally = new Tally()
  readonly #ranges: (AddressRange & { readonly value: Saying })[] = []
  readonly #shared = new Map<string, Saying>()
  #registry: string | null = null
  #claimed: number | null = null
  #records = 0
  #asOf: string | null = null

  line(text: string, number: number): Fate {
    if (text === '' || text.startsWith('#')) return this.tally.pass()
    const fields = text.split('|')
    const [first = '', country = '', type = '', start = ''] = fields
    if (/^2(?:\.\d)?$/.test(first) && registries.has(country)) return this.#head(fields)
    if (country === '*' && fields.at(-1) === 'summary') return this.tally.pass()
    this.#records += 1
    if (!registries.has(first) || fields.length < 7) {
      return this.tally.setBothAside(
        number,
        'record-invalid',
        'not of the agreed form: a registry and at least seven fields',
      )
    }
    if (type === 'asn') {
      this.tally.accept()
      return this.tally.pass()
    }
    const [value = '', date = '', status = ''] = fields.slice(4)
    const range = blockOf(type, start, value)
    if (range === null || !statuses.has(status)) {
      return this.tally.setBothAside(number, 'block-invalid', 'start, size or status of the block cannot be read')
    }
    this.#ranges.push({ ...range, value: this.#saying(first, country, status, date) })
    this.tally.accept()
    return this.tally.use()
  }

  #head([, registry = '', , records = '', , end = '']: readonly string[]): Fate {
    this.#registry = registry
    if (/^\d+$/.test(records)) this.#claimed = (this.#claimed ?? 0) + Number(records)
    this.#asOf = dateText(end)
    return this.tally.use()
  }

  /** Hundreds of thousands of blocks say few different things. */
  #saying(registry: string, country: string, status: string, date: string): Saying {
    const key = `${registry}|${country}|${status}|${date}`
    const known = this.#shared.get(key)
    if (known !== undefined) return known
    const said: Saying = {
      about: 'delegation',
      kind: null,
      list: null,
      country: /^[A-Z]{2}$/.test(country) && country !== 'ZZ' ? country : null,
      registry,
      status,
      date: dateText(date),
    }
    this.#shared.set(key, said)
    return said
  }

  end(file: SourceFile): ReturnType<LineReader['end']> {
    if (this.#registry === null)
      this.tally.remark('head', 'version-line-missing', 'the line with version and registry is missing')
    if (this.#claimed !== null && this.#claimed !== this.#records) {
      this.tally.remark(
        'head',
        'records-differ',
        `it claims ${this.#claimed} records and holds ${this.#records}: it may be cut`,
      )
    }
    const said = new Map<Saying, RangeSaying>()
    const withFile = (saying: Saying): RangeSaying => {
      const known = said.get(saying) ?? { ...saying, file }
      said.set(saying, known)
      return known
    }
    const ranges: RangeEntry<RangeSaying>[] = this.#ranges.map(({ value, ...range }) => ({
      ...range,
      value: withFile(value),
    }))
    return { asOf: this.#asOf, content: { kind: 'ranges', ranges } }
  }
}

/** IPv4 counts addresses, in any number; IPv6 gives the length of the prefix. */
function blockOf(type: string, start: string, value: string): AddressRange | null {
  const key = addressKey(start)
  if (key === null || !/^\d{1,10}$/.test(value)) return null
  if (type === 'ipv4') return countedRange(key, Number(value))
  return type === 'ipv6' && key.length === 32 && Number(value) <= 128 ? rangeOf(key, Number(value)) : null
}

/** `00000000` and an empty field are no date. */
function dateText(written: string): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(written)
  return match === null || written === '00000000' ? null : `${match[1]}-${match[2]}-${match[3]}`
}
