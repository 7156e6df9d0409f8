import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeLiveCell, openLive, refusal } from './live-cell.ts'
import { lookedUp, plantLookups } from './planted-runs.ts'
import { plant, plantedFor } from './planted-words.ts'

test('a grant of lookups lives through a start of the whole cell; until its keys are open there is no answer', {
  timeout: 300_000,
}, async (t) => {
  const { folder, shares } = await makeLiveCell(t)
  let live = await openLive(t, folder)
  for (const agency of ['Crime Agency', 'Signals Agency']) await live.unseal(agency, shares)
  const parties = [
    { prefix: '', words: plantedFor('crime') },
    { prefix: 'b-', words: plantedFor('signals') },
  ] as const
  await plant(live, 'Crime Agency', '', parties[0].words)
  await plant(live, 'Signals Agency', 'b-', parties[1].words)
  const { grant } = await plantLookups(live, ...parties)
  const held = parties[1].words.mail
  const look = () => lookedUp(live, 'analyst', grant, held, 'after a start')
  const spent = async () => (await live.sql<{ n: string }>('SELECT count(*) AS n FROM tandem.lookup_spent'))[0]?.n ?? ''
  const before = await spent()

  await live.close()
  live = await openLive(t, folder)
  assert.match(await refusal(look()), /^TANDEM-/)
  assert.equal(await spent(), before)
  // The side that asks is open, the one that answers is sealed: silence of the machine, and nothing spent there.
  await live.unseal('Crime Agency', shares)
  assert.equal(await look(), 'no answer')
  assert.equal(await spent(), before)
  await live.unseal('Signals Agency', shares)
  assert.equal(await look(), 'held')
  const states = await live.sql('SELECT side, state FROM tandem.lookup_grant ORDER BY side')
  assert.deepEqual(states, [
    { side: 'asker', state: 'in force' },
    { side: 'holder', state: 'in force' },
  ])
  assert.deepEqual(
    live.problems.filter((says) => !/sealed|shares/.test(says)),
    [],
  )
})
