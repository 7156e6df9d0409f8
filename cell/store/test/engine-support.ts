import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import type { Result } from '@tandem/core'
import { type ConnectionSettings, type DatabaseEngine, type EngineOptions, openEngine } from '@tandem/store/engine'
import pg from 'pg'

const undoings = new WeakMap<TestContext, (() => unknown)[]>()

/** Last made, first undone: an engine stops before its folder goes. (`t.after` alone runs in the order of calling.) */
function atEnd(t: TestContext, undo: () => unknown): void {
  const known = undoings.get(t)
  if (known !== undefined) {
    known.push(undo)
    return
  }
  const list = [undo]
  undoings.set(t, list)
  t.after(async () => {
    for (const one of list.toReversed()) await one()
  })
}

/** A folder that goes when the test ends. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'engine-test-'))
  atEnd(t, () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

export function value<T, E>(result: Result<T, E>): T {
  assert.ok(result.ok, result.ok ? '' : JSON.stringify(result.error))
  return result.value
}

export function refusal<T, E>(result: Result<T, E>): E {
  assert.ok(!result.ok, 'expected a refusal')
  return result.error
}

export async function open(t: TestContext, options: EngineOptions): Promise<DatabaseEngine> {
  const engine = value(await openEngine(options))
  atEnd(t, () => engine.stop())
  return engine
}

export async function query(
  connection: ConnectionSettings,
  text: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ ...connection })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query(text, [...values])).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

export interface Holder {
  readonly child: ChildProcess
  readonly postmaster: number
  readonly uid: number
  /** The ids that the database acknowledged, as they came. */
  readonly acknowledged: readonly string[]
  readonly until: (count: number) => Promise<void>
  readonly ended: Promise<void>
}

const holderScript = join(import.meta.dirname, 'engine-holder.ts')

export async function startHolder(
  t: TestContext,
  dataFolder: string,
  how: { readonly prefix?: readonly string[]; readonly userNamespaces?: 'auto' | 'off' } = {},
): Promise<Holder | { readonly refused: { code: string; says: string } }> {
  const [file = '', ...args] = [
    ...(how.prefix ?? []),
    process.execPath,
    holderScript,
    dataFolder,
    how.userNamespaces ?? 'auto',
  ]
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  atEnd(t, () => child.kill('SIGKILL'))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const acknowledged: string[] = []
  return new Promise((resolve, reject) => {
    const waiting: { count: number; done: () => void }[] = []
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line)
      if (said.refused) resolve({ refused: said.refused })
      if (said.ready) {
        const until = (count: number): Promise<void> => new Promise((done) => waiting.push({ count, done }))
        resolve({ child, postmaster: said.postmaster, uid: said.uid, acknowledged, until, ended })
      }
      if (said.acknowledged) acknowledged.push(said.acknowledged)
      for (const wait of waiting.filter(({ count }) => count <= acknowledged.length)) wait.done()
    })
    void ended.then(() => reject(new Error('the holder ended')))
  })
}

export async function runningHolder(...args: Parameters<typeof startHolder>): Promise<Holder> {
  const holder = await startHolder(...args)
  assert.ok(!('refused' in holder), JSON.stringify(holder))
  return holder
}

export const isRoot = process.getuid?.() === 0
