import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { findViolations, lookAt } from '../../src/browser-desk.ts'
import { fillIn, focusOf, pressKeys, submitForm, tabTo } from '../../src/browser-keys.ts'
import { currentRow, dialog, eventually, go, message, openReferral, rowsOf, scene, section } from './scene.ts'

describe('the pages of the desk', () => {
  const set = scene()

  it('a list is loaded with the keyboard, its hit names list, version and scheme, and its withdrawal reaches the hit', async () => {
    const { page } = await set().sit('a-duty')
    const file = join(mkdtempSync(join(tmpdir(), 'tandem-list-')), 'test-list.csv')
    writeFileSync(file, 'md5,category\nce6e2a2d6961c7bd1d13b158f3e3438f,A\n00000000000000000000000000000001,B\n')
    await go(page, 'g l', 'Lists')
    await tabTo(page, 'Load a list')
    await page.keyboard.press('Enter')
    await fillIn(page, 'Name', 'Test list')
    await fillIn(page, 'Publisher', 'Test Publisher')
    await tabTo(page, 'File')
    const choosing = page.waitForEvent('filechooser')
    // The browser learns of the waiting a moment later.
    await page.waitForTimeout(250)
    await page.keyboard.press('Enter')
    await (await choosing).setFiles(file)
    await fillIn(page, /scheme/i, 'Test scheme')
    await submitForm(page)
    await dialog(page)
      .getByText(/2 records = 2 accepted \+ 0 remarked \+ 0 set aside/)
      .waitFor()
    await pressKeys(page, 'Escape')
    await dialog(page).waitFor({ state: 'detached' })

    await openReferral(page, 'TEST-URN-002401')
    // Referrals held are matched by a job; an open page waits for its reader to bring it up to date.
    await eventually(async () => {
      await pressKeys(page, 'Shift+R')
      return /Test list/.test(await section(page, 'Hits').innerText())
    }, 'the hit is found')
    assert.match(await section(page, 'Hits').innerText(), /Test list[\s\S]*A\s+Test scheme[\s\S]*md5/)
    const touched = await page.locator('.referral-head .number').innerText()
    await go(page, 'g l', 'Lists')
    await tabTo(page, 'Which referrals have a hit on Test list')
    await page.keyboard.press('Enter')
    const table = page.getByRole('table', { name: 'Referrals with a hit on Test list' })
    await table.getByRole('link', { name: touched, exact: true }).waitFor()
    assert.deepEqual(await findViolations(page), [])
    await lookAt(page, 'list-touched')
    await tabTo(page, 'Withdraw Test list')
    await page.keyboard.press('Enter')
    await fillIn(page, 'Reason', 'Test: loaded by mistake.')
    await submitForm(page)
    await message(page, /Test list withdrawn: 1 version, 1 hit/)
    await openReferral(page, 'TEST-URN-002401')
    await section(page, 'Hits').getByText('Withdrawn: Test: loaded by mistake.').first().waitFor()
  })

  it('intake shows each delivery with an account that adds up, and what was set aside', async () => {
    const { page } = await set().sit('b-triage')
    await go(page, 'g i', 'Intake')
    const table = page.getByRole('table', { name: 'Recent deliveries' })
    await table.waitFor()
    assert.equal(await table.getByText('no', { exact: true }).count(), 0)
    await tabTo(page, /one-bad-record-batch/)
    await page.keyboard.press('Enter')
    await dialog(page)
      .getByText(/5 = \d accepted \+ \d remarked \+ 1 set aside/)
      .waitFor()
    await pressKeys(page, 'Escape')
  })

  it('a safeguarding officer acknowledges a track and closes it with its outcome', async () => {
    const { page } = await set().sit('a-safe')
    await go(page, 'g t', 'Triage')
    await eventually(async () => (await rowsOf(page)).length > 0, 'rows')
    const { number } = await currentRow(page)
    await pressKeys(page, 's')
    await fillIn(page, /What is needed/, 'Test: a child may need help today.')
    await submitForm(page)
    await message(page, /referred to safeguarding/)
    await go(page, 'g s', 'Safeguarding')
    await tabTo(page, `Acknowledge safeguarding of ${number}`)
    await page.keyboard.press('Enter')
    await message(page, /acknowledged/)
    await tabTo(page, `Close safeguarding of ${number}`)
    await page.keyboard.press('Enter')
    await fillIn(page, /Outcome/, 'Test: spoken to, safe.')
    await submitForm(page)
    await message(page, new RegExp(`Safeguarding of ${number} closed`))
    await page.getByText('No safeguarding track is open.').waitFor()
    await eventually(async () => (await focusOf(page)).tag !== 'body', 'the focus stays on the page')
  })

  it('every entry of the ledger fits its leaf, and the ledger of one referral is found by its number', async () => {
    const { page } = await set().sit('a-duty')
    await go(page, 'g e', 'Ledger')
    const entries = page.getByRole('table', { name: 'Ledger entries' }).getByRole('row')
    await eventually(async () => (await entries.count()) > 15, 'entries')
    const fits = await entries.evaluateAll((rows) =>
      rows.slice(1).map((row) => row.lastElementChild?.textContent ?? ''),
    )
    assert.deepEqual(new Set(fits), new Set(['✓ fits']))
    await fillIn(page, 'Referral number', '1001')
    await page.keyboard.press('Enter')
    await page.getByText('One referral only').waitFor()
    await eventually(async () => (await entries.count()) > 1, 'entries of one referral')
  })

  it('a role that reads no referrals begins on its first page, and nothing is said to be missing', async () => {
    const { page } = await set().sit('o-admin')
    await page.waitForFunction(() => document.title === 'Health · Tandem')
    assert.doesNotMatch(await page.locator('.standing-bar').innerText(), /none chosen/)
    await page.keyboard.press('Control+k')
    const triage = dialog(page).getByRole('option', { name: /^Go to Triage/ })
    assert.equal(await triage.getAttribute('aria-disabled'), 'true')
    await pressKeys(page, 'Escape')
  })

  it('health says in words that all is well', async () => {
    const { page } = await set().sit('o-admin')
    await go(page, 'g h', 'Health')
    await page.getByText('Every check is good.').waitFor()
    assert.match(await section(page, 'Checks').innerText(), /good[\s\S]*PostgreSQL/)
    const keys = await section(page, 'Keys').innerText()
    for (const agency of ['Crime Agency', 'Signals Agency'])
      assert.match(keys, new RegExp(`${agency}\\s+open\\s+this machine itself`))
  })

  it('without an authority in force the queue says so, and goes on when another is entered and chosen', async () => {
    const { page } = await set().sit('b-duty')
    await go(page, 'g a', 'Authorities')
    await tabTo(page, 'Enter an authority')
    await page.keyboard.press('Enter')
    for (const [field, text] of [
      ['Kind', 'test warrant'],
      ['Issuer', 'Test Issuer'],
      ['Act', 'Test Act 2026'],
      ['Section', 's.1'],
    ] as const) {
      await fillIn(page, field, text)
    }
    for (const field of ['Scope', 'Necessity', 'Proportionality']) await fillIn(page, field, `Test: ${field}.`)
    await submitForm(page)
    await message(page, /in the register/)
    await tabTo(page, /^Cancel Online Safety Act 2023/)
    await page.keyboard.press('Enter')
    await fillIn(page, 'Reason', 'Test: superseded.')
    await submitForm(page)
    await message(page, /cancelled/)
    await go(page, 'g t', 'Triage')
    await page.getByRole('heading', { name: 'No authority is in force' }).waitFor()
    const words = await page.locator('main').innerText()
    assert.match(words, /does not mean that there is nothing/)
    assert.doesNotMatch(words, /No referral/)
    assert.equal(await page.getByRole('grid').count(), 0)
    await tabTo(page, /^Choose operation/)
    await page.keyboard.press('Enter')
    await dialog(page)
      .getByRole('option', { name: /^Test Act 2026 s\.1/ })
      .waitFor({ state: 'attached' })
    await tabTo(page, 'Work under this')
    await page.keyboard.press('Enter')
    await page.getByRole('grid').waitFor()
    await eventually(async () => (await rowsOf(page)).length > 3, 'rows again')
    assert.match(await page.locator('.standing-bar').innerText(), /Test Act 2026 s\.1/)
  })
})
