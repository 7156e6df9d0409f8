import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { writeUkCseaIrp } from '@tandem/formats'
import { findViolations, lookAt } from '../../src/browser-desk.ts'
import { downTo, focusOf, pressKeys, tabTo, typeText } from '../../src/browser-keys.ts'
import { eventually, go, message, openReferral, rowsOf, scene, section, walkTo } from './scene.ts'

describe('the page of a referral', () => {
  const set = scene()

  it('a referral shows facts, source, people and mentions, each mention with its provenance on focus', async () => {
    const { page } = await set().sit('a-triage')
    await openReferral(page, 'TEST-URN-000301')
    assert.match(await section(page, 'Facts').innerText(), /04 May 2026 10:22:00 UTC/)
    assert.match(await section(page, 'Facts').innerText(), /Told local police\s+not said/, 'absent is not false')
    assert.match(await section(page, 'Source').innerText(), /Example Chat Ltd[\s\S]*Online Safety Act 2023/)
    assert.match(await section(page, 'People').innerText(), /Test Rush Mere[\s\S]*1969-11-24/)
    await tabTo(page, 'Strength')
    await page.keyboard.press('Tab')
    await downTo(page, /^test\.rush\.mere\.300@MAIL\.EXAMPLE$/)
    assert.ok((await focusOf(page)).ring)
    const hint = page.getByRole('tooltip')
    await hint.waitFor()
    assert.match(
      await hint.innerText(),
      /test\.rush\.mere\.300@mail\.example[\s\S]*\$\.report\.contentSender[\s\S]*Online Safety Act/,
    )
    await pressKeys(page, 'Escape')
    await hint.waitFor({ state: 'detached' })
    await section(page, 'Facts').waitFor()
  })

  it('every value of a report tells where it stands, who sent it, under which law it is held and how it is graded', async () => {
    const { page } = await set().sit('a-triage')
    const said = await page.locator('main dl.pairs dd').evaluateAll((all) =>
      all.flatMap((cell) => {
        const words = cell.textContent ?? ''
        const isBare = cell.querySelector('.hinted, a, button') === null && words !== 'not said'
        return isBare ? [`${cell.previousElementSibling?.textContent}: ${words}`] : []
      }),
    )
    // What the cell itself says of a delivery is no value of the report.
    assert.deepEqual(
      said.filter((one) => !/^(Sender|Format|Lane|Held under|Received): /.test(one)),
      [],
    )
    await tabTo(page, /^04 May 2026 09:21:00 UTC/, 'Shift+Tab')
    const hint = page.getByRole('tooltip')
    const passed: string[] = []
    for (let step = 0; step < 5; step++) {
      await hint.getByText('Grade').waitFor()
      const says = await hint.innerText()
      assert.match(says, /Place\s+\$\.report\.[\s\S]*Sender\s+Example Chat Ltd/)
      assert.match(says, /Reference\s+TEST-URN-000301[\s\S]*Held under\s+Online Safety Act[\s\S]*Grade\s+none given/)
      passed.push((await focusOf(page)).name)
      await page.keyboard.press('ArrowDown')
    }
    assert.equal(new Set(passed).size >= 4, true, `one stop of Tab, arrows inside: ${passed.join(' | ')}`)
    await page.keyboard.press('Tab')
    assert.notEqual((await focusOf(page)).name, passed[0])
    assert.equal(await page.title(), 'Referral · Tandem', 'an arrow at the values does not leave the page')
  })

  it('the sender’s reason, often the gravest sentence, is closed in the preview and on the page, and one key opens it', async () => {
    const { page } = await set().sit('a-triage')
    const gravest = /meeting with a child is planned/
    await go(page, 'g t', 'Triage')
    await eventually(async () => (await rowsOf(page)).length > 5, 'rows')
    await walkTo(page, 1003)
    const preview = page.locator('#preview')
    await preview.getByText('Open 47 characters').waitFor()
    assert.doesNotMatch(await page.locator('main').innerText(), gravest)
    await pressKeys(page, 'w')
    await preview.locator('blockquote').waitFor()
    assert.match(await preview.innerText(), gravest)
    await pressKeys(page, 'j')
    await preview.getByText('Referral 1004').waitFor()
    assert.equal(await preview.locator('blockquote').count(), 0, 'the next one is closed')
    await pressKeys(page, 'k', 'o')
    await page.waitForFunction(() => document.title === 'Referral · Tandem')
    await section(page, 'Facts').getByText('Open 47 characters').waitFor()
    assert.doesNotMatch(await page.locator('main').innerText(), gravest)
    await pressKeys(page, 'w')
    await section(page, 'Facts').locator('blockquote').waitFor()
    await section(page, 'Words').getByText('Opened by you today: 2').waitFor()
    await pressKeys(page, 'w')
    await section(page, 'Facts').locator('blockquote').waitFor({ state: 'detached' })
  })

  it('the factors of each axis add up to its score, and it is said what would move the rank', async () => {
    const { page } = await set().sit('a-triage')
    const axes = await section(page, 'Why here')
      .locator('table.waterfall')
      .evaluateAll((tables) => {
        const numberIn = (element: Element | null | undefined): number =>
          Math.round(Number((element?.textContent ?? '').replace('−', '-')) * 100)
        return tables.map((table) => ({
          name: table.querySelector('caption')?.textContent ?? '',
          total: numberIn(table.querySelector('caption .number')),
          sum: numberIn(table.querySelector('tfoot .number')),
          parts: [...table.querySelectorAll('tbody tr')].map((row) => numberIn(row.querySelector('td.number'))),
        }))
      })
    assert.deepEqual(
      axes.map(({ name }) => name.replace(/ [−\d.]+$/, '')),
      ['Child urgency', 'Offender danger'],
    )
    for (const { name, total, sum, parts } of axes) {
      assert.equal(
        parts.reduce((all, part) => all + part, 0),
        total,
        name,
      )
      assert.equal(sum, total, name)
    }
    assert.ok(
      axes.flatMap(({ parts }) => parts).some((part) => part !== 0),
      'something speaks',
    )
    assert.match(
      await section(page, 'Why here').innerText(),
      /What would move it[\s\S]*(Ask|If corrected): [\s\S]*P[123]/,
    )
  })

  it('words stay closed until they are opened on purpose, one at a time, and the opening is counted', async () => {
    const { page } = await set().sit('a-triage')
    const words = section(page, 'Words')
    assert.doesNotMatch(await page.locator('main').innerText(), /asks to meet tomorrow|agreed to meet/)
    const buttons = words.getByRole('button', { name: /^Open the words/ })
    const howMany = await buttons.count()
    assert.ok(howMany >= 2)
    await tabTo(page, /^Open the words/)
    await page.keyboard.press('Enter')
    await words.locator('blockquote').waitFor()
    assert.match(await words.locator('blockquote').innerText(), /meet/)
    await words.getByText('Opened by you today: 3').waitFor()
    await tabTo(page, /^Open the words/)
    await page.keyboard.press('Enter')
    await words.getByText('Opened by you today: 4').waitFor()
    assert.equal(await words.locator('blockquote').count(), 1, 'the first closes')
    await tabTo(page, /^Close the words/, 'Shift+Tab')
    await page.keyboard.press('Enter')
    await words.locator('blockquote').waitFor({ state: 'detached' })
    await eventually(async () => (await focusOf(page)).tag !== 'body', 'the focus stays on the page')
  })

  it('decisions stand in a history from which they are undone', async () => {
    const { page } = await set().sit('a-triage')
    await page.keyboard.press('Shift+Tab')
    await pressKeys(page, 't')
    await message(page, /is yours/)
    // Whoever takes a referral here wants to work on it here.
    assert.match(await section(page, 'Source').innerText(), /TEST-URN-000301/)
    const history = section(page, 'Decisions')
    await history.getByText('take', { exact: true }).waitFor()
    assert.match(await history.innerText(), /take\s+Test Aled Triage/)
    await tabTo(page, /^Undo/)
    await page.keyboard.press('Enter')
    await message(page, /Undone/)
    await history.getByText('undone', { exact: true }).waitFor()
    assert.match(await history.innerText(), /undo/)
    await eventually(async () => (await focusOf(page)).tag !== 'body', 'the focus stays on the page')
  })

  it('what the sender said in fields of its own, and what it can still be asked, stand on the page', async () => {
    const { page } = await set().sit('a-triage')
    await openReferral(page, 'TEST-URN-000101')
    assert.match(await section(page, 'Details').innerText(), /authorised person/)
    const completeness = section(page, 'Completeness')
    assert.match(await completeness.innerText(), /\d+ of 100[\s\S]*nothing of urgency[\s\S]*(missing|in part)/)
    await tabTo(page, 'Message to the sender')
    await page.keyboard.press('Enter')
    const letter = completeness.locator('pre')
    assert.match(await letter.innerText(), /Re: your report TEST-URN-000101[\s\S]*1\. /)
    await tabTo(page, 'Copy the message')
    assert.ok((await focusOf(page)).ring)
    await completeness.getByText('Nothing is sent from here.').waitFor()
  })

  it('opened words show each identifier in its place, with kind, strength and why, and it is found by search', async () => {
    const wallet = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'
    const bytes = writeUkCseaIrp([
      {
        urn: 'TEST-URN-WORDS-1',
        provider: { name: 'Example Chat Ltd', platform: 'Testgram' },
        priority: { level: 'P3' },
        detectedAt: '2026-05-04T09:12:33Z',
        description: `He asks for money to ${wallet}, writes from test.words@mail.example and says +44 20 7946 0958.\nOn the other site he is snap: test_words_x.`,
        contentSender: { id: '77', username: 'test_\u0430ccount' },
      },
    ])
    set().cell.deliver('crime-agency', { name: 'words.json', bytes: Buffer.from(bytes).toString('utf8') })
    const { page } = await set().sit('a-triage')
    await go(page, 'g t', 'Triage')
    await eventually(async () => set().cell.isTaken('crime-agency', 'words.json'), 'the folder takes it in')
    await pressKeys(page, '/')
    await typeText(page, wallet)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.title === 'Search · Tandem')
    await eventually(async () => {
      if (/it mentions this wallet/.test(await page.locator('main').innerText())) return true
      await page.reload()
      await page.locator('#page').waitFor()
      await pressKeys(page, '/')
      await page.keyboard.press('Control+a')
      await typeText(page, wallet)
      await page.keyboard.press('Enter')
      await page.waitForTimeout(500)
      return false
    }, 'the referral is found by what its words name')
    await openReferral(page, wallet)
    const mentions = await section(page, 'Mentions').innerText()
    assert.match(mentions, /wallet[\s\S]*characters \d+-\d+/)
    assert.match(mentions, /looks like test_account, is not/)
    await tabTo(page, /^Open the words/)
    await page.keyboard.press('Enter')
    const words = section(page, 'Words').locator('blockquote')
    await words.waitFor()
    assert.deepEqual(await words.locator('mark').allInnerTexts(), [
      wallet,
      'test.words@mail.example',
      '+44 20 7946 0958',
      'test_words_x',
    ])
    await lookAt(page, 'words-marked')
    await tabTo(page, new RegExp(wallet))
    assert.ok((await focusOf(page)).ring)
    const hint = page.getByRole('tooltip')
    // Scrolling to what has the focus closes a hint that was quicker.
    await eventually(async () => {
      if (await hint.isVisible()) return true
      await pressKeys(page, 'Shift+Tab', 'Tab')
      await page.waitForTimeout(500)
      return hint.isVisible()
    }, 'the hint opens on focus')
    assert.match(await hint.innerText(), /wallet[\s\S]*bitcoin:bc1q[\s\S]*checksum[\s\S]*BIP 173/)
    await lookAt(page, 'words-hint')
    assert.deepEqual(await findViolations(page), [], 'an open hint lies in the landmark of what it speaks of')
    await pressKeys(page, 'Escape')
    await hint.waitFor({ state: 'detached' })
    await tabTo(page, /identifiers in these words/)
    await page.keyboard.press('Enter')
    await words.getByText('Bech32').waitFor()
    assert.deepEqual(await findViolations(page), [])
    await lookAt(page, 'words-listed')
  })
})
