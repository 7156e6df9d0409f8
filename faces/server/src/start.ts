import * as work from '@tandem/work'
import { type Cell, type Handlers, handlers } from '@tandem/work'
import type { FaceOptions } from './options.ts'
import { makeServer } from './server.ts'
import type { Work } from './work.ts'

export interface ServerOptions extends FaceOptions {
  readonly cell: Cell
  readonly port: number
  readonly host: string
}

export interface RunningServer {
  /** Where it listens; browsers use the origin. */
  readonly url: string
  /** Finishes what runs, ends live connections, then closes. */
  close(): Promise<void>
}

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const app = await makeServer(workOf(options.cell, options.health), options)
  const url = await app.listen({ port: options.port, host: options.host })
  return { url, close: () => app.close() }
}

export function workOf(cell: Cell, health: FaceOptions['health']): Work {
  const answers: Handlers = {
    ...handlers,
    // What the machine's own checks say is known to whoever put the cell together, not to the commands.
    health: async (...given) => {
      const [answer, checks] = await Promise.all([handlers.health(...given), health()])
      return { ...answer, checks: [...answer.checks, ...checks] }
    },
  }
  return {
    cellName: cell.name,
    limits: cell.limits,
    commands: Object.keys(answers),
    answer: (name, caller, input) => answers[name](cell, caller, input),
    signIn: (named, askSecondFactor) => work.signIn(cell, named, askSecondFactor),
    sessionOf: (token) => work.sessionOf(cell, token),
    signOut: (token) => work.signOut(cell, token),
    passkeysOf: (token) => work.passkeysOf(cell, token),
    addPasskey: (token, key) => work.addPasskey(cell, token, key),
    secondFactorGiven: (token, key) => work.secondFactorGiven(cell, token, key),
    changesAfter: (after, limit) => work.changesAfter(cell, after, limit),
    latestChange: () => work.latestChange(cell),
    logFile: (caller, name, path) => work.logFile(cell, caller, name, path),
    witness: (name, body) => cell.ledger.witness(name, body),
    receive: (apiKey, given, stream) => work.receiveFromSender(cell, apiKey, given, stream),
  }
}
