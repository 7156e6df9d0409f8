import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { writeUkCseaIrp } from '@tandem/formats'
import type { Page } from 'playwright-core'
import { findViolations, lookAt } from '../../src/browser-desk.ts'
import { arrowTo, fillIn, pressKeys, submitForm, tabTo, typeText } from '../../src/browser-keys.ts'
import { dialog, eventually, go, message, openReferral, scene, section } from './scene.ts'

const address = '81.2.69.142'

/** From a use of an address to an error record, by keyboard alone. */
describe('the wrong-door guard at the desk', () => {
  const set = scene()
  let answer = ''
  let report = ''

  async function clean(page: Page, where: string): Promise<void> {
    const found = (await findViolations(page)).map(({ rule, where: at, says }) => `${where}: ${rule} at ${at}. ${says}`)
    assert.deepEqual(found, [])
  }
  const numberOf = async (page: Page): Promise<string> =>
    (await page.locator('h1 .number').innerText()).replace(/\D/g, '')
  async function choose(page: Page, label: RegExp, fits: RegExp, key = 'ArrowDown'): Promise<void> {
    await tabTo(page, label)
    await arrowTo(page, (value) => fits.test(value), key)
  }
  async function arrives(page: Page, name: string, bytes: string, mailbox: string): Promise<string> {
    await go(page, 'g t', 'Triage')
    set().cell.deliver('crime-agency', { name, bytes })
    await eventually(async () => set().cell.isTaken('crime-agency', name), 'the folder takes it in')
    await eventually(
      async () => {
        await page.keyboard.press('/')
        await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement)
        await page.keyboard.press('Control+a')
        await typeText(page, mailbox)
        await page.keyboard.press('Enter')
        await page.waitForTimeout(800)
        return (await page.getByRole('table', { name: 'Found referrals' }).count()) > 0
      },
      `${name} is found`,
      20_000,
    )
    await openReferral(page, mailbox)
    return numberOf(page)
  }

  it('one click from a use of an address, and every doubt is named before anything can be said', async () => {
    const { page } = await set().sit('a-triage')
    const lease =
      'Customer,Name,Address,IP,Port,Start (UTC),End (UTC),Email\n' +
      `C1,Test Alder Line,1 Test Road,${address},4711,2026-05-04 08:00:00,2026-05-04 08:59:59,answer.door@mail.example\n`
    answer = await arrives(page, 'answer.csv', lease, 'answer.door@mail.example')
    const told = writeUkCseaIrp([
      {
        urn: 'TEST-URN-DOOR-1',
        provider: { name: 'Example Chat Ltd', platform: 'Testgram' },
        priority: { level: 'P3' },
        detectedAt: '2026-05-04T09:12:33Z',
        description: 'An invented report.',
        contentSender: {
          username: 'test.door',
          emails: ['report.door@mail.example'],
          ipHistory: [{ address, port: 4711, at: '2026-05-04T08:30:00Z', event: 'login' }],
        },
      },
    ])
    report = await arrives(page, 'report.json', Buffer.from(told).toString('utf8'), 'report.door@mail.example')
    await section(page, 'Attribution').getByText('Nobody is attributed.').waitFor()
    await tabTo(page, `Attribute ${address}`)
    await page.keyboard.press('Enter')
    const doubts = dialog(page).getByRole('list', { name: 'Doubts' })
    await doubts.waitFor()
    const named = await doubts.locator('.doubt-name').allInnerTexts()
    assert.equal(named[0], 'no-answer', 'what bars stands first')
    for (const name of ['tor-not-checked', 'shared-premises-not-checked', 'only-one-line'])
      assert.ok(named.includes(name), `${name} among ${named.join(', ')}`)
    assert.equal(
      await dialog(page).locator('input[type=text], textarea').count(),
      3,
      'no field for an address or a name',
    )
    await clean(page, 'attribute')
    await lookAt(page, 'attribution-doubts')
  })

  it('it is proposed from the record of the answer, and the proposer cannot settle it', async () => {
    const { page } = await set().sit('a-triage')
    await fillIn(page, 'Number of the provider’s answer', answer)
    await dialog(page).getByLabel('Which row of the answer').waitFor()
    await choose(page, /^Which row of the answer/, /Test Alder Line/)
    await dialog(page).getByText('From the answer: Test Alder Line, 1 Test Road.').waitFor()
    for (const label of [
      /^Is the line in shared/,
      /^Could others use/,
      /^Does the provider share/,
      /^Does the address/,
    ])
      await choose(page, label, /Checked: no/)
    await choose(page, /^Second line/, /observation/)
    await fillIn(page, 'Where the observation is written down', 'Test notebook 12, page 3')
    await choose(page, /^Is it of the same person/, /yes/)
    await eventually(
      async () => (await dialog(page).locator('.doubt-name').allInnerTexts()).join() === 'tor-not-checked',
      'only the doubt that no file can answer is left',
    )
    await fillIn(page, 'Why', 'Test: the line of the account.')
    await fillIn(page, /^Why it shall be cleared/, 'Test: a child is in danger tonight.')
    await lookAt(page, 'attribution-proposal')
    await submitForm(page)
    await message(page, /doubts, which travel with it by name/)
    const card = section(page, 'Attribution')
    await card.getByText('another person must settle it').waitFor()
    assert.match(await card.innerText(), /tor-not-checked[\s\S]*Test Alder Line, 1 Test Road/)
    await clean(page, 'proposed')
  })

  it('a second person settles it in Approvals, with its doubts, by typing the number', async () => {
    const { page } = await set().sit('a-duty')
    await go(page, 'g p', 'Approvals')
    const card = page.getByRole('article', { name: `Attribution on referral ${report}` })
    await card.waitFor()
    assert.match(
      await card.innerText(),
      /tor-not-checked[\s\S]*In spite of doubts: Test: a child is in danger tonight\./,
    )
    await clean(page, 'approvals')
    await tabTo(page, /^Type the referral number/)
    await typeText(page, report)
    await fillIn(page, 'Your own reason', 'Test: read both records.')
    await tabTo(page, 'Clear with its doubts')
    await page.keyboard.press('Enter')
    await message(page, /cleared with doubts\. Doubts: tor-not-checked/)
    await card.waitFor({ state: 'detached' })
  })

  it('a correction puts it in error before anything else, and deletes nothing', async () => {
    const { page } = await set().sit('a-triage')
    await pressKeys(page, 'Shift+R')
    const card = section(page, 'Attribution')
    await card.getByText('cleared with doubts').waitFor()
    await tabTo(page, 'It was wrong …')
    await page.keyboard.press('Enter')
    await clean(page, 'correct')
    await fillIn(page, 'What was wrong', 'Test: the house next door.')
    await fillIn(page, 'How it came about', 'Test: the answer was for another line.')
    await fillIn(page, 'What came of it, for whom', 'Test: nobody was visited.')
    await fillIn(page, 'Who was told', 'Test oversight')
    await submitForm(page)
    await message(page, /error record is open/)
    await card.getByText('In error: not to be acted on.').waitFor()
    const text = await card.innerText()
    assert.ok(text.indexOf('In error') < text.indexOf('Test Alder Line'), 'the error stands before the name')
    assert.match(text, /tor-not-checked[\s\S]*Test Alder Line/)
    await clean(page, 'in error')
    await lookAt(page, 'attribution-in-error')
  })
})
