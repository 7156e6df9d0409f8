import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { Refusal } from '@tandem/core'
import type { Passkey } from '@tandem/work'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Challenges } from './challenges.ts'
import { keyOf } from './credentials.ts'
import type { FaceOptions } from './options.ts'
import { assertionBody, registrationBody } from './passkey-shapes.ts'
import { refusalOfParsing } from './problems.ts'
import type { Rates } from './rates.ts'
import type { Guest, Sessions } from './sessions.ts'
import type { Work } from './work.ts'

type Step = 'register' | 'assert' | 'none'

/**
 * The second factor: a passkey with user verification. A person who has none registers the first right after an
 * agency's provider has named them (trust on first use); anyone who has one must use it, and cannot add another
 * here, so a stolen first factor alone does not bring a key of the thief's.
 */
export function registerPasskeys(
  app: FastifyInstance,
  work: Work,
  sessions: Sessions,
  options: FaceOptions,
  rates: Rates,
): void {
  const rpID = new URL(options.origin).hostname
  const expected = { expectedOrigin: options.origin, expectedRPID: rpID, requireUserVerification: true }
  const challenges = new Challenges()
  const config = { perAddress: rates.signInPerAddress }
  const refused = (): Refusal => new Refusal('TANDEM-AUTH-003')

  const waiting = async (request: FastifyRequest): Promise<Guest & { step: Step; keys: Passkey[] }> => {
    const guest = await sessions.guest(request)
    if (guest.held.secondFactor !== 'awaited') return { ...guest, step: 'none', keys: [] }
    const keys = await work.passkeysOf(guest.token)
    return { ...guest, step: keys.length === 0 ? 'register' : 'assert', keys }
  }

  const waitingFor = async (step: Step, request: FastifyRequest) => {
    const guest = await waiting(request)
    if (guest.step !== step) throw new Refusal('TANDEM-STATE-002')
    const challenge = challenges.take(keyOf(guest.token), step)
    if (challenge === null) throw refused()
    return { ...guest, challenge }
  }

  app.get('/auth/passkey', async (request) => ({ step: (await waiting(request)).step }))

  app.post('/auth/passkey/options', { config }, async (request) => {
    const { step, keys, held, token } = await waiting(request)
    if (step === 'none') throw new Refusal('TANDEM-STATE-002')
    const given =
      step === 'register'
        ? await generateRegistrationOptions({
            rpName: 'Tandem',
            rpID,
            userName: held.name,
            userID: new Uint8Array(Buffer.from(held.person)),
            attestationType: 'none',
            authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
          })
        : await generateAuthenticationOptions({
            rpID,
            userVerification: 'required',
            allowCredentials: keys.map((key) => ({ id: key.credentialId.toString('base64url') })),
          })
    challenges.keep(keyOf(token), step, given.challenge)
    return { step, options: given }
  })

  app.post('/auth/passkey/register', { config }, async (request) => {
    const { token, challenge } = await waitingFor('register', request)
    const parsed = registrationBody.safeParse(request.body)
    if (!parsed.success) throw refusalOfParsing(parsed.error, 'body')
    const verified = await verifyRegistrationResponse({
      response: parsed.data,
      expectedChallenge: challenge,
      ...expected,
    }).catch(() => null)
    if (verified?.verified !== true) throw refused()
    const { id, publicKey, counter } = verified.registrationInfo.credential
    const key = { credentialId: Buffer.from(id, 'base64url'), publicKey: Buffer.from(publicKey), counter }
    await work.addPasskey(token, key)
    await work.secondFactorGiven(token, key)
    return { given: true }
  })

  app.post('/auth/passkey/assert', { config }, async (request) => {
    const { token, keys, challenge } = await waitingFor('assert', request)
    const parsed = assertionBody.safeParse(request.body)
    if (!parsed.success) throw refusalOfParsing(parsed.error, 'body')
    const used = keys.find((key) => key.credentialId.toString('base64url') === parsed.data.id)
    if (used === undefined) throw refused()
    const verified = await verifyAuthenticationResponse({
      response: parsed.data,
      expectedChallenge: challenge,
      ...expected,
      credential: { id: parsed.data.id, publicKey: new Uint8Array(used.publicKey), counter: Number(used.counter) },
    }).catch(() => null)
    if (verified?.verified !== true) throw refused()
    await work.secondFactorGiven(token, { ...used, counter: verified.authenticationInfo.newCounter })
    return { given: true }
  })
}
