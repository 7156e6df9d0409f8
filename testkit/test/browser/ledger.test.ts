import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { verifyBundle } from '@tandem/ledger'
import type { Page } from 'playwright-core'
import { findViolations, lookAt } from '../../src/browser-desk.ts'
import { fillIn, pressKeys, tabTo } from '../../src/browser-keys.ts'
import { dialog, eventually, go, scene } from './scene.ts'

describe('the ledger at the desk', () => {
  const set = scene()

  const checkpoints = (page: Page) => page.getByRole('region', { name: 'Checkpoints' })

  async function clean(page: Page, where: string): Promise<void> {
    const found = (await findViolations(page)).map(({ rule, where: at, says }) => `${where}: ${rule} at ${at}. ${says}`)
    assert.deepEqual(found, [])
  }

  it('shows the newest checkpoint of a log, who cosigned it, and that it is sealed', async () => {
    const { page } = await set().sit('a-duty', { width: 1280, height: 800 })
    await go(page, 'g e', 'Ledger')
    await checkpoints(page).waitFor()
    await eventually(async () => /Sealed and witnessed/.test(await checkpoints(page).innerText()), 'a sealed log')
    const says = await checkpoints(page).innerText()
    assert.match(says, /Crime Agency[\s\S]*signals-agency in this cell/i)
    assert.doesNotMatch(says, /Signals Agency\s+\d/, 'the log of the other agency is not shown')
    await lookAt(page, 'ledger-duty')
    await clean(page, 'ledger of a duty manager')
  })

  it('by keyboard: an entry is proved, and a bundle is saved that a verifier accepts with the keys of the cell', async () => {
    const { page } = await set().sit('a-duty')
    await go(page, 'g e', 'Ledger')
    // One stop of Tab for all entries, and arrows between them.
    await tabTo(page, /· proof$|^waits$/)
    for (let down = 0; down < 5; down++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await dialog(page).getByText('Included: the proof leads from this entry to the signed root.').waitFor()
    const says = await dialog(page).innerText()
    assert.match(says, /entry \d+ of \d+, counted from 0/)
    assert.match(says, /Seen by[\s\S]*signals-agency at/)
    await lookAt(page, 'ledger-proof')
    await clean(page, 'proof of an entry')
    await fillIn(page, 'What the bundle is about, for its reader', 'Test of a bundle')
    const saved = page.waitForEvent('download')
    await page.keyboard.press('Enter')
    const bundle = readFileSync(await (await saved).path(), 'utf8')
    await dialog(page).getByText('Saved. Hand over the keys').waitFor()
    const savedKeys = page.waitForEvent('download')
    await tabTo(page, 'Save the keys')
    await page.keyboard.press('Enter')
    const keys = readFileSync(await (await savedKeys).path(), 'utf8')
    const report = verifyBundle(bundle, keys)
    assert.equal(report.verdict, 'proved', JSON.stringify(report.failures))
    await pressKeys(page, 'Escape')
  })

  it('compares everything when asked, and says that it is as it was recorded', async () => {
    const { page } = await set().sit('a-duty')
    await tabTo(page, 'Compare everything now')
    await page.keyboard.press('Enter')
    await dialog(page).getByText('Everything is as it was recorded.').waitFor()
    assert.match(await dialog(page).innerText(), /Crime Agency[\s\S]*\d+ sealed entries, \d+ openings read/)
    await lookAt(page, 'ledger-compared')
    await clean(page, 'audit')
    await pressKeys(page, 'Escape')
  })

  it('the inspector sees the logs of all agencies', async () => {
    const { page } = await set().sit('i-inspect', { width: 1280, height: 800 })
    await go(page, 'g e', 'Ledger')
    await checkpoints(page).waitFor()
    const says = await checkpoints(page).innerText()
    for (const agency of ['Crime Agency', 'Signals Agency', 'Inspectorate']) assert.ok(says.includes(agency), agency)
    await lookAt(page, 'ledger-inspector')
    await clean(page, 'ledger of the inspector')
  })
})
