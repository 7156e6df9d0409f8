import { readTimeClaim } from '@tandem/core'
import { keptBytes, takeBody } from '../bulk/body.ts'
import { Digests } from '../bulk/digests.ts'
import { ItemDraft, setAside } from '../bulk/item.ts'
import type { Limits } from '../reader.ts'
import type { Entry, ItemRecord, Place } from '../record.ts'
import type { RecordFault } from './cutter.ts'
import { readDigest } from './digest-text.ts'
import { contradicted, type Field, fieldOf, readFields } from './fields.ts'
import { type HttpFault, HttpMessage } from './http.ts'

const faultSays: Readonly<Record<RecordFault, (bytes: number) => string>> = {
  'cut-off': (bytes) => `The file ends inside the record: ${bytes} bytes are missing.`,
  'length-too-long': (bytes) => `The stated length reaches ${bytes} bytes into the next record.`,
  'length-too-short': (bytes) =>
    `The stated length is too short, or foreign bytes follow: ${bytes} bytes belong to no record.`,
  'length-missing': (bytes) => `No length is stated; ${bytes} bytes up to the next record were not read.`,
  'end-missing': () => 'The two line ends behind the record are missing; the next record follows.',
}

const httpSays: Readonly<Record<HttpFault, string>> = {
  'chunked-broken': 'The body is said to be in chunks and is not; it is taken as it stands.',
  'encoding-broken': 'The body is said to be compressed and cannot be unpacked to its end.',
  'encoding-unknown': 'The body is encoded in a way that is not read; its digest is of the encoded form.',
  'body-too-large': 'The unpacked body is larger than this lane accepts; it was not read to its end.',
  'http-header-broken': 'The record is said to hold HTTP and does not begin with its first line.',
}

const ownFields: ReadonlySet<string> = new Set([
  'warc-type',
  'warc-record-id',
  'warc-date',
  'warc-target-uri',
  'warc-concurrent-to',
  'warc-refers-to',
  'content-length',
])

/** One WARC record while its block streams past. */
export class Capture {
  readonly #place: Place
  readonly #fields: readonly Field[]
  readonly #limits: Limits
  readonly #version: string
  readonly #type: string
  readonly #block = new Digests()
  readonly #http: HttpMessage | null
  readonly #kept: Uint8Array[] = []
  #keptLength = 0

  constructor(place: Place, version: string, fields: readonly Field[], limits: Limits) {
    this.#place = place
    this.#fields = fields
    this.#limits = limits
    this.#version = version
    this.#type = (this.#field('WARC-Type') ?? '').toLowerCase()
    const isHttp = /^application\/http\b/i.test(this.#field('Content-Type') ?? '')
    this.#http = isHttp ? new HttpMessage(keptBytes(limits), limits.maxBytes) : null
  }

  block(bytes: Uint8Array): void {
    this.#block.update(bytes)
    if (this.#http !== null) this.#http.push(bytes)
    else if (this.#keptLength < keptBytes(this.#limits)) {
      const piece = Uint8Array.from(bytes.subarray(0, keptBytes(this.#limits) - this.#keptLength))
      this.#kept.push(piece)
      this.#keptLength += piece.length
    }
  }

  finish(fault: RecordFault | null, bytes: number): Entry<ItemRecord> {
    if (fault === 'cut-off' || fault === 'length-too-long' || fault === 'length-missing') {
      return setAside(fault, this.#place, faultSays[fault](bytes))
    }
    const draft = new ItemDraft('warc', 'capture', this.#place, { name: null, place: 'whole file' })
    if (fault !== null) draft.remark(fault, faultSays[fault](bytes))
    this.#head(draft)
    this.#http?.end()
    if (this.#http !== null) this.#message(draft, this.#http)
    else this.#plain(draft)
    this.#check(draft, 'WARC-Block-Digest', [this.#block], 'block-digest')
    return draft.entry()
  }

  #field(name: string): string | null {
    return fieldOf(this.#fields, name)
  }

  #head(draft: ItemDraft): void {
    const { record } = draft
    record.reference = bare(this.#field('WARC-Record-ID'))
    record.answers = bare(this.#field('WARC-Refers-To') ?? this.#field('WARC-Concurrent-To'))
    for (const name of contradicted(this.#fields))
      draft.remark('field-twice', `The record says ${name} more than once, and not the same; the first counts here.`)
    if (record.reference === null) draft.remark('no-record-id', 'The record has no id.')
    if (this.#type === '') draft.remark('no-type', 'The record does not say what it is.')
    record.flags = { revisit: this.#type === 'revisit' ? 'yes' : 'no' }
    const date = this.#field('WARC-Date')
    if (date !== null) draft.time(readTimeClaim(date), 'captured')
    if (date === null || record.at?.instant === null)
      draft.remark('no-date', 'The record has no time that can be read.')
    draft.detail('warc version', this.#version)
    draft.detail('warc type', this.#type)
    const target = bare(this.#field('WARC-Target-URI'))
    if (target !== null) {
      draft.detail('target', target)
      draft.mention('url', target)
      if (this.#field('WARC-Target-URI')?.startsWith('<') === true) {
        draft.remark('target-in-brackets', 'The target stands in angle brackets, as some programs write it.')
      }
      if (/\s/.test(target))
        draft.remark('target-with-blank', 'The target holds a blank and is no address as it stands.')
    }
    const address = this.#field('WARC-IP-Address')
    if (address !== null && !draft.mention('ip', address)) {
      draft.remark('ip-impossible', 'What stands as the address of the server is none that can exist.')
    }
    for (const { name, value } of this.#fields) if (!ownFields.has(name.toLowerCase())) draft.detail(name, value)
  }

  #message(draft: ItemDraft, http: HttpMessage): void {
    const { place } = draft
    draft.detail('http start', http.startLine)
    for (const { name, value } of http.fields) draft.detail(`http ${name.toLowerCase()}`, value)
    for (const fault of http.faults) draft.remark(fault, httpSays[fault])
    if (http.meant.length > 0 && this.#type !== 'revisit') {
      const contentType = fieldOf(http.fields, 'Content-Type')
      const url = bare(this.#field('WARC-Target-URI'))
      const file = draft.file({ place, hashes: http.meant.at(place), contentType, url })
      draft.detail('length', String(http.meant.length), place, file)
      takeBody(draft, { head: Buffer.concat(http.kept), length: http.meant.length }, 'other', place, this.#limits)
    }
    this.#check(draft, 'WARC-Payload-Digest', [http.sent, http.joined, http.meant], 'payload-digest')
  }

  #plain(draft: ItemDraft): void {
    const { place } = draft
    const head = Buffer.concat(this.#kept)
    const contentType = this.#field('Content-Type')
    if (/^application\/warc-fields\b/i.test(contentType ?? '')) {
      for (const { name, value } of readFields(head.toString('utf8'))) draft.detail(`${this.#type} ${name}`, value)
    } else if (this.#block.length > 0) {
      const url = bare(this.#field('WARC-Target-URI'))
      const file = draft.file({ place, hashes: this.#block.at(place), contentType, url })
      draft.detail('length', String(this.#block.length), place, file)
      takeBody(draft, { head, length: this.#block.length }, 'other', place, this.#limits)
    }
    this.#check(draft, 'WARC-Payload-Digest', [this.#block], 'payload-digest')
  }

  /** A digest that is stated is checked; archives differ in whether the payload is meant with or without its chunks. */
  #check(draft: ItemDraft, name: string, forms: readonly Digests[], what: string): void {
    const written = this.#field(name)
    // A revisit has no body: its digest is of the body that was captured before (ISO 28500, 6.7).
    if (written === null || (this.#type === 'revisit' && what === 'payload-digest')) return
    const digest = readDigest(written)
    if (digest === null)
      draft.remark(`${what}-unreadable`, `The ${what.replace('-', ' ')} is of no form that is known.`)
    else if (forms.some((form) => form.hex()[digest.algorithm] === digest.hex))
      draft.detail(`${what} verified`, digest.algorithm)
    else
      draft.remark(
        `${what}-wrong`,
        `The ${what.replace('-', ' ')} does not fit the bytes: they are not what was captured.`,
      )
  }
}

/** Without the angle brackets of ids and of some programs' targets. */
function bare(value: string | null): string | null {
  if (value === null) return null
  return value.startsWith('<') && value.endsWith('>') ? value.slice(1, -1) : value
}
