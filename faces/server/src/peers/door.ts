import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createServer, type Server, type Socket } from 'node:net'
import { type SecureContext, TLSSocket } from 'node:tls'
import type { PeerDoor, PeerTopic } from '@tandem/work'
import { Windows } from '../rates.ts'
import { type LineLimits, usualLimits, wholeBody } from './limits.ts'
import { contextOf, faultOf, type LineAgency, type LinePeer, lineProtocol, lineTls, peerBehind } from './tls.ts'

export interface DoorOptions {
  readonly host: string
  readonly port: number
  /** Asked at every connection: a peer that was taken out, or a certificate that was renewed, counts from the next one. */
  readonly agencies: () => readonly LineAgency[]
  readonly door: PeerDoor
  readonly limits?: Partial<LineLimits>
  /** A peer proved who it is, and asked something. */
  readonly onHeard?: (agency: LineAgency, peer: LinePeer, certificateUntil: Date) => void
  /** For the operator's log. Whoever was refused learns nothing of it. */
  readonly onRefused?: (why: string) => void
}

export interface OpenDoor {
  readonly port: number
  close(): Promise<void>
}

interface Message {
  readonly peer: LinePeer
  readonly agency: LineAgency
  readonly topic: PeerTopic
  readonly body: Uint8Array
}

const topics: ReadonlyMap<string, PeerTopic | 'hello'> = new Map([
  ['/deconfliction', 'deconfliction'],
  ['/release', 'release'],
  ['/lookup', 'lookup'],
  ['/checkpoint', 'checkpoint'],
  // Answered here: whether the line holds, without a word about anything.
  ['/hello', 'hello'],
])

/** The port at which other cells knock. One message a connection; each proves both ends anew. */
export async function openPeerDoor(options: DoorOptions): Promise<OpenDoor> {
  const limits = { ...usualLimits, ...options.limits }
  const told = new Windows(60_000, limits.refusalsToldPerReasonAndMinute)
  // Whoever knocks without end must not fill the operator's disk; what is left out is said.
  const refused = (why: string): void => {
    const over = told.count(why.replaceAll(/[0-9A-F]{6,}/g, '').slice(0, 120))
    if (over <= 0) options.onRefused?.(why)
    else if (over === 1) options.onRefused?.(`${why}; more of the kind are not told for a minute`)
  }
  const contexts = new WeakMap<LineAgency, SecureContext | null>()
  const messages = new Windows(60_000, limits.messagesPerPeerAndMinute)
  const answering = new Map<string, number>()

  const secure = createHttpsServer(
    {
      ...lineTls,
      ALPNProtocols: [lineProtocol],
      // Of its own the door has no certificate: without the name of one of our agencies no handshake ends.
      requestCert: true,
      rejectUnauthorized: true,
      SNICallback: (name, done) => {
        const context = contextFor(name)
        done(context === null ? new Error('no such agency') : null, context ?? undefined)
      },
      handshakeTimeout: limits.handshakeMilliseconds,
      maxHeaderSize: 4_096,
      keepAlive: false,
    },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        refused(`an error of ours: ${error instanceof Error ? error.message : 'unknown'}`)
        response.destroy()
      })
    },
  )
  secure.maxRequestsPerSocket = 1
  secure.on('tlsClientError', (error) => refused(`a handshake: ${error.message.trim()}`))
  // Node's own time limits of a server begin to run when it listens, and this one is handed its connections.
  const arriving = new WeakMap<Socket, NodeJS.Timeout>()
  secure.on('secureConnection', (socket) => {
    const whole = setTimeout(() => socket.destroy(), 2 * limits.requestMilliseconds + limits.answerMilliseconds)
    const request = setTimeout(() => socket.destroy(), limits.requestMilliseconds)
    arriving.set(socket, request)
    socket.once('close', () => {
      clearTimeout(whole)
      clearTimeout(request)
    })
  })
  secure.on('clientError', (_error, socket) => void socket.destroy())

  const open = new Set<Socket>()
  const knocks = new Windows(60_000, limits.connectionsPerAddressAndMinute)
  const gate = createServer({ noDelay: true }, (socket) => {
    if (open.size >= limits.connections || knocks.count(socket.remoteAddress ?? '') > 0) {
      refused('too many connections')
      socket.destroy()
      return
    }
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    socket.on('error', () => {})
    secure.emit('connection', socket)
  })
  await listen(gate, options.host, options.port)
  const address = gate.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    async close() {
      const closed = new Promise<void>((resolve) => gate.close(() => resolve()))
      secure.close()
      for (const socket of open) socket.destroy()
      await closed
    },
  }

  function contextFor(name: string): SecureContext | null {
    const agency = options.agencies().find((each) => each.name === name)
    if (agency === undefined) return null
    const known = contexts.get(agency)
    if (known !== undefined) return known
    const fresh = contextOf(agency)
    contexts.set(agency, fresh)
    return fresh
  }

  /** Who is there, and whom they mean: by the connection alone. */
  function ends(socket: Socket): { agency: LineAgency; peer: LinePeer; until: Date } | string {
    if (!(socket instanceof TLSSocket)) return 'not a connection of the line'
    const fault = faultOf(socket, 'answers')
    if (fault !== null) return fault
    const agency = options.agencies().find((each) => each.name === socket.servername)
    const certificate = socket.getPeerX509Certificate()
    const peer = agency === undefined || certificate === undefined ? null : peerBehind(certificate, agency.peers)
    if (agency === undefined || certificate === undefined || peer === null)
      return 'a certificate for another name than its authority may speak for'
    return { agency, peer, until: new Date(certificate.validTo) }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const known = ends(request.socket)
    if (typeof known === 'string') return refuse(response, known)
    const { agency, peer, until } = known
    options.onHeard?.(agency, peer, until)
    const who = `${peer.name} to ${agency.name}`
    const topic = request.method === 'POST' ? topics.get(request.url ?? '') : undefined
    if (topic === undefined) return refuse(response, `${who}: nothing is known under that name`)
    if (messages.count(who) > 0) return refuse(response, `${who}: too many messages`)
    const now = answering.get(who) ?? 0
    if (now >= limits.messagesAtOnce) return refuse(response, `${who}: too many messages at once`)
    answering.set(who, now + 1)
    let work: Promise<Uint8Array | null> = Promise.resolve(null)
    try {
      const body = await wholeBody(request, limits.bytes)
      clearTimeout(arriving.get(request.socket))
      if (body === null) return refuse(response, `${who}: a message that is too long, or was cut`)
      if (topic !== 'hello') work = workOn({ peer, agency, topic, body })
      const said = topic === 'hello' ? new Uint8Array() : await inTime(request.socket, work)
      if (said === null) return refuse(response, `${who}: the message was not taken`)
      if (said.length > limits.bytes) return refuse(response, `${who}: our answer is too long`)
      response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': said.length })
      response.end(said)
    } finally {
      // Counted until the work itself has ended: whoever hangs up before does not get to begin more of it.
      void work.finally(() => answering.set(who, (answering.get(who) ?? 1) - 1))
    }
  }

  async function workOn({ peer, agency, topic, body }: Message): Promise<Uint8Array | null> {
    try {
      return await options.door({ name: peer.name, agency: agency.agency }, topic, body)
    } catch (error) {
      refused(`an error of ours: ${error instanceof Error ? error.message : 'unknown'}`)
      return null
    }
  }

  /** Nobody waits for an answer that takes too long, or that nobody will hear. */
  async function inTime(socket: Socket, work: Promise<Uint8Array | null>): Promise<Uint8Array | null> {
    const late = Promise.withResolvers<null>()
    const timer = setTimeout(() => late.resolve(null), limits.answerMilliseconds)
    socket.once('close', () => late.resolve(null))
    try {
      return await Promise.race([work, late.promise])
    } finally {
      clearTimeout(timer)
    }
  }

  /** The same few bytes whatever the reason: the reason is for our own log. */
  function refuse(response: ServerResponse, why: string): void {
    refused(why)
    response.writeHead(403, { connection: 'close', 'content-length': 0 })
    response.end()
  }
}

const listen = (gate: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    gate.once('error', reject)
    gate.listen(port, host, () => {
      gate.off('error', reject)
      resolve()
    })
  })
