import { type DataFolder, dataFolder, findRunning } from '@tandem/boot/attach'
import { err, ok, type Result } from '@tandem/core'
import type { ArgsDef } from 'citty'
import { Client } from './client.ts'
import { exitCodes } from './exit-codes.ts'
import { type Failure, failure } from './failure.ts'
import { storedToken } from './stored-session.ts'

export const dataOption = {
  data: {
    type: 'string',
    valueHint: 'DIR',
    description: 'data folder of the cell (default: TANDEM_DATA, else ~/.tandem/training)',
  },
} as const satisfies ArgsDef

/** Of every command that attaches to a running cell over HTTP. */
export const cellOptions = {
  ...dataOption,
  server: {
    type: 'string',
    valueHint: 'URL',
    description: 'the cell to attach to (default: the one that runs on the data folder)',
  },
} as const satisfies ArgsDef

export interface Place {
  readonly data?: string | undefined
  readonly server?: string | undefined
}

export const folderOf = ({ data }: Pick<Place, 'data'>): DataFolder => dataFolder(data, 'training')

/** The address of the cell that is meant. */
export async function serverOf(place: Place): Promise<Result<string, Failure>> {
  if (place.server !== undefined) {
    if (URL.canParse(place.server) && /^https?:$/.test(new URL(place.server).protocol))
      return ok(new URL(place.server).origin)
    return err(failure(exitCodes.usage, '--server is an address such as http://127.0.0.1:7373.'))
  }
  const folder = folderOf(place)
  const running = await findRunning(folder)
  if (running !== null) return ok(running.url)
  return err(
    failure(
      exitCodes.unreachable,
      `No cell runs on ${folder.root}. Start it (tandem start), or name one with --server URL.`,
    ),
  )
}

/** A client with the session of `sign-in`, or of TANDEM_TOKEN. */
export async function signedIn(place: Place): Promise<Result<Client, Failure>> {
  const server = await serverOf(place)
  if (!server.ok) return server
  const token = process.env['TANDEM_TOKEN'] || storedToken(folderOf(place), server.value)
  if (token) return ok(new Client(server.value, token))
  return err({
    exit: exitCodes.notAllowed,
    code: 'TANDEM-AUTH-001',
    says: `You are not signed in to ${server.value}. Use: tandem sign-in --as SUBJECT --pin PIN, or set TANDEM_TOKEN.`,
  })
}
