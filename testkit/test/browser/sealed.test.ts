import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { findViolations, lookAt } from '../../src/browser-desk.ts'
import { go, scene, section } from './scene.ts'

const officers = { openedBy: 'officers', threshold: 2, holders: 3, rotation: 4, missing: 0, openUntil: null }

/** A training cell opens its own keys; here the page is given what a live one answers. */
const sealed = {
  now: '2026-06-01T12:00:00Z',
  version: '0.1.0',
  mode: 'live',
  database: 'PostgreSQL 18, embedded',
  keys: [
    { ...officers, agency: 'Crime Agency', state: 'sealed', missing: 1 },
    { ...officers, agency: 'Signals Agency', state: 'open for some records', openUntil: '2026-06-01T13:00:00Z' },
    { ...officers, agency: 'Other Agency', state: 'open' },
  ],
  checks: [
    {
      name: 'keys of Crime Agency',
      state: 'bad',
      says: 'Sealed: 1 of 2 shares is missing. Nothing of this agency can be read or taken in; other agencies work on.',
      remedy: 'Its officers bring their shares, on the machine of the cell: tandem unseal --agency "Crime Agency"',
    },
    { name: 'database', state: 'good', says: 'PostgreSQL 18 comes with Tandem and runs on this machine.' },
  ],
  counts: [{ agency: 'Crime Agency', what: 'referral', state: 'open', howMany: 3 }],
}

const answerSealed = (page: Page): Promise<unknown> =>
  page.route('**/api/health', (route) => route.fulfill({ json: sealed }))

describe('sealed keys on the health page', () => {
  const set = scene({ withoutExample: true })

  it('are told in words, with how many shares are missing and what helps, and nothing by colour alone', async () => {
    for (const size of [
      { width: 1280, height: 800 },
      { width: 1920, height: 1080 },
    ]) {
      const { page } = await set().sit('a-duty', size, String(size.width))
      await answerSealed(page)
      await go(page, 'g h', 'Health')
      await page.getByText('sealed: 1 share is missing').waitFor()
      const keys = await section(page, 'Keys').innerText()
      assert.match(keys, /Crime Agency\s+sealed: 1 share is missing\s+2 of 3 officers\s+4/)
      assert.match(keys, /Signals Agency\s+opened by break-glass until /)
      assert.match(await section(page, 'Checks').innerText(), /bad[\s\S]*keys of Crime Agency[\s\S]*tandem unseal/)
      assert.deepEqual(
        (await findViolations(page)).map(({ rule, where, says }) => `${rule} at ${where}. ${says}`),
        [],
      )
      await lookAt(page, `health-sealed-${size.width}`)
    }
  })
})
