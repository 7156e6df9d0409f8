import { type AddressKey, addressKey, ipv4Key, type RangeEntry, type SourceFile } from '@tandem/identifiers'
import type { LineReader, RangeSaying } from './content.ts'
import { type Fate, Tally } from './tally.ts'

interface Row {
  readonly first: AddressKey
  readonly last: AddressKey
  readonly country: string
}

/** Reads the tables of tor-geoipdb: `first,last,CC`, IPv4 as inclusive integers, IPv6 as text; `??` is not known. */
export class CountryRangesReader implements LineReader {
  readonly tally = new Tally()
  readonly #rows: Row[] = []

  line(text: string, number: number): Fate {
    if (text === '' || text.startsWith('#')) return this.tally.pass()
    const [start = '', stop = '', country = '', ...more] = text.split(',')
    const [first, last] = [keyOf(start), keyOf(stop)]
    const isRead = more.length === 0 && (country === '??' || /^[A-Z][A-Z0-9]$/.test(country))
    if (!isRead || first === null || last === null || first.length !== last.length || first > last) {
      return this.tally.setBothAside(number, 'range-invalid', 'not a first and a last address with a country')
    }
    if (country !== '??') this.#rows.push({ first, last, country })
    this.tally.accept()
    return this.tally.use()
  }

  end(file: SourceFile): ReturnType<LineReader['end']> {
    const sayings = new Map<string, RangeSaying>()
    const saying = (country: string): RangeSaying => {
      const known = sayings.get(country) ?? {
        file,
        about: 'country',
        kind: null,
        list: null,
        country,
        registry: null,
        status: null,
        date: null,
      }
      sayings.set(country, known)
      return known
    }
    const ranges: RangeEntry<RangeSaying>[] = this.#rows.map(({ first, last, country }) => ({
      first,
      last,
      value: saying(country),
    }))
    return { asOf: null, content: { kind: 'ranges', ranges } }
  }
}

function keyOf(written: string): AddressKey | null {
  if (!/^\d{1,10}$/.test(written)) return addressKey(written)
  return Number(written) > 0xffff_ffff ? null : ipv4Key(Number(written))
}
