import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/** What has the focus, as a person at the keyboard would name it. */
export interface Focus {
  readonly tag: string
  readonly id: string
  readonly role: string
  readonly name: string
  /** Is a ring drawn around it, or around the row that it points to? */
  readonly ring: boolean
}

export const focusOf = (page: Page): Promise<Focus> =>
  page.evaluate(() => {
    const at = document.activeElement ?? document.body
    const text = (element: Element | null): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim()
    const label =
      at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement
        ? text(at.labels?.[0] ?? null)
        : text(at)
    const pointsTo = document.getElementById(at.getAttribute('aria-activedescendant') ?? '')
    const ringed = (element: Element | null): boolean => {
      if (element === null) return false
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none'
    }
    return {
      tag: at.tagName.toLowerCase(),
      id: at.id,
      role: at.getAttribute('role') ?? '',
      name: (at.getAttribute('aria-label') ?? label).slice(0, 200),
      ring: ringed(at) || ringed(pointsTo) || ringed(at.closest('.choice')),
    }
  })

/** Presses keys one after the other; after each, something on the page must have the focus. */
export async function pressKeys(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key)
    await keepsFocus(page, `after ${key}`)
  }
}

/** A moment of loss while one thing closes and the next opens is allowed; a person does not notice it. */
export async function keepsFocus(page: Page, when: string): Promise<void> {
  const held = await page
    .waitForFunction(() => document.activeElement !== null && document.activeElement !== document.body, null, {
      timeout: 1_500,
    })
    .catch(() => null)
  assert.ok(held !== null, `the focus is lost ${when}: nothing on the page has it`)
}

/** Tab, as often as it takes, to a control whose name fits. */
export async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<Focus> {
  const fits = (focus: Focus): boolean => (typeof name === 'string' ? focus.name === name : name.test(focus.name))
  const passed: string[] = []
  for (let step = 0; step < 250; step++) {
    const focus = await focusOf(page)
    if (fits(focus)) return focus
    passed.push(focus.name.slice(0, 60))
    await page.keyboard.press(key)
  }
  throw new Error(`no control called ${name} can be reached with ${key}. Passed: ${[...new Set(passed)].join(' | ')}`)
}

/** Down with the arrow inside one stop of Tab, to a value that fits. */
export async function downTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = []
  for (let step = 0; step < 60; step++) {
    const focus = await focusOf(page)
    if (name.test(focus.name)) return
    passed.push(focus.name.slice(0, 60))
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`no value called ${name} is reached with the arrow. Passed: ${[...new Set(passed)].join(' | ')}`)
}

/** Types into what has the focus. */
export const typeText = (page: Page, text: string): Promise<void> => page.keyboard.type(text)

/** Chooses one of a select or of radio buttons by its arrow keys. */
export async function arrowTo(page: Page, fits: (value: string) => boolean, key = 'ArrowDown'): Promise<void> {
  for (let step = 0; step < 40; step++) {
    const value = await page.evaluate(() => {
      const at = document.activeElement
      if (at instanceof HTMLSelectElement) return at.selectedOptions[0]?.textContent ?? ''
      return at instanceof HTMLInputElement && at.checked ? (at.labels?.[0]?.textContent ?? '') : ''
    })
    if (fits(value.trim())) return
    await page.keyboard.press(key)
  }
  throw new Error('no such choice can be reached with the arrow keys')
}

/** Tab to a field by its label, and type. */
export async function fillIn(page: Page, label: string | RegExp, text: string): Promise<void> {
  await tabTo(page, label)
  await page.keyboard.press('Control+a')
  await typeText(page, text)
}

/** Tab to the button that sends the form in which the focus stands, and Enter. */
export async function submitForm(page: Page): Promise<void> {
  for (let step = 0; step < 60; step++) {
    const isThere = await page.evaluate(() => {
      const at = document.activeElement
      return at instanceof HTMLButtonElement && at.type === 'submit' && !at.disabled
    })
    if (isThere) return page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
  }
  throw new Error('the form cannot be sent with the keyboard')
}
