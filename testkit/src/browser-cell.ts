import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type RunningCell, start } from '@tandem/boot'

export type Person = RunningCell['people'][number]

export interface TrainingCell {
  readonly url: string
  readonly people: readonly Person[]
  person(subject: string): Person
  /** Puts a file into the watched folder of an agency, complete at once. */
  deliver(
    agency: 'crime-agency' | 'signals-agency',
    file: { name: string; from: string } | { name: string; bytes: string },
  ): void
  /** Has the watched folder taken it in? It keeps no copy. */
  isTaken(agency: 'crime-agency' | 'signals-agency', name: string): boolean
  close(): Promise<void>
}

/** A whole training cell of its own: real database, real server, built desk, example operation. One for each test file. */
export async function startTrainingCell(options: { withoutExample?: boolean } = {}): Promise<TrainingCell> {
  const data = mkdtempSync(join(realpathSync(tmpdir()), 'tandem-desk-'))
  const started = await start({ ...options, data, port: await freePort() })
  if (!started.ok) {
    rmSync(data, { recursive: true, force: true })
    throw new Error(started.error)
  }
  const cell = started.value
  const inbox = (agency: string): string => join(cell.dataFolder, 'inbox', agency)
  return {
    url: cell.url,
    people: cell.people,
    person(subject) {
      const found = cell.people.find((each) => each.subject === subject)
      if (found === undefined) throw new Error(`nobody is called ${subject}`)
      return found
    },
    deliver(agency, file) {
      const aside = join(data, `outgoing-${basename(file.name)}`)
      if ('from' in file) copyFileSync(file.from, aside)
      else writeFileSync(aside, file.bytes)
      // The folder waits until a file has been quiet for a while; this one was complete before it came.
      const before = new Date(Date.now() - 60_000)
      utimesSync(aside, before, before)
      renameSync(aside, join(inbox(agency), file.name))
    },
    isTaken: (agency, name) => !existsSync(join(inbox(agency), name)),
    async close() {
      await cell.close()
      rmSync(data, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
