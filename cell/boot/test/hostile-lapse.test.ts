import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { worldReferrals } from '@tandem/testkit'
import { handlers, receiveDelivery } from '@tandem/work'
import { type HostileCell, inPieces, nothing, openHostileCell, temporaryRoot } from './hostile-cell.ts'

const { root, remove } = temporaryRoot()
let open: HostileCell
before(async () => {
  open = await openHostileCell(root)
})
after(async () => {
  await open.close()
  remove()
})

const referrals = [...worldReferrals({ seed: 'lapse', count: 8 })].map(({ bytes }) => bytes)
const asked = { params: undefined, body: undefined, query: undefined }

function deliver(agency: string, at: number) {
  const { lane, sender } = open.lane(agency, 'command')
  const bytes = referrals[at] ?? Buffer.alloc(0)
  return receiveDelivery(open.cell, { lane, sender, idempotencyKey: `lapse-${at}`, name: 'test.json' }, inPieces(bytes))
}

const statesOf = async (agency: string): Promise<string[]> => {
  const rows = await open.sql<{ state: string }>(
    `SELECT d.state FROM tandem.delivery d JOIN tandem.agency a USING (agency_id) WHERE a.short_name = $1 ORDER BY received_at`,
    [agency],
  )
  return rows.map(({ state }) => state)
}

const alarms = async () => {
  const { checks } = await handlers.health(open.cell, await open.person('a-duty'), { ...asked, stream: nothing() })
  return checks.filter(({ state }) => state === 'bad')
}

const expire = () =>
  open.sql(`UPDATE tandem.authority SET expires_at = clock_timestamp() WHERE agency_id =
              (SELECT agency_id FROM tandem.agency WHERE short_name = 'Crime Agency')`)

describe('when a lane’s authority lapses', () => {
  it('receipts go on, reading stops where people see it, and another agency is not touched', async () => {
    assert.equal((await deliver('Crime Agency', 0)).state, 'received')
    await open.worked()
    assert.deepEqual(await statesOf('Crime Agency'), ['read'])
    assert.deepEqual(await alarms(), [])
    await expire()
    for (const at of [1, 2, 3]) assert.equal((await deliver('Crime Agency', at)).state, 'awaiting authority')
    assert.equal((await deliver('Crime Agency', 1)).state, 'awaiting authority')
    assert.equal((await deliver('Endpoint Agency', 0)).state, 'received')
    await open.worked()
    assert.deepEqual(await statesOf('Crime Agency'), ['read', ...new Array(3).fill('awaiting authority')])
    assert.deepEqual(await statesOf('Endpoint Agency'), ['read'])
    const [{ read = 0 } = {}] = await open.sql<{ read: number }>(
      `SELECT count(DISTINCT delivery_id)::int AS read FROM tandem.referral JOIN tandem.agency USING (agency_id) WHERE short_name = 'Crime Agency'`,
    )
    assert.equal(read, 1)
    const [alarm] = await alarms()
    assert.match(alarm?.says ?? '', /3 deliveries are received but not read/)
    assert.match(alarm?.remedy ?? '', /new authority/)
  })

  it('a duty manager gives the lane a new authority, and everything that waited is read once', async () => {
    const duty = await open.person('a-duty')
    const { authorities } = await handlers.allAuthorities(open.cell, duty, { ...asked, stream: nothing() })
    const lapsed = authorities.find(({ state }) => state === 'expired')
    assert.ok(lapsed !== undefined)
    const { authority } = await handlers.createAuthority(open.cell, duty, {
      params: undefined,
      query: undefined,
      stream: nothing(),
      body: {
        operation: lapsed.operation.id,
        kind: lapsed.kind,
        act: lapsed.act,
        section: lapsed.section,
        issuer: lapsed.issuer,
        scope: lapsed.scope,
        necessity: lapsed.necessity,
        proportionality: lapsed.proportionality,
        startsAt: new Date(Date.now() - 1_000).toISOString(),
        expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      },
    })
    await open.worked()
    assert.equal(
      (await statesOf('Crime Agency')).filter((state) => state === 'read').length,
      1,
      'a new authority alone reads nothing',
    )
    const { lane } = open.lane('Crime Agency', 'command')
    const given = await handlers.giveLane(open.cell, duty, {
      params: { id: lane },
      query: undefined,
      body: { authority },
      stream: nothing(),
    })
    assert.equal(given.waiting, 3)
    await open.worked()
    assert.deepEqual(new Set(await statesOf('Crime Agency')), new Set(['read']))
    assert.deepEqual(await alarms(), [])
    assert.equal((await deliver('Crime Agency', 4)).state, 'received')
    await open.worked()
    const entries = await open.sql<{ verb: string; how_many: number }>(
      `SELECT verb, count(*)::int AS how_many FROM ledger.opening o JOIN tandem.agency a USING (agency_id)
        WHERE a.short_name = 'Crime Agency' AND verb IN ('delivery.receive', 'delivery.read', 'lane.authority') GROUP BY 1 ORDER BY 1`,
    )
    assert.deepEqual(entries, [
      { verb: 'delivery.read', how_many: 5 },
      { verb: 'delivery.receive', how_many: 5 },
      { verb: 'lane.authority', how_many: 1 },
    ])
    assert.deepEqual(open.problems, [])
  })

  it('what was received before the lapse and is not read yet waits too, whichever moment it comes', async () => {
    for (const at of [5, 6, 7]) await deliver('Crime Agency', at)
    await expire()
    await open.worked()
    const left = new Set((await statesOf('Crime Agency')).slice(5))
    for (const state of left) assert.ok(['read', 'awaiting authority', 'repeat'].includes(state), state)
    const jobs = await open.sql<{ state: string }>(`SELECT DISTINCT state FROM tandem.job WHERE state <> 'done'`)
    for (const { state } of jobs) assert.equal(state, 'awaiting authority')
    assert.deepEqual(open.problems, [])
  })
})
