import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { arrowTo, fillIn, focusOf, pressKeys, submitForm, tabTo } from '../../src/browser-keys.ts'
import { currentRow, dialog, eventually, go, ids, message, rowBecomes, rowOf, rowsOf, scene, walkTo } from './scene.ts'

describe('officers at their desks', () => {
  const set = scene()

  it('two of two agencies see each their own rows and nothing of the other', async () => {
    const [a, b] = [await set().sit('a-triage'), await set().sit('b-triage')]
    await go(a.page, 'g t', 'Triage')
    await go(b.page, 'g t', 'Triage')
    await eventually(async () => (await rowsOf(a.page)).length > 10, 'rows of the one')
    await eventually(async () => (await rowsOf(b.page)).length > 3, 'rows of the other')
    assert.match(await a.page.locator('.standing-bar').innerText(), /Crime Agency/)
    assert.match(await b.page.locator('.standing-bar').innerText(), /Signals Agency/)
    const ofA = new Set(await ids(a.page))
    assert.deepEqual(
      (await ids(b.page)).filter((id) => ofA.has(id)),
      [],
    )
  })

  it('one takes a referral with t, sees it in the row, takes it back with u, and the other agency sees nothing', async () => {
    const [a, b] = [await set().sit('a-triage'), await set().sit('b-triage')]
    const facts = async () => (await rowsOf(b.page)).map(({ number, who }) => `${number} ${who}`)
    const before = await facts()
    await pressKeys(a.page, 'Home')
    const { number } = await currentRow(a.page)
    await pressKeys(a.page, 't')
    await message(a.page, new RegExp(`${number} is yours`))
    assert.equal((await rowOf(a.page, number)).who, 'you')
    assert.notEqual((await currentRow(a.page)).number, number, 'the next one loads itself')
    await pressKeys(a.page, 'u')
    await message(a.page, new RegExp(`${number}: undone`))
    await rowBecomes(a.page, number, ({ who }) => who === '–', 'has no holder again')
    assert.deepEqual(await facts(), before)
    const ofA = await ids(a.page)
    assert.deepEqual(
      b.watch.addresses.filter((address) => ofA.some((id) => address.includes(id))),
      [],
    )
  })

  it('of two of one agency who take one referral at once, one wins and the other reads why and sees who', async () => {
    const [one, two] = [await set().sit('a-triage'), await set().sit('a-case')]
    await pressKeys(one.page, 'Home')
    const { number } = await currentRow(one.page)
    await walkTo(two.page, number)
    await Promise.all([one.page.keyboard.press('t'), two.page.keyboard.press('t')])
    const won = await Promise.any([
      message(one.page, new RegExp(`${number} is yours`)).then(() => one),
      message(two.page, new RegExp(`${number} is yours`)).then(() => two),
    ])
    const lost = won === one ? two : one
    const winner = won === one ? 'Test Aled Triage' : 'Test Amy Case'
    const line = await message(lost.page, new RegExp(`${number} was not changed`))
    assert.match(line, new RegExp(`taken by ${winner}`))
    await rowBecomes(lost.page, number, ({ who }) => who === winner, 'shows its winner')
    assert.equal((await focusOf(lost.page)).id, 'queue-grid')
    await pressKeys(won.page, 'u')
    await message(won.page, new RegExp(`${number}: undone`))
    await rowBecomes(lost.page, number, ({ who }) => who === '–', 'is free at the other desk too')
  })

  it('lowering a P1 waits for a second person, who approves it by typing its number at another desk', async () => {
    const [one, two] = [await set().sit('a-triage'), await set().sit('a-case')]
    await pressKeys(one.page, 'Home')
    const { number, says } = await currentRow(one.page)
    assert.match(says, /P1/)
    await pressKeys(one.page, 'p')
    await tabTo(one.page, 'P1')
    await arrowTo(one.page, (value) => value === 'P3')
    await fillIn(one.page, 'Reason', 'Test: nothing supports the mark of the sender.')
    await submitForm(one.page)
    await message(one.page, new RegExp(`${number}.*takes two people`))
    assert.match((await rowOf(one.page, number)).says, /P1/, 'nothing has changed yet')

    await go(two.page, 'g p', 'Approvals')
    const proposal = two.page.getByRole('listitem', { name: `Proposal on referral ${number}` })
    await proposal.waitFor()
    assert.match(await proposal.innerText(), /Test Aled Triage/)
    await fillIn(two.page, 'Type the referral number', String(number + 1))
    const approve = proposal.getByRole('button', { name: 'Approve' })
    assert.ok(await approve.isDisabled(), 'another number does not open the approval')
    await fillIn(two.page, 'Type the referral number', String(number))
    assert.ok(await approve.isDisabled(), 'nobody approves without a reason of their own')
    await fillIn(two.page, 'Your own reason', 'Test: read again, nothing supports the mark.')
    await submitForm(two.page)
    await message(two.page, new RegExp(`Proposal on ${number} approved`))
    await rowBecomes(one.page, number, (row) => /; P3,/.test(row.says), 'is P3 at the desk of the first')
  })

  it('a proposal of one’s own cannot be approved by oneself', async () => {
    const { page } = await set().sit('a-triage')
    while (!/; P1,/.test((await currentRow(page)).says)) await pressKeys(page, 'j')
    const { number } = await currentRow(page)
    await pressKeys(page, 'p')
    await tabTo(page, 'P1')
    await arrowTo(page, (value) => value === 'P2')
    await fillIn(page, 'Reason', 'Test: a meeting is not stated.')
    await submitForm(page)
    await message(page, new RegExp(`${number}.*takes two people`))
    await go(page, 'g p', 'Approvals')
    const proposal = page.getByRole('listitem', { name: `Proposal on referral ${number}` })
    assert.match(await proposal.innerText(), /another person/)
    assert.equal(await proposal.getByRole('button', { name: 'Approve' }).count(), 0)
    await go(page, 'g t', 'Triage')
  })

  it('what arrives shows by itself within two seconds and does not move the row under the cursor', async () => {
    const { page } = await set().sit('a-case')
    await go(page, 'g t', 'Triage')
    await pressKeys(page, 'Home', 'j', 'j', 'j')
    const before = await currentRow(page)
    const known = new Set((await rowsOf(page)).map(({ number }) => number))
    const fresh = page.locator('[aria-live=polite]').filter({ hasText: /\d+ new/ })
    set().cell.deliver('crime-agency', { name: 'live.json', bytes: urgentReport('TEST-URN-LIVE-1') })
    await eventually(async () => set().cell.isTaken('crime-agency', 'live.json'), 'the folder takes it in')
    const took = await eventually(async () => (await fresh.count()) > 0, 'the desk tells of it')
    assert.ok(took < 2_000, `took ${Math.round(took)} ms`)
    const { top, number } = await currentRow(page)
    assert.deepEqual({ top, number }, { top: before.top, number: before.number })
    await pressKeys(page, 'Shift+R')
    await eventually(
      async () => (await rowsOf(page)).slice(0, 8).some((row) => !known.has(row.number) && row.unread),
      'the new row among the first',
    )
    assert.equal((await currentRow(page)).number, before.number, 'the cursor stays on its referral')
    // In a run of changes too: the second one does not wait for the pause after the first to be long.
    set().cell.deliver('crime-agency', { name: 'live-2.json', bytes: urgentReport('TEST-URN-LIVE-2') })
    await eventually(async () => set().cell.isTaken('crime-agency', 'live-2.json'), 'the folder takes the second in')
    const again = await eventually(async () => (await fresh.count()) > 0, 'the desk tells of the second')
    assert.ok(again < 2_500, `took ${Math.round(again)} ms`)
    await pressKeys(page, 'Shift+R')
    assert.equal(await dialog(page).count(), 0)
  })
})

const urgentReport = (urn: string): string =>
  JSON.stringify({
    profile: 'uk-csea-irp/1',
    note: 'synthetic',
    report: {
      urn,
      provider: { name: 'Example Live Ltd', platform: 'Testlive' },
      priority: { level: 'P1', reason: 'A meeting with a child is planned for tomorrow.' },
      telephoned: true,
      detectedAt: '2026-05-04T10:22:00Z',
      content: [{ type: 'messaging', count: 1 }],
      contentSender: { role: 'reported', username: 'test_live_1' },
    },
  })
