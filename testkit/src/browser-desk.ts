import { mkdirSync, mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import type { Person } from './browser-cell.ts'
import { arrowTo, tabTo, typeText } from './browser-keys.ts'

/** Through the training login, with Tab, arrows and Enter. Ends at the desk with the rows or the page in focus. */
export async function signIn(page: Page, url: string, person: Person): Promise<void> {
  await nameOneself(page, url, person)
  await page.getByRole('main').and(page.locator('#page')).waitFor()
}

/** The first factor alone: at the agency's provider, by keyboard. */
export async function nameOneself(page: Page, url: string, person: Person): Promise<void> {
  await page.goto(`${url}/auth/sign-in`)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await arrowTo(page, (value) => value.startsWith(person.name))
  await tabTo(page, 'PIN')
  await typeText(page, person.pin)
  await page.keyboard.press('Enter')
}

/** One rule broken in one place. */
export interface Violation {
  readonly rule: string
  readonly impact: string
  readonly where: string
  readonly says: string
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** axe-core over the page as it stands. It is evaluated by the debugger, so the content policy stays as it is. */
export async function findViolations(page: Page): Promise<Violation[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis)
  if (!isThere) await page.evaluate(axe.source)
  // Inside the page, `axe` is what its source has just defined there.
  const { violations } = await page.evaluate((values) => axe.run(document, { runOnly: { type: 'tag', values } }), rules)
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => ({
      rule: id,
      impact: impact ?? 'unknown',
      where: node.target.map(String).join(' '),
      says: (node.failureSummary ?? '').replace(/\s+/g, ' '),
    })),
  )
}

const isWriting = process.env['TANDEM_SCREENSHOTS'] === 'write'
const kept = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
let aside = ''

/** A picture of the page: aside, or into the documentation when pictures are to be written. Gives its path and size. */
export async function lookAt(page: Page, name: string, where: 'aside' | 'documentation' = 'aside') {
  if (aside === '') aside = process.env['TANDEM_LOOK'] ?? mkdtempSync(join(tmpdir(), 'tandem-look-'))
  const folder = where === 'documentation' && isWriting ? kept : aside
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
  return { path, bytes: statSync(path).size }
}
