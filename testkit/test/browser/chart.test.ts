import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { type Desktop, type Look, type OpenBrowser, openBrowser } from '../../src/browser.ts'
import { type ChartPage, startChartPage } from '../../src/browser-chart.ts'
import { findViolations, lookAt } from '../../src/browser-desk.ts'
import { focusOf, pressKeys, submitForm, tabTo } from '../../src/browser-keys.ts'

const sizes = [
  { width: 1280, height: 800, colours: 'dark' },
  { width: 1920, height: 1080, colours: 'light' },
] as const satisfies readonly Look[]

/** The link chart alone, under the policy of the desk: its keys, its looks, what it writes. */
describe('the link chart', () => {
  let browser: OpenBrowser
  let server: ChartPage
  const desktops: { readonly who: string; readonly desktop: Desktop; readonly mouse: boolean }[] = []

  before(async () => {
    const opened = await openBrowser()
    if (!opened.ok) throw new Error(opened.error.says)
    browser = opened.value
    server = await startChartPage()
  })
  after(async () => {
    try {
      for (const { who, desktop, mouse } of desktops) {
        assert.deepEqual(desktop.watch.errors, [], `errors on the page of ${who}`)
        assert.deepEqual(desktop.watch.strangers(server.url), [], `${who} asked somebody else`)
        if (!mouse) assert.deepEqual(desktop.watch.pointers, [], `${who} used a mouse`)
      }
    } finally {
      await browser.close()
      await server.close()
    }
  })

  async function open(who: string, query = '', look: Look = {}, mouse = false, workers = true): Promise<Page> {
    const desktop = await browser.desktop(look)
    desktops.push({ who, desktop, mouse })
    if (!workers) await desktop.page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'))
    await desktop.page.goto(`${server.url}/${query}`)
    await desktop.page.locator('.chart-stage').waitFor()
    await isLaidOut(desktop.page)
    return desktop.page
  }

  const isLaidOut = (page: Page) =>
    page.waitForFunction(() => {
      const foot = document.querySelector('.chart-foot')?.textContent ?? ''
      return /node/.test(foot) && !/Laying out/.test(foot)
    })
  const foot = (page: Page): Promise<string> => page.locator('.chart-foot').innerText()
  const focused = (page: Page): Promise<string> => page.locator('.chart-frame [aria-live]').innerText()
  const says = async (page: Page, what: RegExp): Promise<void> => {
    await page.getByRole('status').filter({ hasText: what }).waitFor({ timeout: 4_000 })
  }
  const clean = async (page: Page, where: string): Promise<void> => {
    const found = (await findViolations(page)).map(
      ({ rule, where: at, says: why }) => `${where}: ${rule} at ${at}. ${why}`,
    )
    assert.deepEqual(found, [])
  }

  it('is one stop of Tab; arrows walk, Space selects, Enter opens the card, Escape leads back', async () => {
    const page = await open('keys')
    const stage = await tabTo(page, /^Link chart: 60 nodes, 90 links$/)
    assert.equal(stage.role, 'application')
    assert.ok(stage.ring)
    await pressKeys(page, 'ArrowRight')
    const first = await focused(page)
    assert.match(first, /^\S+.*, \d+ links?/)
    await pressKeys(page, 'ArrowUp', 'e')
    const second = await focused(page)
    assert.notEqual(second, first)
    assert.match(second, /reached over [a-z ]+: /, 'the reason of the link is told')
    await pressKeys(page, 'Space')
    assert.match(await foot(page), /1 selected/)
    assert.match(await focused(page), /selected/)
    await pressKeys(page, 'Enter')
    await page.locator('.chart-card').waitFor()
    assert.equal((await focusOf(page)).name, 'Node')
    await pressKeys(page, 'Escape')
    assert.equal((await focusOf(page)).role, 'application')
    await pressKeys(page, 'Escape')
    assert.doesNotMatch(await foot(page), /selected/)
  })

  it('every node is reached with PageDown, and zoom, pan and move by keys change the picture', async () => {
    const page = await open('walk')
    await tabTo(page, /^Link chart:/)
    const seen = new Set<string>()
    for (let step = 0; step < 60; step++) {
      await pressKeys(page, 'PageDown')
      seen.add(await focused(page))
    }
    assert.equal(seen.size, 60)
    const picture = async (): Promise<string> => {
      await page.waitForTimeout(250)
      return createHash('sha256')
        .update(await page.locator('.chart-frame').screenshot())
        .digest('hex')
    }
    const pictures = new Set([await picture()])
    for (const keys of ['+', '-', 'Shift+ArrowLeft', 'z', '0', 'Control+ArrowRight']) {
      await pressKeys(page, ...(keys === '-' ? ['-', '-'] : [keys]))
      pictures.add(await picture())
    }
    assert.ok(pictures.size >= 6, `${pictures.size} different pictures`)
    assert.match(await focused(page), /pinned/, 'what was moved by hand stays')
  })

  it('path, common neighbours, grouping, pins and search around work by keys', async () => {
    const page = await open('work')
    await tabTo(page, /^Link chart:/)
    await pressKeys(page, 'q')
    await says(page, /exactly two nodes/)
    await pressKeys(page, 'Home', 'Space', 'PageDown', 'PageDown', 'PageDown', 'Space', 'q')
    await says(page, /(Shortest path among what is shown, \d+ links?: .+ – .+\.|No path among what is shown)/)
    await pressKeys(page, 'b')
    await says(page, /common neighbours? among what is shown/i)
    await pressKeys(page, 'f')
    await says(page, /2 nodes are one group/)
    assert.match(await foot(page), /59 nodes/)
    assert.match(await focused(page), /group Group of 2.*a group of 2/)
    await pressKeys(page, 'Shift+F')
    await says(page, /2 nodes stand alone/)
    assert.match(await foot(page), /60 nodes, 90 links/)
    await pressKeys(page, 'i')
    await says(page, /Pinned/)
    await pressKeys(page, 'Home', 'a')
    await page.getByRole('dialog').waitFor()
    await clean(page, 'search around')
    await submitForm(page)
    await page.waitForFunction(() =>
      /66 nodes, 96 links/.test(document.querySelector('.chart-foot')?.textContent ?? ''),
    )
    await isLaidOut(page)
    await tabTo(page, /^Link chart:/, 'Shift+Tab')
    await pressKeys(page, '?')
    const sheet = page.getByRole('dialog')
    await sheet.getByText('To the neighbour in that direction').waitFor()
    await pressKeys(page, 'Escape')
    await tabTo(page, 'Brush time', 'Shift+Tab')
    await pressKeys(page, 'Enter')
    assert.match(await foot(page), /22 outside the brushed time/)
  })

  it('the tables hold the same content and the same selection; a kind switched off is gone from all', async () => {
    const page = await open('tables')
    await tabTo(page, /^Link chart:/)
    await pressKeys(page, 'Home', 'Space')
    const name = (await focused(page)).split(',')[0]?.replace(/^persona /, '') ?? ''
    await tabTo(page, 'Nodes', 'Shift+Tab')
    await pressKeys(page, 'Enter')
    const table = page.getByRole('table', { name: 'Nodes of the link chart' })
    assert.equal(await table.getByRole('row').count(), 61)
    assert.ok(await table.getByRole('checkbox', { name: `Select ${name}`, exact: true }).isChecked())
    assert.equal(await table.getByRole('checkbox', { checked: true }).count(), 1)
    await tabTo(page, 'Links')
    await pressKeys(page, 'Enter')
    const links = page.getByRole('table', { name: 'Links of the link chart' })
    assert.equal(await links.getByRole('row').count(), 91)
    const off = await links.getByRole('cell', { name: 'household', exact: true }).count()
    await tabTo(page, /^household/)
    await pressKeys(page, 'Space')
    assert.equal(await links.getByRole('row').count(), 91 - off)
    assert.match(await foot(page), new RegExp(`60 nodes, ${90 - off} links`))
  })

  it('what is exported carries the marking, its digest is told, and the same data gives the same file, in a worker or without', async () => {
    const digests: string[] = []
    for (const who of ['export', 'export again', 'export without workers']) {
      const page = await open(who, '', {}, false, !who.endsWith('without workers'))
      await tabTo(page, 'Export…')
      await pressKeys(page, 'Enter')
      for (const [button, ending] of [
        ['SVG picture', 'svg'],
        ['CSV table', 'csv'],
        ['GraphML', 'graphml'],
      ] as const) {
        await tabTo(page, button)
        const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
        assert.match(download.suggestedFilename(), new RegExp(`^link-chart-\\d{8}T\\d{4}Z-[0-9a-f]{12}\\.${ending}$`))
        const text = readFileSync(await download.path(), 'utf8')
        const digest = createHash('sha256').update(text).digest('hex')
        await page.locator('.chart-saved').getByText(digest).waitFor()
        assert.match(text, /OFFICIAL-SENSITIVE \(EXAMPLE\)/)
        digests.push(digest)
        if (ending === 'csv') continue
        const read = await page.evaluate((xml) => {
          const read = new DOMParser().parseFromString(xml, 'application/xml')
          const number = (which: string) => read.querySelectorAll(which).length
          return {
            broken: number('parsererror'),
            nodes: number('node'),
            edges: number('edge'),
            shapes: number('g > text'),
          }
        }, text)
        assert.deepEqual(
          read,
          ending === 'svg'
            ? { broken: 0, nodes: 0, edges: 0, shapes: 60 }
            : { broken: 0, nodes: 60, edges: 90, shapes: 0 },
        )
      }
      await clean(page, 'export')
    }
    assert.deepEqual(digests.slice(0, 3), digests.slice(3, 6))
    assert.deepEqual(digests.slice(0, 3), digests.slice(6))
  })

  it('holds against axe at both sizes and in both themes, as picture, card and table, with hostile labels', async () => {
    for (const size of sizes) {
      const page = await open(`axe ${size.width}`, '', size)
      const asked = desktops.at(-1)?.desktop.watch.addresses ?? []
      assert.ok(
        asked.some((address) => /worker-[\w-]+\.js$/.test(address)),
        'the layout runs in a worker',
      )
      await tabTo(page, /^Link chart:/)
      await pressKeys(page, 'Home', 'Shift+L', 'Enter')
      await page.locator('.chart-card').waitFor()
      await clean(page, `card ${size.width}`)
      await page.waitForTimeout(300)
      assert.ok((await lookAt(page, `chart-${size.width}`)).bytes > 20_000)
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      assert.ok(wide <= 0, 'nothing is wider than the page')
      const strange = await open(`hostile ${size.width}`, '?set=hostile', size)
      assert.match(await foot(strange), /4 nodes, 2 links, 1 not drawn/)
      await clean(strange, `hostile ${size.width}`)
      await tabTo(strange, 'Links')
      await pressKeys(strange, 'Enter')
      await clean(strange, `links ${size.width}`)
      const shown = await strange.locator('.chart').innerText()
      assert.doesNotMatch(shown, /[\u202a-\u202e\u2066-\u2069]/)
      assert.match(shown, /1 entries could not be drawn/)
    }
  })

  it('a mouse hovers, selects, lassos, drags and zooms', async () => {
    const page = await open('mouse', '', {}, true)
    const box = await page.locator('.chart-stage').boundingBox()
    assert.ok(box !== null)
    const card = page.locator('.chart-hover')
    /** Over the picture in small steps until the card of a node or of a link shows. */
    const find = async (what: RegExp): Promise<{ x: number; y: number }> => {
      for (let y = box.y + 40; y < box.y + box.height - 40; y += 14) {
        for (let x = box.x + 150; x < box.x + box.width - 150; x += 14) {
          await page.mouse.move(x, y)
          if ((await card.count()) > 0 && what.test(await card.innerText())) return { x, y }
        }
      }
      throw new Error(`nothing like ${what} is under the mouse`)
    }
    await find(/seen together on two days|named in one referral/)
    const node = await find(/neighbours? not shown/)
    await page.mouse.down()
    await page.mouse.up()
    assert.match(await foot(page), /1 selected/)
    await page.mouse.down()
    await page.mouse.move(node.x + 30, node.y + 30, { steps: 4 })
    await page.mouse.up()
    await page.mouse.move(node.x + 30, node.y + 30)
    await page.getByRole('button', { name: 'Lasso' }).click()
    const corners = [
      [box.x + 3, box.y + 3],
      [box.x + box.width - 3, box.y + 3],
      [box.x + box.width - 3, box.y + box.height - 3],
      [box.x + 3, box.y + box.height - 3],
    ] as const
    await page.mouse.move(corners[0][0], corners[0][1])
    await page.mouse.down()
    for (const [x, y] of corners) await page.mouse.move(x, y, { steps: 4 })
    await page.mouse.up()
    assert.match(await foot(page), /60 selected/)
    const before = await page.locator('.chart-frame').screenshot()
    await page.mouse.wheel(0, -300)
    await page.waitForTimeout(400)
    assert.notDeepEqual(await page.locator('.chart-frame').screenshot(), before)
  })
})
