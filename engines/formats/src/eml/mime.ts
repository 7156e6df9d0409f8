import type { Limits } from '../reader.ts'
import { type Field, firstField, type Structured, structured } from './header.ts'

/** One part of a mail with the span of its body; the mail itself is part `0`, a message inside is a part too. */
export interface Part {
  /** `1.2` counts parts from one, as IMAP does; `1.2.m` is the message inside part 1.2. */
  readonly number: string
  readonly parent: Part | null
  readonly fields: Field[]
  type: Structured
  encoding: string
  disposition: Structured
  role: 'multipart' | 'message' | 'leaf'
  bodyStart: number
  bodyEnd: number
  children: number
  /** Of a multipart: where the text before its first delimiter ends. */
  preambleEnd: number | null
  /** The closing line of a multipart was met. */
  closed: boolean
}

export interface MimeTree {
  readonly parts: readonly Part[]
  readonly faults: ReadonlySet<MimeFault>
}

export type MimeFault =
  | 'too-many-headers'
  | 'too-many-parts'
  | 'too-deep'
  | 'header-damaged'
  | 'boundary-open'
  | 'boundary-missing'

const fieldStart = /^([\x21-\x39\x3b-\x7e]{1,256})[ \t]*:/
const empty = structured('')
const plainText = structured('text/plain')

/** Lists every part in one pass over the lines. `text` holds one character a byte. */
export function mimeTree(text: string, limits: Limits): MimeTree {
  const walk = new Walk(text, limits)
  walk.run()
  return { parts: walk.parts, faults: walk.faults }
}

class Walk {
  readonly parts: Part[] = []
  readonly faults = new Set<MimeFault>()
  readonly #text: string
  readonly #limits: Limits
  /** Open multiparts, outermost first. */
  readonly #open: { readonly part: Part; readonly mark: string }[] = []
  #current: Part
  #inHeader = true
  #depth = 0

  constructor(text: string, limits: Limits) {
    this.#text = text
    this.#limits = limits
    this.#current = this.#add(null, '0')
  }

  run(): void {
    const text = this.#text
    let start = text.startsWith('\xef\xbb\xbf') ? 3 : 0
    while (start < text.length) {
      const newline = text.indexOf('\n', start)
      const next = newline < 0 ? text.length : newline + 1
      const end = newline < 0 ? text.length : text[newline - 1] === '\r' && newline > start ? newline - 1 : newline
      this.#line(start, end, next)
      start = next
    }
    if (this.#inHeader) this.#endHeader(text.length)
    this.#current.bodyEnd = text.length
    for (const { part } of this.#open) if (!part.closed) this.faults.add('boundary-open')
    if (this.#open.length > 0) for (const { part } of this.#open) part.bodyEnd = text.length
  }

  #line(start: number, end: number, next: number): void {
    if (
      this.#text.charCodeAt(start) === 0x2d &&
      this.#text.charCodeAt(start + 1) === 0x2d &&
      this.#delimiter(start, end, next)
    )
      return
    if (!this.#inHeader) return
    if (end === start) this.#endHeader(next)
    else this.#headerLine(start, end)
  }

  #headerLine(start: number, end: number): void {
    const { fields } = this.#current
    const first = this.#text.charCodeAt(start)
    const last = fields.at(-1)
    if (first === 0x20 || first === 0x09) {
      if (last === undefined) return
      const room = this.#limits.maxLineLength - last.raw.length
      if (room > 0)
        fields[fields.length - 1] = {
          ...last,
          raw: `${last.raw}${this.#text.slice(start, Math.min(end, start + room))}`,
        }
      return
    }
    const name = fieldStart.exec(this.#text.slice(start, Math.min(end, start + 300)))
    if (name === null) {
      // The envelope line of an mbox stands before the fields.
      if (fields.length === 0 && this.#text.startsWith('From ', start)) return
      this.faults.add('header-damaged')
      if (last !== undefined && this.#fieldsGoOn(end)) {
        // A broken line in the middle: it is kept with the field before, and what follows is not lost.
        fields[fields.length - 1] = {
          ...last,
          raw: `${last.raw} ${this.#text.slice(start, Math.min(end, start + 4096))}`,
        }
        return
      }
      this.#endHeader(start)
      return
    }
    if (fields.length >= this.#limits.maxKeys) {
      this.faults.add('too-many-headers')
      return
    }
    const [whole, key = ''] = name
    fields.push({
      name: key,
      key: key.toLowerCase(),
      raw: this.#text.slice(start + whole.length, end).replace(/^[ \t]/, ''),
    })
  }

  /** Whether a field follows within a few lines and before a blank one. */
  #fieldsGoOn(from: number): boolean {
    const ahead = this.#text.slice(from, from + 4096).replace(/^\r?\n/, '')
    for (const line of ahead.split(/\r?\n/, 20)) {
      if (line === '' || line.startsWith('--')) return false
      if (fieldStart.test(line)) return true
    }
    return false
  }

  #endHeader(bodyStart: number): void {
    const part = this.#current
    this.#inHeader = false
    part.bodyStart = bodyStart
    part.bodyEnd = bodyStart
    const inDigest = part.parent?.role === 'multipart' && part.parent.type.value === 'multipart/digest'
    const field = firstField(part.fields, 'content-type')
    part.type = structured(field?.raw ?? (inDigest ? 'message/rfc822' : 'text/plain'))
    part.encoding = (firstField(part.fields, 'content-transfer-encoding')?.raw ?? '').trim().toLowerCase()
    part.disposition = structured(firstField(part.fields, 'content-disposition')?.raw ?? '')
    const boundary = part.type.parameters.get('boundary')
    if (part.type.value.startsWith('multipart/')) this.#openMultipart(part, boundary)
    else if (part.type.value === 'message/rfc822' && !/^(?:base64|quoted-printable)$/.test(part.encoding))
      this.#openMessage(part)
  }

  #openMultipart(part: Part, boundary: string | undefined): void {
    if (boundary === undefined) this.faults.add('boundary-missing')
    else if (this.#depth >= this.#limits.maxDepth) this.faults.add('too-deep')
    else {
      this.#depth += 1
      part.role = 'multipart'
      this.#open.push({ part, mark: `--${boundary}` })
    }
  }

  #openMessage(part: Part): void {
    if (this.#depth >= this.#limits.maxDepth) {
      this.faults.add('too-deep')
      return
    }
    this.#depth += 1
    part.role = 'message'
    this.#current = this.#add(part, `${part.number}.m`)
    this.#current.bodyStart = part.bodyStart
    this.#inHeader = true
  }

  #delimiter(start: number, end: number, next: number): boolean {
    for (let at = this.#open.length - 1; at >= 0; at -= 1) {
      const open = this.#open[at]
      if (open === undefined || !this.#text.startsWith(open.mark, start)) continue
      const rest = this.#text.slice(start + open.mark.length, Math.min(end, start + open.mark.length + 100))
      const closing = /^--[ \t]*$/.test(rest)
      if (!closing && !/^[ \t]*$/.test(rest)) continue
      if (this.parts.length >= this.#limits.maxKeys) {
        this.faults.add('too-many-parts')
        return false
      }
      this.#leaveTo(at, start)
      if (closing) {
        open.part.closed = true
        open.part.preambleEnd ??= start
        open.part.bodyEnd = next
        this.#open.length = at
        // What follows belongs to nobody (RFC 2046 section 5.1.1): an epilogue.
        this.#current = this.#add(open.part, `${open.part.number}.epilogue`)
        this.#current.type = plainText
        this.#current.bodyStart = next
        this.#current.bodyEnd = next
        this.#inHeader = false
      } else {
        open.part.children += 1
        open.part.preambleEnd ??= start
        this.#current = this.#add(open.part, childNumber(open.part))
        this.#current.bodyStart = next
        this.#inHeader = true
      }
      return true
    }
    return false
  }

  /** Ends the part that is being read, and every multipart inside the one at `index`. */
  #leaveTo(index: number, start: number): void {
    // The line end before a delimiter belongs to the delimiter (RFC 2046 section 5.1.1).
    const text = this.#text
    const end = text[start - 1] === '\n' ? (text[start - 2] === '\r' ? start - 2 : start - 1) : start
    if (this.#inHeader) this.#endHeaderAt(start)
    for (let part: Part | null = this.#current; part !== null && part !== this.#open[index]?.part; part = part.parent) {
      if (!part.closed) part.bodyEnd = Math.max(part.bodyStart, end)
    }
    for (const { part } of this.#open.slice(index + 1)) if (!part.closed) this.faults.add('boundary-open')
    this.#open.length = index + 1
    this.#depth = depthOf(this.#open[index]?.part ?? null)
  }

  /** A part that ends inside its header has no body; it opens nothing. */
  #endHeaderAt(start: number): void {
    const part = this.#current
    this.#inHeader = false
    part.bodyStart = start
    part.bodyEnd = start
    part.type = structured(firstField(part.fields, 'content-type')?.raw ?? 'text/plain')
  }

  #add(parent: Part | null, number: string): Part {
    const part: Part = {
      number,
      parent,
      fields: [],
      type: empty,
      encoding: '',
      disposition: empty,
      role: 'leaf',
      bodyStart: 0,
      bodyEnd: 0,
      children: 0,
      preambleEnd: null,
      closed: false,
    }
    this.parts.push(part)
    return part
  }
}

const childNumber = (parent: Part): string =>
  parent.number === '0' ? String(parent.children) : `${parent.number}.${parent.children}`

function depthOf(part: Part | null): number {
  let depth = 0
  for (let at = part; at !== null; at = at.parent) if (at.role !== 'leaf') depth += 1
  return depth
}
