import { type Route, type RouteName, routes } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Input, ServersOwn } from '@tandem/work'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { refusalOfParsing } from './problems.ts'
import type { Sessions } from './sessions.ts'
import { deliveredStream, noStream } from './streams.ts'
import type { CommandName, Routes, Work } from './work.ts'

const serversOwn = ['signOut', 'events', 'alive', 'receive'] as const satisfies readonly ServersOwn[]
const isServersOwn = (name: string): name is ServersOwn => serversOwn.some((own) => own === name)
const isCommand = (name: string): name is CommandName => Object.hasOwn(routes, name) && !isServersOwn(name)

/** Records a person opens one by one; counted against copying the register. */
const openings: readonly RouteName[] = ['show', 'narratives', 'showDelivery', 'showSubject', 'explainPair']

/** Every route that has a command; a route without one ends the start. */
export function commandNames(work: Work): CommandName[] {
  const names = Object.keys(routes).filter(isCommand)
  const missing = names.filter((name) => !work.commands.includes(name))
  if (missing.length > 0) throw new Error(`routes without a command: ${missing.join(', ')}`)
  return names
}

export interface CommandTools {
  readonly work: Work
  readonly sessions: Sessions
  /** The session works under another operation from now on. */
  readonly onChoice: (token: Buffer) => Promise<void>
}

export function registerCommands(app: FastifyInstance, tools: CommandTools): void {
  for (const name of commandNames(tools.work)) {
    if (told(name).body !== 'stream') registerCommand(app, name, tools)
  }
}

/** Routes whose body is a file: the bytes go to the command as they come, whatever their type is called. */
export function registerStreams(app: FastifyInstance, tools: CommandTools): void {
  for (const name of commandNames(tools.work)) {
    if (told(name).body === 'stream') registerCommand(app, name, tools)
  }
}

const told = (name: RouteName): Route => routes[name]

function registerCommand<N extends CommandName>(app: FastifyInstance, name: N, tools: CommandTools): void {
  const { work, sessions, onChoice } = tools
  const contract: Routes[N] = routes[name]
  const isOpening = openings.includes(name)
  app.route({
    method: contract.method,
    url: contract.path,
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const { token, held, caller } = await sessions.caller(request)
      const parsed = parse(contract, request, work.limits.listBytes)
      if (isOpening) sessions.opened(request, held)
      if (!isInputOf(contract, parsed)) throw new Error('parsed by another contract')
      const answer = await work.answer(name, caller, parsed)
      if (name === 'choose') await onChoice(token)
      return send(reply, contract, answer)
    },
  })
}

interface Parsed {
  readonly by: Route
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly stream: AsyncIterable<Uint8Array>
}

/** What a contract's schemas have made is the input of that contract's command. */
const isInputOf = <R extends Route>(contract: R, parsed: Parsed): parsed is Parsed & Input<R> => parsed.by === contract

function parse(contract: Route, request: FastifyRequest, mostBytes: number): Parsed {
  const isStream = contract.body === 'stream'
  return {
    by: contract,
    params: fit(contract.params, request.params, 'params'),
    query: fit(contract.query, request.query, 'query'),
    body: contract.body === 'stream' ? undefined : fit(contract.body, request.body, 'body'),
    stream: isStream ? deliveredStream(request, mostBytes) : noStream,
  }
}

function fit(schema: z.ZodType | undefined, value: unknown, part: string): unknown {
  if (schema === undefined) {
    if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
      throw new Refusal('TANDEM-INPUT-001', `this route takes no ${part}`)
    }
    return undefined
  }
  const result = schema.safeParse(value)
  if (!result.success) throw refusalOfParsing(result.error, part)
  return result.data
}

/** Only what the contract names leaves; an answer that does not fit it is an error of ours. */
export function send(reply: FastifyReply, contract: Route, answer: unknown): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(contract.response.parse(answer)))
}
