import type { TypedKind } from '../bulk/item.ts'

/** What the value of an attribute type holds, for those that name an identifier, a file or free text. */
export type AttributePart = TypedKind | 'hash' | 'filename' | 'account' | 'port' | 'text' | 'other'

const parts: Readonly<Record<string, AttributePart>> = {
  'ip-src': 'ip',
  'ip-dst': 'ip',
  ip: 'ip',
  email: 'email',
  'email-src': 'email',
  'email-dst': 'email',
  'email-reply-to': 'email',
  'whois-registrant-email': 'email',
  'dns-soa-email': 'email',
  'target-email': 'email',
  url: 'url',
  link: 'url',
  uri: 'url',
  'phone-number': 'phone',
  'whois-registrant-phone': 'phone',
  md5: 'hash',
  sha1: 'hash',
  sha224: 'hash',
  sha256: 'hash',
  sha384: 'hash',
  sha512: 'hash',
  filename: 'filename',
  attachment: 'filename',
  'malware-sample': 'filename',
  port: 'port',
  text: 'text',
  comment: 'text',
  'email-body': 'text',
  'email-subject': 'text',
}

export const partOf = (type: string): AttributePart => (Object.hasOwn(parts, type) ? (parts[type] ?? 'other') : 'other')

/** `filename|md5` and its like hold two values, joined by the same sign. */
export const isComposite = (type: string): boolean => type.includes('|') || type === 'malware-sample'

export const typesOf = (type: string): readonly string[] =>
  type === 'malware-sample' ? ['filename', 'md5'] : type.split('|')
