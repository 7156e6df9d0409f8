// Readers beside the packages that do the same work alone: megabytes a second of processor time, in one run.

import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { defaultLimits, type FormatId, readers, readVicsList } from '@tandem/formats'

/** Where the peers lie: a folder in which `npm install stream-json mailparser warcio` was run, outside this checkout. */
const peers = process.env['TANDEM_BENCH_PEERS']

export interface Rate {
  readonly tool: string
  readonly records: number
  readonly seconds: number
}

async function measured(tool: string, run: () => Promise<number>): Promise<Rate> {
  const before = process.cpuUsage()
  const records = await run()
  const { user, system } = process.cpuUsage(before)
  return { tool, records, seconds: (user + system) / 1e6 }
}

/** Every record of a file through our streaming reader. */
export const ours = (path: string, format: FormatId): Promise<Rate> =>
  measured(`${format} here`, async () => {
    const chunks = createReadStream(path, { highWaterMark: 1 << 20 })
    const counted = async (entries: AsyncIterable<{ readonly outcome: string }>): Promise<number> => {
      let records = 0
      for await (const { outcome } of entries) if (outcome !== 'set-aside') records += 1
      return records
    }
    if (format === 'vics/1') return counted(readVicsList(chunks))
    const reader = readers.find(({ id }) => id === format)
    if (reader?.stream === undefined) throw new Error(`${format} has no streaming reader`)
    return counted(reader.stream(chunks, { ...defaultLimits, maxRecords: Number.MAX_SAFE_INTEGER }))
  })

/** A package that lies outside; its shape is looked at, not believed. */
async function peer(name: string): Promise<Record<string, unknown> | null> {
  if (peers === undefined) return null
  try {
    const path = createRequire(join(peers, 'package.json')).resolve(name)
    const loaded: unknown = await import(pathToFileURL(path).href)
    return typeof loaded === 'object' && loaded !== null ? { ...loaded } : null
  } catch {
    return null
  }
}

type Callable = (...given: readonly unknown[]) => unknown
const isCallable = (value: unknown): value is Callable => typeof value === 'function'

/** stream-json as its manual shows it: pick the list, one value a step. */
export async function streamJson(path: string): Promise<Rate | null> {
  const [parsing, picking, streaming] = await Promise.all(
    ['stream-json', 'stream-json/filters/pick.js', 'stream-json/streamers/stream-array.js'].map(peer),
  )
  const parser = parsing?.['parser'] ?? parsing?.['default']
  const pick = picking?.['pick'] ?? picking?.['default']
  const streamArray = streaming?.['streamArray'] ?? streaming?.['default']
  const chain = (await peer('stream-chain'))?.['chain'] ?? (await peer('stream-chain'))?.['default']
  if (![parser, pick, streamArray, chain].every(isCallable)) return null
  if (!isCallable(parser) || !isCallable(pick) || !isCallable(streamArray) || !isCallable(chain)) return null
  return measured('stream-json', async () => {
    const steps = [createReadStream(path), parser(), pick({ filter: 'value' }), streamArray()]
    const flow = chain(steps)
    if (!(flow instanceof Readable)) throw new Error('stream-json has changed its ways')
    let records = 0
    for await (const _ of flow) records += 1
    return records
  })
}

/** mailparser, one mail at a time. */
export async function mailparser(mails: readonly Uint8Array[]): Promise<Rate | null> {
  const loaded = await peer('mailparser')
  const parse = loaded?.['simpleParser'] ?? Object(loaded?.['default'])['simpleParser']
  if (!isCallable(parse)) return null
  return measured('mailparser', async () => {
    for (const mail of mails) await parse(Buffer.from(mail))
    return mails.length
  })
}

/** warcio, with every payload read. */
export async function warcio(path: string): Promise<Rate | null> {
  const loaded = await peer('warcio')
  const Parser = loaded?.['WARCParser']
  if (!isCallable(Parser)) return null
  return measured('warcio', async () => {
    const parser: unknown = Reflect.construct(Parser, [createReadStream(path)])
    if (typeof parser !== 'object' || parser === null || !(Symbol.asyncIterator in parser)) return 0
    const captures = parser as AsyncIterable<AsyncIterable<Uint8Array>>
    let records = 0
    for await (const capture of captures) {
      for await (const _ of capture) {
      }
      records += 1
    }
    return records
  })
}

const hex = (seed: number, length: number): string => {
  let text = ''
  for (let state = seed | 1; text.length < length; state = (state * 1664525 + 1013904223) >>> 0)
    text += state.toString(16).padStart(8, '0')
  return text.slice(0, length)
}

async function write(path: string, megabytes: number, parts: Generator<string>): Promise<void> {
  const out = createWriteStream(path)
  let written = 0
  for (const part of parts) {
    written += part.length
    if (!out.write(part)) await once(out, 'drain')
    if (written > megabytes * 1e6) break
  }
  // The last step of a generator closes what is open.
  const end = parts.return(undefined)
  if (typeof end.value === 'string') out.write(end.value)
  out.end()
  await once(out, 'finish')
}

/** A hash set of invented digests in the form of the public ones. */
export const writeVicsFile = (path: string, megabytes: number): Promise<void> => {
  const count = Math.max(1, Math.round((megabytes * 1e6) / 480))
  const one = (at: number): string =>
    JSON.stringify({
      MediaID: at + 1,
      Category: at % 4,
      MD5: hex(at + 1, 32).toUpperCase(),
      SHA1: hex(at + 7, 40).toUpperCase(),
      VictimIdentified: false,
      OffenderIdentified: false,
      IsDistributed: true,
      Series: null,
      Tags: 'test',
      MediaSize: String(at * 31),
      Comments: 'An invented entry of a test set, of no picture.',
      MediaFiles: [
        {
          MD5: hex(at + 1, 32).toUpperCase(),
          FileName: `test-${at}.bin`,
          FilePath: `folder/${at % 97}`,
          Unallocated: false,
        },
      ],
    })
  function* parts(): Generator<string> {
    yield '{"odata.metadata":"http://github.com/ICMEC/ProjectVic/DataModels/1.2.xml#Media","value":['
    for (let at = 0; at < count; at += 1) yield `${at === 0 ? '' : ','}\n${one(at)}`
    yield ']}'
  }
  return write(path, Number.POSITIVE_INFINITY, parts())
}

export const mailOf = (at: number): string =>
  [
    `From: Test Sender <test${at}@mail.example>`,
    'To: Test Receiver <receiver@mail.example>',
    `Subject: =?utf-8?B?${Buffer.from(`Test mail ${at}`).toString('base64')}?=`,
    'Date: Mon, 4 May 2026 10:00:00 +0000',
    `Message-ID: <${at}@mail.example>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    ...Array.from({ length: 40 }, (_, line) => `Line ${line} of an ordinary letter, with the words that letters have.`),
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<p>${'Ordinary words of a letter, once more for a browser. '.repeat(60)}</p>`,
    '--b--',
    '',
  ].join('\r\n')

export function writeMbox(path: string, megabytes: number): Promise<void> {
  function* parts(): Generator<string> {
    for (let at = 0; ; at += 1) yield `From test@mail.example Mon May  4 10:00:00 2026\r\n${mailOf(at)}\r\n`
  }
  return write(path, megabytes, parts())
}

export function writeWarc(path: string, megabytes: number): Promise<void> {
  function* parts(): Generator<string> {
    for (let at = 0; ; at += 1) {
      const body = `<html><body>${`<p>Words of page ${at}, written to be long.</p>`.repeat(150)}</body></html>`
      const http = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\n\r\n${body}`
      yield `WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-${String(at).padStart(12, '0')}>\r\nWARC-Date: 2026-05-04T10:00:00Z\r\nWARC-Target-URI: http://site.example/${at}\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: ${http.length}\r\n\r\n${http}\r\n\r\n`
    }
  }
  return write(path, megabytes, parts())
}

export function writeLog(path: string, megabytes: number): Promise<void> {
  function* parts(): Generator<string> {
    for (let at = 0; ; at += 1)
      yield `198.51.100.${at % 256} - - [04/May/2026:09:${String(at % 60).padStart(2, '0')}:33 +0000] "GET /page/${at}.html HTTP/1.1" 200 ${at % 90_000} "-" "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"\n`
  }
  return write(path, megabytes, parts())
}
