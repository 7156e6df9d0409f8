import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { newTrainingKeys, trainingLogin } from '@tandem/training-login'
import { fakeServer, freePort, person } from './fake-work.ts'

const closing: (() => Promise<unknown>)[] = []
after(() => Promise.all(closing.map((close) => close())))

const people = [
  { subject: 'test-officer', name: 'Test Officer', agency: 'Test Agency North', role: 'officer', pin: '482913' },
  { subject: 'test-stranger', name: 'Test Stranger', agency: 'Test Agency South', role: 'officer', pin: '771204' },
]

/** A browser as far as sign-in needs one: cookies with paths, Fetch Metadata, redirects one by one. */
class Browser {
  readonly cookies = new Map<string, { value: string; path: string; sameSite: string }>()
  readonly #origin: string
  constructor(origin: string) {
    this.#origin = origin
  }

  async go(address: string, form?: Record<string, string>): Promise<Response & { text2: string; at: string }> {
    const url = new URL(address, this.#origin)
    const cookie = [...this.cookies]
      .filter(([, each]) => url.pathname === each.path || url.pathname.startsWith(each.path.replace(/\/?$/, '/')))
      .map(([name, each]) => `${name}=${each.value}`)
      .join('; ')
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie, 'sec-fetch-site': 'same-origin', ...(form === undefined ? {} : { origin: this.#origin }) },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return Object.assign(response, { text2: await response.text(), at: url.pathname + url.search })
  }

  async follow(address: string, form?: Record<string, string>) {
    let response = await this.go(address, form)
    for (let steps = 0; steps < 8 && response.status >= 300 && response.status < 400; steps++) {
      response = await this.go(response.headers.get('location') ?? '')
    }
    return response
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(/; */)
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    const attribute = (key: string) =>
      attributes.find((each) => each.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1) ?? ''
    const isGone = value === '' || attribute('max-age') === '0' || attribute('expires').startsWith('Thu, 01 Jan 1970')
    if (isGone) this.cookies.delete(name)
    else this.cookies.set(name, { value, path: attribute('path') || '/', sameSite: attribute('samesite') })
    assert.match(line, /httponly/i, `${name} is not for scripts`)
  }
}

async function cell(passkeys: 'off' | 'required' = 'off', knownAs?: string) {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const issuer = `${origin}/training-login`
  const redirectUri = `${origin}/auth/callback`
  const login = trainingLogin({
    mode: 'training',
    issuer,
    clients: [{ clientId: 'desk', redirectUris: [redirectUri] }],
    people,
    keys: newTrainingKeys(),
  })
  assert.ok(login.ok)
  const lines: string[] = []
  const provider = {
    name: 'Training',
    issuer,
    clientId: 'desk',
    redirectUri,
    signedWith: 'ES256',
    ...(knownAs === undefined ? {} : { knownAs }),
  }
  const { app, work } = await fakeServer({
    origin,
    passkeys,
    oidc: [provider],
    mounts: [login.value],
    log: { write: (line) => void lines.push(line) },
  })
  await app.listen({ port, host: 'localhost' })
  closing.push(() => app.close())
  work.people.set(`${knownAs ?? issuer} test-officer`, person)
  return { origin, work, lines, browser: new Browser(origin) }
}

const enter = async (browser: Browser, subject: string, pin: string) => {
  const page = await browser.follow('/auth/sign-in')
  assert.equal(page.status, 200, page.text2)
  return browser.follow(page.at, { person: subject, pin })
}

describe('signing in at an OpenID provider', () => {
  it('goes from the desk to the provider and back, and ends with a Strict cookie that works', async () => {
    const { browser, work, lines } = await cell()
    const page = await browser.follow('/auth/sign-in')
    assert.equal(page.status, 200)
    assert.match(page.at, /^\/training-login\/sign-in\//)
    assert.match(page.text2, /Test Officer/)
    assert.doesNotMatch(page.text2, /<script|style=|482913/)
    const done = await browser.follow(page.at, { person: 'test-officer', pin: '482913' })
    assert.equal(done.status, 200, done.text2)
    assert.match(done.at, /^\/auth\/callback\?/)
    // The chain of redirects ends on a page of ours; the step to the desk starts there.
    assert.match(done.text2, /http-equiv="refresh" content="0; url=\/"/)
    const cookie = browser.cookies.get('tandem')
    assert.match(cookie?.sameSite ?? '', /strict/i)
    assert.ok(!browser.cookies.has('tandem-sign-in'))
    assert.equal((await browser.go('/api/session')).status, 404, 'signed in: the fake cell knows no standing')
    assert.equal(work.sessions.size, 1)
    assert.ok(!lines.join('').includes(new URL(done.at, 'http://x').searchParams.get('code') ?? 'code'))
  })

  it('a stranger and a failed exchange get the same page, and no session', async () => {
    const { browser, work } = await cell()
    const stranger = await enter(browser, 'test-stranger', '771204')
    assert.equal(stranger.status, 401)
    const forged = await browser.go('/auth/callback?code=forged&state=forged')
    assert.equal(forged.status, 401)
    assert.equal(forged.text2, stranger.text2)
    assert.equal(work.sessions.size, 0)
    assert.ok(!browser.cookies.has('tandem'))
  })

  it('an answer is bound to the browser that asked, to its state, and is good once', async () => {
    const { origin, browser, work } = await cell()
    const page = await browser.follow('/auth/sign-in')
    const sealed = browser.cookies.get('tandem-sign-in')
    assert.ok(sealed)
    let response = await browser.go(page.at, { person: 'test-officer', pin: '482913' })
    while (!(response.headers.get('location') ?? '').includes('/auth/callback')) {
      response = await browser.go(response.headers.get('location') ?? '')
    }
    const back = response.headers.get('location') ?? ''
    assert.equal((await new Browser(origin).go(back)).status, 401, 'another browser')
    const other = new Browser(origin)
    await other.follow('/auth/sign-in')
    assert.equal((await other.go(back)).status, 401, 'another state')
    const changed = new URL(back)
    changed.searchParams.set('state', 'changed')
    assert.equal((await browser.go(changed.href)).status, 401, 'a changed state')
    assert.equal(work.sessions.size, 0)
    browser.cookies.set('tandem-sign-in', sealed)
    assert.equal((await browser.go(back)).status, 200)
    browser.cookies.set('tandem-sign-in', sealed)
    assert.equal((await browser.go(back)).status, 401, 'once')
    assert.equal(work.sessions.size, 1)
  })

  it('a wrong PIN gets the page again; then the right one is taken', async () => {
    const { browser, work } = await cell()
    const again = await enter(browser, 'test-officer', '000000')
    assert.equal(again.status, 401)
    assert.match(again.text2, /did not succeed/)
    const nobody = await browser.follow(again.at, { person: 'nobody', pin: '482913' })
    assert.equal(nobody.text2, again.text2)
    const done = await browser.follow(again.at, { person: 'test-officer', pin: '482913' })
    assert.equal(done.status, 200)
    assert.equal(work.sessions.size, 1)
  })

  it('the next person at the same desk must sign in as well', async () => {
    const { browser } = await cell()
    await enter(browser, 'test-officer', '482913')
    const next = await browser.follow('/auth/sign-in')
    assert.match(next.at, /^\/training-login\/sign-in\//)
    const stranger = await browser.follow(next.at, { person: 'test-stranger', pin: '771204' })
    assert.equal(stranger.status, 401)
    assert.match(stranger.at, /^\/auth\/callback/)
  })

  it('a session that awaits its passkey is not yet a session', async () => {
    const { browser } = await cell('required')
    await enter(browser, 'test-officer', '482913')
    const response = await browser.go('/api/session')
    assert.match(response.text2, /TANDEM-AUTH-005/)
    assert.equal((await browser.go('/auth/passkey')).text2, '{"step":"register"}')
  })

  it('people are known under the name given to their provider, so that its address may change', async () => {
    const { browser, work } = await cell('off', 'training')
    assert.equal((await enter(browser, 'test-officer', '482913')).status, 200)
    assert.equal(work.sessions.size, 1)
  })

  it('with several providers the agency is chosen; one that does not answer fails like any sign-in', async () => {
    const origin = 'http://localhost:7373'
    const provider = (name: string) => ({
      name,
      issuer: 'http://localhost:1/none',
      clientId: 'desk',
      redirectUri: `${origin}/auth/callback`,
    })
    const { app } = await fakeServer({ oidc: [provider('Agency <North>'), provider('Agency South')] })
    const headers = { host: 'localhost:7373' }
    const page = await app.inject({ url: '/auth/sign-in', headers })
    assert.match(page.body, /href="\/auth\/sign-in\/0">Agency &#60;North&#62;<\/a>/)
    assert.match(page.body, /href="\/auth\/sign-in\/1">Agency South<\/a>/)
    assert.equal((await app.inject({ url: '/auth/sign-in/1', headers })).statusCode, 401)
    assert.equal((await app.inject({ url: '/auth/sign-in/2', headers })).statusCode, 404)
  })
})
