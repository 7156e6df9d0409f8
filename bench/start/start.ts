import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '@tandem/testkit/browser'
import { rounded, table } from '../figures.ts'

/**
 * How long somebody waits who has just installed Tandem: from the command to a served desk, and until the example operation is
 * in. The first start builds the desk and founds the database, as after `npm ci`; the second finds both.
 */
const aim = 15
const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-start-'))
const data = join(folder, 'data')
console.log(
  `load before the run ${loadavg()
    .map((each) => rounded(each))
    .join(' ')}`,
)
try {
  rmSync(at('faces/web/dist'), { recursive: true, force: true })
  const rows = [['start', 'desk after s', 'example in after s']]
  for (const name of ['first', 'second']) {
    const { desk, whole } = await once()
    rows.push([name, rounded(desk), rounded(whole)])
    if (name === 'first') console.log(`from the command to a served desk ${rounded(desk)} s (aim: ${aim})`)
  }
  console.log(table(rows))
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function once(): Promise<{ desk: number; whole: number }> {
  const port = await freePort()
  const begun = performance.now()
  const seconds = (): number => (performance.now() - begun) / 1000
  const words = ['start', '--data', data, '--port', String(port), '--json']
  const child = spawn(process.execPath, [at('bin/tandem.js'), ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const whole = saidAll(child)
  try {
    while (!(await isServed(port))) {
      if (child.exitCode !== null) throw new Error('the cell did not start')
      await sleep(20)
    }
    return { desk: seconds(), whole: await whole.then(seconds) }
  } finally {
    child.kill('SIGINT')
    await ended
  }
}

/** With --json the one object comes when the example is in. */
async function saidAll({ stdout }: ChildProcess): Promise<void> {
  if (stdout === null) return
  for await (const _ of createInterface({ input: stdout })) return
}

/** The page and what it loads: the desk, not only a port that answers. */
async function isServed(port: number): Promise<boolean> {
  const origin = `http://127.0.0.1:${port}`
  try {
    const page = await fetch(origin)
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1]
    return page.ok && script !== undefined && (await fetch(origin + script)).ok
  } catch {
    return false
  }
}
