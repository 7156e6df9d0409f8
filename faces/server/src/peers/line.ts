import { type IncomingMessage, request } from 'node:http'
import { connect, type TLSSocket } from 'node:tls'
import { err, ok, type Result } from '@tandem/core'
import type { LineProblem, Peer, PeerLine, PeerTopic } from '@tandem/work'
import { type LineLimits, usualLimits, wholeBody } from './limits.ts'
import { faultOf, type LineAgency, type LinePeer, lineProtocol, lineTls, peerBehind } from './tls.ts'

export interface LineOptions {
  readonly agencies: () => readonly LineAgency[]
  readonly limits?: Partial<LineLimits>
  readonly onAnswer?: (peer: Peer, certificateUntil: Date) => void
  readonly onProblem?: (peer: Peer, problem: LineProblem, detail: string) => void
}

export interface OpenLine extends PeerLine {
  /** Whether the peer answers and is who it should be; says nothing and asks nothing. */
  hello(peer: Peer): Promise<Result<void, LineProblem>>
}

/** Why an attempt ended, for the caller in the words of the port and for the operator in detail. */
class Trouble extends Error {
  readonly problem: LineProblem

  constructor(problem: LineProblem, detail: string) {
    super(detail)
    this.problem = problem
  }
}

/** The way out. A connection a message: what was agreed is proved each time before the first byte of it leaves. */
export function peerLine(options: LineOptions): OpenLine {
  const limits = { ...usualLimits, ...options.limits }

  const send = async (
    peer: Peer,
    topic: PeerTopic | 'hello',
    body: Uint8Array,
  ): Promise<Result<Uint8Array, LineProblem>> => {
    const agency = options.agencies().find((each) => each.agency === peer.agency)
    const there = agency?.peers.find(({ name }) => name === peer.name)
    let socket: TLSSocket | null = null
    try {
      if (agency === undefined || there === undefined)
        throw new Trouble('unreachable', 'no such peer is named in cell.json')
      if (body.length > limits.bytes) throw new Trouble('refused', `a message has at most ${limits.bytes} bytes`)
      socket = await connected(agency, there, limits.handshakeMilliseconds)
      const until = provedUntil(socket, there)
      const answer = await exchanged(socket, topic, body, limits)
      // Who refuses a message has answered: the line holds.
      options.onAnswer?.(peer, until)
      return answer === null ? err('refused') : ok(answer)
    } catch (error) {
      const { problem, message } = error instanceof Trouble ? error : new Trouble('unreachable', String(error))
      options.onProblem?.(peer, problem, message)
      return err(problem)
    } finally {
      socket?.destroy()
    }
  }
  return {
    ask: send,
    async hello(peer) {
      const answer = await send(peer, 'hello', new Uint8Array())
      return answer.ok ? ok(undefined) : answer
    },
  }
}

function connected(agency: LineAgency, peer: LinePeer, milliseconds: number): Promise<TLSSocket> {
  const { certificate, key } = agency
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...lineTls,
      ALPNProtocols: [lineProtocol],
      host: peer.host,
      port: peer.port,
      servername: peer.name,
      cert: certificate,
      key,
      ca: peer.authority,
      // Its name is compared with what was pinned, once the handshake has ended.
      checkServerIdentity: () => undefined,
    })
    let isThere = false
    const timer = setTimeout(() => {
      reject(isThere ? new Trouble('silent', 'no handshake in time') : new Trouble('unreachable', 'nobody answers'))
      socket.destroy()
    }, milliseconds)
    socket.once('connect', () => {
      isThere = true
    })
    socket.once('secureConnect', () => {
      clearTimeout(timer)
      socket.setNoDelay(true)
      resolve(socket)
    })
    socket.on('error', (error) => {
      clearTimeout(timer)
      reject(isThere ? handshakeTrouble(error) : new Trouble('unreachable', codeOf(error)))
    })
  })
}

/** Throws unless this is the peer, on a connection as agreed. */
function provedUntil(socket: TLSSocket, peer: LinePeer): Date {
  const fault = faultOf(socket, 'asks')
  if (fault !== null) throw new Trouble('untrusted', fault)
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined || peerBehind(certificate, [peer]) === null)
    throw new Trouble('untrusted', 'its certificate is for another name')
  return new Date(certificate.validTo)
}

/** Null: the other cell refused the message. */
async function exchanged(
  socket: TLSSocket,
  topic: string,
  body: Uint8Array,
  limits: LineLimits,
): Promise<Uint8Array | null> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Trouble('silent', 'no answer in time')), limits.answerMilliseconds)
  try {
    const response = await Promise.race([responseTo(socket, topic, body), late.promise])
    if (response.statusCode === 403) return null
    if (response.statusCode !== 200) throw new Trouble('malformed', `it answered ${response.statusCode}`)
    const answer = await Promise.race([wholeBody(response, limits.bytes), late.promise])
    if (answer === null) throw new Trouble('malformed', 'its answer is too long, or was cut')
    return answer
  } finally {
    clearTimeout(timer)
    late.promise.catch(() => {})
  }
}

function responseTo(socket: TLSSocket, topic: string, body: Uint8Array): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request({
      method: 'POST',
      path: `/${topic}`,
      headers: { host: 'peer', 'content-length': body.length, connection: 'close' },
      maxHeaderSize: 4_096,
      createConnection: () => socket,
    })
    asked.once('response', resolve)
    // In TLS 1.3 the other end judges our certificate after our handshake has ended: its refusal looks like this.
    asked.on('error', (error) => reject(afterHandshake(error)))
    asked.end(body)
  })
}

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.message.slice(0, 200)

function handshakeTrouble(error: Error): Trouble {
  const code = codeOf(error)
  return code === 'ECONNRESET' || code === 'EPIPE'
    ? new Trouble('refused', 'it ended the connection before the handshake: it may not know this name')
    : new Trouble('untrusted', code)
}

function afterHandshake(error: Error): Trouble {
  const code = codeOf(error)
  return code.startsWith('HPE_')
    ? new Trouble('malformed', code)
    : new Trouble('refused', `it ended the connection without an answer (${code}): it may not accept our certificate`)
}
