import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { arrowTo, fillIn, focusOf, pressKeys, submitForm, tabTo, typeText } from '../../src/browser-keys.ts'
import { currentRow, dialog, eventually, go, message, rowBecomes, rowOf, rowsOf, scene } from './scene.ts'

describe('triage with the keyboard alone', () => {
  const set = scene()
  const desk = async (): Promise<Page> => (await set().sit('a-triage')).page

  /** The row under the cursor gets a step and shows it; then the step is taken back and the row is as it was. */
  async function stepAndBack(
    key: string,
    fill: (page: Page) => Promise<void>,
    done: RegExp,
    who: RegExp,
  ): Promise<void> {
    const page = await desk()
    // One person alone does not end a P1.
    while (/; P1,/.test((await currentRow(page)).says)) await pressKeys(page, 'j')
    const before = await currentRow(page)
    await pressKeys(page, key)
    await dialog(page).waitFor()
    await fill(page)
    await submitForm(page)
    await message(page, new RegExp(`${before.number}.*${done.source}`))
    await rowBecomes(page, before.number, (row) => who.test(row.who), `shows ${who}`)
    await onTheGrid(page)
    assert.notEqual((await currentRow(page)).number, before.number, 'the next one loads itself')
    await pressKeys(page, 'u')
    await message(page, new RegExp(`${before.number}: undone`))
    await rowBecomes(page, before.number, (row) => row.who === before.who, 'is as it was')
    await onTheGrid(page)
  }

  const onTheGrid = (page: Page) =>
    eventually(async () => (await focusOf(page)).id === 'queue-grid', 'the focus is on the rows')
  const because = (page: Page) => fillIn(page, /^(Reason|Note|What is needed)/, 'Test: written by a test.')

  it('begins on the rows, with a ring to be seen, and moves by j, k, arrows, Home, End and pages', async () => {
    const page = await desk()
    await onTheGrid(page)
    await eventually(async () => (await rowsOf(page)).length > 5, 'rows')
    const all = (await rowsOf(page)).map(({ number }) => number)
    const at = async () => (await currentRow(page)).number
    assert.equal(await at(), all[0])
    assert.ok((await focusOf(page)).ring)
    for (const [key, index] of [
      ['j', 1],
      ['j', 2],
      ['k', 1],
      ['ArrowDown', 2],
      ['ArrowUp', 1],
      ['Home', 0],
    ] as const) {
      await pressKeys(page, key)
      assert.equal(await at(), all[index], key)
    }
    await pressKeys(page, 'k')
    assert.equal(await at(), all[0], 'no way above the first')
    await pressKeys(page, 'PageDown')
    assert.ok(all.indexOf(await at()) > 5)
    await pressKeys(page, 'End', 'j')
    const last = await at()
    assert.ok(!all.slice(0, 5).includes(last))
    await pressKeys(page, 'Home')
    assert.equal(await at(), all[0])
  })

  it('Enter goes into the preview, Escape comes back to the same row, o opens the page and Escape returns', async () => {
    const page = await desk()
    await pressKeys(page, 'Home', 'j')
    const { number } = await currentRow(page)
    await page.getByRole('heading', { name: `Referral ${number}` }).waitFor()
    await pressKeys(page, 'Enter')
    assert.equal((await focusOf(page)).id, 'preview')
    await pressKeys(page, 'Escape')
    assert.equal((await focusOf(page)).id, 'queue-grid')
    await pressKeys(page, 'o')
    await page.getByRole('heading', { level: 1, name: `Referral ${number}` }).waitFor()
    await pressKeys(page, 'j')
    await page.getByRole('heading', { level: 1, name: `Referral ${number}` }).waitFor({ state: 'detached' })
    await pressKeys(page, 'k')
    await page.getByRole('heading', { level: 1, name: `Referral ${number}` }).waitFor()
    await pressKeys(page, 'Escape')
    await onTheGrid(page)
    assert.equal((await currentRow(page)).number, number)
  })

  it('a form begins in its first field, and Escape gives the focus back to the rows', async () => {
    const page = await desk()
    for (const [key, field] of [
      ['h', /1 hour/],
      ['m', /Merge into/],
      ['d', 'Reason'],
      ['p', /P[123]/],
      ['s', /What is needed/],
      ['n', 'Note'],
      ['c', 'Outcome'],
    ] as const) {
      await pressKeys(page, key)
      await dialog(page).waitFor()
      const { name, ring } = await focusOf(page)
      assert.match(name, new RegExp(field), `the form of ${key} begins at "${name}"`)
      assert.ok(ring, `a ring around the first field of ${key}`)
      await pressKeys(page, 'Escape')
      await dialog(page).waitFor({ state: 'detached' })
      assert.equal((await focusOf(page)).id, 'queue-grid', `after the form of ${key}`)
    }
  })

  it('hold', () => stepAndBack('h', because, /held/, /held/))
  it('decline', () => stepAndBack('d', because, /declined/, /declined/))
  it('close with an outcome', () =>
    stepAndBack(
      'c',
      async (page) => {
        await tabTo(page, 'Outcome')
        await arrowTo(page, (value) => value === 'no further action')
        await because(page)
      },
      /closed/,
      /closed/,
    ))

  it('a P1 is not declined by one person: the form says what can be done instead, and keeps what was typed', async () => {
    const page = await desk()
    await pressKeys(page, 'Home')
    const { number, says } = await currentRow(page)
    assert.match(says, /; P1,/)
    await pressKeys(page, 'd')
    await because(page)
    await submitForm(page)
    const refusal = dialog(page).getByRole('alert')
    await refusal.waitFor()
    assert.match(await refusal.innerText(), /propose a lower priority/)
    assert.equal(await dialog(page).getByLabel('Reason').inputValue(), 'Test: written by a test.')
    await pressKeys(page, 'Escape')
    await dialog(page).waitFor({ state: 'detached' })
    assert.equal((await rowOf(page, number)).who, '–')
  })

  it('merge as duplicate of another, found by its number', async () => {
    const page = await desk()
    const rows = await rowsOf(page)
    const { number } = await currentRow(page)
    const into = rows.find((row) => row.number !== number)?.number ?? 0
    await stepAndBack(
      'm',
      async () => {
        await fillIn(page, /Merge into/, String(into))
        await dialog(page).getByRole('radio').first().waitFor()
        await tabTo(page, new RegExp(String(into)))
        await page.keyboard.press('Space')
        await because(page)
      },
      /merged/,
      /merged/,
    )
  })

  it('confirm a priority upwards at once, and take it back', async () => {
    const page = await desk()
    await pressKeys(page, 'End')
    const before = await currentRow(page)
    assert.match(before.says, /; P3,/)
    await pressKeys(page, 'p')
    await tabTo(page, /^P3/)
    await arrowTo(page, (value) => value === 'P2', 'ArrowUp')
    await because(page)
    await submitForm(page)
    await message(page, new RegExp(`${before.number} confirmed as P2`))
    await rowBecomes(page, before.number, ({ says }) => /; P2,.*confirmed P2/.test(says), 'is P2')
    await onTheGrid(page)
    await pressKeys(page, 'u')
    await message(page, new RegExp(`${before.number}: undone`))
    await rowBecomes(page, before.number, ({ says }) => /; P3,.*confirmed not yet/.test(says), 'is P3 again')
    await pressKeys(page, 'Home')
  })

  it('refer to safeguarding starts a clock of its own, which closing the referral leaves open', async () => {
    const page = await desk()
    const { number } = await currentRow(page)
    await pressKeys(page, 's')
    await because(page)
    await submitForm(page)
    await message(page, new RegExp(`${number} referred to safeguarding`))
    await rowBecomes(page, number, ({ says }) => /safeguarding open/.test(says), 'is marked')
    await go(page, 'g s', 'Safeguarding')
    await page.getByRole('link', { name: String(number) }).waitFor()
    await go(page, 'g t', 'Triage')
    await onTheGrid(page)
  })

  it('add a note', async () => {
    const page = await desk()
    const { number } = await currentRow(page)
    await pressKeys(page, 'n')
    await because(page)
    await submitForm(page)
    await message(page, new RegExp(`Note added to ${number}`))
    await onTheGrid(page)
  })

  it('selects rows by x and with shift, tells beforehand how many will change, and takes all back', async () => {
    const page = await desk()
    const colleague = (await set().sit('a-case')).page
    await pressKeys(page, 'End', 'k', 'k')
    const taken = (await currentRow(page)).number
    await pressKeys(colleague, 'Home')
    while ((await currentRow(colleague)).number !== taken) await pressKeys(colleague, 'j')
    await pressKeys(colleague, 't')
    await message(colleague, new RegExp(`${taken} is yours`))
    await rowBecomes(page, taken, ({ who }) => who === 'Test Amy Case', 'is with the colleague')
    await pressKeys(page, 'x', 'Shift+J', 'Shift+J')
    const selected = (await rowsOf(page)).filter((row) => row.selected).map(({ number }) => number)
    assert.equal(selected.length, 3)
    await page.getByText('3 selected').waitFor()
    await pressKeys(page, 'd')
    assert.match(await dialog(page).innerText(), /2 of 3 will change; 1 is taken by others/)
    await because(page)
    await submitForm(page)
    await message(page, /2 of 2 declined/)
    for (const number of selected)
      assert.equal((await rowOf(page, number)).who, number === taken ? 'Test Amy Case' : 'declined')
    await onTheGrid(page)
    // Undo of the message takes the whole step back.
    await tabTo(page, /^Undo/)
    await page.keyboard.press('Enter')
    await message(page, /2 of 2 undone/)
    for (const number of selected) await rowBecomes(page, number, ({ who }) => who !== 'declined', 'is back')
    await pressKeys(page, 'Home')
    await onTheGrid(page)
  })

  it('the palette lists every action with its key, finds by words, runs one, and ? shows the sheet', async () => {
    const page = await desk()
    await pressKeys(page, 'Control+k')
    const options = dialog(page).getByRole('option')
    const listed = await options.evaluateAll((rows) =>
      rows.map((row) => ({
        says: row.querySelector('.palette-says')?.textContent ?? '',
        key: [...row.querySelectorAll('kbd')].map((cap) => cap.textContent).join(' '),
      })),
    )
    assert.ok(listed.length >= 38)
    for (const { says, key } of listed) assert.ok(says !== '' && key !== '', `"${says}" tells its key`)
    assert.equal(new Set(listed.map(({ says }) => says)).size, listed.length)
    await typeText(page, 'ledger')
    await eventually(async () => (await options.count()) === 1, 'one action fits')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.title === 'Ledger · Tandem')
    await go(page, 'g t', 'Triage')
    await onTheGrid(page)
    await pressKeys(page, '?')
    const sheet = await dialog(page).innerText()
    for (const { says } of listed) assert.ok(sheet.includes(says), `${says} is on the sheet`)
    await pressKeys(page, 'Escape')
    await onTheGrid(page)
  })

  it('the search box finds by number, and no address or title holds what was searched for', async () => {
    const { page, watch } = await set().sit('a-triage')
    const { number } = await currentRow(page)
    for (const text of [String(number), 'test_juniper_pool_200_01f', 'TEST-URN-000201']) {
      await pressKeys(page, '/')
      assert.equal((await focusOf(page)).name, 'Search')
      await page.keyboard.press('Control+a')
      await typeText(page, text)
      await page.keyboard.press('Enter')
      await page.waitForFunction(() => document.title === 'Search · Tandem')
      await page.getByText('Understood as').waitFor()
      await page.locator('main').getByText(text).first().waitFor()
      if (text === String(number)) {
        await tabTo(page, text)
        await page.keyboard.press('Enter')
        await page.getByRole('heading', { level: 1, name: `Referral ${number}` }).waitFor()
      }
    }
    const telling = [...watch.addresses, ...watch.titles].map((one) => decodeURIComponent(one))
    assert.ok(telling.length > 30)
    for (const selector of ['juniper', 'TEST-URN', '@', '203.0.113', `/${number}`, `=${number}`, 'Test ']) {
      assert.deepEqual(
        telling.filter((one) => one.includes(selector)),
        [],
        selector,
      )
    }
    await go(page, 'g t', 'Triage')
  })

  it('what was searched for leaves the screen with its answer, and comes back with it', async () => {
    const page = await desk()
    const box = page.getByRole('searchbox', { name: 'Search' })
    const { number } = await currentRow(page)
    await pressKeys(page, '/')
    await typeText(page, 'TEST-URN-000201')
    await page.keyboard.press('Enter')
    await page.getByRole('table', { name: 'Found referrals' }).waitFor()
    assert.equal(await box.inputValue(), 'TEST-URN-000201')
    await tabTo(page, /^\d{4}$/)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.title === 'Referral · Tandem')
    assert.equal(await box.inputValue(), '')
    await page.locator('.referral').waitFor()
    await pressKeys(page, 'Escape')
    await page.waitForFunction(() => document.title === 'Search · Tandem')
    await page.getByRole('table', { name: 'Found referrals' }).waitFor()
    assert.equal(await box.inputValue(), 'TEST-URN-000201')
    await go(page, 'g t', 'Triage')
    assert.equal(await box.inputValue(), '')
    await page.goBack()
    await page.getByText('Nothing was searched for.').waitFor()
    await go(page, 'g t', 'Triage')
    await onTheGrid(page)
    assert.equal((await currentRow(page)).number, number)
  })

  it('what was typed into a form survives Escape, is sent with Control and Enter, and is gone after that', async () => {
    const page = await desk()
    const words = dialog(page).getByLabel('Note')
    await pressKeys(page, 'n')
    await typeText(page, 'Test: half a sentence')
    await pressKeys(page, 'Escape')
    await dialog(page).waitFor({ state: 'detached' })
    await pressKeys(page, 'j', 'n')
    assert.equal(await words.inputValue(), '', 'another referral has words of its own')
    await pressKeys(page, 'Escape')
    await dialog(page).waitFor({ state: 'detached' })
    await pressKeys(page, 'k', 'n')
    assert.equal(await words.inputValue(), 'Test: half a sentence')
    await pressKeys(page, 'Control+Enter')
    await message(page, /Note added/)
    await onTheGrid(page)
    await pressKeys(page, 'n')
    assert.equal(await words.inputValue(), '')
    await pressKeys(page, 'Escape')
    await onTheGrid(page)
  })

  it('a form tells what is missing, and what the cell or the clock will say, before anything is sent', async () => {
    const page = await desk()
    await pressKeys(page, 'Home')
    assert.match((await currentRow(page)).says, /; P1,/)
    await pressKeys(page, 'c')
    await dialog(page).getByText('Still needed: an outcome, a reason.').waitFor()
    assert.equal(await dialog(page).getByLabel('Outcome').inputValue(), '', 'no outcome is chosen by itself')
    await pressKeys(page, 'Escape')
    await onTheGrid(page)
    await pressKeys(page, 'd')
    await dialog(page)
      .getByText(/one person does not end it/)
      .waitFor()
    await pressKeys(page, 'Escape')
    await onTheGrid(page)
    await pressKeys(page, 'h', 'ArrowRight')
    await dialog(page)
      .getByText(/it will come back overdue/)
      .waitFor()
    await pressKeys(page, 'Escape')
    await onTheGrid(page)
  })

  it('single keys can be switched off; the palette and the arrows go on', async () => {
    const page = await desk()
    await onTheGrid(page)
    await pressKeys(page, ',')
    await tabTo(page, /Single-key/)
    await page.keyboard.press('Space')
    await pressKeys(page, 'Escape')
    const { number, who } = await currentRow(page)
    await pressKeys(page, 'j', 't')
    assert.equal((await currentRow(page)).number, number)
    assert.equal((await currentRow(page)).who, who)
    await pressKeys(page, 'ArrowDown')
    assert.notEqual((await currentRow(page)).number, number)
    await pressKeys(page, 'Control+k')
    await typeText(page, 'settings')
    await page.keyboard.press('Enter')
    await tabTo(page, /Single-key/)
    await page.keyboard.press('Space')
    await pressKeys(page, 'Escape', 'Home')
    assert.equal((await currentRow(page)).number, number)
  })
})
