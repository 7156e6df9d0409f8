import { request } from 'node:http'
import { createServer } from 'node:net'
import type { TestContext } from 'node:test'
import { type ConnectionOptions, connect } from 'node:tls'
import type { DoorOptions, LineAgency, LineOptions, OpenDoor, OpenLine } from '@tandem/server'
import { openPeerDoor, peerLine } from '@tandem/server'
import type { Peer, PeerTopic } from '@tandem/work'
import { type Certified, makeAuthority, makeCertificate } from '../src/peers/certificates.ts'
import { atEnd } from './training-folder.ts'

const cell = '0192f0c1-2345-7abc-8def-0123456789ab'
export const nameOf = (short: string): string => `${short}.${cell}.training.tandem.internal`

/** An invented agency: its authority and what that authority says of it. */
export interface Side {
  readonly name: string
  readonly authority: Certified
  readonly line: Certified
}

export async function side(short: string, days?: number): Promise<Side> {
  const now = new Date()
  const authority = await makeAuthority(now)
  const name = nameOf(short)
  return { name, authority, line: await makeCertificate(authority, name, now, days) }
}

export const agencyOf = ({ name, line }: Side, peers: readonly (readonly [Side, port: number])[]): LineAgency => ({
  agency: `id of ${name}`,
  name,
  ...line,
  peers: peers.map(([peer, port]) => ({
    name: peer.name,
    authority: peer.authority.certificate,
    host: '127.0.0.1',
    port,
  })),
})

export interface Asked {
  readonly peer: Peer
  readonly topic: PeerTopic
  readonly text: string
}

export interface Door extends OpenDoor {
  /** What came through. */
  readonly asked: Asked[]
  /** Why others did not. */
  readonly refused: string[]
}

export async function door(
  t: TestContext,
  agencies: readonly LineAgency[],
  more: Partial<DoorOptions> = {},
): Promise<Door> {
  const asked: Asked[] = []
  const refused: string[] = []
  const open = await openPeerDoor({
    host: '127.0.0.1',
    port: 0,
    agencies: () => agencies,
    door: async (peer, topic, body) => {
      asked.push({ peer, topic, text: Buffer.from(body).toString('utf8') })
      return Buffer.from(`heard ${body.length}`)
    },
    onRefused: (why) => refused.push(why),
    ...more,
  })
  atEnd(t, () => open.close())
  return { ...open, asked, refused }
}

export interface Line extends OpenLine {
  readonly problems: string[]
}

export function line(agency: LineAgency, limits: LineOptions['limits'] = {}): Line {
  const problems: string[] = []
  const open = peerLine({
    agencies: () => [agency],
    limits,
    onProblem: (_, problem, detail) => problems.push(`${problem}: ${detail}`),
  })
  return { ...open, problems }
}

export const peerOf = (agency: LineAgency, there: Side): Peer => ({ agency: agency.agency, name: there.name })

/** What an honest caller sends to the door, to be spoilt by a test. */
export const honest = (from: Side, to: Side, port: number): ConnectionOptions => ({
  host: '127.0.0.1',
  port,
  servername: to.name,
  minVersion: 'TLSv1.3',
  maxVersion: 'TLSv1.3',
  ecdhCurve: 'X25519MLKEM768',
  ALPNProtocols: ['tandem-peer/1'],
  cert: from.line.certificate,
  key: from.line.key,
  ca: to.authority.certificate,
  checkServerIdentity: () => undefined,
})

export interface Knocked {
  /** Of an HTTP answer, if the connection came so far. */
  readonly status: number | null
  /** What ended it otherwise. */
  readonly ended: string | null
  readonly handshake: { readonly protocol: string | null; readonly group: unknown; readonly reused: boolean } | null
}

/** One message by hand, over whatever connection the options make. */
export async function knock(
  options: ConnectionOptions,
  path = '/deconfliction',
  body = 'hello',
  onSession: (session: Buffer) => void = () => {},
): Promise<Knocked> {
  const socket = connect(options)
  const ended = Promise.withResolvers<string>()
  const end = (error: Error): void => ended.resolve('code' in error ? String(error.code) : error.message)
  socket.on('session', onSession)
  socket.on('error', end)
  socket.once('close', () => ended.resolve('closed'))
  const secured = new Promise<null>((resolve) => socket.once('secureConnect', () => resolve(null)))
  const ready = await Promise.race([secured, ended.promise])
  if (ready !== null) return { status: null, ended: ready, handshake: null }
  const key = socket.getEphemeralKeyInfo()
  const handshake = {
    protocol: socket.getProtocol(),
    group: key !== null && 'name' in key ? key.name : null,
    reused: socket.isSessionReused(),
  }
  const answered = new Promise<number>((resolve) => {
    const asked = request({ method: 'POST', path, headers: { host: 'peer' }, createConnection: () => socket })
    asked.on('error', end)
    asked.once('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asked.end(body)
  })
  const first = await Promise.race([answered, ended.promise])
  socket.destroy()
  return typeof first === 'number'
    ? { status: first, ended: null, handshake }
    : { status: null, ended: first, handshake }
}

/** A port that was free a moment ago. */
export async function listeningPort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  return typeof address === 'object' && address !== null ? address.port : 0
}
