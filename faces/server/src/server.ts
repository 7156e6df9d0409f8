import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { registerCommands, registerStreams } from './api.ts'
import { closeInOrder } from './closing.ts'
import { keyOf, sessionCookies } from './credentials.ts'
import { serveDesk } from './desk.ts'
import { Feed } from './feed.ts'
import { handOver, protect } from './headers.ts'
import { decodeUtf8, refuseTraps } from './json-body.ts'
import { loggerTo, logRequests } from './log.ts'
import { registerLogFiles, registerWitness } from './log-routes.ts'
import { type FaceOptions, type Mount, refuseUnusable } from './options.ts'
import { registerAlive, registerReceive, registerSignOut } from './own-routes.ts'
import { registerPasskeys } from './passkeys.ts'
import { answerError } from './problems.ts'
import { usualRates } from './rates.ts'
import { limitPerAddress } from './rates-per-address.ts'
import { makeSealer } from './seal.ts'
import { makeSessions } from './sessions.ts'
import { registerSignIn } from './sign-in.ts'
import type { Work } from './work.ts'

const JSON_BYTES = 1024 * 1024

/** The whole face, not yet listening. */
export async function makeServer(work: Work, options: FaceOptions): Promise<FastifyInstance> {
  refuseUnusable(options)
  const rates = { ...usualRates, ...options.rates }
  const sealer = makeSealer(options.sessionSecrets)
  const cookies = sessionCookies(options)
  const sessions = makeSessions(work, cookies, rates)
  const feed = new Feed(work, sealer, { look: 300, check: 3_000, beat: 15_000, ...options.feed })

  const app = Fastify({
    logger: loggerTo(options.log) ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: JSON_BYTES,
    // Addresses and users come from the connection, never from a header a client can write (ASVS 5.0, 4.1.3).
    trustProxy: false,
    exposeHeadRoutes: false,
    requestTimeout: 600_000,
    genReqId: () => randomBytes(9).toString('base64url'),
    requestIdHeader: false,
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    routerOptions: { maxParamLength: 200, caseSensitive: true, ignoreTrailingSlash: false },
  })
  app.server.headersTimeout = 20_000
  logRequests(app)
  closeInOrder(app)
  app.setErrorHandler(answerError)
  protect(app, options)
  limitPerAddress(app, rates.perAddress)

  takeOnlyJson(app)
  registerAlive(app, work)
  const tools = { work, sessions, onChoice: (token: Buffer) => feed.check(keyOf(token)) }
  registerCommands(app, tools)
  registerLogFiles(app, work, sessions)
  registerSignOut(app, work, sessions, cookies, feed)
  registerSignIn(app, { work, options, sealer, cookies, rates })
  if (options.passkeys === 'required') registerPasskeys(app, work, sessions, options, rates)
  feed.register(app, sessions, rates.feedsPerSession)
  await app.register(async (streams) => {
    takeBytes(streams)
    registerStreams(streams, tools)
    registerReceive(streams, work, options.origin, rates)
    registerWitness(streams, work)
  })
  for (const mount of options.mounts ?? []) await app.register(async (scope) => mountAt(scope, mount))
  serveDesk(app, options.deskFolder)
  await app.ready()
  return app
}

function takeOnlyJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      const text = decodeUtf8(Buffer.from(body))
      refuseTraps(text)
      parse(request, text, done)
    } catch (error) {
      done(error instanceof Error ? error : new Error('unreadable body'), undefined)
    }
  })
}

/** The body stays with the connection; whoever answers reads it. */
function takeBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _body, done) => done(null))
}

function mountAt(app: FastifyInstance, mount: Mount): void {
  takeBytes(app)
  app.all(`${mount.path}/*`, async (request, reply) => {
    handOver(reply)
    mount.handle(request.raw, reply.raw)
  })
}
