import { readHan } from '../text/han.ts'
import { latin } from '../text/latin.ts'
import type { FieldKind } from './field.ts'

/**
 * The form in which two values of a kind are compared. '' : nothing was said. What was written stays in the record; this
 * form only decides what is alike.
 */
export function normalForm(kind: FieldKind, written: string): string {
  return (isNormal[kind] ?? plainWord).test(written) ? written : normalByRules(kind, written)
}

export function normalByRules(kind: FieldKind, written: string): string {
  const plain = folded(written)
  switch (kind) {
    case 'date':
      return dateForm(plain)
    case 'phone':
      return plain.replace(/\D/g, '')
    case 'identifier':
    case 'postcode':
      return plain.replace(/[^a-z0-9]/g, '')
    case 'email':
      return mailbox(plain.replace(/\s/g, ''))
    case 'username':
      return plain.replace(/\s/g, '').replace(/^@+/, '')
    case 'name':
      return words(latin(plain))
    case 'full name':
      return fullName(plain)
    case 'postal address':
      return parted(plain.replaceAll('ß', 'ss').replaceAll('#', ' no '), words)
    default:
      return words(plain)
  }
}

/** What is its own normal form at first sight: most of what tables hold. */
const plainWord = /^[a-z0-9]+$/
const isNormal: Partial<Readonly<Record<FieldKind, RegExp>>> = {
  date: /^[0-9]+$/,
  phone: /^[0-9]+$/,
  email: /^[a-z0-9._-]+@(?!g(?:oogle)?mail\.com$)[a-z0-9.-]+$/,
}

/**
 * The same of a value's bytes, where it is seen without making a text of them; false does not say that it is no normal form.
 */
export function isNormalBytes(kind: FieldKind, bytes: Uint8Array, from: number, to: number): boolean {
  const isDigits = kind === 'date' || kind === 'phone'
  let mailed = 0
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0
    if (byte >= zero && byte <= nine) continue
    if (isDigits) return false
    if (byte >= smallA && byte <= smallZ) continue
    if (kind !== 'email') return false
    // Google's own are looked at letter by letter.
    if (byte === atSign && mailed === 0 && at > from && at + 1 < to && bytes[at + 1] !== smallG) mailed = at
    else if (!(byte === dot || byte === dash || (byte === underscore && mailed === 0))) return false
  }
  return to > from && (kind !== 'email' || mailed > 0)
}

const [zero, nine, smallA, smallG, smallZ] = [48, 57, 97, 103, 122]
const [atSign, dot, dash, underscore] = [64, 46, 45, 95]

/** Letters without marks, small, in compatibility form (UAX 15). Again on its own result it changes nothing. */
const folded = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text)
    ? text.toLowerCase().trim()
    : text
        .toLowerCase()
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .trim()

/** What stands apart by commas stays apart. */
const parted = (text: string, form: (part: string) => string): string =>
  text
    .split(',')
    .map(form)
    .filter((part) => part !== '')
    .join(', ')

/** `family, given` where a comma says so or Chinese characters do, else the words as they stand. O'Hara is one word. */
function fullName(text: string): string {
  const han = /^[\p{Script=Han}\s]+$/u.test(text) ? readHan(text.replace(/\s/g, '')) : null
  if (han !== null) return `${han.family}, ${han.given}`
  return parted(text.replace(/(?<=\p{L})['’`´ʼ](?=\p{L})/gu, ''), (part) => words(latin(part)))
}

/** As its provider delivers it: without what follows a plus (RFC 5233), and for Google without dots. */
function mailbox(written: string): string {
  // A name may stand before it (RFC 5322, name-addr).
  const address = /<([^<>]+@[^<>]+)>$/.exec(written)?.[1] ?? written
  const [, local = '', domain = ''] = /^([^@+]+)(?:\+[^@]*)?@([^@]+)$/.exec(address) ?? []
  if (local === '') return address
  return domain === 'gmail.com' || domain === 'googlemail.com'
    ? `${local.replaceAll('.', '') || local}@gmail.com`
    : `${local}@${domain}`
}

const words = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

/** YYYYMMDD where the order is plain, else the digits as they came: a date is never guessed into another one. */
function dateForm(text: string): string {
  const parts = text.split(/\D+/).filter((part) => part !== '')
  if (parts.length === 1) return parts[0] ?? ''
  const [first = '', second = '', third = ''] = parts
  if (parts.length === 3 && first.length === 4) return first + second.padStart(2, '0') + third.padStart(2, '0')
  return parts.join('')
}
