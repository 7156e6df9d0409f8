import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { findViolations, lookAt } from '../../src/browser-desk.ts'
import { FIRST_NUMBER, fillQueue } from '../../src/browser-full-queue.ts'
import { fillIn, focusOf, pressKeys, tabTo, typeText } from '../../src/browser-keys.ts'
import { isSeen, ringOf } from './ring.ts'
import { currentRow, dialog, eventually, go, message, rowsOf, scene, section, walkTo } from './scene.ts'

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const

/** Every page and every dialog, each named by its keys. */
const pages = [
  ['g t', 'Triage'],
  ['g u', 'Subjects'],
  ['g s', 'Safeguarding'],
  ['g p', 'Approvals'],
  ['g d', 'Deconfliction'],
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

  for (const size of sizes) {
    it(`one referral all the way by keyboard, ${size.width}×${size.height}`, async () => {
      const { page } = await set().sit('a-triage', size, `all the way ${size.width}`)
      await eventually(async () => (await rowsOf(page)).length > 5, 'rows')
      await pressKeys(page, 'Home', 'j')
      const { number } = await currentRow(page)
      await pressKeys(page, 't')
      await message(page, new RegExp(`${number} is yours`))
      await pressKeys(page, 'u')
      await message(page, new RegExp(`${number}: undone`))
      await walkTo(page, number)
      await pressKeys(page, 'o')
      await page.waitForFunction(() => document.title === 'Referral · Tandem')
      await settled(page)
      await pressKeys(page, 'w')
      await section(page, 'Facts').locator('blockquote').waitFor()
      await pressKeys(page, 'n')
      await typeText(page, `Test: read at ${size.width}.`)
      await page.keyboard.press('Control+Enter')
      await message(page, /Note added/)
      await section(page, 'Notes').getByText(`Test: read at ${size.width}.`).waitFor()
      await go(page, 'g e', 'Ledger')
      await fillIn(page, 'Referral number', String(number))
      await page.keyboard.press('Enter')
      await page.getByText('One referral only').waitFor()
      const entries = page.getByRole('table', { name: 'Ledger entries' })
      // Read, its words opened, noted, taken and taken back: each is in the ledger, and fits its leaf.
      for (const verb of ['referral note', 'narrative open', 'referral read', 'referral undo', 'referral take'])
        await entries.getByText(verb, { exact: true }).first().waitFor()
      assert.equal(await entries.getByText('✗').count(), 0)
      await go(page, 'g t', 'Triage')
    })
  }

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
        const names = await dialog(page)
          .getByRole('button')
          .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent ?? ''))
        assert.equal(new Set(names).size, names.length, `the dialog of ${key} has two buttons of one name: ${names}`)
        await pressKeys(page, 'Escape')
        await dialog(page).waitFor({ state: 'detached' })
      }
    })
  }

  /** Those of the next stops whose ring is not to be seen, each with what was measured. */
  async function stopsWithoutRing(page: Page, stops: number): Promise<string[]> {
    const without: string[] = []
    for (let step = 0; step < stops; step++) {
      await page.keyboard.press('Tab')
      const ring = await ringOf(page)
      // After the last stop nothing has the focus, or the page as a whole.
      if (!isSeen(ring) && !/^(body|main) /.test(ring.of)) without.push(JSON.stringify(ring))
    }
    return without
  }

  for (const colours of ['dark', 'light'] as const) {
    it(`every stop of Tab has a ring of two pixels that stands out three to one and is not cut off, ${colours}`, async () => {
      const name = `${colours} 1280×800`
      const { page } = await set().sit('a-duty', { width: 1280, height: 800, colours }, name)
      for (const [keys, title] of [['g t', 'Triage'], ...pages.slice(3)] as const) {
        await go(page, keys, title)
        await settled(page)
        assert.deepEqual(await stopsWithoutRing(page, 30), [], title)
      }
      await go(page, 'g t', 'Triage')
      await openFullest(page)
      assert.deepEqual(await stopsWithoutRing(page, 45), [], 'Referral')
      await go(page, 'g t', 'Triage')
      for (const key of ['h', 'c', 'Shift+A', ',', '?']) {
        await pressKeys(page, key)
        await dialog(page).waitFor()
        assert.ok(
          isSeen(await ringOf(page)),
          `where the dialog of ${key} begins: ${JSON.stringify(await ringOf(page))}`,
        )
        assert.deepEqual(await stopsWithoutRing(page, 8), [], `the dialog of ${key}`)
        await pressKeys(page, 'Escape')
        await dialog(page).waitFor({ state: 'detached' })
      }
    })
  }

  it('a ring that is thin, faint or cut off does not pass for one', async () => {
    const { page } = await set().sit('a-duty', {}, 'dark 1280×800')
    await go(page, 'g h', 'Health')
    await tabTo(page, 'Settings')
    const drawn = (style: string) =>
      page.evaluate((given) => {
        const at = document.activeElement
        if (at instanceof HTMLElement) at.style.outline = given
      }, style)
    for (const [style, seen] of [
      ['2px solid rgb(107, 179, 240)', true],
      ['1px solid rgb(107, 179, 240)', false],
      ['2px solid rgb(40, 48, 56)', false],
      ['none', false],
    ] as const) {
      await drawn(style)
      assert.equal(isSeen(await ringOf(page)), seen, style)
    }
    await drawn('')
  })

  it('what is done with a row is in sight at 1280, and no agency is cut short in the ledger', async () => {
    const { page } = await set().sit('a-duty', { width: 1280, height: 800, colours: 'dark' }, 'dark 1280×800')
    for (const [keys, title, button] of [
      ['g a', 'Authorities', /^Cancel /],
      ['g a', 'Authorities', /^Give an authority/],
      ['g l', 'Lists', /^Withdraw /],
    ] as const) {
      await go(page, keys, title)
      await settled(page)
      const box = await page.getByRole('button', { name: button }).first().boundingBox()
      assert.ok(box !== null && box.x >= 0 && box.x + box.width <= 1280, `${button}: ${JSON.stringify(box)}`)
    }
    await go(page, 'g e', 'Ledger')
    const cells = page.getByRole('table', { name: 'Ledger entries' }).locator('[role=cell]:nth-child(3)')
    await eventually(async () => (await cells.count()) > 10, 'entries')
    const short = await cells.evaluateAll((all) => all.filter((cell) => cell.scrollWidth > cell.clientWidth).length)
    assert.equal(short, 0)
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
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.title === 'Search · Tandem')
    const box = () => page.getByRole('table', { name: 'Found referrals' }).count()
    await eventually(async () => {
      await pressKeys(page, '/')
      await page.keyboard.press('Enter')
      await page.waitForTimeout(400)
      return (await box()) > 0
    }, 'it is read and found')
    await tabTo(page, /^\d{4}$/)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.title === 'Referral · Tandem')
    await page.getByText('<script>').first().waitFor()
    const main = page.locator('main')
    // The reason of the priority is words, and closed until they are opened.
    await pressKeys(page, 'w')
    await main.locator('blockquote').first().waitFor()
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
