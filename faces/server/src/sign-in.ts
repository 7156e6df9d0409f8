import { Refusal } from '@tandem/core'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { clearCookie, cookieOf, setCookie } from './cookie.ts'
import type { SessionCookies } from './credentials.ts'
import type { FaceOptions } from './options.ts'
import { choicePage, failurePage, signedInPage, styleSheet } from './pages.ts'
import { placeOf } from './problems.ts'
import { makeProviders, type Providers } from './providers.ts'
import type { Rates } from './rates.ts'
import type { Sealer } from './seal.ts'
import type { Work } from './work.ts'

const PURPOSE = 'sign-in under way'
const MINUTES = 10

const underWay = z.strictObject({
  provider: z.int(),
  verifier: z.string(),
  state: z.string(),
  nonce: z.string(),
  until: z.number(),
})

interface Tools {
  readonly work: Work
  readonly options: FaceOptions
  readonly sealer: Sealer
  readonly cookies: SessionCookies
  readonly rates: Rates
}

/** Sign-in at the agency's own OpenID provider: authorization code with PKCE, state and nonce (RFC 9700). */
export function registerSignIn(app: FastifyInstance, tools: Tools): void {
  const { work, options, sealer, cookies, rates } = tools
  const providers: Providers = makeProviders(options.oidc)
  const name = options.secureCookies ? '__Host-tandem-sign-in' : 'tandem-sign-in'
  // Lax: it must come back on the way from the provider.
  const shape = { sameSite: 'Lax', secure: options.secureCookies } as const
  const config = { perAddress: rates.signInPerAddress }

  const html = (reply: FastifyReply, status: number, text: string): FastifyReply =>
    reply.code(status).type('text/html; charset=utf-8').send(text)

  const leave = async (reply: FastifyReply, index: number): Promise<FastifyReply> => {
    const left = await providers.leaveFor(index)
    const { address, ...kept } = left
    const sealed = sealer.seal(
      PURPOSE,
      JSON.stringify({ ...kept, provider: index, until: Date.now() + MINUTES * 60e3 }),
    )
    setCookie(reply, name, sealed, shape, MINUTES * 60)
    return reply.redirect(address.href, 302)
  }

  const failed = (reply: FastifyReply, why: unknown): FastifyReply => {
    reply.log.warn({ event: 'sign-in failed', reference: reply.request.id, ...placeOf(why), stack: undefined })
    return html(reply, 401, failurePage)
  }

  app.get('/auth/style.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(styleSheet))

  app.get('/auth/sign-in', { config }, async (_request, reply) => {
    if (options.oidc.length !== 1) return html(reply, 200, choicePage(work.cellName, options.oidc))
    return leave(reply, 0).catch((error: unknown) => failed(reply, error))
  })

  app.get<{ Params: { provider: string } }>('/auth/sign-in/:provider', { config }, async (request, reply) => {
    const index = /^\d{1,3}$/.test(request.params.provider) ? Number(request.params.provider) : -1
    if (options.oidc[index] === undefined) throw new Refusal('TANDEM-FIND-001')
    return leave(reply, index).catch((error: unknown) => failed(reply, error))
  })

  app.get('/auth/callback', { config }, async (request, reply) => {
    clearCookie(reply, name, shape)
    try {
      const sealed = sealer.open(PURPOSE, cookieOf(request, name))
      if (sealed === null) throw new Refusal('TANDEM-AUTH-003')
      const began = underWay.parse(JSON.parse(sealed))
      if (began.until < Date.now()) throw new Refusal('TANDEM-AUTH-003')
      const query = new URL(request.url, options.origin).search
      const named = await providers.named(began.provider, query, began)
      const { token } = await work.signIn(named, options.passkeys === 'required')
      cookies.give(reply, token)
      return html(reply, 200, signedInPage)
    } catch (error) {
      return failed(reply, error)
    }
  })
}
