import { MessageDraft, storable } from '../conversation/message.ts'
import type { Limits } from '../reader.ts'
import type { Entry, ItemRecord, Place } from '../record.ts'
import { type Envelope, readEnvelope } from './envelope.ts'
import { firstField } from './header.ts'
import { readLeaf } from './leaf.ts'
import { type MimeFault, mimeTree, type Part } from './mime.ts'

export interface MailAt {
  readonly format: 'eml' | 'mbox'
  readonly place: Place
  readonly whole: ItemRecord['whole']
}

const faults: Readonly<Record<MimeFault, string>> = {
  'too-many-headers': 'more header fields than any real mail: the rest was not read',
  'too-many-parts': 'more parts than any real mail: the rest is read as text of the last one',
  'too-deep': 'nested deeper than any real mail: the inner parts are read as text',
  'header-damaged': 'a line of the header is no field: kept with the field before it, or read as the body',
  'boundary-open': 'a multipart is not closed: the mail may be cut off',
  'boundary-missing': 'a multipart names no boundary: read as one text',
}

/** One mail with all that is inside it: one record. `bytes` is the mail without the line that separates it in a box. */
export function readMail(bytes: Uint8Array, at: MailAt, limits: Limits, draft = new MessageDraft()): Entry<ItemRecord> {
  const { place } = at
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const { parts, faults: found } = mimeTree(text, limits)
  const [mail] = parts
  if (mail === undefined || mail.fields.length === 0) {
    const says = 'no header field stands at the start: not a mail'
    return { outcome: 'set-aside', place, reason: { code: 'no-header', place, says } }
  }
  for (const fault of found) draft.remark(fault, place, faults[fault])
  const envelopes = new Map<Part, Envelope>()
  for (const part of parts) {
    if (isMessage(part)) envelopes.set(part, readEnvelope(draft, part.fields, placeOf(part, place)))
  }
  const outer = envelopes.get(mail)
  if (outer !== undefined) Object.assign(draft, outer)
  draft.atMeaning = draft.at === null ? null : 'Date header: the clock of the sender'
  readFlags(draft, mail)
  for (const part of parts) {
    const own = envelopes.get(messageOf(part)) ?? null
    readPart(draft, part, text, placeOf(part, place), own, limits)
    if (!part.number.endsWith('.epilogue'))
      draft.detail('part', storable(`${part.number} ${part.type.value}`), placeOf(part, place))
  }
  return draft.entry(at.format, 'mail', at.whole, place)
}

const isMessage = (part: Part): boolean => part.number === '0' || part.number.endsWith('.m')

function messageOf(part: Part): Part {
  let at = part
  while (!isMessage(at) && at.parent !== null) at = at.parent
  return at
}

const placeOf = (part: Part, place: Place): Place => (part.number === '0' ? place : `${place}, part ${part.number}`)

function readPart(
  draft: MessageDraft,
  part: Part,
  text: string,
  place: Place,
  envelope: Envelope | null,
  limits: Limits,
): void {
  if (part.role === 'leaf') {
    if (part.number.endsWith('.epilogue') && text.slice(part.bodyStart, part.bodyEnd).trim() === '') return
    const shown = part.type.value.startsWith('multipart/') ? { ...part, ...plain } : part
    readLeaf(draft, shown, text.slice(part.bodyStart, part.bodyEnd), place, envelope, limits)
  } else if (part.role === 'multipart') {
    const before = text.slice(part.bodyStart, part.preambleEnd ?? part.bodyEnd)
    if (before.trim() === '') return
    if (part.children === 0)
      draft.remark('boundary-missing', place, 'the boundary is named and never met: read as one text')
    readLeaf(draft, { ...part, ...plain }, before, `${place}, before the parts`, envelope, limits)
  }
}

/** What stands before the parts has neither type nor encoding of its own. */
const plain = { encoding: '', type: { value: 'text/plain', parameters: new Map<string, string>() } }

function readFlags(draft: MessageDraft, mail: Part): void {
  const automatic = firstField(mail.fields, 'auto-submitted')
  if (automatic !== null) draft.flags['automatic'] = automatic.raw.trim().toLowerCase() === 'no' ? 'no' : 'yes'
  if (firstField(mail.fields, 'list-id') !== null) draft.flags['list'] = 'yes'
  if (mail.type.value === 'multipart/report') draft.flags['report'] = 'yes'
}
