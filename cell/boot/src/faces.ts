import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { type RunningServer, startServer } from '@tandem/server'
import { type TrainingLogin, trainingLogin } from '@tandem/training-login'
import type { Cell } from '@tandem/work'
import type { DataFolder } from './folders.ts'
import { readIfThere, writePrivate } from './private-file.ts'
import type { Settings } from './settings.ts'
import { TRAINING_ISSUER, TRAINING_LOGIN_PATH, type TrainingSecrets } from './training.ts'

export interface FacesOptions {
  readonly cell: Cell
  readonly settings: Settings
  readonly folder: DataFolder
  readonly origin: string
  readonly port: number
  /** People and keys of the training login; null for a live cell, which has its own provider. */
  readonly training: TrainingSecrets | null
  /** Null serves the API alone. */
  readonly desk: string | null
}

/** The faces of the cell: desk, API and, for training alone, a local sign-in. */
export async function serveFaces(options: FacesOptions): Promise<RunningServer> {
  const { cell, settings, folder, origin, port, training } = options
  const redirectUri = `${origin}/auth/callback`
  const login = training === null ? null : openTrainingLogin(settings.mode, origin, redirectUri, training)
  const log = createWriteStream(folder.log, { flags: 'a', mode: 0o600 })
  const server = await startServer({
    cell,
    origin,
    port,
    // Plain HTTP is for this machine alone: a live cell stands behind a TLS proxy on the same machine.
    host: '127.0.0.1',
    sessionSecrets: [sessionSecret(folder)],
    oidc: login === null ? providersOf(settings, redirectUri) : [trainingProvider(origin, redirectUri)],
    passkeys: settings.passkeys,
    deskFolder: options.desk,
    secureCookies: origin.startsWith('https:'),
    health: async () => [],
    mounts: login === null ? [] : [login],
    log: { write: (line) => void log.write(line) },
  })
  return {
    url: server.url,
    async close() {
      await server.close()
      await new Promise((done) => log.end(done))
    },
  }
}

function openTrainingLogin(
  mode: Settings['mode'],
  origin: string,
  redirectUri: string,
  { people, keys }: TrainingSecrets,
): TrainingLogin {
  const issuer = `${origin}${TRAINING_LOGIN_PATH}`
  const opened = trainingLogin({
    mode,
    issuer,
    clients: [{ clientId: 'desk', redirectUris: [redirectUri] }],
    people,
    keys,
  })
  if (!opened.ok) throw new Error(opened.error.says)
  return opened.value
}

/** Its address moves with the port; the people it names are the same. */
const trainingProvider = (origin: string, redirectUri: string) => ({
  name: 'Training login',
  issuer: `${origin}${TRAINING_LOGIN_PATH}`,
  knownAs: TRAINING_ISSUER,
  clientId: 'desk',
  redirectUri,
})

const providersOf = (settings: Settings, redirectUri: string) =>
  settings.providers.map(({ name, issuer, clientId, clientSecret }) => ({
    name,
    issuer,
    clientId,
    redirectUri,
    ...(clientSecret === undefined ? {} : { clientSecret }),
  }))

function sessionSecret(folder: DataFolder): Buffer {
  const path = `${folder.keys}/session-secret`
  const present = readIfThere(path)
  if (present !== null) return present
  const fresh = randomBytes(32)
  writePrivate(path, fresh)
  return fresh
}
