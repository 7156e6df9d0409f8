import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { TestContext } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import { type Control, startControl } from '../src/control.ts'
import { sendIntake } from '../src/control-client.ts'
import type { IntakeStep } from '../src/control-messages.ts'
import { type DataFolder, dataFolder } from '../src/folders.ts'
import { type OpenCell, openCell } from '../src/open-cell.ts'
import { trainingAgencies } from '../src/training.ts'

const undoings = new WeakMap<TestContext, (() => unknown)[]>()

/** Last made, first undone: a cell stops before its folder goes. */
export function atEnd(t: TestContext, undo: () => unknown): void {
  const known = undoings.get(t)
  if (known !== undefined) return void known.push(undo)
  const list = [undo]
  undoings.set(t, list)
  t.after(async () => {
    for (const one of list.toReversed()) await one()
  })
}

export function temporaryFolder(t: TestContext, name = 'boot-test-'): string {
  const folder = mkdtempSync(join(tmpdir(), name))
  atEnd(t, () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

export interface Opened {
  readonly folder: DataFolder
  readonly open: OpenCell
  readonly control: Control
}

/** A training cell without its faces, with its control socket. */
export async function trainingCell(t: TestContext, root = join(temporaryFolder(t), 'data')): Promise<Opened> {
  const folder = dataFolder(root, 'training')
  const opened = await openCell({
    folder,
    birth: {
      name: 'Test cell',
      mode: 'training',
      settings: { origin: 'http://127.0.0.1:7373', port: 7373, passkeys: 'off', providers: [] },
      agencies: () => trainingAgencies('test-issuer', ['Test Provider']),
    },
  })
  assert.ok(opened.ok, opened.ok ? '' : opened.error)
  const open = opened.value
  atEnd(t, () => open.close())
  const control = await startControl({ folder, open, url: 'http://127.0.0.1:7373' })
  atEnd(t, () => control.close())
  open.worker.start()
  return { folder, open, control }
}

export async function deliver(
  folder: DataFolder,
  bytes: string | Uint8Array,
  given: { agency?: string; sender?: string; key?: string; name?: string } = {},
): Promise<IntakeStep[]> {
  const { agency, sender, key = 'test-key-0001', name = 'test.json' } = given
  const steps: IntakeStep[] = []
  const body = Readable.from([Buffer.from(bytes)])
  for await (const step of sendIntake(folder, { agency, sender, key, name, waitSeconds: 60 }, body)) steps.push(step)
  return steps
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

/** One pixel, made here. */
export function picture(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 1, 2, 3]))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
