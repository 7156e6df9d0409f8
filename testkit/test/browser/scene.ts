import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import type { Page } from 'playwright-core'
import { type Desktop, type Look, openBrowser } from '../../src/browser.ts'
import { startTrainingCell, type TrainingCell } from '../../src/browser-cell.ts'
import { signIn } from '../../src/browser-desk.ts'
import { pressKeys, tabTo, typeText } from '../../src/browser-keys.ts'

export interface Scene {
  readonly cell: TrainingCell
  /** The desk of one person, signed in at first use. `which` tells several desks of one person apart. */
  sit(subject: string, look?: Look, which?: string): Promise<Desktop>
  /** Is anything on record that no desktop may do? Asked again at the end of the file. */
  nothingWrong(): void
}

/** One cell and one browser for a test file, made before its first test and taken down after its last one. */
export function scene(options: { withoutExample?: boolean } = {}): () => Scene {
  let made: Scene | undefined
  let close = async (): Promise<void> => {}
  before(async () => {
    const opened = await openBrowser()
    if (!opened.ok) throw new Error(opened.error.says)
    const browser = opened.value
    const cell = await startTrainingCell(options).catch(async (error: unknown) => {
      await browser.close()
      throw error
    })
    const desktops = new Map<string, Desktop>()
    close = async () => {
      await browser.close()
      await cell.close()
    }
    made = {
      cell,
      async sit(subject, look = {}, which = '') {
        const key = `${subject} ${which}`
        const seated = desktops.get(key)
        if (seated !== undefined) return seated
        const desktop = await browser.desktop(look)
        desktops.set(key, desktop)
        await signIn(desktop.page, cell.url, cell.person(subject))
        return desktop
      },
      nothingWrong() {
        for (const [who, { watch }] of desktops) {
          assert.deepEqual(watch.errors, [], `errors at the desk of ${who}`)
          assert.deepEqual(watch.strangers(cell.url), [], `the desk of ${who} asked somebody else`)
          assert.deepEqual(watch.pointers, [], `the desk of ${who} was used with a mouse`)
        }
      },
    }
  })
  after(async () => {
    try {
      made?.nothingWrong()
    } finally {
      await close()
    }
  })
  return () => {
    if (made === undefined) throw new Error('the scene is not set')
    return made
  }
}

/** A page of the desk by its keys, from wherever it stands. */
export async function go(page: Page, keys: string, title: string): Promise<void> {
  await page.keyboard.press('Escape')
  for (const key of keys.split(' ')) await page.keyboard.press(key)
  await page.waitForFunction((wanted) => document.title === `${wanted} · Tandem`, title)
}

export interface QueueRow {
  readonly number: number
  readonly says: string
  readonly who: string
  readonly selected: boolean
  readonly unread: boolean
  readonly top: number
}

const readRows = (page: Page, which: string): Promise<QueueRow[]> =>
  page.locator(which).evaluateAll((rows) =>
    rows
      .map((row) => ({
        number: Number(row.querySelector('.q-number')?.textContent ?? '0'),
        says: row.getAttribute('aria-label') ?? '',
        who: row.querySelector('.q-who')?.textContent ?? '',
        selected: row.getAttribute('aria-selected') === 'true',
        unread: !/q-read/.test(row.className),
        top: row.getBoundingClientRect().top,
      }))
      .sort((a, b) => a.top - b.top),
  )

/** The rows that exist now, from top to bottom. */
export const rowsOf = (page: Page): Promise<QueueRow[]> => readRows(page, '#queue-grid [role=row][aria-label]')

/** The row that the grid points to. After a leap it is there a frame later. */
export async function currentRow(page: Page): Promise<QueueRow> {
  await page.locator('#queue-grid[aria-activedescendant]').waitFor({ timeout: 2_000 })
  const id = await page.locator('#queue-grid').getAttribute('aria-activedescendant')
  const [row] = await readRows(page, `[id="${id}"]`)
  assert.ok(row !== undefined, 'no row is current')
  return row
}

export async function rowOf(page: Page, number: number): Promise<QueueRow> {
  const row = (await rowsOf(page)).find((each) => each.number === number)
  assert.ok(row !== undefined, `referral ${number} is not on the page`)
  return row
}

/** Down with `j` to a row. */
export async function walkTo(page: Page, number: number): Promise<void> {
  await page.keyboard.press('Home')
  for (let step = 0; step < 80; step++) {
    if ((await currentRow(page)).number === number) return
    await page.keyboard.press('j')
  }
  throw new Error(`referral ${number} cannot be reached with j`)
}

/** The row becomes what is expected of it, by itself and soon. */
export async function rowBecomes(
  page: Page,
  number: number,
  fits: (row: QueueRow) => boolean,
  what: string,
): Promise<void> {
  await eventually(async () => fits(await rowOf(page, number)), `referral ${number} ${what}`)
}

export async function eventually(fits: () => Promise<boolean>, what: string, within = 8_000): Promise<number> {
  const began = performance.now()
  while (performance.now() - began < within) {
    if (await fits()) return performance.now() - began
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
  throw new Error(`${what}: not within ${within / 1000} s`)
}

/** A message lies over the foot of the page for ten seconds; what it covers is judged when it is gone. */
export const messageGone = (page: Page): Promise<void> =>
  page.locator('.toast').first().waitFor({ state: 'detached', timeout: 15_000 })

/** Waits for a message of the desk that fits and was not read before: they stand for ten seconds. */
export async function message(page: Page, says: RegExp, within = 8_000): Promise<string> {
  const toast = page.locator('.toast-says:not([data-read])').filter({ hasText: says }).first()
  try {
    await toast.waitFor({ timeout: within })
  } catch {
    const others = await page.locator('.toast-says, [role=alert]').allInnerTexts()
    throw new Error(`no message says ${says}. Others: ${others.join(' | ')}`)
  }
  return toast.evaluate((element) => {
    element.setAttribute('data-read', 'yes')
    return element.textContent ?? ''
  })
}

export const dialog = (page: Page) => page.getByRole('dialog')

/** Ids of the referrals on the page. */
export const ids = (page: Page): Promise<string[]> =>
  page.locator('#queue-grid [role=row][id]').evaluateAll((rows) => rows.map((row) => row.id.replace(/^row-/, '')))

/** A named part of a page. */
export const section = (page: Page, title: string) =>
  page.locator('section.section').filter({ has: page.getByRole('heading', { level: 2, name: title, exact: true }) })

/** By the search box and the link of its answer. */
export async function openReferral(page: Page, reference: string): Promise<void> {
  await pressKeys(page, '/')
  await page.keyboard.press('Control+a')
  await typeText(page, reference)
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.title === 'Search · Tandem')
  await page.getByRole('table', { name: 'Found referrals' }).waitFor()
  await tabTo(page, /^\d{4}$/)
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.title === 'Referral · Tandem')
  await section(page, 'Facts').waitFor()
}
