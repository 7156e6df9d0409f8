import {
  foundCell,
  type SessionCredential,
  type TestAgency,
  type TestCell,
  type TestDatabase,
  testDatabase,
  testLogs,
} from '@tandem/testkit'
import { type AgencyLog, type Disk, LogFolder, Sequencer, type SequencerOptions } from '@tandem/work'
import type pg from 'pg'
import { MemoryDisk } from './memory-disk.ts'

/** A cell on a database of its own, with the logs of its two agencies on disks in memory. */
export interface LogScene {
  readonly database: TestDatabase
  readonly cell: TestCell
  readonly superuser: pg.Client
  readonly national: AgencyLog
  readonly signals: AgencyLog
  readonly disks: ReadonlyMap<string, MemoryDisk>
  /** A sequencer as after a start: it knows what disk and database hold, and nothing else. */
  sequencer(options?: Partial<SequencerOptions>, disk?: (log: AgencyLog) => Disk): Sequencer
  /** So many entries in one business transaction of the agency's analyst. */
  record(agency: TestAgency, count: number): Promise<void>
  note(log: AgencyLog): string
}

export async function openScene(): Promise<LogScene & AsyncDisposable> {
  const database = await testDatabase()
  const cell = await foundCell(database)
  const superuser = await database.superuser()
  const [national, signals] = testLogs(cell)
  for (const { agency, name, origin } of [national, signals])
    await cell.store.log((run) => run('log/add', { cell_id: cell.cell, agency_id: agency, name, origin }))
  const disks = new Map([national, signals].map(({ agency }) => [agency, new MemoryDisk()]))
  const diskOf = ({ agency }: AgencyLog): MemoryDisk => {
    const disk = disks.get(agency)
    if (disk === undefined) throw new Error('no such log')
    return disk
  }
  const sessions = new Map<string, SessionCredential>()
  return {
    database,
    cell,
    superuser,
    national,
    signals,
    disks,
    sequencer: (options = {}, disk = diskOf) =>
      new Sequencer({
        store: cell.store,
        logs: [national, signals],
        folderOf: (log) => new LogFolder(disk(log)),
        ...options,
      }),
    async record(agency, count) {
      const session = sessions.get(agency.agency) ?? (await cell.session(agency.triageAnalyst))
      sessions.set(agency.agency, session)
      await cell.store.within(session, async (tx) => {
        for (let at = 0; at < count; at++) tx.record('test.act', { at })
      })
    },
    note: (log) => diskOf(log).read('checkpoint')?.toString('utf8') ?? '',
    [Symbol.asyncDispose]: () => database.close(),
  }
}
