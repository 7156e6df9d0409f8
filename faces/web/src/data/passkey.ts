import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { problem as problemShape } from '@tandem/contract'
import { noAnswer, notAgreed, ProblemError } from './problem.ts'

/**
 * The second factor is about the connection, not about the record, so it has no route in the contract:
 * `POST /auth/passkey/options` answers `{ step: 'register' | 'assert', options }`, and what the device says to them
 * goes to `/auth/passkey/register` or `/auth/passkey/assert`.
 */
export async function givePasskey(): Promise<void> {
  const asked = await post('/auth/passkey/options', {})
  if (typeof asked !== 'object' || asked === null || !('step' in asked) || !('options' in asked)) {
    throw new ProblemError(notAgreed('passkey options'))
  }
  const isFirst = asked.step === 'register'
  const response = await withDevice(isFirst, asked.options)
  await post(isFirst ? '/auth/passkey/register' : '/auth/passkey/assert', response)
}

type RegistrationOptions = Parameters<typeof startRegistration>[0]['optionsJSON']
type AuthenticationOptions = Parameters<typeof startAuthentication>[0]['optionsJSON']

const hasChallenge = (value: unknown): value is { challenge: string } =>
  typeof value === 'object' && value !== null && 'challenge' in value && typeof value.challenge === 'string'
const isRegistration = (value: unknown): value is RegistrationOptions =>
  hasChallenge(value) && 'user' in value && 'rp' in value
const isAuthentication = (value: unknown): value is AuthenticationOptions => hasChallenge(value) && !('user' in value)

async function withDevice(isFirst: boolean, options: unknown): Promise<unknown> {
  try {
    if (isFirst && isRegistration(options)) return await startRegistration({ optionsJSON: options })
    if (!isFirst && isAuthentication(options)) return await startAuthentication({ optionsJSON: options })
  } catch {
    throw new ProblemError({
      code: 'DESK-004',
      message: 'The passkey was not given. Try again, or ask your administrator for a new one.',
      reference: '',
    })
  }
  throw new ProblemError(notAgreed('passkey options'))
}

async function post(path: string, body: unknown): Promise<unknown> {
  const answer = await fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new ProblemError(noAnswer)
  })
  const read: unknown = await answer.json().catch(() => null)
  if (answer.ok) return read
  const refused = problemShape.safeParse(read)
  throw new ProblemError(refused.success ? refused.data : notAgreed(`status ${answer.status}`))
}
