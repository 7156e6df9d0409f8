import { randomBytes } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { err, ok, type Result } from '@tandem/core'
import { type RunningServer, startServer } from '@tandem/server'
import { type TrainingPerson, trainingLogin } from '@tandem/training-login'
import { deskFolder } from './desk.ts'
import { exampleSenders, playExample } from './example.ts'
import { dataFolder } from './folders.ts'
import { openCell } from './open-cell.ts'
import { readIfThere, writePrivate } from './private-file.ts'
import { readSettings } from './settings.ts'
import { TRAINING_ISSUER_PATH, trainingAgencies, trainingSecrets } from './training.ts'
import { watchFolder } from './watched-folder.ts'

export interface StartOptions {
  readonly data?: string
  readonly port?: number
  readonly databaseUrl?: string
  /** Training cells only: leave the example operation out. */
  readonly withoutExample?: boolean
  /** The API alone, for tests and machines. */
  readonly withoutDesk?: boolean
  readonly tell?: (line: string) => void
  readonly progress?: (done: number, all: number, what: string) => void
}

export interface RunningCell {
  readonly url: string
  readonly mode: 'training' | 'live'
  readonly dataFolder: string
  /** Sign-ins of a training cell; a live cell prints none. */
  readonly people: readonly TrainingPerson[]
  close(): Promise<void>
}

const DEFAULT_PORT = 7373

/** Starts the cell in the data folder; an empty folder becomes a training cell. */
export async function start(options: StartOptions = {}): Promise<Result<RunningCell, string>> {
  const tell = options.tell ?? (() => {})
  const folder = existingFolder(options.data)
  const present = readSettings(folder)
  if (!present.ok) return present
  const mode = present.value?.mode ?? 'training'
  const listening = await freePort(
    options.port ?? present.value?.port ?? DEFAULT_PORT,
    options.port === undefined && mode === 'training',
  )
  if (!listening.ok) return listening
  const port = listening.value
  const origin = mode === 'training' ? `http://127.0.0.1:${port}` : (present.value?.origin ?? '')
  const issuer = `tandem-training`
  const report = (says: string) => appendFileSync(folder.log, `${new Date().toISOString()} ${says}\n`)
  const opened = await openCell({
    folder,
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
    birth:
      mode === 'training'
        ? {
            name: 'Training cell',
            mode,
            settings: {
              origin: `http://127.0.0.1:${DEFAULT_PORT}`,
              port: DEFAULT_PORT,
              passkeys: 'off',
              providers: [],
            },
            agencies: () => trainingAgencies(issuer, exampleSenders()),
          }
        : null,
    onProblem: report,
  })
  if (!opened.ok) return opened
  const { cell, settings, worker, close } = opened.value
  try {
    const secrets = mode === 'training' ? trainingSecrets(folder) : null
    const faces = await serve({ cell, settings, origin, port, secrets, folder })
    worker.start()
    const watch = await watchFolder(
      cell,
      folder.inbox,
      () => worker.nudge(),
      (error) => report(`watched folder: ${String(error)}`),
    )
    if (secrets !== null && options.withoutExample !== true) {
      await playExample(cell, worker, folder, issuer, options.progress)
    }
    if (port !== (options.port ?? settings.port))
      tell(`Port ${settings.port} is taken by another program, so this cell uses ${port}.`)
    return ok({
      url: origin,
      mode,
      dataFolder: folder.root,
      people: secrets?.people ?? [],
      async close() {
        await watch.close()
        await faces.close()
        await close()
      },
    })
  } catch (error) {
    await close()
    throw error
  }

  async function serve(of: {
    cell: Parameters<typeof startServer>[0]['cell']
    settings: {
      passkeys: 'off' | 'required'
      providers: readonly { name: string; issuer: string; clientId: string; clientSecret?: string | undefined }[]
    }
    origin: string
    port: number
    secrets: ReturnType<typeof trainingSecrets> | null
    folder: ReturnType<typeof dataFolder>
  }): Promise<RunningServer> {
    const redirectUri = `${of.origin}/auth/callback`
    const login =
      of.secrets === null
        ? null
        : trainingLogin({
            mode,
            issuer: `${of.origin}${TRAINING_ISSUER_PATH}`,
            clients: [{ clientId: 'desk', redirectUris: [redirectUri] }],
            people: of.secrets.people,
            keys: of.secrets.keys,
          })
    if (login !== null && !login.ok) throw new Error(login.error.says)
    return startServer({
      cell: of.cell,
      origin: of.origin,
      port: of.port,
      host: mode === 'training' ? '127.0.0.1' : '0.0.0.0',
      sessionSecrets: [sessionSecret(of.folder.keys)],
      oidc:
        of.secrets === null
          ? of.settings.providers.map(({ clientSecret, ...provider }) => ({
              ...provider,
              redirectUri,
              ...(clientSecret === undefined ? {} : { clientSecret }),
            }))
          : [{ name: 'Training login', issuer: `${of.origin}${TRAINING_ISSUER_PATH}`, clientId: 'desk', redirectUri }],
      passkeys: of.settings.passkeys,
      deskFolder: options.withoutDesk === true ? null : await deskFolder(),
      secureCookies: of.origin.startsWith('https:'),
      health: async () => [],
      mounts: login === null ? [] : [login.value],
      log: { write: (line) => appendFileSync(of.folder.log, line) },
    })
  }
}

/** A live cell in its own folder is found when no training cell was asked for by path. */
const existingFolder = (given: string | undefined) => dataFolder(given, 'training')

function sessionSecret(keys: string): Buffer {
  const path = `${keys}/session-secret`
  const present = readIfThere(path)
  if (present !== null) return present
  const fresh = randomBytes(32)
  writePrivate(path, fresh)
  return fresh
}

async function freePort(wanted: number, mayMove: boolean): Promise<Result<number, string>> {
  for (let port = wanted; port < wanted + (mayMove ? 20 : 1); port++) if (await isFree(port)) return ok(port)
  return err(`Port ${wanted} is taken by another program. Choose another one: tandem start --port ${wanted + 1}`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
