import type { Head } from '../head.ts'
import { type Fit, type Limits, type Reader, type ReaderEnd, wholeFile } from '../reader.ts'
import type { Entry, ItemRecord } from '../record.ts'
import { readMail } from './mail.ts'

export const emlReader = {
  id: 'eml',
  title: 'Mail (EML, RFC 5322)',
  detect: detectMail,
  read: readEml,
} satisfies Omit<Reader, 'id'> & { readonly id: 'eml' }

const core = new Set([
  'from',
  'to',
  'date',
  'subject',
  'message-id',
  'received',
  'return-path',
  'delivered-to',
  'mime-version',
  'content-type',
  'sender',
  'reply-to',
  'cc',
  'in-reply-to',
  'references',
  'dkim-signature',
  'newsgroups',
  'x-mailer',
])
const own = new Set(['from', 'received', 'message-id', 'return-path', 'delivered-to', 'mime-version'])

/** Names of the fields at the start of a text, up to the blank line; null when more than a few lines are no field. */
export function fieldNames(text: string): string[] | null {
  const names: string[] = []
  let broken = 0
  for (const line of text.split(/\r?\n/, 200)) {
    if (line === '') return names
    if (/^[ \t]/.test(line) && names.length > 0) continue
    const name = /^([\x21-\x39\x3b-\x7e]{1,100})[ \t]*:/.exec(line)?.[1]
    if (name === undefined && (names.length < 2 || broken === 3)) return null
    if (name === undefined) broken += 1
    else names.push(name.toLowerCase())
  }
  return names
}

export const coreFields = (names: readonly string[]): number => new Set(names.filter((name) => core.has(name))).size

/** Two fields that only mail has, one of them of the delivery: then the content names the format. */
function detectMail(head: Head): Fit {
  if (head.looksLike === 'empty' || head.looksLike === 'binary' || head.bom === 'utf-16le' || head.bom === 'utf-16be')
    return 'no'
  // A head may end inside the header: its last line is not judged then.
  const whole = head.text.search(/\r?\n\r?\n/) >= 0
  const names = fieldNames(whole ? head.text : head.text.slice(0, head.text.lastIndexOf('\n')))
  if (names === null) return 'no'
  const count = coreFields(names)
  if (count >= 2 && names.some((name) => own.has(name))) return 'certain'
  return count >= 2 || (count === 1 && /^content-type:\s*(?:multipart|message)\//im.test(head.text)) ? 'possible' : 'no'
}

function* readEml(bytes: Uint8Array, limits: Limits): Generator<Entry<ItemRecord>, ReaderEnd, undefined> {
  if (bytes.length === 0) yield wholeFile('file-empty', 'the file is empty')
  else yield readMail(bytes, { format: 'eml', place: 'mail', whole: { name: null, place: 'whole file' } }, limits)
  return { claimedRecords: null, remarks: [] }
}
