import type { IncomingMessage, ServerResponse } from 'node:http'
import type { check } from '@tandem/contract'
import type { z } from 'zod'
import type { Rates } from './rates.ts'

/** An agency's OpenID provider. Agencies bring their own; the subject it names is trusted for its issuer alone. */
export interface IdentityProvider {
  readonly name: string
  readonly issuer: string
  /** The name under which people of this provider are known to the cell, when it is not the issuer's address. */
  readonly knownAs?: string
  readonly clientId: string
  readonly clientSecret?: string
  readonly redirectUri: string
  /** The signature algorithm of its tokens, when it is not the first that it announces. */
  readonly signedWith?: string
}

/** A handler of plain Node requests under a path of its own, such as the training login. */
export interface Mount {
  readonly path: `/${string}`
  handle(request: IncomingMessage, response: ServerResponse): void
}

export interface FaceOptions {
  /** What browsers see, for instance `https://cell.example` or `http://localhost:7373`. No other host is answered. */
  readonly origin: string
  /** Seals sign-in cookies and feed positions; the first seals, all open. Without it they die with the process. */
  readonly sessionSecrets?: readonly Buffer[]
  readonly oidc: readonly IdentityProvider[]
  readonly passkeys: 'off' | 'required'
  /** The built web files. */
  readonly deskFolder: string | null
  /** True exactly when the origin is https. */
  readonly secureCookies: boolean
  /** Checks of the machine and the cell, added to what the health route answers. */
  readonly health: () => Promise<z.output<typeof check>[]>
  readonly mounts?: readonly Mount[]
  readonly rates?: Partial<Rates>
  /** One JSON line a request; never a value of it. */
  readonly log?: { write(line: string): void }
  /** Milliseconds between looks at the feed of changes, and between checks that a listener is still signed in. */
  readonly feed?: { readonly look?: number; readonly check?: number; readonly beat?: number }
}

const loopback = ['localhost', '127.0.0.1', '[::1]']

/** Settings that cannot work are refused at the start, not found out at the first sign-in. */
export function refuseUnusable(options: FaceOptions): void {
  const origin = new URL(options.origin)
  if (origin.origin !== options.origin) throw new TypeError('origin is scheme, host and port alone')
  const isHttps = origin.protocol === 'https:'
  if (!isHttps && !(origin.protocol === 'http:' && loopback.includes(origin.hostname))) {
    throw new TypeError('without TLS the desk is served on this machine alone: use https, or a loopback host')
  }
  if (options.secureCookies !== isHttps) throw new TypeError('secureCookies fits an https origin and no other')
  if (options.passkeys === 'required' && /^\[|^[\d.]+$/.test(origin.hostname)) {
    throw new TypeError('passkeys need a host name: browsers offer none for an IP address; use localhost')
  }
  for (const provider of options.oidc) {
    if (provider.redirectUri !== `${options.origin}/auth/callback`) {
      throw new TypeError(`the redirect URI of ${provider.name} is not ${options.origin}/auth/callback`)
    }
    const issuer = new URL(provider.issuer)
    if (issuer.protocol !== 'https:' && !loopback.includes(issuer.hostname)) {
      throw new TypeError(`the issuer of ${provider.name} is not https`)
    }
  }
}
