import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { findViolations, lookAt } from '../../src/browser-desk.ts'
import { fillIn, pressKeys, submitForm, tabTo } from '../../src/browser-keys.ts'
import { dialog, eventually, go, message, scene, section } from './scene.ts'

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const

/** Two agencies of one training cell, each at its own desk, by keyboard alone. */
describe('deconfliction at the desk', () => {
  const set = scene()
  const asker = () => set().sit('a-triage', sizes[0])
  const second = () => set().sit('a-duty', sizes[1])
  const holder = () => set().sit('b-duty', sizes[0])

  async function clean(page: Page, where: string): Promise<void> {
    const found = (await findViolations(page)).map(({ rule, where: at, says }) => `${where}: ${rule} at ${at}. ${says}`)
    assert.deepEqual(found, [])
    const { wide, room } = await page.evaluate(() => ({
      wide: Math.max(document.documentElement.scrollWidth, document.getElementById('page')?.scrollWidth ?? 0),
      room: document.documentElement.clientWidth,
    }))
    assert.ok(wide <= room, `${where}: the page is ${wide} wide in ${room}`)
  }

  const runs = (page: Page) => page.getByRole('table', { name: 'Deconfliction runs' })

  async function openRun(page: Page, stands: RegExp): Promise<void> {
    await go(page, 'g d', 'Deconfliction')
    await runs(page).getByText(stands).first().waitFor()
    const row = runs(page).getByRole('row').filter({ hasText: stands }).first()
    const name = await row.getByRole('link').innerText()
    await tabTo(page, name)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.title === 'Deconfliction run · Tandem')
    await section(page, 'Terms').waitFor()
  }

  async function ask(page: Page): Promise<void> {
    await go(page, 'g d', 'Deconfliction')
    await tabTo(page, 'Ask another agency')
    await page.keyboard.press('Enter')
    await fillIn(page, /Purpose/, 'Test: whether they hold an interest before a visit.')
    await fillIn(page, /Our desk/, 'Test desk, extension 1')
  }

  it('an officer asks, and what the other agency will read is told before', async () => {
    const { page } = await asker()
    await go(page, 'g d', 'Deconfliction')
    await page.getByText('Nothing was asked yet, by nobody.').waitFor()
    await clean(page, 'no runs')
    await ask(page)
    assert.match(await dialog(page).innerText(), /It sees no entry\. Only you learn the hits\./)
    await lookAt(page, 'deconfliction-request')
    await clean(page, 'request')
    await submitForm(page)
    await message(page, /Proposed with \d+ entr(y|ies)/)
    await section(page, 'Terms').waitFor()
    await page.getByText('You proposed this: another person must approve it').waitFor()
    await clean(page, 'proposed run')
  })

  it('a second person approves; the other agency sees who asks and why, and no entry', async () => {
    const { page } = await second()
    await openRun(page, /waits for you as second person/)
    await fillIn(page, 'Your own reason', 'Test: read and agreed.')
    await lookAt(page, 'deconfliction-second')
    await clean(page, 'second person')
    await tabTo(page, 'Approve and send')
    await page.keyboard.press('Enter')
    await message(page, /Sent to Signals Agency/)

    const { page: there } = await holder()
    await openRun(there, /waits for a decision here/)
    const says = await there.locator('#page').innerText()
    assert.match(says, /Asked by Crime Agency/)
    assert.match(says, /Test: whether they hold an interest before a visit\./)
    assert.match(says, /Online Safety Act 2023/)
    assert.doesNotMatch(says, /@|\+44|extension 1/)
    await fillIn(there, 'Your own reason', 'Test: lawful and needed.')
    await fillIn(there, /Our desk/, 'Other test desk, extension 2')
    await lookAt(there, 'deconfliction-received')
    await clean(there, 'received request')
    await tabTo(there, 'Accept')
    await there.keyboard.press('Enter')
    await message(there, /Accepted with \d+ own entries/)
  })

  it('the asker sees the hits come by themselves, in careful words; the other side sees none', async () => {
    const { page } = await asker()
    await page.getByRole('region', { name: 'Result' }).waitFor({ timeout: 30_000 })
    const says = await page.getByRole('region', { name: 'Result' }).innerText()
    assert.match(says, /in both lists\. Talk before you act\. A hit names nobody and proves nothing\./)
    assert.ok((await section(page, 'Entries in both lists').getByRole('checkbox').count()) > 0)
    await lookAt(page, 'deconfliction-hits')
    await clean(page, 'hits')

    const { page: there } = await holder()
    await there.getByRole('region', { name: 'Result' }).waitFor({ timeout: 30_000 })
    assert.match(await there.getByRole('region', { name: 'Result' }).innerText(), /This side learns no hit/)
    assert.equal(await section(there, 'Entries in both lists').count(), 0)
    await clean(there, 'answered, holder')
  })

  it('a hit is released by two people, and both desks are told whom to talk to', async () => {
    const { page } = await asker()
    await page.getByRole('checkbox').first().focus()
    await page.keyboard.press('Space')
    await tabTo(page, 'Release the chosen')
    await page.keyboard.press('Enter')
    await fillIn(page, 'Reason', 'Test: they must be told.')
    await clean(page, 'release dialog')
    await submitForm(page)
    await message(page, /Release proposed/)

    const { page: boss } = await second()
    await openRun(boss, /answered, \d+ hits?/)
    await section(boss, 'Releases').getByText('waits for a second person').waitFor()
    await fillIn(boss, 'Your own reason', 'Test: agreed.')
    await tabTo(boss, 'Approve and release')
    await boss.keyboard.press('Enter')
    await message(boss, /Released/)
    await section(boss, 'Releases').getByText('Other test desk, extension 2').waitFor()
    await lookAt(boss, 'deconfliction-released')
    await clean(boss, 'released')

    const { page: there } = await holder()
    await section(there, 'Releases').getByText('Test desk, extension 1').waitFor()
    await lookAt(there, 'deconfliction-pointer')
    await clean(there, 'pointer at the holder')
  })

  it('a refusal is no answer, and says so', async () => {
    const { page } = await asker()
    await ask(page)
    await submitForm(page)
    await message(page, /Proposed with/)
    const { page: boss } = await second()
    await openRun(boss, /waits for you as second person/)
    await fillIn(boss, 'Your own reason', 'Test: read and agreed.')
    await tabTo(boss, 'Approve and send')
    await boss.keyboard.press('Enter')
    await message(boss, /Sent to Signals Agency/)
    const { page: there } = await holder()
    await openRun(there, /waits for a decision here/)
    await fillIn(there, 'Your own reason', 'Test: not under this authority.')
    await tabTo(there, 'Refuse the request')
    await there.keyboard.press('Enter')
    await message(there, /Refused\. They hear that it was refused, not why\./)
    await page.getByRole('region', { name: 'Result' }).waitFor({ timeout: 30_000 })
    const says = await page.getByRole('region', { name: 'Result' }).innerText()
    assert.match(says, /No answer[\s\S]*Never act on it as if it were clear: call the desk\./)
    await lookAt(page, 'deconfliction-no-answer')
    await clean(page, 'no answer')
    await go(page, 'g d', 'Deconfliction')
    await runs(page).getByText('no answer').waitFor()
    await lookAt(page, 'deconfliction-runs')
    await clean(page, 'runs')
  })

  it('the inspector draws a sample, a duty manager opens it, and the inspector sees what came of it', async () => {
    const { page } = await set().sit('i-inspect', sizes[0])
    await go(page, 'g o', 'Oversight')
    await page.getByRole('table', { name: 'Runs of every agency' }).waitFor()
    assert.doesNotMatch(await page.locator('#page').innerText(), /before a visit|extension/)
    await tabTo(page, /^Draw a sample of run/)
    await page.keyboard.press('Enter')
    await clean(page, 'draw dialog')
    await submitForm(page)
    await message(page, /places drawn\. (Crime|Signals) Agency opens them\./)
    await lookAt(page, 'deconfliction-oversight')
    await clean(page, 'oversight')
    const { page: boss } = await second()
    const { page: there } = await holder()
    let opened = false
    for (const each of [boss, there]) {
      await openRun(each, /answered/)
      await pressKeys(each, 'Shift+R')
      await each.waitForTimeout(500)
      if ((await section(each, 'Audits').count()) === 0) continue
      await tabTo(each, 'Open the sample')
      await each.keyboard.press('Enter')
      await each.getByRole('table', { name: 'Opened places' }).waitFor()
      await lookAt(each, 'deconfliction-audit')
      await clean(each, 'opened sample')
      opened = true
    }
    assert.ok(opened)
    await go(page, 'g e', 'Ledger')
    await go(page, 'g o', 'Oversight')
    await eventually(async () => /Nothing to remark/.test(await section(page, 'Audits').innerText()), 'the result')
  })

  const grants = (page: Page) => page.getByRole('list', { name: 'Grants of lookups' })

  async function decideGrant(page: Page, answer: string, desk?: string): Promise<void> {
    await go(page, 'g d', 'Deconfliction')
    await grants(page)
      .getByText(/waits for/)
      .first()
      .waitFor()
    await tabTo(page, /^Decide on grant/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^(approve and send|accept)$/)
    await page.keyboard.press('Space')
    assert.equal(await dialog(page).getByRole('radio', { name: answer }).isChecked(), true)
    await fillIn(page, 'Your own reason', 'Test: lawful and needed.')
    if (desk !== undefined) await fillIn(page, /Our desk/, desk)
    await clean(page, `decide: ${answer}`)
    await submitForm(page)
  }

  it('lookups are agreed beforehand: two people ask, the other agency accepts', async () => {
    const { page } = await asker()
    await go(page, 'g d', 'Deconfliction')
    await section(page, 'Single lookups').getByText('No lookups were agreed with anybody yet.').waitFor()
    await tabTo(page, 'Ask for lookups')
    await page.keyboard.press('Enter')
    await fillIn(page, /Purpose/, 'Test: before officers knock at night.')
    assert.match(await dialog(page).innerText(), /It never sees a value; only you learn an answer\./)
    await lookAt(page, 'lookups-request')
    await clean(page, 'lookups request')
    await submitForm(page)
    await message(page, /Lookups proposed/)
    const { page: boss } = await second()
    await decideGrant(boss, 'approve and send')
    await message(boss, /Sent to Signals Agency/)
    const { page: there } = await holder()
    await decideGrant(there, 'accept', 'Night desk, extension 3')
    await message(there, /Accepted: \d+ own entries can be met/)
    await go(page, 'g d', 'Deconfliction')
    await tabTo(page, /^Look at grant/)
    await page.keyboard.press('Enter')
    await message(page, /In force: 20 lookups at most/)
  })

  async function lookUp(page: Page, value: string, says: RegExp): Promise<void> {
    await fillIn(page, 'Value', value)
    await fillIn(page, 'Why now', 'Test: we stand at the door.')
    await submitForm(page)
    await page.getByRole('region', { name: 'Answer' }).getByRole('heading', { name: says }).waitFor()
  }

  it('one officer looks up one value: held, not in their list, no answer are told apart', async () => {
    const { page } = await asker()
    await openRun(page, /answered, \d+ hits?/)
    const hit = await section(page, 'Entries in both lists').innerText()
    const shared = /[\w.+-]+@[\w.-]+\w/.exec(hit)?.[0] ?? ''
    assert.notEqual(shared, '')
    await go(page, 'g d', 'Deconfliction')
    await page.getByRole('form', { name: 'Look up one value' }).waitFor()
    await lookUp(page, shared.toUpperCase(), /^Held$/)
    const held = await page.getByRole('region', { name: 'Answer' }).innerText()
    assert.match(held, /Talk before you act: call their desk\.[\s\S]*Night desk, extension 3/)
    await lookAt(page, 'lookups-held')
    await clean(page, 'held')
    await lookUp(page, 'nobody.at.all@mail.example', /^Not in their list$/)
    assert.match(await page.getByRole('region', { name: 'Answer' }).innerText(), /It is not “nobody is interested”/)
    await lookAt(page, 'lookups-miss')
    await clean(page, 'not in their list')

    const { page: there } = await holder()
    await go(there, 'g d', 'Deconfliction')
    assert.doesNotMatch(await there.locator('#page').innerText(), /@/)
    await tabTo(there, /^End grant/)
    await there.keyboard.press('Enter')
    await message(there, /Ended\. No lookup under it has an answer any more\./)
    await lookUp(page, shared, /^No answer$/)
    const none = await page.getByRole('region', { name: 'Answer' }).innerText()
    assert.match(none, /Never act on it as if it were clear: call the desk\./)
    await lookAt(page, 'lookups-no-answer')
    await clean(page, 'no answer to a lookup')
    assert.doesNotMatch(`${page.url()} ${await page.title()}`, /@|mail|%40/)
  })

  it('the inspector sees how much was looked up, and no value', async () => {
    const { page } = await set().sit('i-inspect', sizes[0])
    await go(page, 'g e', 'Ledger')
    await go(page, 'g o', 'Oversight')
    const table = page.getByRole('table', { name: 'Lookups of every agency' })
    await table.getByText('ended').first().waitFor()
    assert.doesNotMatch(await page.locator('#page').innerText(), /@|stand at the door/)
    await lookAt(page, 'lookups-oversight')
    await clean(page, 'oversight of lookups')
    await tabTo(page, /^Draw lookups of grant/)
    await page.keyboard.press('Enter')
    await clean(page, 'draw lookups')
    await submitForm(page)
    await message(page, /3 drawn\. Crime Agency opens them\./)
    const { page: boss } = await second()
    await go(boss, 'g e', 'Ledger')
    await go(boss, 'g d', 'Deconfliction')
    await boss.getByText('Drawn by the inspector').first().waitFor()
    await tabTo(boss, 'Open the lookups')
    await boss.keyboard.press('Enter')
    await boss.getByRole('table', { name: 'Opened lookups' }).waitFor()
    await lookAt(boss, 'lookups-audit')
    await clean(boss, 'opened lookups')
  })
})
