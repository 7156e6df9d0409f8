import { appendFileSync } from 'node:fs'
import { err, ok, type Result } from '@tandem/core'
import type { TrainingPerson } from '@tandem/training-login'
import { startControl } from './control.ts'
import { deskFolder } from './desk.ts'
import { exampleSenders, playExample } from './example.ts'
import { serveFaces } from './faces.ts'
import { type DataFolder, dataFolder } from './folders.ts'
import { type OpenOptions, openCell } from './open-cell.ts'
import { freePort } from './port.ts'
import { readSettings } from './settings.ts'
import { TRAINING_ISSUER, type TrainingSender, trainingAgencies, trainingSecrets } from './training.ts'
import { watchFolder } from './watched-folder.ts'

export interface StartOptions {
  readonly data?: string
  readonly port?: number
  readonly databaseUrl?: string
  /** Folder with Tor files and range lists. */
  readonly ipContext?: string
  /** Training cells only: leave the example operation out. */
  readonly withoutExample?: boolean
  /** The API alone, for tests and machines. */
  readonly withoutDesk?: boolean
  readonly tell?: (line: string) => void
  /** The desk is served: somebody may sign in, while the example operation still comes in. */
  readonly serving?: (cell: Serving) => void
  readonly progress?: (done: number, all: number, what: string) => void
}

export interface Serving {
  readonly url: string
  readonly mode: 'training' | 'live'
  readonly dataFolder: string
  /** Sign-ins of a training cell; a live cell prints none. */
  readonly people: readonly TrainingPerson[]
  /** Senders of a training cell with their API keys. */
  readonly senders: readonly TrainingSender[]
}

export interface RunningCell extends Serving {
  close(): Promise<void>
}

const DEFAULT_PORT = 7373

const trainingBirth = (folder: DataFolder): OpenOptions['birth'] => ({
  name: 'Training cell',
  mode: 'training',
  settings: { origin: `http://127.0.0.1:${DEFAULT_PORT}`, port: DEFAULT_PORT, passkeys: 'off', providers: [] },
  agencies: () => trainingAgencies(TRAINING_ISSUER, exampleSenders(), trainingSecrets(folder).senders),
})

/** Starts the cell in the data folder; an empty folder becomes a training cell. */
export async function start(options: StartOptions = {}): Promise<Result<RunningCell, string>> {
  const folder = dataFolder(options.data, 'training')
  const present = readSettings(folder)
  if (!present.ok) return present
  const mode = present.value?.mode ?? 'training'
  const wanted = options.port ?? present.value?.port ?? DEFAULT_PORT
  const report = (says: string) => appendFileSync(folder.log, `${new Date().toISOString()} ${says}\n`)
  // The data folder first: a second copy on the same folder hears that, and not that a port is taken.
  // The desk is built beside the founding of the database: both take seconds, and there are two cores.
  const given = new AbortController()
  const building = options.withoutDesk === true ? null : deskFolder(folder, given.signal)
  building?.catch(() => {})
  const opened = await openCell({
    folder,
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
    ...(options.ipContext === undefined ? {} : { ipContext: options.ipContext }),
    birth: mode === 'training' ? trainingBirth(folder) : null,
    onProblem: report,
  })
  if (!opened.ok) {
    given.abort()
    return opened
  }
  const { cell, settings, worker } = opened.value
  // Whatever was opened is closed in the other order, also when a later step fails.
  await using opening = new AsyncDisposableStack()
  opening.defer(opened.value.close)
  const listening = await freePort(wanted, options.port === undefined && mode === 'training')
  if (!listening.ok) {
    given.abort()
    return listening
  }
  const port = listening.value
  if (port !== wanted) options.tell?.(`Port ${wanted} is taken by another program, so this cell uses ${port}.`)
  const training = mode === 'training' ? trainingSecrets(folder) : null
  const origin = mode === 'training' ? `http://127.0.0.1:${port}` : settings.origin
  const desk = await asResult(building)
  if (!desk.ok) return desk
  const faces = await serveFaces({ cell, settings, folder, origin, port, training, desk: desk.value })
  opening.defer(() => faces.close())
  worker.start()
  const { door } = cell.deconfliction
  const lines = await opened.value.peers.open(cell.ledger, { deconfliction: door, release: door, lookup: door })
  if (!lines.ok) return lines
  cell.ledger.start()
  const control = await startControl({ folder, open: opened.value, url: origin, onProblem: report })
  opening.defer(() => control.close())
  const watched = await watchFolder(
    cell,
    folder.inbox,
    () => worker.nudge(),
    (error) => report(`watched folder: ${String(error)}`),
  )
  opening.defer(() => watched.close())
  const { people = [], senders = [] } = training ?? {}
  const serving: Serving = { url: origin, mode, dataFolder: folder.root, people, senders }
  options.serving?.(serving)
  if (training !== null && options.withoutExample !== true) {
    await playExample(cell, worker, folder, TRAINING_ISSUER, options.progress)
  }
  const running = opening.move()
  return ok({ ...serving, close: () => running.disposeAsync() })
}

async function asResult(building: Promise<string> | null): Promise<Result<string | null, string>> {
  try {
    return ok(await building)
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
}
