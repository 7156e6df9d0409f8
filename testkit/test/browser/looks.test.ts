import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { findViolations, lookAt } from '../../src/browser-desk.ts'
import { FIRST_NUMBER, fillQueue } from '../../src/browser-full-queue.ts'
import { focusOf, pressKeys, tabTo, typeText } from '../../src/browser-keys.ts'
import { dialog, eventually, go, rowsOf, scene, walkTo } from './scene.ts'

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const

/** Every page and every dialog, each named by its keys. */
const pages = [
  ['g t', 'Triage'],
  ['g s', 'Safeguarding'],
  ['g p', 'Approvals'],
  ['g l', 'Lists'],
  ['g a', 'Authorities'],
  ['g i', 'Intake'],
  ['g e', 'Ledger'],
  ['g h', 'Health'],
] as const
const dialogs = ['h', 'm', 'p', 'c', 'Control+k', '?', 'Shift+A', ','] as const

describe('how the desk looks', () => {
  const set = scene()

  const settled = async (page: Page): Promise<void> => {
    await page.locator('.loading').first().waitFor({ state: 'detached' })
  }

  async function clean(page: Page, where: string): Promise<void> {
    const found = (await findViolations(page)).map(({ rule, where: at, says }) => `${where}: ${rule} at ${at}. ${says}`)
    assert.deepEqual(found, [])
    await fits(page, where)
  }

  async function fits(page: Page, where: string): Promise<void> {
    const { wide, room } = await page.evaluate(() => ({
      wide: Math.max(
        document.documentElement.scrollWidth,
        document.body.scrollWidth,
        document.getElementById('page')?.scrollWidth ?? 0,
      ),
      room: document.documentElement.clientWidth,
    }))
    const over = await page.evaluate(() =>
      [...document.querySelectorAll('#page *')]
        .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .slice(0, 5)
        .map((one) => `${one.tagName.toLowerCase()}.${one.className}`),
    )
    assert.ok(wide <= room, `${where}: the page is ${wide} wide in ${room}: ${over.join(', ')}`)
  }

  /** Opens the referral that has most to show. */
  async function openFullest(page: Page): Promise<void> {
    const rows = await rowsOf(page)
    const fullest = rows.find(({ says }) => /[1-9]\d* hits/.test(says)) ?? rows[0]
    await walkTo(page, fullest?.number ?? 0)
    await pressKeys(page, 'o')
    await page.waitForFunction(() => document.title === 'Referral · Tandem')
  }

  it('pictures for the documentation: triage and a referral', async () => {
    const { page } = await set().sit('a-triage', { width: 1440, height: 900 }, 'pictures')
    await eventually(async () => (await rowsOf(page)).length > 5, 'rows')
    await pressKeys(page, 'j', 'j', 'j')
    await settled(page)
    await page.waitForTimeout(700)
    await page.locator('.preview').getByText('Hits').first().waitFor()
    const triage = await lookAt(page, 'triage', 'documentation')
    await pressKeys(page, 'o')
    await page.waitForFunction(() => document.title === 'Referral · Tandem')
    await settled(page)
    const referral = await lookAt(page, 'referral', 'documentation')
    for (const { path, bytes } of [triage, referral]) assert.ok(bytes < 300_000, `${path} has ${bytes} bytes`)
  })

  for (const colours of ['dark', 'light'] as const) {
    for (const size of sizes) {
      const name = `${colours} ${size.width}×${size.height}`
      it(`every page is clean for axe and fits, ${name}`, async () => {
        const { page } = await set().sit('a-duty', { ...size, colours }, name)
        for (const [keys, title] of pages) {
          await go(page, keys, title)
          await settled(page)
          await clean(page, `${title}, ${name}`)
          await lookAt(page, `${title.toLowerCase()}-${colours}-${size.width}`)
        }
        await go(page, 'g t', 'Triage')
        await openFullest(page)
        await settled(page)
        await clean(page, `Referral, ${name}`)
        await lookAt(page, `referral-${colours}-${size.width}`)
        await go(page, 'g t', 'Triage')
        await settled(page)
      })
    }
    it(`every dialog is clean for axe, ${colours}`, async () => {
      const { page } = await set().sit('a-duty', { colours }, `${colours} 1280×800`)
      await eventually(async () => (await focusOf(page)).id === 'queue-grid', 'the focus is on the rows')
      for (const key of dialogs) {
        await pressKeys(page, key)
        await dialog(page).waitFor()
        await clean(page, `the dialog of ${key}, ${colours}`)
        await pressKeys(page, 'Escape')
        await dialog(page).waitFor({ state: 'detached' })
      }
    })
  }

  it('every stop of Tab on the triage and referral pages shows a ring', async () => {
    const { page } = await set().sit('a-duty', {}, 'dark 1280×800')
    await go(page, 'g t', 'Triage')
    for (const open of [false, true]) {
      if (open) await openFullest(page)
      const without: string[] = []
      for (let step = 0; step < 45; step++) {
        await page.keyboard.press('Tab')
        const focus = await focusOf(page)
        if (!focus.ring && focus.tag !== 'body') without.push(`${focus.tag} ${focus.name}`)
      }
      assert.deepEqual(without, [])
    }
    await go(page, 'g t', 'Triage')
  })

  it('at 400 % zoom, 320 pixels wide, pages fit and every decision can be reached', async () => {
    const { page } = await set().sit('a-triage', { width: 320, height: 256 }, 'zoomed')
    for (const [keys, title] of pages) {
      await go(page, keys, title)
      await settled(page)
      await fits(page, `${title} at 320`)
    }
    await go(page, 'g t', 'Triage')
    await eventually(async () => (await rowsOf(page)).length > 1, 'rows')
    await pressKeys(page, 'j', 'o')
    await page.waitForFunction(() => document.title === 'Referral · Tandem')
    await settled(page)
    await fits(page, 'Referral at 320')
    for (const step of [/^Take/, /^Hold/, /^Merge/, /^Decline/, /^Priority/, /^Safeguard/, /^Note/, /^Close/]) {
      await tabTo(page, step)
      const box = await page.evaluate(() => {
        const { left, right, top, bottom } = (document.activeElement ?? document.body).getBoundingClientRect()
        return { left, right, top, bottom }
      })
      assert.ok(
        box.left >= 0 && box.right <= 320 && box.top >= 0 && box.bottom <= 256,
        `${step} is in sight: ${JSON.stringify(box)}`,
      )
    }
    await lookAt(page, 'zoomed')
  })

  it('with reduced motion nothing moves', async () => {
    const { page } = await set().sit('a-duty', {}, 'dark 1280×800')
    await go(page, 'g t', 'Triage')
    await pressKeys(page, 'p')
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('*')].flatMap((element) => {
        const { transitionDuration, animationDuration, animationName, animationIterationCount } =
          getComputedStyle(element)
        const longest = (durations: string) => Math.max(...durations.split(',').map((one) => Number.parseFloat(one)))
        const moves =
          longest(transitionDuration) > 0.01 || (animationName !== 'none' && longest(animationDuration) > 0.01)
        return moves ? [`${element.className} ${transitionDuration} ${animationName} ${animationIterationCount}`] : []
      }),
    )
    assert.deepEqual(moving, [])
    await pressKeys(page, 'Escape')
  })

  it('unseen characters of a report are shown as marks, turn nothing around, and markup in it is text', async () => {
    const { page } = await set().sit('a-duty', {}, 'dark 1280×800')
    await go(page, 'g t', 'Triage')
    set().cell.deliver('crime-agency', { name: 'hostile.json', bytes: hostileReport })
    await eventually(async () => set().cell.isTaken('crime-agency', 'hostile.json'), 'the folder takes it in')
    await pressKeys(page, '/')
    await typeText(page, 'TEST-URN-HOSTILE')
    const box = () => page.getByRole('table', { name: 'Found referrals' }).count()
    await eventually(async () => {
      await page.keyboard.press('Enter')
      await page.waitForTimeout(400)
      return (await box()) > 0
    }, 'it is read and found')
    await tabTo(page, /^\d{4}$/)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.title === 'Referral · Tandem')
    await page.getByText('<script>').first().waitFor()
    const main = page.locator('main')
    assert.ok((await main.locator('.unseen').count()) >= 3)
    const shown = await main.innerText()
    for (const code of ['U+202E', 'U+200B', 'U+2066']) assert.ok(shown.includes(code), code)
    const obeyed = await page.evaluate(() => ({
      text: [...document.body.innerText].filter((one) => /[\u202a-\u202e\u2066-\u2069\u200b]/u.test(one)).length,
      labels: [...document.querySelectorAll('[aria-label], [title]')].filter((one) =>
        /[\u202a-\u202e\u2066-\u2069\u200b]/u.test(`${one.getAttribute('aria-label')} ${one.getAttribute('title')}`),
      ).length,
      made: document.querySelectorAll('main script, main img, main iframe').length,
      ran: 'tandemRan' in globalThis,
    }))
    assert.deepEqual(obeyed, { text: 0, labels: 0, made: 0, ran: false })
    await lookAt(page, 'hostile')
    await clean(page, 'the hostile referral')
    await go(page, 'g t', 'Triage')
  })

  it('only the rows in sight exist, however many there are', async () => {
    const { page } = await set().sit('a-duty', {}, 'many rows')
    const empty = await fillQueue(page, 10_000)
    await page.reload()
    await eventually(async () => (await rowsOf(page)).some(({ number }) => number >= FIRST_NUMBER), 'many rows')
    const exist = () => page.locator('#queue-grid [role=row]').count()
    for (let step = 0; step < 14; step++) {
      await pressKeys(page, 'End')
      await page.waitForTimeout(120)
      assert.ok((await exist()) < 120, `${await exist()} rows exist`)
    }
    assert.ok(
      (await rowsOf(page)).some(({ number }) => number > FIRST_NUMBER + 5_000),
      'the end is far down',
    )
    await empty()
  })
})

const hostileReport = JSON.stringify({
  profile: 'uk-csea-irp/1',
  note: 'synthetic',
  report: {
    urn: 'TEST-URN-HOSTILE',
    provider: { name: '<script>globalThis.tandemRan = true</script>', platform: 'Testlive' },
    priority: { level: 'P1', reason: 'Test \u202egnirts desrever\u202c and zero\u200bwidth \u2066isolate\u2069.' },
    telephoned: true,
    detectedAt: '2026-05-04T10:22:00Z',
    content: [{ type: 'messaging', count: 1, files: [{ name: 'test\u202egpj.exe', contentType: 'image/jpeg' }] }],
    contentSender: {
      role: 'reported',
      username: 'test_\u200bhostile',
      names: ['Test <img src=x onerror="globalThis.tandemRan = true">', 'Test \u202eesreveR'],
      addresses: ['1 Test Street\u2028Testtown'],
    },
  },
})
