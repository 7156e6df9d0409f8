import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { crc32, deflateSync } from 'node:zlib'

export const launcher = fileURLToPath(new URL('../../../bin/tandem.js', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly says: string
  readonly lines: readonly string[]
}

export interface Given {
  readonly input?: string | Uint8Array
  readonly environment?: Record<string, string>
  readonly node?: string
}

export const tandem = (words: readonly string[], given: Given = {}): Promise<Ended> =>
  ended(begin(words, given), given.input)

export function begin(
  words: readonly string[],
  { environment = {}, node = process.execPath }: Given = {},
): ChildProcess {
  return spawn(node, [launcher, ...words], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), ...environment },
  })
}

export async function ended(child: ChildProcess, input?: string | Uint8Array): Promise<Ended> {
  child.stdin?.on('error', () => {})
  child.stdin?.end(input ?? '')
  const [out, says, code] = await Promise.all([
    all(child.stdout),
    all(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ])
  return { code, out, says, lines: out.split('\n').filter((line) => line !== '') }
}

export interface Started {
  readonly child: ChildProcess
  readonly told: {
    url: string
    pid: number
    mode: string
    people: { subject: string; pin: string }[]
    senders: { agency: string; key: string }[]
  }
}

/** `port`: null for the usual one, or the next that is free. */
export async function startCell(data: string, port: number | null, node?: string): Promise<Started> {
  const child = begin(
    ['start', '--data', data, ...(port === null ? [] : ['--port', String(port)]), '--no-example', '--json'],
    node === undefined ? {} : { node },
  )
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said += String(chunk)
  })
  assert.ok(child.stdout !== null)
  for await (const line of createInterface({ input: child.stdout })) return { child, told: JSON.parse(line) }
  assert.fail(said)
}

async function all(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = ''
  for await (const chunk of stream ?? []) text += String(chunk)
  return text
}

export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'cli-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

/** One pixel, made here. */
export function picture(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const frame = Buffer.alloc(8)
    frame.writeUInt32BE(data.length, 0)
    frame.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])),
    chunk('IDAT', deflateSync(Buffer.from([0, 1, 2, 3]))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Two records: a report that can be read and something that is none. */
export const twoRecords = (reference: string): string =>
  JSON.stringify({
    profile: 'uk-csea-irp/1',
    reports: [
      {
        urn: reference,
        provider: { name: 'Test Provider', platform: 'Testgram' },
        priority: { level: 'P2' },
        detectedAt: '2026-05-05T03:37:00Z',
        description: 'Test words of a report.',
      },
      'not a report',
    ],
  })
