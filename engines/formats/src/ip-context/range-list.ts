import { type AddressRange, type ListKind, readCidr, type SourceFile } from '@tandem/identifiers'
import type { LineReader, RangeSaying } from './content.ts'
import { type Fate, Tally } from './tally.ts'

/** What the keeper of a list says of it, where the list itself says nothing. */
export interface ListTold {
  readonly kind: ListKind
  readonly name: string
  readonly asOf: string | null
}

/**
 * Reads one range or address a line, `#` comments, and the columns behind a comma of a geofeed (RFC 8805) or of a
 * published egress list. Neither kind nor date is in such a file.
 */
export class RangeListReader implements LineReader {
  readonly tally = new Tally()
  readonly #told: ListTold | null
  readonly #ranges: (AddressRange & { readonly country: string | null })[] = []

  constructor(told: ListTold | null) {
    this.#told = told
  }

  line(text: string, number: number): Fate {
    const bare = text.replace(/\s*[#;].*$/, '').trim()
    if (bare === '') return this.tally.pass()
    const [written = '', country = ''] = bare.split(',')
    const range = readCidr(written.trim())
    if (range === null) return this.tally.setBothAside(number, 'range-invalid', 'neither an address nor a range')
    this.#ranges.push({ ...range, country: /^[A-Z]{2}$/.test(country) ? country : null })
    this.tally.accept()
    return this.tally.use()
  }

  end(file: SourceFile): ReturnType<LineReader['end']> {
    if (this.#told === null) this.tally.remark('head', 'kind-not-stated', 'nobody stated what this list is about')
    const { kind, name, asOf } = this.#told ?? { kind: 'not stated', name: file.name, asOf: null }
    if (asOf === null)
      this.tally.remark('head', 'list-undated', 'the list has no date: it may not hold for the asked time')
    const saying = sayings(file, kind, name, asOf)
    const ranges = this.#ranges.map(({ first, last, country }) => ({ first, last, value: saying(country) }))
    return { asOf, content: { kind: 'ranges', ranges } }
  }
}

/** One object for all ranges that say the same. */
export function sayings(
  file: SourceFile,
  kind: ListKind,
  list: string,
  date: string | null,
): (country: string | null) => RangeSaying {
  const made = new Map<string | null, RangeSaying>()
  return (country) => {
    const known = made.get(country) ?? { file, about: 'list', kind, list, country, registry: null, status: null, date }
    made.set(country, known)
    return known
  }
}
