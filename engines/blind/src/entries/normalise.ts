import { err, ok, type Result } from '@tandem/core'
import {
  type Identifier,
  type IdentifierRefusal,
  readAccount,
  readDomain,
  readEmail,
  readHash,
  readIban,
  readIccid,
  readImei,
  readImsi,
  readIp,
  readOnion,
  readPgpKeyName,
  readPhone,
  readWallet,
} from '@tandem/identifiers'
import { isCanary } from './canary.ts'
import { type Entry, type EntryKind, type EntryRefusal, inputOf, longestCanonical } from './entry.ts'

type Forms = Result<readonly string[], EntryRefusal>
type IdentifierEntryKind = Exclude<EntryKind, 'event'>

/**
 * One written identifier as both sides must write it, or the reason why it cannot be asked about. Two agencies that
 * read the same value from different reports get the same bytes here, or they never find each other.
 */
export function readEntry(kind: IdentifierEntryKind, written: string, reference: string): Result<Entry, EntryRefusal> {
  const forms = canonicalForms(kind, written)
  if (!forms.ok) return forms
  if (forms.value.some((form) => form.length > longestCanonical)) {
    return refused('entry-too-long', 'longer than any value of this kind')
  }
  const inputs = forms.value.map((form) => inputOf(kind, form))
  if (inputs.some(isCanary)) return refused('entry-unassigned', 'out of a range that nobody can have')
  return ok({ reference, kind, inputs })
}

/** The canonical forms alone, for showing an officer what exactly is compared. */
export const canonicalForms = (kind: IdentifierEntryKind, written: string): Forms => readers[kind](written)

const readers: Record<IdentifierEntryKind, (written: string) => Forms> = {
  account: (written) => {
    // As identifiers write it: platform|username/name or platform|id/name.
    const [, platform = '', by = '', name = ''] = /^([^|]+)\|(username|id)\/(.+)$/.exec(written.trim()) ?? []
    if (platform === '') return refused('entry-account', 'write platform|username/name or platform|id/value')
    return formsOf(readAccount(platform, by === 'id' ? 'id' : 'username', name))
  },
  domain: (written) => formsOf(readDomain(written)),
  email: (written) => formsOf(readEmail(written)),
  hash: (written) => {
    const [, named = '', digits = ''] = /^([A-Za-z0-9-]+)\/([0-9A-Fa-f]+)$/.exec(written.trim()) ?? []
    if (named === '') return refused('entry-hash', 'name the algorithm: sha256/ and the digits')
    return formsOf(readHash(digits, named))
  },
  iban: (written) => formsOf(readIban(written)),
  iccid: (written) => formsOf(readIccid(written)),
  imei: (written) => formsOf(readImei(written)),
  imsi: (written) => formsOf(readImsi(written)),
  ip: (written) => {
    const reading = readIp(written)
    if (!reading.ok) return reading
    const { scope, zone, address, mappedIpv4 } = reading.value
    if (zone !== null || sharedScopes.has(scope)) {
      return refused('entry-ip-shared', 'an address that many machines have at once names no subscriber')
    }
    return ok([mappedIpv4 ?? address])
  },
  onion: (written) => formsOf(readOnion(written)),
  'pgp-key': (written) => formsOf(readPgpKeyName(written), (normal) => !normal.startsWith('keyid/')),
  phone: (written) => {
    const reading = readPhone(written)
    if (!reading.ok) return reading
    const { e164 } = reading.value
    return e164 === null
      ? refused('entry-phone-country', 'write the number with its country, as +44...: the other side cannot guess it')
      : ok([e164])
  },
  wallet: (written) => formsOf(readWallet(written)),
}

const sharedScopes = new Set([
  'private',
  'carrierGradeNat',
  'loopback',
  'linkLocal',
  'uniqueLocal',
  'multicast',
  'broadcast',
  'unspecified',
])

function formsOf(
  reading: Result<{ readonly identifier: Identifier }, IdentifierRefusal>,
  isExact: (normal: string) => boolean = () => true,
): Forms {
  if (!reading.ok) return reading
  const { normal, also = [] } = reading.value.identifier
  if (!isExact(normal)) return refused('entry-partial', 'only part of the value: two things can share it')
  return ok([normal, ...also])
}

const refused = (code: string, says: string): Result<never, EntryRefusal> => err({ code, says })
