import { err, ok, type Result } from '@tandem/core'
import { exitCodes } from './exit-codes.ts'
import { type Failure, failure } from './failure.ts'

const MOST_STEPS = 12

interface Answer {
  readonly status: number
  readonly at: URL
  readonly location: string | null
}

/** Walks the redirects of the training login as a browser would, step by step, and never to another server. */
export async function trainingToken(server: string, subject: string, pin: string): Promise<Result<string, Failure>> {
  const jar = new Map<string, string>()
  try {
    const form = await follow(server, jar, new URL('/auth/sign-in', server), null)
    if (form === null || form.status !== 200 || !form.at.pathname.startsWith('/training-login/')) {
      return err(
        failure(
          exitCodes.refused,
          'This cell has no training login. Sign in at the desk, and give the session as TANDEM_TOKEN.',
        ),
      )
    }
    await follow(server, jar, form.at, new URLSearchParams({ person: subject, pin }))
  } catch {
    return err(failure(exitCodes.unreachable, `No cell answers at ${server}.`))
  }
  const token = jar.get('tandem') ?? jar.get('__Host-tandem')
  if (token !== undefined) return ok(token)
  return err({
    exit: exitCodes.notAllowed,
    code: 'TANDEM-AUTH-003',
    says: 'The sign-in did not succeed. Names and PINs are in the table that "tandem start" prints.',
  })
}

async function follow(
  server: string,
  jar: Map<string, string>,
  from: URL,
  form: URLSearchParams | null,
): Promise<Answer | null> {
  let answer = await step(server, jar, from, form)
  for (let steps = 0; answer !== null && answer.location !== null; steps++) {
    if (steps >= MOST_STEPS) return null
    answer = await step(server, jar, new URL(answer.location, answer.at), null)
  }
  return answer
}

async function step(
  server: string,
  jar: Map<string, string>,
  at: URL,
  form: URLSearchParams | null,
): Promise<Answer | null> {
  // Names and PINs go to the cell that was named and to nobody else.
  if (at.origin !== new URL(server).origin) return null
  const headers: Record<string, string> = { 'sec-fetch-site': 'same-origin', accept: 'text/html' }
  if (jar.size > 0) headers['cookie'] = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  if (form !== null) headers['origin'] = at.origin
  const response = await fetch(at, {
    redirect: 'manual',
    headers,
    ...(form === null ? {} : { method: 'POST', body: form }),
  })
  for (const line of response.headers.getSetCookie()) keep(jar, line)
  await response.arrayBuffer()
  const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
  return { status: response.status, at, location }
}

function keep(jar: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(/; */)
  const [name = '', value = ''] = pair.split(/=(.*)/s)
  const isGone =
    value === '' || attributes.some((each) => /^max-age=0$/i.test(each) || /^expires=thu, 01 jan 1970/i.test(each))
  if (isGone) jar.delete(name)
  else jar.set(name, value)
}
