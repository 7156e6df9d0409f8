import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TrainingKeys } from './keys.ts'
import { lapsedPage, signInPage, styleSheet } from './pages.ts'
import { Pins } from './pins.ts'
import { makeProvider } from './provider.ts'
import { formOf, type PageKind, sendPage, underPrefix } from './requests.ts'

export interface TrainingPerson {
  readonly subject: string
  readonly name: string
  readonly agency: string
  readonly role: string
  readonly pin: string
}

export interface TrainingClient {
  readonly clientId: string
  readonly redirectUris: readonly string[]
  /** Without it the client is public and PKCE alone binds the code. */
  readonly clientSecret?: string
}

export interface TrainingLoginOptions {
  readonly mode: 'training' | 'live'
  /** Origin of the server and a path of its own, for instance `http://localhost:7373/training-login`. */
  readonly issuer: string
  readonly clients: readonly TrainingClient[]
  readonly people: readonly TrainingPerson[]
  readonly keys: TrainingKeys
}

/** A handler of plain Node requests under `path`; any server can mount it. */
export interface TrainingLogin {
  readonly path: `/${string}`
  handle(request: IncomingMessage, response: ServerResponse): void
}

export type Started =
  | { readonly ok: true; readonly value: TrainingLogin }
  | { readonly ok: false; readonly error: { readonly code: 'TRAINING-ONLY' | 'NO-PATH'; readonly says: string } }

/** An OpenID provider for training cells: invented people who choose their name and type a PIN. */
export function trainingLogin(options: TrainingLoginOptions): Started {
  if (options.mode !== 'training') {
    return refuse('TRAINING-ONLY', 'A live cell has its own OpenID provider; the training login does not start for it.')
  }
  const { pathname } = new URL(options.issuer)
  if (!/^\/[\w-]+$/.test(pathname)) {
    return refuse('NO-PATH', 'The issuer of the training login needs a path of one part, such as /training-login.')
  }
  const prefix = `/${pathname.slice(1)}` as const
  const provider = makeProvider(options, prefix)
  const answerProvider = provider.callback()
  const pins = new Pins(options.people)

  const send = (response: ServerResponse, status: number, kind: PageKind, text: string): void =>
    sendPage(response, status, kind, text, options.clients)

  const signIn = async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    const { uid } = await provider.interactionDetails(request, response)
    const action = `${prefix}/sign-in/${uid}`
    if (path !== `/sign-in/${uid}`) throw new Error('another sign-in')
    const show = (isRefused: boolean): void => {
      const text = signInPage({ prefix, action, people: options.people, isRefused })
      send(response, isRefused ? 401 : 200, 'html', text)
    }
    if (request.method !== 'POST') return show(false)
    const form = await formOf(request)
    const subject = form?.get('person') ?? ''
    if (!pins.fits(subject, form?.get('pin') ?? '')) return show(true)
    await provider.interactionFinished(request, response, { login: { accountId: subject, remember: false } })
  }

  return {
    ok: true,
    value: {
      path: prefix,
      handle(request, response) {
        const path = underPrefix(request, prefix, options.issuer)
        if (path === '/style.css') return send(response, 200, 'css', styleSheet)
        if (path.startsWith('/sign-in/')) {
          signIn(request, response, path).catch(() => send(response, 400, 'html', lapsedPage(prefix)))
          return
        }
        void answerProvider(request, response)
      },
    },
  }
}

const refuse = (code: 'TRAINING-ONLY' | 'NO-PATH', says: string): Started => ({ ok: false, error: { code, says } })
