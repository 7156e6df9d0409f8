import assert from 'node:assert/strict'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { initLive, planTemplate, readPlan, start } from '@tandem/boot'
import { newTrainingKeys, trainingLogin } from '@tandem/training-login'
import type { CDPSession, Page } from 'playwright-core'
import { type OpenBrowser, openBrowser } from '../../src/browser.ts'
import { freePort } from '../../src/browser-cell.ts'
import { findViolations, nameOneself } from '../../src/browser-desk.ts'
import { tabTo } from '../../src/browser-keys.ts'
import { eventually } from './scene.ts'

/**
 * A live cell with an OpenID provider of its own and passkeys required, in a real Chromium with the authenticator that
 * the browser itself simulates (WebAuthn domain of the DevTools protocol).
 */
describe('a live cell that asks for passkeys', () => {
  const manager = { subject: 'first-manager', name: 'Test First Manager', agency: 'Crime Agency', role: 'duty manager' }
  const person = { ...manager, pin: '604117' }
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'tandem-live-'))
  const closing: (() => Promise<unknown>)[] = []
  let browser: OpenBrowser
  let url = ''
  after(async () => {
    for (const close of closing.reverse()) await close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  before(async () => {
    const opened = await openBrowser()
    if (!opened.ok) throw new Error(opened.error.says)
    browser = opened.value
    closing.push(() => browser.close())
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const issuer = await provider(`${origin}/auth/callback`)
    const template = planTemplate(new Date())
    const agencies = template.agencies.map((agency) => ({
      ...agency,
      people: agency.people.map((each) => ({ ...each, issuer })),
    }))
    const providers = [{ name: 'Test Agency sign-in', issuer, clientId: 'tandem' }]
    writeFileSync(join(folder, 'plan.json'), JSON.stringify({ ...template, agencies, passkeys: 'required', providers }))
    const plan = readPlan(join(folder, 'plan.json'))
    if (!plan.ok) throw new Error(plan.error)
    const data = join(folder, 'cell')
    const made = await initLive({
      data,
      plan: { ...plan.value, name: 'Test live cell', origin, port },
      now: new Date(),
    })
    if (!made.ok) throw new Error(made.error)
    const started = await start({ data, port })
    if (!started.ok) throw new Error(started.error)
    closing.push(() => started.value.close())
    assert.deepEqual([started.value.mode, started.value.people], ['live', []])
    url = started.value.url
  })

  /** The agency's own provider, a server of its own on another port. */
  async function provider(redirectUri: string): Promise<string> {
    const port = await freePort()
    const issuer = `http://localhost:${port}/login`
    const login = trainingLogin({
      mode: 'training',
      issuer,
      clients: [{ clientId: 'tandem', redirectUris: [redirectUri] }],
      people: [person],
      keys: newTrainingKeys(),
    })
    assert.ok(login.ok)
    const server = createServer((request, response) => login.value.handle(request, response))
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    closing.push(async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    })
    return issuer
  }

  interface Device {
    readonly page: Page
    readonly cdp: CDPSession
    readonly authenticatorId: string
  }

  async function device(): Promise<Device> {
    const { page } = await browser.desktop()
    page.setDefaultTimeout(30_000)
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    return { page, cdp, authenticatorId }
  }

  const keysOf = async ({ cdp, authenticatorId }: Device) =>
    (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials

  const status = (page: Page): Promise<number> => page.evaluate(async () => (await fetch('/api/session')).status)

  async function toThePasskey(page: Page): Promise<void> {
    await page.context().clearCookies()
    await nameOneself(page, url, person)
    await page.waitForFunction(() => document.title === 'Passkey · Tandem')
    assert.equal(await status(page), 403, 'named by the agency alone, nothing is shown')
    await tabTo(page, 'Use passkey')
  }

  const atTheDesk = (page: Page) => page.locator('#page').waitFor()

  let own: Device

  it('the first sign-in registers a passkey of this cell, with the person verified by the device', async () => {
    own = await device()
    await toThePasskey(own.page)
    assert.deepEqual(await findViolations(own.page), [])
    await own.page.keyboard.press('Enter')
    await atTheDesk(own.page)
    assert.equal(await status(own.page), 200)
    assert.deepEqual(
      (await keysOf(own)).map(({ rpId }) => rpId),
      ['localhost'],
    )
    assert.match(await own.page.locator('.standing-bar').innerText(), /Test First Manager/)
  })

  it('the next sign-in asks for it, and the counter of the key moves on', async () => {
    const before = (await keysOf(own))[0]?.signCount ?? 0
    await toThePasskey(own.page)
    await own.page.keyboard.press('Enter')
    await atTheDesk(own.page)
    const keys = await keysOf(own)
    assert.equal(keys.length, 1, 'no second key is made')
    assert.ok((keys[0]?.signCount ?? 0) > before)
  })

  it('a device that does not verify its person opens nothing, and says so', async () => {
    await toThePasskey(own.page)
    const { cdp, authenticatorId } = own
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    await own.page.keyboard.press('Enter')
    await own.page.getByText('The passkey was not given').waitFor()
    assert.equal(await status(own.page), 403)
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
  })

  it('whoever has only the first factor cannot bring a key of their own', async () => {
    const thief = await device()
    await toThePasskey(thief.page)
    await thief.page.keyboard.press('Enter')
    await thief.page.getByText('The passkey was not given').waitFor()
    await eventually(async () => (await keysOf(thief)).length === 0, 'no key is made')
    assert.equal(await status(thief.page), 403)
  })
})
