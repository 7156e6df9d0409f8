import { openBrowser } from '../../src/browser.ts'
import { startTrainingCell } from '../../src/browser-cell.ts'
import { signIn, findViolations, lookAt } from '../../src/browser-desk.ts'
import { focusOf, pressKeys, tabTo } from '../../src/browser-keys.ts'
const b = await openBrowser(); if (!b.ok) throw new Error(b.error.says)
const cell = await startTrainingCell()
const { page, watch } = await b.value.desktop()
const shot = async (n: string) => { await page.waitForTimeout(500); await lookAt(page, n); console.log(n, JSON.stringify(await focusOf(page))); const v = await findViolations(page); for (const x of v) console.log('   ', x.rule, x.where, x.says.slice(0,160)) }
try {
await signIn(page, cell.url, cell.person('a-duty'))
await page.keyboard.press('j'); await page.keyboard.press('j'); await page.keyboard.press('j')
await shot('triage')
for (const [k,n] of [['h','hold'],['m','merge'],['d','decline'],['p','priority'],['s','safeguard'],['n','note'],['c','close'],['Control+k','palette'],['?','keys'],['Shift+a','standing'],[',','settings']] as const) { await page.keyboard.press(k); await shot('d-'+n); await page.keyboard.press('Escape'); await page.waitForTimeout(100) }
await page.keyboard.press('x'); await page.keyboard.press('Shift+j'); await shot('bulk'); await page.keyboard.press('Shift+x')
await page.keyboard.press('o'); await shot('referral')
await page.evaluate(() => document.getElementById('page')?.scrollTo(0, 700)); await shot('referral2')
for (const [k,n] of [['s','safeguarding'],['p','approvals'],['l','lists'],['a','authorities'],['i','intake'],['e','ledger'],['h','health']] as const) { await page.keyboard.press('Escape'); await page.keyboard.press('g'); await page.keyboard.press(k); await shot('p-'+n) }
} finally {
console.log(await page.url(), watch.errors, watch.titles, watch.pointers, watch.strangers(cell.url), watch.refusals)
await b.value.close(); await cell.close()
}
