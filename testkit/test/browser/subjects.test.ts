import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { findViolations, lookAt } from '../../src/browser-desk.ts'
import { fillIn, pressKeys, submitForm, tabTo } from '../../src/browser-keys.ts'
import { dialog, eventually, go, message, openReferral, scene, section } from './scene.ts'
import { tiedReports } from './tied-reports.ts'

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const

/** Who is who at the desk, by keyboard alone. */
describe('subjects at the desk', () => {
  const set = scene()
  const analyst = () => set().sit('a-triage', sizes[0])

  async function clean(page: Page, where: string): Promise<void> {
    for (const size of sizes) {
      await page.setViewportSize(size)
      const found = (await findViolations(page)).map(
        ({ rule, where: at, says }) => `${where}: ${rule} at ${at}. ${says}`,
      )
      assert.deepEqual(found, [])
      const { wide, room } = await page.evaluate(() => ({
        wide: Math.max(document.documentElement.scrollWidth, document.getElementById('page')?.scrollWidth ?? 0),
        room: document.documentElement.clientWidth,
      }))
      assert.ok(wide <= room, `${where}: the page is ${wide} wide in ${room}`)
    }
  }

  const list = (page: Page) => page.getByRole('list', { name: 'Subjects in their order' })
  const title = (page: Page) => page.getByRole('heading', { level: 1 })

  /** Ends on the page of the first subject of whom several referrals tell. */
  async function openFirst(page: Page): Promise<string> {
    await go(page, 'g u', 'Subjects')
    const name = await list(page).getByRole('link').first().innerText()
    await tabTo(page, name)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.title === 'Subject · Tandem')
    await section(page, 'Told by').waitFor()
    return name
  }

  it('the list gives reasons before the number, in its order', async () => {
    const { page } = await analyst()
    await go(page, 'g u', 'Subjects')
    await list(page).getByRole('listitem').first().waitFor()
    const rows = await list(page).locator(':scope > li').allInnerTexts()
    assert.ok(rows.length > 0)
    for (const row of rows) assert.ok(row.lastIndexOf('rank') > row.indexOf('S-'), 'the number comes last')
    await lookAt(page, 'subjects')
    await clean(page, 'subjects')
  })

  it('a subject says who tells of it, what holds it together and what would part it; its rank adds up', async () => {
    const { page } = await analyst()
    const name = await openFirst(page)
    assert.match(await title(page).innerText(), new RegExp(name.replace('.', '\\.')))
    const reasons = await section(page, 'Why here').getByRole('table').getByRole('row').allInnerTexts()
    const numbers = reasons.map((row) => Math.round(Number((row.split(/\s/).at(-1) ?? '').replace('−', '-')) * 100))
    assert.equal(
      numbers.slice(0, -1).reduce((sum, each) => sum + each, 0),
      numbers.at(-1),
    )
    assert.match(await section(page, 'To be read out').innerText(), /Measured error/)
    await lookAt(page, 'subject')
    await clean(page, 'subject')
  })

  it('an officer parts a subject with a reason, sees the decision, and takes it back', async () => {
    const { page } = await analyst()
    await openFirst(page)
    await tabTo(page, 'Some are another person …')
    await page.keyboard.press('Enter')
    const last = await dialog(page)
      .getByRole('checkbox')
      .last()
      .evaluate((box) => box.closest('label')?.textContent ?? '')
    await tabTo(page, last.trim())
    await page.keyboard.press('Space')
    await fillIn(page, /Why/, 'Test: another voice on the telephone.')
    await lookAt(page, 'subject-split')
    await clean(page, 'split')
    await submitForm(page)
    await message(page, /subjects now/)
    const decisions = section(page, 'Decisions about links')
    await decisions.getByText('Test: another voice on the telephone.').first().waitFor()
    await tabTo(page, 'Take it back …')
    await page.keyboard.press('Enter')
    await fillIn(page, /Why/, 'Test: it was the same voice.')
    await submitForm(page)
    await message(page, /taken back/)
    await decisions.getByText('Taken back by').first().waitFor()
  })

  it('another subject is found by its name, and both stand side by side before they are joined', async () => {
    const { page } = await analyst()
    await go(page, 'g u', 'Subjects')
    const other = await list(page).getByRole('link').last().innerText()
    await openFirst(page)
    await tabTo(page, 'Is the same as another …')
    await page.keyboard.press('Enter')
    await fillIn(page, /The other subject/, other)
    await dialog(page).getByRole('region', { name: other }).waitFor()
    await clean(page, 'merge')
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'detached' })
  })

  it('the chart is drawn on demand, as picture and as tables', async () => {
    const { page } = await analyst()
    await openFirst(page)
    await tabTo(page, 'Draw what stands around')
    await page.keyboard.press('Enter')
    const chart = section(page, 'Chart')
    await chart.locator('canvas').first().waitFor()
    await lookAt(page, 'subject-chart')
    await clean(page, 'chart')
  })

  it('a referral leads to whom its people are believed to be', async () => {
    const { page } = await analyst()
    const name = await openFirst(page)
    await tabTo(page, /^R-\d+ person 1$/)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.title === 'Referral · Tandem')
    await section(page, 'People').getByRole('link').filter({ hasText: name }).first().waitFor()
  })

  it('two referrals are read side by side: what they share, and what sets their ranks apart', async () => {
    const { page } = await analyst()
    const told = section(page, 'Told by').getByRole('link')
    await openFirst(page)
    const [first = '', second = ''] = await told.allInnerTexts()
    const number = /\d+/.exec(second)?.[0] ?? ''
    await tabTo(page, first)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.title === 'Referral · Tandem')
    await fillIn(page, /Beside referral number/, number)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.title === 'Comparison · Tandem')
    await section(page, 'What they share').getByRole('listitem').first().waitFor()
    const reasons = await section(page, 'Why one stands before the other').getByRole('row').allInnerTexts()
    assert.ok(reasons.some((row) => row.startsWith('Child urgency')))
    await lookAt(page, 'compare')
    await clean(page, 'compare')
  })

  /** Ends on the page of the subject that has a tie of every kind. */
  async function openTied(page: Page): Promise<void> {
    await openReferral(page, 'TEST-TIES-1')
    await section(page, 'People').getByRole('link', { name: /^S-/ }).first().waitFor()
    await tabTo(page, /^S-\d+\.1, /)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.title === 'Subject · Tandem')
    await section(page, 'Ties').waitFor()
  }

  it('ties say with whom, how and by which referrals; one falls when its value is set aside, and comes back', async () => {
    const { page } = await analyst()
    set().cell.deliver('crime-agency', { name: 'synthetic-ties.json', bytes: tiedReports() })
    await eventually(
      async () => set().cell.isTaken('crime-agency', 'synthetic-ties.json'),
      'the reports are taken in',
      30_000,
    )
    await eventually(
      async () => {
        await openTied(page)
        return (await section(page, 'Ties').getByRole('list', { name: 'Ties' }).count()) > 0
      },
      'its people are linked',
      30_000,
    )
    const ties = section(page, 'Ties').getByRole('list', { name: 'Ties' }).locator(':scope > li')
    const says = (await ties.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '))
    assert.deepEqual(says.map((text) => /^(.*?) S-/.exec(text)?.[1]).sort(), [
      'contact',
      'household',
      'payment from the other',
      'shared file',
    ])
    assert.match(
      says.join(' '),
      /Told at one address, "12 Orchard Street, Exampleton, EX1 2MP": R-\d+ person 1, and R-/,
    )
    assert.match(says.find((text) => text.startsWith('contact')) ?? '', /^contact S-\d+\.\d told as victim/)
    assert.match(says.find((text) => text.startsWith('household')) ?? '', /^household S-\d+\.\d told as reported/)
    await section(page, 'Ties').scrollIntoViewIfNeeded()
    await lookAt(page, 'subject-ties')
    await clean(page, 'ties')
    const home = ties.filter({ hasText: 'household' })
    await home.getByRole('button').focus()
    await page.keyboard.press('Enter')
    await dialog(page).getByText('12 Orchard Street').waitFor()
    await fillIn(page, 'Why', 'Test: a house of many flats.')
    await submitForm(page)
    await message(page, /ties nobody now/)
    await home.waitFor({ state: 'detached' })
    await page.getByText('1 of its values are set aside and tie nobody').waitFor()
    await tabTo(page, 'Take it back …')
    await page.keyboard.press('Enter')
    await fillIn(page, /Why/, 'Test: it is one flat.')
    await submitForm(page)
    await message(page, /taken back/)
    await home.waitFor()
  })

  it('the chart draws each kind of tie as its own kind of link, in legend and table; path and search around follow them', async () => {
    const { page } = await analyst()
    await openTied(page)
    await tabTo(page, 'Draw what stands around')
    await page.keyboard.press('Enter')
    const chart = section(page, 'Chart')
    await chart.locator('canvas').first().waitFor()
    for (const kind of ['household', 'contact', 'shared file', 'payment'])
      await chart.getByRole('checkbox', { name: new RegExp(`^${kind} ?, drawn as`) }).waitFor()
    await chart.scrollIntoViewIfNeeded()
    await page.waitForTimeout(1_500)
    await lookAt(page, 'subject-ties-chart')
    await clean(page, 'ties drawn')
    await tabTo(page, 'Nodes')
    await page.keyboard.press('Enter')
    const nodes = page.getByRole('table', { name: 'Nodes of the link chart' })
    const standing = await nodes.getByRole('row').allInnerTexts()
    assert.equal(standing.filter((row) => /S-\d+\.\d[\s\S]*told as victim/.test(row)).length, 1)
    await tabTo(page, 'Links')
    await page.keyboard.press('Enter')
    const links = page.getByRole('table', { name: 'Links of the link chart' })
    const rows = await links.getByRole('row').allInnerTexts()
    for (const kind of ['household', 'contact', 'shared file', 'payment'])
      assert.equal(rows.filter((row) => row.includes(`tie: ${kind}, one reason`)).length, 1, kind)
    // From one end of two ties to the other: through the middle.
    const ends = rows.filter((row) => /tie: (?:household|shared file)/.test(row))
    assert.equal(ends.length, 2)
    await tabTo(page, 'Chart', 'Shift+Tab')
    await page.keyboard.press('Enter')
    await tabTo(page, /^What stands around S-.*7 nodes, 6 links$/)
    const subjects = new Set<string>()
    const frame = page.locator('.chart-frame [aria-live]')
    for (let step = 0; step < 40; step++) {
      await pressKeys(page, 'PageDown')
      const heard = await frame.innerText()
      const name = /^subject (S-\d+\.\d+)/.exec(heard)?.[1] ?? ''
      if (name === '' || subjects.has(name) || /S-\d+\.1/.exec(await title(page).innerText())?.[0] === name) continue
      subjects.add(name)
      if (subjects.size <= 2) await pressKeys(page, 'Space')
    }
    assert.equal(subjects.size, 4, 'four others stand around')
    await pressKeys(page, 'q')
    await page.getByText(/Shortest path among what is shown, 2 links: S-\d+\.\d – S-\d+\.1 – S-\d+\.\d/).waitFor()
    await clean(page, 'path over ties')
    // Who shares the file lives with somebody further: asked by household alone, one more is found.
    const holder = /R-\d+, R-(\d+)/.exec(ends.find((row) => row.includes('shared file')) ?? '')?.[1]
    await pressKeys(page, 'Escape', 'Escape')
    for (let step = 0; step < 40 && !(await frame.innerText()).startsWith(`subject S-${holder}.1`); step++)
      await pressKeys(page, 'PageDown')
    assert.match(await frame.innerText(), /3 neighbours not shown/)
    await pressKeys(page, 'a')
    await dialog(page).waitFor()
    await tabTo(page, 'household')
    await page.keyboard.press('Space')
    await submitForm(page)
    await page.locator('.chart-foot').getByText('8 nodes, 7 links').waitFor()
    await lookAt(page, 'subject-ties-further')
  })
})
