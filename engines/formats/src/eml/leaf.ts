import { type MessageDraft, storable } from '../conversation/message.ts'
import type { Limits } from '../reader.ts'
import type { Narrative, Place } from '../record.ts'
import { decodeBody, sha256, strippedMark, textOf } from './body.ts'
import type { Envelope } from './envelope.ts'
import { decoded } from './header.ts'
import { htmlText } from './html-text.ts'
import type { Part } from './mime.ts'

/** Machine-made parts whose lines are fields: delivery reports (RFC 3464), receipts (RFC 8098), abuse (RFC 5965). */
const reports = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
  'message/disposition-notification',
  'message/feedback-report',
  'text/rfc822-headers',
])
const mostReportFields = 1000

/** A part without parts: text is kept, a report is taken apart, of everything else the digest stays. */
export function readLeaf(
  draft: MessageDraft,
  part: Part,
  raw: string,
  place: Place,
  envelope: Envelope | null,
  limits: Limits,
): void {
  const { value } = part.type
  if (!/^[^\s/]{1,127}\/[^\s/]{1,127}$/.test(value)) {
    draft.remark('content-type-invalid', place, 'the type of the part is no type and subtype: treated as a file')
  }
  const stripped = strippedMark.exec(raw)
  const body = decodeBody(raw, part.encoding)
  if (body.fault !== null && stripped === null) draft.remark('encoding-damaged', place, body.fault)
  const attached = part.disposition.value === 'attachment'
  const isText = value.startsWith('text/') || reports.has(value)
  if (
    !isText ||
    attached ||
    fileName(part) !== null ||
    !/^text\/(?:plain|html|enriched|rfc822-headers)$|^message\//.test(value)
  ) {
    addFile(draft, part, body.bytes, stripped, place)
  }
  if (!isText) return
  const { text, fault } = textOf(body.bytes, part.type.parameters.get('charset'))
  if (fault !== null) draft.remark('charset', place, fault)
  if (text.length > limits.maxStringLength) {
    draft.remark('text-too-long', place, `a text of ${text.length} characters: only its digest is kept`)
    addFile(draft, part, body.bytes, null, place)
  } else if (reports.has(value)) readReport(draft, text, place)
  else if (value === 'text/html') readHtml(draft, text, place, envelope)
  else say(draft, text, place, attached ? 'file' : 'conversation', envelope)
}

function say(
  draft: MessageDraft,
  text: string,
  place: Place,
  about: Narrative['about'],
  envelope: Envelope | null,
): void {
  if (text.trim() === '') return
  const author = envelope?.author ?? null
  draft.narratives.push({ place, about, author, text: draft.safe(text, place), at: envelope?.at ?? null, from: null })
}

function readHtml(draft: MessageDraft, html: string, place: Place, envelope: Envelope | null): void {
  const { text, links, moreLinks } = htmlText(html)
  say(draft, text, `${place} (words of the HTML)`, 'conversation', envelope)
  for (const link of links) {
    const written = draft.safe(link, place)
    if (/^mailto:/i.test(written)) draft.detail('link as written', written, place)
    else draft.link(written, `${place} (link)`)
  }
  if (moreLinks) draft.remark('list-too-long', place, 'more than 1000 links: the rest was not read')
}

function readReport(draft: MessageDraft, text: string, place: Place): void {
  const unfolded = text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  let count = 0
  for (const line of unfolded) {
    const colon = line.indexOf(':')
    if (line.trim() === '') continue
    count += 1
    if (count > mostReportFields) {
      draft.remark('list-too-long', place, `more than ${mostReportFields} lines in a report`)
      return
    }
    if (colon < 1 || colon > 100) draft.detail('report line', draft.safe(line, place), place)
    else readReportField(draft, line.slice(0, colon).trim(), line.slice(colon + 1).trim(), place)
  }
}

/** `Final-Recipient: rfc822; name@host`, `Source-IP: 192.0.2.2`. */
function readReportField(draft: MessageDraft, name: string, value: string, place: Place): void {
  const at = `${place}, field ${storable(name)}`
  const text = draft.safe(decoded(Buffer.from(value, 'utf8').toString('latin1')), at)
  draft.detail(storable(name), text, at)
  const key = name.toLowerCase()
  if (/^(?:final|original)-recipient$|^original-(?:mail-from|rcpt-to)$|^removal-recipient$/.test(key)) {
    const address = text.replace(/^[a-z0-9-]{1,30}\s*;\s*/i, '').trim()
    if (address.includes('@')) draft.email(address, at, null)
  } else if (key === 'source-ip') draft.addressMention(text, at, null)
  else if (key === 'reported-uri' && !/^mailto:/i.test(text)) draft.link(text, at)
}

export function fileName(part: Part): string | null {
  const name = part.disposition.parameters.get('filename') ?? part.type.parameters.get('name') ?? null
  return name === null || name.trim() === '' ? null : storable(name)
}

function addFile(draft: MessageDraft, part: Part, bytes: Buffer, stripped: RegExpExecArray | null, place: Place): void {
  const labels = [part.disposition.value || 'part']
  const name = fileName(part)
  const digest = stripped?.[1] ?? (bytes.length === 0 ? null : sha256(bytes))
  const length = stripped?.[2] ?? String(bytes.length)
  const hashes = digest === null ? [] : [{ kind: 'sha256', value: digest, place }]
  const contentType = part.type.value === '' ? null : storable(part.type.value.slice(0, 255))
  const file = draft.file(name, place, { hashes, contentType, labels: labels.map(storable) })
  draft.detail('bytes', length, place, { file })
  const digestSays = digest === null ? 'empty' : `SHA-256 ${digest}`
  draft.remark('body-dropped', place, `the file is not kept: ${length} bytes, ${digestSays}`)
}
