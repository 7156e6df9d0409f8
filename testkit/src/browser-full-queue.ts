import type { Page } from 'playwright-core'

const isQueue = (address: URL): boolean => address.pathname === '/api/referrals'

/** From now on the desk is answered with a queue of so many rows, copies of its first one. Gives the way back. */
export async function fillQueue(page: Page, howMany: number, atOnce = 1_000): Promise<() => Promise<void>> {
  const held = await page.evaluate(async () => (await fetch('/api/referrals?view=queue&limit=1')).json())
  const [model] = held.items
  const item = (at: number) => ({
    ...model,
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    number: FIRST_NUMBER + at,
  })
  await page.route(isQueue, async (route) => {
    const after = Number(new URL(route.request().url()).searchParams.get('after') ?? 0)
    const until = Math.min(howMany, after + atOnce)
    const items = Array.from({ length: until - after }, (_, index) => item(after + index))
    const counts = { ...held.counts, queue: howMany }
    await route.fulfill({ json: { items, counts, next: until < howMany ? String(until) : null } })
  })
  return () => page.unroute(isQueue)
}

/** Far from the numbers of any example. */
export const FIRST_NUMBER = 10_000
