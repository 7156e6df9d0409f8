import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { writeUkCseaIrp } from '@tandem/formats'
import type { Page } from 'playwright-core'
import { findViolations, lookAt } from '../../src/browser-desk.ts'
import { focusOf, pressKeys, tabTo } from '../../src/browser-keys.ts'
import { eventually, go, message, messageGone, rowsOf, scene, section } from './scene.ts'

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const

/** What was drawn by lot, at the desk and before the inspector, by keyboard alone. */
describe('the audit slice at the desk', () => {
  const set = scene()

  async function clean(page: Page, where: string): Promise<void> {
    const found = (await findViolations(page)).map(({ rule, where: at, says }) => `${where}: ${rule} at ${at}. ${says}`)
    assert.deepEqual(found, [])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    assert.ok(wide <= 0, `${where}: wider than the screen by ${wide}`)
  }

  const onTheGrid = (page: Page) =>
    eventually(async () => (await focusOf(page)).id === 'queue-grid', 'the focus is on the rows')

  const howManyDrawn = (page: Page): Promise<number> =>
    page.evaluate(async () => (await (await fetch('/api/referrals?lot=drawn')).json()).counts.byLot)

  /** The draw is not ours to make: what ranks low comes in until some of it was drawn. */
  async function untilSomeAreDrawn(page: Page): Promise<void> {
    for (let file = 1; (await howManyDrawn(page)) === 0; file++) {
      const reports = Array.from({ length: 150 }, (_, at) => ({
        urn: `TEST-URN-LOT-${file}-${at}`,
        provider: { name: 'Test Provider', platform: 'Testgram' },
        priority: { level: 'P3' as const },
        detectedAt: '2026-05-04T09:12:33Z',
        contentSender: { username: `test.lot.${file}.${at}` },
      }))
      const before = await page.evaluate(async () => (await (await fetch('/api/referrals')).json()).counts.queue)
      const bytes = Buffer.from(writeUkCseaIrp(reports)).toString('utf8')
      set().cell.deliver('crime-agency', { name: `lots-${file}.json`, bytes })
      await eventually(
        async () =>
          (await page.evaluate(async () => (await (await fetch('/api/referrals')).json()).counts.queue)) > before,
        'the reports are read',
        90_000,
      )
      assert.ok(file < 8, 'of 1,000 referrals that rank low none was drawn')
    }
  }

  for (const size of sizes) {
    const at = `${size.width}×${size.height}`

    it(`the queue shows in words what was drawn, and it alone when asked, in its order, ${at}`, async () => {
      const { page } = await set().sit('a-duty', size, `lots ${size.width}`)
      await eventually(async () => (await rowsOf(page)).length > 5, 'rows')
      await untilSomeAreDrawn(page)
      const order: number[] = await page.evaluate(async () =>
        (await (await fetch('/api/referrals?lot=drawn')).json()).items.map(({ number }: { number: number }) => number),
      )
      await go(page, 'g w', 'Weights')
      await go(page, 'g t', 'Triage')
      await tabTo(page, /^By lot/)
      await pressKeys(page, 'Enter')
      await eventually(async () => {
        const rows = await rowsOf(page)
        return rows.length > 0 && rows.every(({ says }) => says.includes('drawn by lot, not brought here by its rank'))
      }, 'only what was drawn')
      const shown = (await rowsOf(page)).map(({ number }) => number)
      assert.deepEqual(shown, order.slice(0, shown.length))
      assert.match(page.url(), /\?lot=drawn$/)
      const badge = page.locator('.q-row .tag', { hasText: 'by lot' }).first()
      assert.match((await badge.getAttribute('title')) ?? '', /Its rank did not bring it here/)
      await clean(page, `drawn ${at}`)
      await lookAt(page, `by-lot-${size.width}`)
      await tabTo(page, /^By lot/)
      await pressKeys(page, 'Enter')
      await eventually(async () => (await rowsOf(page)).some(({ says }) => !says.includes('drawn by lot')), 'all again')
      await tabTo(page, /^By lot/)
      await pressKeys(page, 'Enter')
      await page.waitForFunction(() => location.search === '?lot=drawn')
      await onTheGrid(page)
      await pressKeys(page, 'Home', 'o')
      await page.waitForFunction(() => document.title === 'Referral · Tandem')
      const why = section(page, 'Why here')
      await why.getByText(/Lots below 30,000 are drawn: it is looked at although it ranked low/).waitFor()
      await why.getByText(/the lot is the same/).waitFor()
      await page.locator('.referral-head .tag', { hasText: 'by lot' }).waitFor()
      await clean(page, `drawn referral ${at}`)
      await lookAt(page, `by-lot-referral-${size.width}`)
      await pressKeys(page, 'Escape')
      await page.waitForFunction(() => location.search === '?lot=drawn')
    })

    it(`a duty manager and the inspector read what became of them, and no figure on few, ${at}`, async () => {
      const { page } = await set().sit('a-duty', size, `lots ${size.width}`)
      await go(page, 'g t', 'Triage')
      await eventually(async () => (await rowsOf(page)).length > 0, 'rows')
      await onTheGrid(page)
      await pressKeys(page, 'Home', 'Shift+H')
      await message(page, /should stand higher/)
      await go(page, 'g w', 'Weights')
      await page.getByRole('table', { name: 'Low ranks, drawn by lot and not' }).waitFor()
      const slice = await section(page, 'Audit slice').innerText()
      assert.match(slice, /\d+ of \d+ referrals that ranked low when they came were drawn by lot \(3 in 100 are\)/)
      assert.match(slice, /Below 30 nothing is said of what the low ranks hold/)
      await messageGone(page)
      await clean(page, `slice ${at}`)
      await lookAt(page, `slice-${size.width}`)

      const { page: oversight } = await set().sit('i-inspect', size, `lots ${size.width}`)
      await go(oversight, 'g o', 'Oversight')
      for (const name of ['Low ranks of every agency', 'Lots and the ledger', 'Disagreements of every agency'])
        await oversight.getByRole('table', { name }).waitFor()
      assert.match(await section(oversight, 'Audit slice').innerText(), /Every lot and border of the last 90 days/)
      await clean(oversight, `oversight ${at}`)
      await lookAt(oversight, `oversight-ranks-${size.width}`)
    })
  }
})
