import { Refusal } from '@tandem/core'
import * as openid from 'openid-client'
import type { IdentityProvider } from './options.ts'

export interface Leaving {
  readonly verifier: string
  readonly state: string
  readonly nonce: string
}

export interface Providers {
  leaveFor(index: number): Promise<Leaving & { readonly address: URL }>
  /** Who came back, as the provider's signed token says. */
  named(index: number, query: string, began: Leaving): Promise<{ issuer: string; subject: string }>
}

export function makeProviders(providers: readonly IdentityProvider[]): Providers {
  const found = new Map<number, Promise<openid.Configuration>>()

  const at = (index: number): IdentityProvider => {
    const provider = providers[index]
    if (provider === undefined) throw new Refusal('TANDEM-AUTH-003')
    return provider
  }

  // Asked for at the first sign-in: a provider that is down must not keep the cell from starting.
  const configurationOf = (index: number): Promise<openid.Configuration> => {
    const present = found.get(index)
    if (present !== undefined) return present
    const discovering = discover(at(index))
    found.set(index, discovering)
    discovering.catch(() => found.delete(index))
    return discovering
  }

  return {
    async leaveFor(index) {
      const configuration = await configurationOf(index)
      const verifier = openid.randomPKCECodeVerifier()
      const leaving = { verifier, state: openid.randomState(), nonce: openid.randomNonce() }
      const address = openid.buildAuthorizationUrl(configuration, {
        redirect_uri: at(index).redirectUri,
        scope: 'openid',
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: leaving.state,
        nonce: leaving.nonce,
      })
      return { ...leaving, address }
    },
    async named(index, query, began) {
      const configuration = await configurationOf(index)
      const tokens = await openid.authorizationCodeGrant(configuration, new URL(query, at(index).redirectUri), {
        pkceCodeVerifier: began.verifier,
        expectedState: began.state,
        expectedNonce: began.nonce,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (claims === undefined) throw new Refusal('TANDEM-AUTH-003')
      return { issuer: at(index).knownAs ?? claims.iss, subject: claims.sub }
    },
  }
}

async function discover(provider: IdentityProvider): Promise<openid.Configuration> {
  const issuer = new URL(provider.issuer)
  const { clientSecret, signedWith } = provider
  const configuration = await openid.discovery(
    issuer,
    provider.clientId,
    signedWith === undefined ? {} : { id_token_signed_response_alg: signedWith },
    clientSecret === undefined ? openid.None() : openid.ClientSecretBasic(clientSecret),
    // Options refuse a plain-text issuer anywhere but on this machine.
    { timeout: 10, execute: issuer.protocol === 'http:' ? [openid.allowInsecureRequests] : [] },
  )
  // The token's signature is checked as well, not only the channel it came through.
  openid.enableNonRepudiationChecks(configuration)
  return configuration
}
