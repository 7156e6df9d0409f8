import { brotliDecompressSync } from 'node:zlib'
import { Digests } from '../bulk/digests.ts'
import { Gunzip } from '../packed/gunzip.ts'
import { type Field, fieldOf, readFields } from './fields.ts'

/** Undoes `Transfer-Encoding: chunked` (RFC 9112 section 7.1) as bytes come; what is not chunked passes as it is. */
export class Dechunk {
  broken = false
  #line = ''
  #left = 0
  #state: 'size' | 'data' | 'data-end' | 'done' | 'plain' = 'size'

  push(bytes: Buffer): Uint8Array[] {
    const out: Uint8Array[] = []
    let at = 0
    while (at < bytes.length) {
      if (this.#state === 'plain') {
        out.push(bytes.subarray(at))
        return out
      }
      if (this.#state === 'done') return out
      if (this.#state === 'data') {
        const end = Math.min(bytes.length, at + this.#left)
        out.push(bytes.subarray(at, end))
        this.#left -= end - at
        at = end
        if (this.#left === 0) this.#state = 'data-end'
        continue
      }
      const byte = bytes[at] ?? 0
      at += 1
      if (byte !== 0x0a) {
        this.#line += String.fromCharCode(byte)
        if (this.#line.length > 256) this.#giveUp(out)
      } else if (this.#state === 'data-end') {
        if (this.#line.trim() !== '') this.#giveUp(out)
        else this.#state = 'size'
        this.#line = ''
      } else this.#size(out)
    }
    return out
  }

  end(): Uint8Array[] {
    const out: Uint8Array[] = []
    if (this.#state !== 'done' && this.#state !== 'plain') {
      this.broken = true
      if (this.#state === 'size') out.push(Buffer.from(this.#line, 'latin1'))
    }
    return out
  }

  #size(out: Uint8Array[]): void {
    const [, hex] = /^([0-9a-fA-F]{1,8})[ \t]*(?:;.*)?\r?$/.exec(this.#line) ?? []
    if (hex === undefined) {
      this.#line += '\n'
      this.#giveUp(out)
      return
    }
    this.#left = Number.parseInt(hex, 16)
    this.#state = this.#left === 0 ? 'done' : 'data'
    this.#line = ''
  }

  #giveUp(out: Uint8Array[]): void {
    this.broken = true
    this.#state = 'plain'
    out.push(Buffer.from(this.#line, 'latin1'))
    this.#line = ''
  }
}

export type HttpFault =
  | 'chunked-broken'
  | 'encoding-broken'
  | 'encoding-unknown'
  | 'body-too-large'
  | 'http-header-broken'

/** One HTTP message as bytes come: header, digests of the body as sent, without chunks, and as it is meant. */
export class HttpMessage {
  startLine = ''
  fields: readonly Field[] = []
  readonly faults = new Set<HttpFault>()
  /** As it stands in the file; without the chunks; decoded. The last is what the page or file really is. */
  readonly sent = new Digests()
  readonly joined = new Digests()
  readonly meant = new Digests()
  kept: Uint8Array[] = []
  #keptLength = 0
  #head: Buffer | null = Buffer.alloc(0)
  #dechunk: Dechunk | null = null
  #encoding: 'gzip' | 'br' | null = null
  #gunzip: Gunzip | null = null
  readonly #packed: Uint8Array[] = []
  readonly #keep: number
  readonly #maxBody: number

  constructor(keep: number, maxBody: number) {
    this.#keep = keep
    this.#maxBody = maxBody
  }

  push(bytes: Uint8Array): void {
    if (this.#head === null) {
      this.#body(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
      return
    }
    this.#head = Buffer.concat([this.#head, bytes])
    const found = /\r?\n\r?\n/.exec(this.#head.toString('latin1', 0, 65_536))
    if (found === null && this.#head.length < 65_536) return
    this.#header(this.#head, found === null ? this.#head.length : found.index + found[0].length)
  }

  end(): void {
    if (this.#head !== null) this.#header(this.#head, this.#head.length)
    for (const bytes of this.#dechunk?.end() ?? []) this.#join(bytes)
    if (this.#dechunk?.broken === true && this.sent.length > 0) this.faults.add('chunked-broken')
    if (this.#gunzip !== null) this.#unpacked(this.#gunzip.end())
    if (this.#encoding === 'br') this.#brotli()
  }

  #header(all: Buffer, end: number): void {
    this.#head = null
    const text = all.toString('latin1', 0, end)
    const line = text.indexOf('\n')
    this.startLine = (line < 0 ? text : text.slice(0, line)).trim()
    this.fields = readFields(line < 0 ? '' : text.slice(line + 1))
    if (!/^HTTP\/|HTTP\/\d/.test(this.startLine)) this.faults.add('http-header-broken')
    if (/(?:^|,)\s*chunked\s*$/i.test(fieldOf(this.fields, 'Transfer-Encoding') ?? '')) this.#dechunk = new Dechunk()
    const encoding = (fieldOf(this.fields, 'Content-Encoding') ?? '').toLowerCase().trim()
    if (encoding === 'gzip' || encoding === 'x-gzip') {
      this.#encoding = 'gzip'
      this.#gunzip = new Gunzip()
    } else if (encoding === 'br') this.#encoding = 'br'
    else if (encoding !== '' && encoding !== 'identity') this.faults.add('encoding-unknown')
    this.#body(all.subarray(end))
  }

  #body(bytes: Buffer): void {
    if (bytes.length === 0) return
    this.sent.update(bytes)
    if (this.#dechunk === null) this.#join(bytes)
    else for (const each of this.#dechunk.push(bytes)) this.#join(each)
  }

  #join(bytes: Uint8Array): void {
    this.joined.update(bytes)
    if (this.#gunzip !== null) this.#unpacked(this.#gunzip.push(bytes))
    else if (this.#encoding === 'br') {
      if (this.joined.length <= this.#maxBody) this.#packed.push(Uint8Array.from(bytes))
      else this.faults.add('body-too-large')
    } else this.#mean(bytes)
  }

  #unpacked(parts: Iterable<{ readonly kind: string; readonly bytes?: Uint8Array; readonly code?: string }>): void {
    for (const { kind, bytes, code } of parts) {
      if (bytes !== undefined) this.#mean(bytes)
      if (kind === 'damaged' && code === 'not-gzip' && this.meant.length === 0) this.#notPacked()
      else if (kind === 'damaged') this.faults.add('encoding-broken')
      if (this.meant.length > this.#maxBody) {
        this.faults.add('body-too-large')
        this.#gunzip = null
        this.#encoding = null
        return
      }
    }
  }

  /** The header says gzip, but the body is not: some archives unpack it and leave the header. */
  #notPacked(): void {
    this.faults.add('encoding-broken')
  }

  #brotli(): void {
    if (this.#packed.length === 0 || this.faults.has('body-too-large')) return
    try {
      this.#mean(brotliDecompressSync(Buffer.concat(this.#packed), { maxOutputLength: this.#maxBody }))
    } catch {
      this.faults.add('encoding-broken')
    }
  }

  #mean(bytes: Uint8Array): void {
    this.meant.update(bytes)
    if (this.#keptLength >= this.#keep) return
    const piece = Uint8Array.from(bytes.subarray(0, this.#keep - this.#keptLength))
    this.kept.push(piece)
    this.#keptLength += piece.length
  }
}
