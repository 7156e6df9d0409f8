import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findViolations, lookAt } from '../../src/browser-desk.ts'
import { focusOf, pressKeys, tabTo } from '../../src/browser-keys.ts'
import { currentRow, dialog, eventually, go, rowsOf, scene } from './scene.ts'

describe('why a hit is one', () => {
  const set = scene()

  for (const colours of ['dark', 'light'] as const) {
    it(`is drawn and told, by keyboard alone, ${colours}`, async () => {
      const { page } = await set().sit('a-triage', { width: 1280, height: 800, colours }, `hits ${colours}`)
      await go(page, 'g t', 'Triage')
      await eventually(async () => (await rowsOf(page)).length > 10, 'rows')
      // The altered copy has one hit, by likeness, and nothing else has.
      const isAltered = async (): Promise<boolean> => {
        if (!/\b1 hits?\b/.test((await currentRow(page)).says)) return false
        await pressKeys(page, 'o')
        await page.waitForFunction(() => document.title === 'Referral · Tandem')
        await page.locator('.loading').first().waitFor({ state: 'detached' })
        if ((await page.getByText('11 of 256 bits differ').count()) > 0) return true
        await pressKeys(page, 'Escape')
        await page.waitForFunction(() => document.title === 'Triage · Tandem')
        return false
      }
      await pressKeys(page, 'Home')
      for (let row = 0; row < 80 && !(await isAltered()); row++) await pressKeys(page, 'j')
      await tabTo(page, /^Why file 1 is a hit on Example hotline list$/)
      await pressKeys(page, 'Enter')
      await dialog(page).getByText('Bits that differ').waitFor()
      const told = await dialog(page).innerText()
      assert.match(told, /11 of 256 bits differ; up to 31|11 of 256; up to 31/)
      assert.match(told, /never a verdict/)
      assert.equal(await dialog(page).locator('.bit.differs').count(), 11)
      assert.equal(await dialog(page).locator('.bit').count(), 256)
      assert.match(
        (await dialog(page).getByRole('img').getAttribute('aria-label')) ?? '',
        /^11 of 256 bits differ; band/,
      )
      assert.deepEqual(await findViolations(page), [])
      await lookAt(page, `hit-explained-${colours}`)
      await pressKeys(page, 'Escape')
      await dialog(page).waitFor({ state: 'detached' })
      assert.match((await focusOf(page)).name, /^Why file 1/)
    })
  }
})
