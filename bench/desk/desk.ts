import { fillQueue, openBrowser, signIn, startTrainingCell } from '@tandem/testkit/browser'
import { rounded, table } from '../figures.ts'

/**
 * How smooth the queue is in a real Chromium: frame times while it scrolls, the time from a key to the frame that
 * shows its effect, and how many rows exist at once. The cell is real; the rows come from an answered request.
 */
const rows = Number(process.argv[2] ?? 100_000)
const frames = 600
const presses = 200

const opened = await openBrowser()
if (!opened.ok) {
  console.error(opened.error.says)
  process.exit(1)
}
const browser = opened.value
const cell = await startTrainingCell()
try {
  const { page } = await browser.desktop({ width: 1920, height: 1080, motion: 'no-preference' })
  await signIn(page, cell.url, cell.person('a-triage'))
  await fillQueue(page, rows, 5_000)
  await page.reload()
  await page.locator('#queue-grid').waitFor()

  const began = performance.now()
  const loaded = () => page.evaluate(() => (document.querySelector('.q-body')?.clientHeight ?? 0) / 30)
  while ((await loaded()) < rows) {
    await page.keyboard.press('End')
    await page.waitForTimeout(50)
    await page.waitForTimeout(50)
    if (performance.now() - began > 180_000) throw new Error('the rows did not load within three minutes')
  }
  const loading = (performance.now() - began) / 1000

  await page.keyboard.press('Home')
  const scrolling = await page.evaluate(async (howMany) => {
    const grid = document.getElementById('queue-grid')
    if (grid === null) throw new Error('no grid')
    const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    const times: number[] = []
    let most = 0
    const step = (grid.scrollHeight - grid.clientHeight) / howMany
    let before = await nextFrame()
    for (let frame = 0; frame < howMany; frame++) {
      // Every tenth frame a leap, as with a dragged scroll bar; else a quick roll of the wheel.
      grid.scrollTop += frame % 10 === 0 ? step * 10 : 90
      const now = await nextFrame()
      times.push(now - before)
      before = now
      most = Math.max(most, grid.querySelectorAll('[role=row]').length)
    }
    return { times, most }
  }, frames)

  await page.keyboard.press('Home')
  await page.waitForTimeout(500)
  const measured = await page.evaluateHandle(() => {
    const grid = document.getElementById('queue-grid')
    const times: number[] = []
    const pressed = (event: KeyboardEvent) => {
      const before = grid?.getAttribute('aria-activedescendant')
      const look = () => {
        if (grid?.getAttribute('aria-activedescendant') === before) requestAnimationFrame(look)
        else requestAnimationFrame(() => times.push(performance.now() - event.timeStamp))
      }
      requestAnimationFrame(look)
    }
    document.addEventListener('keydown', pressed, { capture: true })
    return times
  })
  for (let press = 1; press <= presses; press++) {
    await page.keyboard.press('j')
    await page.waitForFunction(([times, wanted]) => times.length >= wanted, [measured, press] as const)
  }
  const keys = await measured.jsonValue()

  const line = (name: string, times: number[]): string[] => {
    const sorted = times.toSorted((a, b) => a - b)
    const at = (share: number) => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
    const late = sorted.filter((time) => time > 34).length
    return [name, at(0.5), at(0.95), at(1), `${rounded((late / sorted.length) * 100)} %`]
  }
  console.log(
    `${rows} rows in Chromium ${browser.version} (${browser.from}), 1920×1080, no GPU; loaded in ${rounded(loading)} s`,
  )
  console.log(
    table([
      ['milliseconds', 'p50', 'p95', 'worst', 'over 34'],
      line(`frame while scrolling (${frames})`, scrolling.times),
      line(`from key j to its frame (${presses})`, keys),
    ]),
  )
  console.log(`rows that existed at once: at most ${scrolling.most}`)
} finally {
  await browser.close()
  await cell.close()
}
