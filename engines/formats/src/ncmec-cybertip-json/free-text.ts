import { readTimeClaim } from '@tandem/core'
import { extractText, readIp } from '@tandem/identifiers'
import type { Narrative, Place } from '../record.ts'
import type { Draft, Owner } from './draft.ts'
import type { TipNode } from './node.ts'

/** Lines in which providers hide facts that have no field: `Full Name: ...`. Found in texts of the provider named. */
interface LineRule {
  readonly name: string
  readonly of: RegExp
  readonly labels: readonly string[]
}

/** As two public readers of real files describe them. A label counts only at the beginning of a line. */
const lineRules: readonly LineRule[] = [
  { name: 'X', of: /^(?:x|twitter)\b/i, labels: ['Full Name', 'Location', 'Description', 'Type', 'Text'] },
  { name: 'Yahoo', of: /yahoo|oath/i, labels: ['Sent Date', 'From', 'To', 'X-Ymail-Msg-Id', 'Message ID'] },
  {
    name: 'Meta',
    of: /facebook|meta\b|instagram|whatsapp/i,
    labels: ['Was File Reviewed by Company?', 'Messenger Thread ID', 'Uploaded'],
  },
  { name: 'MeetMe', of: /meet ?me/i, labels: ['To', 'From', 'Sent', 'Subject', 'Message'] },
]

const MAX_FOUND = 5_000

/** Keeps a text word for word, and what is found in it as weaker facts with their offsets and the rule that found them. */
export function readFreeText(draft: Draft, node: TipNode, about: Narrative['about'], owner: Owner): void {
  const written = node.text
  if (written === null) return
  const text = draft.safe(written, node.place)
  draft.narratives.push({ place: node.place, about, author: null, text })
  const at = (start: number, end: number): Place => `${node.place}, characters ${start}-${end}`
  readIdentifiers(draft, text, at)
  readCashtags(draft, text, at, owner)
  readLabels(draft, text, at, owner)
  readAddressList(draft, text, at)
  const fragment = text.indexOf('{"report_surface":')
  if (fragment >= 0) {
    draft.detail('from free text: report_surface fragment', text.slice(fragment), at(fragment, text.length), owner)
  }
}

/** `additionalInformations: [{ value }]`, wrapped or not, or one plain text. */
export function readInformations(draft: Draft, node: TipNode, about: Narrative['about'], owner: Owner): void {
  for (const item of node.nested('additionalInformations')) {
    if (!item.isObject) readFreeText(draft, item, about, owner)
    for (const key of item.keys()) {
      const child = item.one(key)
      if (child === null) continue
      if (key === 'value') for (const text of child.items()) readFreeText(draft, text, about, owner)
      else draft.leaves(child, `additionalInformation.${key}`, owner)
    }
  }
}

/** Identifiers in prose are leads: whose they are nobody says, so they belong to the tip and never fold anything. */
function readIdentifiers(draft: Draft, text: string, at: (start: number, end: number) => Place): void {
  let found = 0
  for (const { identifier, original, start, end } of extractText(text)) {
    if (identifier.kind === 'date') continue
    found += 1
    if (found > MAX_FOUND) {
      draft.remark('too-many-found', at(start, text.length), `Only the first ${MAX_FOUND} identifiers are listed.`)
      return
    }
    const because = `from free text: ${identifier.because}`
    draft.mentions.push({
      original,
      place: at(start, end),
      person: null,
      identifier: { ...identifier, strength: 'weak', because },
    })
  }
}

/** Cash App names its accounts in texts alone. */
function readCashtags(draft: Draft, text: string, at: (start: number, end: number) => Place, owner: Owner): void {
  if (!/block|cash ?app|square/i.test(draft.provider)) return
  for (const match of text.matchAll(/(?<![\w$])\$[A-Za-z][A-Za-z0-9_-]{0,19}(?![\w$])/g)) {
    draft.detail('from free text: cashtag', match[0], at(match.index, match.index + match[0].length), owner)
  }
}

function readLabels(draft: Draft, text: string, at: (start: number, end: number) => Place, owner: Owner): void {
  const rules = lineRules.filter(({ of }) => of.test(draft.provider.trim()))
  if (rules.length === 0) return
  const messages = new Messages(draft, at)
  let offset = 0
  for (const line of text.split('\n')) {
    const trimmed = line.trimStart()
    for (const { name, labels } of rules) {
      const label = labels.find((each) => trimmed.toLowerCase().startsWith(each.toLowerCase()))
      if (label === undefined) continue
      const value = valueBehind(trimmed.slice(label.length), label)
      if (value === '') continue
      const start = offset + line.indexOf(value, line.length - trimmed.length + label.length)
      draft.detail(`from free text: ${name} ${label}`, value, at(start, start + value.length), owner)
      if (name === 'MeetMe') messages.line(label, value, start)
    }
    offset += line.length + 1
  }
  messages.end()
}

/** A colon follows the label, but for the two that Meta writes without one. */
function valueBehind(behind: string, label: string): string {
  const marked = /^\s*[:=]/.test(behind)
  if (!marked && !label.endsWith('?') && label !== 'Uploaded') return ''
  return behind.replace(/^\s*[:=]?/, '').trim()
}

/** MeetMe writes private messages as five lines each; each becomes a message with its writer and its time. */
class Messages {
  readonly #draft: Draft
  readonly #at: (start: number, end: number) => Place
  #from: string | null = null
  #sent: string | null = null
  #text: { readonly text: string; readonly start: number } | null = null

  constructor(draft: Draft, at: (start: number, end: number) => Place) {
    this.#draft = draft
    this.#at = at
  }

  line(label: string, value: string, start: number): void {
    if ((label === 'To' || label === 'From') && this.#text !== null) this.end()
    if (label === 'From') this.#from = value
    if (label === 'Sent') this.#sent = value
    if (label === 'Message') this.#text = { text: value, start }
  }

  end(): void {
    if (this.#text === null) return
    const { text, start } = this.#text
    this.#draft.narratives.push({
      place: this.#at(start, start + text.length),
      about: 'conversation',
      author: null,
      text,
      at: this.#sent === null ? null : readTimeClaim(this.#sent),
      from: this.#from,
    })
    this.#from = null
    this.#sent = null
    this.#text = null
  }
}

const listedAddress =
  /(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?: ?(?:Z|UTC))?)\s+([0-9a-fA-F:.]{3,45})(?:\s+\(([^)\n]{1,200})\))?/g

/** `YYYY-MM-DD hh:mm:ss IP (device)`: a list of log-ins inside a text. Without a zone it names no instant. */
function readAddressList(draft: Draft, text: string, at: (start: number, end: number) => Place): void {
  let holder: number | null = null
  for (const match of text.matchAll(listedAddress)) {
    const [whole, written = '', address = '', device] = match
    const reading = readIp(address)
    if (!reading.ok) continue
    holder ??= soleReported(draft)
    const person: number = holder
    const place = at(match.index, match.index + whole.length)
    const time = readTimeClaim(written.replace(/ ?UTC$/, 'Z'))
    if (time.instant === null && readTimeClaim(`${written}Z`).instant !== null)
      draft.remark('zone-unknown', place, 'The time in the text has no zone; it is no instant.')
    else if (time.instant === null)
      draft.remark('time-invalid', place, 'The time in the text does not exist; it is kept as written.')
    draft.people[person]?.ipEvents.push({
      address: reading.value.address,
      port: null,
      time: { ...time, original: written },
      event: 'listed in free text',
      possibleProxy: 'not said',
      place,
    })
    draft.detail('from free text: device', device ?? null, place, { person, file: null })
  }
}

function soleReported(draft: Draft): number {
  const reported = draft.people.flatMap(({ role }, index) => (role === 'reported' ? [index] : []))
  const [only] = reported
  return reported.length === 1 && only !== undefined ? only : draft.person('other', 'free text')
}
