import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { findViolations, lookAt } from '../../src/browser-desk.ts'
import { fillIn, focusOf, pressKeys, submitForm, tabTo, typeText } from '../../src/browser-keys.ts'
import { currentRow, dialog, eventually, go, message, rowBecomes, rowsOf, scene, section } from './scene.ts'

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const

/** What officers say of ranks, by keyboard alone; none of it moves a row. */
describe('learning at the desk', () => {
  const set = scene()

  async function clean(page: Page, where: string): Promise<void> {
    const found = (await findViolations(page)).map(({ rule, where: at, says }) => `${where}: ${rule} at ${at}. ${says}`)
    assert.deepEqual(found, [])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    assert.ok(wide <= 0, `${where}: wider than the screen by ${wide}`)
  }

  const onTheGrid = (page: Page) =>
    eventually(async () => (await focusOf(page)).id === 'queue-grid', 'the focus is on the rows')

  /** A set by hand, proposed as the command line does it: over the interface, with the manager's own session. */
  const byHand = async (page: Page, name: string): Promise<void> => {
    const file: Record<string, unknown> = JSON.parse(
      readFileSync(new URL('../../../engines/triage/src/weights/tandem-1.json', import.meta.url), 'utf8').replaceAll(
        '"yes": 175',
        '"yes": 200',
      ),
    )
    const status = await page.evaluate(
      async (body) =>
        (await fetch('/api/weights', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status,
      JSON.stringify({ from: 'file', weights: { ...file, id: name }, why: 'Test: grooming weighs more' }),
    )
    assert.equal(status, 200)
  }

  for (const size of sizes) {
    const at = `${size.width}×${size.height}`

    it(`one key disagrees with a rank, the row stays, and u takes it back, ${at}`, async () => {
      const { page } = await set().sit('a-triage', size, `says ${size.width}`)
      await eventually(async () => (await rowsOf(page)).length > 5, 'rows')
      await onTheGrid(page)
      await pressKeys(page, 'Home', 'j', 'j')
      const { number } = await currentRow(page)
      const order = (await rowsOf(page)).map((row) => row.number)
      await pressKeys(page, 'Shift+H')
      await message(page, new RegExp(`${number}: Noted: it should stand higher. Its rank stays`))
      await rowBecomes(page, number, ({ says }) => says.includes('you said it should be higher'), 'says what was said')
      await pressKeys(page, 'Shift+L')
      await message(page, new RegExp(`${number}: Noted: it should stand lower`))
      await rowBecomes(page, number, ({ says }) => says.includes('you said it should be lower'), 'says it')
      assert.deepEqual(
        (await rowsOf(page)).map((row) => row.number),
        order,
        'no row moved',
      )
      await page.locator('.preview .disagree').waitFor()
      await clean(page, `triage after a disagreement ${at}`)
      await lookAt(page, `disagree-triage-${size.width}`)
      await pressKeys(page, 'u')
      await message(page, new RegExp(`${number}: Taken back`))
      await rowBecomes(page, number, ({ says }) => !says.includes('you said'), 'says nothing of it any more')
    })

    it(`on the page of a referral a reason can be given and is not asked for, ${at}`, async () => {
      const { page } = await set().sit('a-triage', size, `says ${size.width}`)
      await onTheGrid(page)
      await pressKeys(page, 'o')
      await page.waitForFunction(() => document.title === 'Referral · Tandem')
      const why = section(page, 'Why here')
      await why.getByText('It never moves a rank by itself.').waitFor()
      await tabTo(page, /^With a reason/)
      await pressKeys(page, 'Enter')
      await dialog(page).waitFor()
      await clean(page, `reason of a disagreement ${at}`)
      await fillIn(page, 'Reason', 'Test: the sister is seven.')
      await submitForm(page)
      await message(page, /should stand higher/)
      await why.getByText('Test: the sister is seven.').waitFor()
      await clean(page, `a referral that somebody disagrees with ${at}`)
      await why.getByRole('list', { name: 'Who disagrees' }).scrollIntoViewIfNeeded()
      await lookAt(page, `disagree-referral-${size.width}`)
      await tabTo(page, 'Take back what you said')
      await pressKeys(page, 'Enter')
      await message(page, /Taken back/)
      await why.getByRole('list', { name: 'Who disagrees' }).waitFor({ state: 'detached' })
      await pressKeys(page, 'Escape')
    })

    it(`of two side by side one goes first, ${at}`, async () => {
      const { page } = await set().sit('a-triage', size, `says ${size.width}`)
      await onTheGrid(page)
      const here = (await currentRow(page)).number
      const other = (await rowsOf(page)).find(({ number }) => number !== here)?.number ?? 0
      await pressKeys(page, 'o')
      await page.waitForFunction(() => document.title === 'Referral · Tandem')
      await tabTo(page, 'Beside referral number')
      await typeText(page, String(other))
      await page.keyboard.press('Enter')
      await page.waitForFunction(() => document.title === 'Comparison · Tandem')
      const asks = section(page, 'Which one first?')
      await asks.waitFor()
      await pressKeys(page, '2')
      await message(page, new RegExp(`${other} goes first`))
      await asks.getByText(`${other} goes first`).waitFor()
      await pressKeys(page, '0')
      await asks.getByText(/Cannot say whether/).waitFor()
      await clean(page, `comparison ${at}`)
      await lookAt(page, `compare-${size.width}`)
      await pressKeys(page, 'u')
      await asks.getByRole('list', { name: 'What people chose' }).waitFor({ state: 'detached' })
      await go(page, 'g t', 'Triage')
    })

    it(`a duty manager sees disagreements and proposals, and replays one; no rank moves, ${at}`, async () => {
      const { page } = await set().sit('a-duty', size, `weights ${size.width}`)
      await eventually(async () => (await rowsOf(page)).length > 5, 'rows')
      await onTheGrid(page)
      await pressKeys(page, 'Home', 'j', 'Shift+H')
      await message(page, /should stand higher/)
      const order = (await rowsOf(page)).map((row) => row.number)
      await byHand(page, `by-hand-${size.width}`)
      await go(page, 'g w', 'Weights')
      await page.getByText('Nothing on this page changes a rank.').waitFor()
      await page.getByRole('table', { name: 'Latest disagreements' }).waitFor()
      await clean(page, `weights ${at}`)
      await tabTo(page, /^Propose from choices/)
      await pressKeys(page, 'Enter')
      await dialog(page).waitFor()
      await clean(page, `proposing weights ${at}`)
      await fillIn(page, 'Name of the set', `trial-${size.width}`)
      await submitForm(page)
      await message(page, /Nothing was proposed. No factor differs in 20 choices/)
      await tabTo(page, `Replay by-hand-${size.width}`)
      await pressKeys(page, 'Enter')
      await page.getByRole('table', { name: 'What would change' }).waitFor()
      await clean(page, `replay ${at}`)
      await lookAt(page, `weights-${size.width}`)
      await go(page, 'g t', 'Triage')
      await eventually(async () => (await rowsOf(page)).length > 5, 'rows')
      assert.deepEqual(
        (await rowsOf(page)).map((row) => row.number),
        order,
      )
    })
  }
})
