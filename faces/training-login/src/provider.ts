import { Provider } from 'oidc-provider'
import { memoryAdapter } from './memory-adapter.ts'
import { lapsedPage } from './pages.ts'
import type { TrainingLoginOptions } from './training-login.ts'

const MINUTE = 60

/** Authorization code with PKCE and nothing else. */
export function makeProvider(options: TrainingLoginOptions, prefix: string): Provider {
  const { clients, people, keys } = options
  const provider = new Provider(options.issuer, {
    adapter: memoryAdapter(),
    jwks: { keys: [{ ...keys.signing, kty: 'EC' }] },
    cookies: {
      keys: [...keys.cookies],
      short: { httpOnly: true, sameSite: 'lax', signed: true },
      long: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    clients: clients.map((client) => ({
      client_id: client.clientId,
      redirect_uris: [...client.redirectUris],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      id_token_signed_response_alg: 'ES256',
      ...(client.clientSecret === undefined
        ? { token_endpoint_auth_method: 'none' }
        : { token_endpoint_auth_method: 'client_secret_basic', client_secret: client.clientSecret }),
    })),
    responseTypes: ['code'],
    scopes: ['openid'],
    claims: { openid: ['sub'] },
    pkce: { required: () => true },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
    },
    ttl: {
      AccessToken: 5 * MINUTE,
      AuthorizationCode: MINUTE,
      Grant: 10 * MINUTE,
      IdToken: 5 * MINUTE,
      Interaction: 10 * MINUTE,
      Session: 10 * MINUTE,
    },
    interactions: { url: (_context, interaction) => `${prefix}/sign-in/${interaction.uid}` },
    findAccount: (_context, subject) => {
      if (!people.some((person) => person.subject === subject)) return undefined
      return { accountId: subject, claims: () => ({ sub: subject }) }
    },
    // The cell is the only client: there is nothing for a person to agree to.
    loadExistingGrant: async (context) => {
      const { client, session } = context.oidc
      if (client === undefined || session?.accountId === undefined) return undefined
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
    renderError: (context) => {
      context.type = 'html'
      context.body = lapsedPage(prefix)
    },
  })
  // The outside is named by the issuer: see underPrefix, which sets both headers itself.
  provider.proxy = true
  return provider
}
