import type { FieldKind } from './field.ts'

/** What a column seems to hold, and by what; `kind` null: it says nothing about who somebody is and is left out. */
export interface Inferred {
  readonly name: string
  readonly kind: FieldKind | null
  readonly because: string
}

/** Values looked at: a sample tells a column's kind as well as all of it. */
const sampled = 5000
/** So many of the values must have a form before the column is said to have it. */
const most = 0.8

/** Heads that say what a column is; the first that fits. A head says more than values of the same form, such as dates. */
const heads: readonly (readonly [RegExp, FieldKind | null])[] = [
  [/^(record|row|line|unique|internal)?_?(id|no|number|key)$|^(record|row|unique)_?id|data_?source|^source$/, null],
  [/_type$|^type$|status|^category$|^amount$|^rel_/, null],
  [/(passport|licen[cs]e|national_?id|tax_?id|ssn)_?(no|number)?_?(country|state|issuer)/, null],
  [/mail/, 'email'],
  [/phone|telephone|mobile|msisdn/, 'phone'],
  [/post_?code|postal|zip/, 'postcode'],
  [/birth_?place|place_of_birth/, 'place'],
  [/dob|birth|born/, 'date'],
  [/_org$|company|employer|organi[sz]ation/, 'organisation'],
  [/full_?name|name_full|native_?name|display_?name|^name$/, 'full name'],
  [/(first|given|fore|middle|last|sur|family|maiden)_?name|name_(first|middle|last)/, 'name'],
  [/^(.*_)?addr(ess)?_full$/, 'postal address'],
  [/addr(ess)?_?(full|line)?_?\d*$|street|address/, 'address'],
  [/city|town|suburb|village|county|place/, 'place'],
  [/passport|licen[cs]e|ssn|^lei_?|soc_?sec|national_?id|tax_?id|imei|imsi|account|serial|wallet/, 'identifier'],
  [/user_?name|handle|nick_?name|screen_?name/, 'username'],
  [/gender|sex|country|state|occupation|nationality|title/, 'category'],
]

/** The kind of each column of a table, from its head and its values. Nothing of it is learned from a truth. */
export function inferKinds(names: readonly string[], rows: readonly (readonly string[])[]): Inferred[] {
  return names.map((name, column) => {
    const said: string[] = []
    for (const row of rows) {
      const value = (row[column] ?? '').trim()
      if (value !== '') said.push(value)
      if (said.length === sampled) break
    }
    return { name, ...inferred(name, said) }
  })
}

function inferred(name: string, said: readonly string[]): Omit<Inferred, 'name'> {
  if (said.length === 0) return { kind: null, because: 'nothing is in it' }
  const distinct = new Set(said).size
  if (distinct === 1 && said.length > 1) return { kind: null, because: 'all its values are the same' }
  const head = name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
  const known = heads.find(([pattern]) => pattern.test(head))
  if (known !== undefined) {
    return {
      kind: known[1],
      because: known[1] === null ? 'its head names a number or a property of the record' : 'its head',
    }
  }
  const share = (pattern: RegExp): number => said.filter((value) => pattern.test(value)).length / said.length
  if (share(/^[^\s@]+@[^\s@]+\.[^\s@]+$/) >= most)
    return { kind: 'email', because: 'its values look like mail addresses' }
  if (share(/^(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(19|20)\d{6})$/) >= most)
    return { kind: null, because: 'dates, and its head does not say whose' }
  if (share(/^\+?[\d ()./-]{7,20}$/) >= most && share(/[+ ()/-]/) >= most)
    return { kind: 'phone', because: 'its values look like phone numbers' }
  if (distinct === said.length && said.length > 20)
    return { kind: null, because: 'every record has a value of its own' }
  if (distinct <= Math.max(10, said.length * 0.01)) return { kind: 'category', because: 'it has few different values' }
  if (share(/^[\p{L}'’ .-]+$/u) >= most)
    return share(/\s/) >= 0.5
      ? { kind: 'full name', because: 'its values are words' }
      : { kind: 'name', because: 'its values are single words' }
  if (share(/\d/) >= most && share(/\s/) < 0.2)
    return { kind: 'identifier', because: 'its values are numbers or codes' }
  return { kind: 'place', because: 'its values are text' }
}
