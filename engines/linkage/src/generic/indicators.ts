import { addressKey, specialRangeOf } from '@tandem/identifiers'
import type { ObservedKind } from './observed.ts'

/** Why a value names nobody, and who says so. */
export interface GenericReason {
  readonly reason: string
  readonly list: string
  readonly version: string
  readonly source: string
}

/** What ships with the engine: published indicators of no one person or case. Anything else is a list of the cell. */
const version = '1'
const said = (reason: string, source: string): GenericReason => ({
  ...{ reason, source, version, list: 'Tandem generic indicators' },
})

const devices: ReadonlyMap<string, GenericReason> = new Map([
  [
    '02:00:00:00:00:00',
    said('what Android gives to apps instead of the address', 'Android 6.0 changes, hardware identifiers'),
  ],
  ['9774d56d682e549c', said('an id that very many devices of Android 2.2 share', 'Android issue 10603')],
  ...[
    '03000200-0400-0500-0006-000700080009',
    '00020003-0004-0005-0006-000700080009',
    '07090201-0103-0301-0807-060504030201',
    'fefefefe-fefe-fefe-fefe-fefefefefefe',
  ].map((uuid): [string, GenericReason] => [
    uuid,
    said('a filler that makers leave in many computers', 'CapaSystems, list of non-unique UUIDs'),
  ]),
])

/** RFC 2142 and what mail programs send from: many people answer under such a name, or nobody. */
const roles = new Set(
  'abuse admin administrator contact enquiries help hostmaster info mailer-daemon marketing no-reply noc noreply office postmaster sales security support test usenet webmaster'.split(
    ' ',
  ),
)
const exampleDomains = /(^|\.)(example|invalid|localhost|test)$|(^|\.)example\.(com|net|org)$/
const disposable = new Set([
  '10minutemail.com',
  'dispostable.com',
  'guerrillamail.com',
  'mailinator.com',
  'maildrop.cc',
  'sharklasers.com',
  'temp-mail.org',
  'trashmail.com',
  'yopmail.com',
])

/** Ranges that Ofcom keeps free for drama, and the 555-01 numbers of North America. */
const dramaNumbers = [
  /^\+447700900\d{3}$/,
  /^\+44(113|114|115|116|117|118|121|131|141|151|161)4960\d{3}$/,
  /^\+442079460\d{3}$/,
  /^\+441914980\d{3}$/,
  /^\+441632960\d{3}$/,
  /^\+1\d{3}55501\d{2}$/,
]

const hashesOfNothing = new Set([
  'd41d8cd98f00b204e9800998ecf8427e',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
])

/** Whether a published indicator says that the value is generic; null: none does, which is no proof that it is not. */
export function genericReason(kind: ObservedKind, value: string): GenericReason | null {
  const plain = value.toLowerCase()
  switch (kind) {
    case 'ip': {
      const key = addressKey(plain)
      const range = key === null ? null : specialRangeOf(key)
      return range === null ? null : { ...said(`${range.name} (${range.kind})`, range.source) }
    }
    case 'email':
      return mailReason(plain)
    case 'phone':
      if (/^\+?0*$/.test(plain)) return said('nothing but zeros', 'a field left empty')
      return dramaNumbers.some((range) => range.test(plain))
        ? said('a number kept free for drama', 'Ofcom, numbers for drama use; NANPA, 555 line numbers')
        : null
    case 'device-id':
    case 'imei':
    case 'mac': {
      const bare = plain.replace(/^[a-z]+\//, '')
      if (/^[0:-]+$|^[f:-]+$/.test(bare))
        return said('all zeros or all ones', 'a field left empty, or switched off by the owner')
      return devices.get(bare) ?? null
    }
    case 'hash':
      return hashesOfNothing.has(plain.split('/').at(-1) ?? '')
        ? said('the hash of an empty file', 'FIPS 180-4, RFC 1321')
        : null
    default:
      return null
  }
}

function mailReason(address: string): GenericReason | null {
  const [local = '', domain = ''] = address.split('@')
  if (exampleDomains.test(domain)) return said('a domain kept for examples', 'RFC 2606, RFC 6761')
  if (disposable.has(domain))
    return said('a mailbox that anybody can open', 'disposable-email-domains/disposable-email-domains (CC0)')
  return roles.has(local.split('+')[0] ?? '') ? said('the name of a role, not of a person', 'RFC 2142') : null
}

/** Births that registers write when they know no more; such a date is a year at most. */
export function genericBirth(date: string): GenericReason | null {
  const digits = date.replace(/\D/g, '')
  if (digits === '19700101')
    return said('the first instant of Unix time: a field left empty', 'POSIX, seconds since the Epoch')
  if (digits === '19000101')
    return said('the first day that spreadsheets know: a field left empty', 'ECMA-376, 1900 date base')
  return digits.length === 8 && digits.endsWith('0101')
    ? said('1 January, which is written where only the year is known', 'the practice of registers')
    : null
}
