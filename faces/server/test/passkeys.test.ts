import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { z } from 'zod'
import { SoftwareAuthenticator } from './authenticator.ts'
import { fakeServer, origin, withCookie } from './fake-work.ts'

const optionsShape = z.object({ step: z.string(), options: z.looseObject({ challenge: z.string() }) })
const rpID = 'localhost'
const good = { origin, rpID }

async function awaited() {
  const { app, work } = await fakeServer({ passkeys: 'required' })
  const begin = () => {
    const token = work.session({ secondFactor: 'awaited' })
    const headers = withCookie(token)
    const post = (step: string, payload: object = {}) =>
      app.inject({ method: 'POST', url: `/auth/passkey/${step}`, headers, payload })
    const challenge = async () => optionsShape.parse((await post('options')).json()).options.challenge
    const isWhole = () => work.sessions.get(token.toString('hex'))?.secondFactor === 'given'
    const step = async () => (await app.inject({ url: '/auth/passkey', headers })).json()
    return { token, headers, post, challenge, isWhole, step }
  }
  const registered = async () => {
    const key = new SoftwareAuthenticator()
    const session = begin()
    const answer = key.register({ ...good, challenge: await session.challenge() })
    assert.equal((await session.post('register', answer)).statusCode, 200)
    assert.ok(session.isWhole())
    return key
  }
  return { app, work, begin, registered }
}

describe('the second factor', () => {
  it('until it is given, every route of the record refuses and signing out works', async () => {
    const { app, begin } = await awaited()
    const { headers, step } = begin()
    for (const url of ['/api/session', '/api/referrals', '/api/ledger', '/api/events']) {
      const response = await app.inject({ url, headers })
      assert.equal(response.statusCode, 403)
      assert.equal(response.json().code, 'TANDEM-AUTH-005')
    }
    assert.deepEqual(await step(), { step: 'register' })
    const out = await app.inject({ method: 'POST', url: '/api/session/sign-out', headers, payload: {} })
    assert.equal(out.statusCode, 200)
  })

  it('the first passkey is registered at the first sign-in, and asked for at the next', async () => {
    const { app, begin, registered } = await awaited()
    const key = await registered()
    const session = begin()
    assert.deepEqual(await session.step(), { step: 'assert' })
    const answer = key.assert({ ...good, challenge: await session.challenge() })
    assert.equal((await session.post('assert', answer)).statusCode, 200)
    assert.ok(session.isWhole())
    assert.deepEqual(await session.step(), { step: 'none' })
    assert.equal((await app.inject({ url: '/api/session', headers: session.headers })).statusCode, 404)
  })

  it('whoever has a passkey cannot register another instead of using it', async () => {
    const { begin, registered, work } = await awaited()
    await registered()
    const session = begin()
    const thief = new SoftwareAuthenticator()
    const answer = thief.register({ ...good, challenge: await session.challenge() })
    assert.equal((await session.post('register', answer)).json().code, 'TANDEM-STATE-002')
    assert.ok(!session.isWhole())
    assert.equal(work.passkeys.get('person-1')?.length, 1)
  })

  it('of two first registrations at once the second is refused', async () => {
    const { begin, registered, work } = await awaited()
    const session = begin()
    const challenge = await session.challenge()
    await registered()
    const answer = new SoftwareAuthenticator().register({ ...good, challenge })
    assert.equal((await session.post('register', answer)).json().code, 'TANDEM-STATE-002')
    assert.equal(work.passkeys.get('person-1')?.length, 1)
  })

  const wrong: Record<string, object> = {
    'another origin': { origin: 'http://localhost.attacker.example:7373' },
    'another port': { origin: 'http://localhost:7374' },
    'another relying party': { rpID: 'attacker.example' },
    'no user verification': { verified: false },
    'no user presence': { present: false },
    'another challenge': { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
    'the other ceremony': { type: 'webauthn.create' },
    'a counter that went back (a cloned key)': { counter: 1 },
  }
  for (const [what, change] of Object.entries(wrong)) {
    it(`an assertion is refused: ${what}`, async () => {
      const { begin, registered } = await awaited()
      const key = await registered()
      const session = begin()
      const challenge = await session.challenge()
      const response = await session.post('assert', key.assert({ ...good, challenge, ...change }))
      assert.equal(response.statusCode, 401)
      assert.equal(response.json().code, 'TANDEM-AUTH-003')
      assert.ok(!session.isWhole())
      // A wrong answer used the challenge up.
      assert.equal((await session.post('assert', key.assert({ ...good, challenge }))).statusCode, 401)
    })
    if (what.includes('counter') || what.includes('other ceremony')) continue
    it(`a registration is refused: ${what}`, async () => {
      const { begin, work } = await awaited()
      const session = begin()
      const challenge = await session.challenge()
      const answer = new SoftwareAuthenticator().register({ ...good, challenge, ...change })
      assert.equal((await session.post('register', answer)).json().code, 'TANDEM-AUTH-003')
      assert.ok(!session.isWhole())
      assert.equal(work.passkeys.size, 0)
    })
  }

  it('an answer works once, in its own session, with its own key', async () => {
    const { begin, registered } = await awaited()
    const key = await registered()
    const first = begin()
    const answer = key.assert({ ...good, challenge: await first.challenge() })
    const second = begin()
    await second.challenge()
    assert.equal((await second.post('assert', answer)).statusCode, 401)
    const stranger = new SoftwareAuthenticator()
    const forged = stranger.assert({ ...good, challenge: await second.challenge() })
    assert.equal((await second.post('assert', forged)).statusCode, 401)
    const named = { ...forged, id: answer.id, rawId: answer.rawId }
    await second.challenge()
    assert.equal((await second.post('assert', named)).statusCode, 401)
    assert.equal((await first.post('assert', answer)).statusCode, 200)
    assert.equal((await first.post('assert', answer)).json().code, 'TANDEM-STATE-002')
    assert.ok(!second.isWhole())
  })

  it('a malformed answer and a foreign page are refused', async () => {
    const { app, begin } = await awaited()
    const session = begin()
    await session.challenge()
    assert.equal((await session.post('register', { id: 'x' })).json().code, 'TANDEM-INPUT-001')
    const headers = { ...session.headers, 'sec-fetch-site': 'cross-site' }
    const foreign = await app.inject({ method: 'POST', url: '/auth/passkey/options', headers, payload: {} })
    assert.equal(foreign.json().code, 'TANDEM-AUTH-004')
  })
})
