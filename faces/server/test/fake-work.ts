import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { routes } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Caller, Change, Passkey } from '@tandem/work'
import type { FaceOptions } from '../src/options.ts'
import { makeServer } from '../src/server.ts'
import type { Held, Work } from '../src/work.ts'

export const origin = 'http://localhost:7373'
export const id = '0192f0c1-2345-7abc-8def-0123456789ab'

/** A cell in memory: sessions, passkeys and changes as the tests set them. */
export class FakeWork implements Work {
  readonly cellName = 'Test cell'
  readonly limits = { deliveryBytes: 2000, listBytes: 1000 }
  commands: readonly string[] = Object.keys(routes)
  readonly sessions = new Map<string, Held>()
  readonly people = new Map<string, Held>()
  readonly passkeys = new Map<string, Passkey[]>()
  readonly received: { apiKey: string; name: string; idempotencyKey: string; bytes: number }[] = []
  readonly inputs: unknown[] = []
  readonly lookups: string[] = []
  changes: Change[] = []
  databaseAnswers = true
  answers: (name: string, input: unknown) => unknown = () => {
    throw new Refusal('TANDEM-FIND-001')
  }

  session(of: Partial<Held> = {}): Buffer {
    const token = randomBytes(32)
    this.sessions.set(token.toString('hex'), { ...person, ...of })
    return token
  }

  // The tests' answers are checked by the contract like any other.
  answer: Work['answer'] = async (name, _caller, input) => {
    this.inputs.push(input)
    return JSON.parse(JSON.stringify(await this.answers(name, input)))
  }

  async signIn(named: { issuer: string; subject: string }, askSecondFactor: boolean) {
    const held = this.people.get(`${named.issuer} ${named.subject}`)
    if (held === undefined) throw new Refusal('TANDEM-AUTH-003')
    const secondFactor: 'awaited' | 'not required' = askSecondFactor ? 'awaited' : 'not required'
    return { token: this.session({ ...held, secondFactor }), secondFactor }
  }

  async sessionOf(token: Buffer) {
    return this.sessions.get(token.toString('hex')) ?? null
  }

  async signOut(token: Buffer) {
    this.sessions.delete(token.toString('hex'))
  }

  async passkeysOf(token: Buffer) {
    return this.passkeys.get(this.#person(token)) ?? []
  }

  async addPasskey(token: Buffer, key: Passkey) {
    this.passkeys.set(this.#person(token), [...(await this.passkeysOf(token)), key])
  }

  async secondFactorGiven(token: Buffer, key: Passkey) {
    const held = this.sessions.get(token.toString('hex'))
    if (held === undefined) return
    this.sessions.set(token.toString('hex'), { ...held, secondFactor: 'given' })
    const others = (await this.passkeysOf(token)).filter((each) => !each.credentialId.equals(key.credentialId))
    this.passkeys.set(held.person, [...others, key])
  }

  async changesAfter(after: string, limit: number) {
    if (!this.databaseAnswers) throw new Refusal('TANDEM-STORE-001')
    this.lookups.push(after)
    return this.changes.filter((change) => change.position > after).slice(0, limit)
  }

  async latestChange() {
    if (!this.databaseAnswers) throw new Refusal('TANDEM-STORE-001')
    return this.changes.at(-1)?.position ?? ''
  }

  /** By "name path". */
  readonly logFiles = new Map<string, Buffer>()
  readonly witnessed: string[] = []

  async logFile(_caller: Caller, name: string, path: string) {
    const file = this.logFiles.get(`${name} ${path}`)
    if (file === undefined) throw new Refusal('TANDEM-FIND-001')
    return file
  }

  async witness(name: string, body: string) {
    if (name !== 'agency-a') return null
    this.witnessed.push(body)
    return { status: 409, contentType: 'text/x.tlog.size', body: '7\n' }
  }

  receive: Work['receive'] = async (apiKey, given, stream) => {
    let bytes = 0
    for await (const chunk of stream) bytes += chunk.length
    this.received.push({ apiKey: apiKey.toString('hex'), ...given, bytes })
    return {
      delivery: id,
      receivedAt: '2026-01-01T00:00:00Z',
      sha256: '',
      length: bytes,
      state: 'received',
      repeatOf: null,
      stripped: 0,
      reason: null,
    }
  }

  #person(token: Buffer): string {
    return this.sessions.get(token.toString('hex'))?.person ?? ''
  }
}

export const person: Held = {
  person: 'person-1',
  agency: 'agency-1',
  name: 'Test Officer',
  role: 'officer',
  login: 'tandem_officer',
  secondFactor: 'not required',
  operation: 'operation-1',
}

export const usual: FaceOptions = {
  origin,
  oidc: [],
  passkeys: 'off',
  deskFolder: null,
  secureCookies: false,
  health: async () => [],
}

export async function fakeServer(options: Partial<FaceOptions> = {}) {
  const work = new FakeWork()
  const app = await makeServer(work, { ...usual, ...options })
  return { work, app, host: new URL(options.origin ?? origin).host }
}

export const desk = { host: 'localhost:7373', 'sec-fetch-site': 'same-origin', origin }
export const withCookie = (token: Buffer) => ({ ...desk, cookie: `tandem=${token.toString('base64url')}` })
export const withBearer = (token: Buffer) => ({
  host: 'localhost:7373',
  authorization: `Bearer ${token.toString('base64url')}`,
})

export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
