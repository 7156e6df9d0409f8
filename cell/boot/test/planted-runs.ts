import assert from 'node:assert/strict'
import { handlers } from '@tandem/work'
import type { LiveCell } from './live-cell.ts'
import type { Planted } from './planted-words.ts'

const grid = { reachMetres: 500, slotMinutes: 30 }
const desk = 'Test desk, extension 1'

/** Both plan to be at one place at one time, which only the words tell: that is a hit. */
const eventNamed = (name: string) => ({
  name,
  latitude: 51.5,
  longitude: -0.12,
  from: '2026-06-01T10:00:00Z',
  to: '2026-06-01T10:20:00Z',
})

/** One agency asks the other, which accepts; the hit is released. Every sealed field of a run holds a planted word. */
export async function plantRun(
  live: LiveCell,
  asks: { readonly prefix: string; readonly words: Planted },
  holds: { readonly prefix: string; readonly words: Planted },
): Promise<void> {
  const { cell } = live.open
  const [analyst, manager, other] = await Promise.all(
    [`${asks.prefix}analyst`, `${asks.prefix}first-manager`, `${holds.prefix}first-manager`].map(live.person),
  )
  assert.ok(analyst !== undefined && manager !== undefined && other !== undefined)
  const nothing = { params: undefined, query: undefined, body: undefined, stream: (async function* () {})() }
  const { peers } = await handlers.allRuns(cell, analyst, nothing)
  const { run } = await handlers.proposeRun(cell, analyst, {
    ...nothing,
    body: {
      peer: peers[0]?.name ?? '',
      kinds: ['email'],
      events: [eventNamed(asks.words.event)],
      grid,
      purpose: asks.words.purpose,
      hours: 1,
      mostHeld: 4096,
      desk,
    },
  })
  const agreed = { approve: true, reason: asks.words['reason of a run'] }
  await handlers.decideRun(cell, manager, { ...nothing, params: { id: run }, body: agreed })
  const received = await eventually(async () =>
    (await handlers.allRuns(cell, other, nothing)).runs.find(({ state }) => state === 'received'),
  )
  await handlers.acceptRun(cell, other, {
    ...nothing,
    params: { id: received.id },
    body: { reason: holds.words['reason of a run'], desk, events: [eventNamed(holds.words.event)] },
  })
  await cell.deconfliction.settled()
  const { run: ended, hits } = await handlers.showRun(cell, analyst, { ...nothing, params: { id: run } })
  assert.equal(ended.outcome?.is, 'answered', JSON.stringify(ended.outcome))
  assert.ok(hits[0]?.shown.includes(asks.words.event))
  const { release } = await handlers.proposeRelease(cell, analyst, {
    ...nothing,
    params: { id: run },
    body: { hits: hits.map(({ reference }) => reference), desk, reason: asks.words['reason of a release'] },
  })
  const sent = await handlers.decideRelease(cell, manager, {
    ...nothing,
    params: { id: release },
    body: { approve: true, reason: asks.words['reason of a release'] },
  })
  assert.equal(sent.state, 'sent', sent.says ?? '')
}

/** One agency is given a grant, asks about a value that stands nowhere else, and about one that the other one holds. */
export async function plantLookups(
  live: LiveCell,
  asks: { readonly prefix: string; readonly words: Planted },
  holds: { readonly prefix: string; readonly words: Planted },
): Promise<{ readonly grant: string }> {
  const { cell } = live.open
  const [analyst, manager, other] = await Promise.all(
    [`${asks.prefix}analyst`, `${asks.prefix}first-manager`, `${holds.prefix}first-manager`].map(live.person),
  )
  assert.ok(analyst !== undefined && manager !== undefined && other !== undefined)
  const nothing = { params: undefined, query: undefined, body: undefined, stream: (async function* () {})() }
  const { peers } = await handlers.allLookups(cell, analyst, nothing)
  const { purpose } = asks.words
  const { grant } = await handlers.proposeGrant(cell, analyst, {
    ...nothing,
    body: { peer: peers[0]?.name ?? '', kinds: ['email'], lookups: 5, hours: 1, purpose },
  })
  const agreed = { approve: true, reason: asks.words['reason of a grant'] }
  await handlers.decideGrant(cell, manager, { ...nothing, params: { id: grant }, body: agreed })
  const received = (await handlers.allLookups(cell, other, nothing)).grants.find(({ state }) => state === 'received')
  await handlers.acceptGrant(cell, other, {
    ...nothing,
    params: { id: received?.id ?? '' },
    body: { reason: holds.words['reason of a grant'], desk },
  })
  const taken = await handlers.takeGrant(cell, analyst, { ...nothing, params: { id: grant } })
  assert.equal(taken.state, 'in force', taken.says)
  for (const [value, answer] of [
    [asks.words['value of a lookup'], 'not in their list'],
    [holds.words.mail, 'held'],
  ] as const)
    assert.equal(await lookedUp(live, `${asks.prefix}analyst`, grant, value, asks.words['reason of a lookup']), answer)
  return { grant }
}

export async function lookedUp(
  live: LiveCell,
  subject: string,
  grant: string,
  value: string,
  reason: string,
): Promise<string> {
  const stream = (async function* () {})()
  const body = { grant, kind: 'email' as const, value, reason }
  const person = await live.person(subject)
  const { answer } = await handlers.lookUp(live.open.cell, person, {
    params: undefined,
    query: undefined,
    body,
    stream,
  })
  return answer
}

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 200))) {
    const found = await look()
    if (found !== undefined) return found
  }
  assert.fail('not within a minute')
}
