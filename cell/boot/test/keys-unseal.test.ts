import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { filesUnder } from '../src/files-under.ts'
import { deskOf, makeLiveCell, openLive, refusal } from './live-cell.ts'
import { trainingCell, twoRecords } from './training-folder.ts'

test('a live cell starts sealed, and each agency is opened by its own officers', { timeout: 300_000 }, async (t) => {
  const { folder, shares } = await makeLiveCell(t)

  await t.test('its shares were told once and lie nowhere', () => {
    assert.deepEqual(
      shares.map(({ agency, officer }) => `${agency}: ${officer}`),
      ['Crime Agency', 'Signals Agency'].flatMap((agency) =>
        ['Test First Manager', 'Test Second Manager', 'Test Analyst'].map((officer) => `${agency}: ${officer}`),
      ),
    )
    for (const name of filesUnder(folder.root)) {
      const bytes = readFileSync(join(folder.root, name))
      for (const { share } of shares) assert.equal(bytes.includes(share.slice(30)), false, name)
    }
    for (const agency of readdirSync(folder.keys).filter((name) => name.startsWith('agency-'))) {
      assert.equal(statSync(join(folder.keys, agency)).mode & 0o777, 0o700)
      for (const name of filesUnder(join(folder.keys, agency))) {
        assert.equal(statSync(join(folder.keys, agency, name)).mode & 0o777, 0o600, name)
        assert.doesNotMatch(name, /^root\./, 'no root lies beside the keys')
      }
    }
  })

  const live = await openLive(t, folder)
  const [first, second] = shares.filter(({ agency }) => agency === 'Crime Agency')
  assert.ok(first !== undefined && second !== undefined)

  await t.test(
    'sealed: nothing is taken in that could not be sealed, and the words say how many are missing',
    async () => {
      assert.match(await refusal(live.deliver('Crime Agency', twoRecords('TEST-1'))), /^TANDEM-SEAL-001 2 of 2 shares/)
      const health = await deskOf(live, await live.person('first-manager')).health()
      const check = health.checks.find(({ name }) => name === 'keys of Crime Agency')
      assert.equal(check?.state, 'bad')
      assert.match(check?.says ?? '', /Sealed: 2 of 2 shares are missing/)
    },
  )

  await t.test('one agency works while the other one is sealed', async () => {
    const opened = await live.unseal('Signals Agency', shares)
    assert.ok(opened.answer === 'share' && opened.opened)
    await live.deliver('Signals Agency', twoRecords('TEST-B'))
    const desk = deskOf(live, await live.person('b-analyst'))
    const [item] = (await desk.queue()).items
    assert.ok(item !== undefined)
    assert.equal((await desk.show(item.id)).item.id, item.id)
    const other = deskOf(live, await live.person('analyst'))
    assert.deepEqual((await other.queue()).items, [], 'the queue answers, sealed or not')
  })

  await t.test('a share of the other agency, a slip and the same share twice are refused in words', async () => {
    const foreign = shares.find(({ agency }) => agency === 'Signals Agency')?.share ?? ''
    const give = async (share: string) => {
      const answer = await live.ask({ ask: 'share', agency: 'Crime Agency', share })
      return answer.answer === 'refused' ? answer.says : answer.answer
    }
    assert.match(await give(foreign), /belongs to another key/)
    assert.match(await give(first.share.replace(/.$/, first.share.endsWith('q') ? 'p' : 'q')), /slip in it/)
    assert.equal(await give(first.share), 'share')
    assert.match(await give(first.share), /already here/)
    assert.match(await refusal(live.deliver('Crime Agency', twoRecords('TEST-1'))), /1 of 2 shares of its officers is/)
  })

  await t.test('the last share opens it, and the ledger says whose shares they were', async () => {
    const opened = await live.ask({ ask: 'share', agency: 'Crime Agency', share: second.share })
    assert.ok(opened.answer === 'share' && opened.opened, JSON.stringify(opened))
    await live.deliver('Crime Agency', twoRecords('TEST-1'))
    assert.equal((await deskOf(live, await live.person('analyst')).queue()).items.length, 1)
    const entries = await live.sql<{ object: { officers: string[] } }>(
      `SELECT object FROM ledger.opening JOIN tandem.agency USING (agency_id)
        WHERE verb = 'keys.unseal' AND short_name = 'Crime Agency'`,
    )
    assert.deepEqual(
      entries.map(({ object }) => object.officers),
      [['Test First Manager', 'Test Second Manager']],
    )
  })

  await t.test('sealed again by hand it closes at once, also what lay in memory', async () => {
    const desk = deskOf(live, await live.person('analyst'))
    const [item] = (await desk.queue()).items
    assert.ok(item !== undefined)
    await desk.show(item.id)
    assert.equal((await live.ask({ ask: 'seal', agency: 'Crime Agency' })).answer, 'sealed')
    assert.match(await refusal(desk.show(item.id)), /^TANDEM-SEAL-001/)
    assert.match(await refusal(desk.note(item.id, 'Test words')), /^TANDEM-SEAL-001/)
    assert.match(await refusal(desk.search('someone@mail.example')), /^TANDEM-SEAL-001/)
    const opened = await live.unseal('Crime Agency', shares.toReversed())
    assert.ok(opened.answer === 'share' && opened.opened, 'any two of the three open it')
    assert.equal((await desk.show(item.id)).item.id, item.id)
  })

  await t.test('new shares: the old ones open it until the new ones did once, then no more', async () => {
    const officers = ['Test First Manager', 'Test Analyst', 'Test Newcomer']
    const ask = { ask: 'new shares', agency: 'Crime Agency', threshold: 3, officers } as const
    const given = shares.filter(({ agency }) => agency === 'Crime Agency').map(({ share }) => share)
    const alone = await live.ask({ ...ask, shares: given.slice(0, 1) })
    assert.ok(alone.answer === 'refused', 'nobody hands the root on without the present officers')
    const made = await live.ask({ ...ask, shares: given.slice(1) })
    assert.ok(made.answer === 'shares', JSON.stringify(made))
    await live.ask({ ask: 'seal', agency: 'Crime Agency' })
    assert.ok((await live.unseal('Crime Agency', shares)).answer === 'share', 'the old way in stays')
    await live.ask({ ask: 'seal', agency: 'Crime Agency' })
    assert.deepEqual(await live.unseal('Crime Agency', made.shares, 3), {
      answer: 'share',
      officer: 'Test Newcomer',
      missing: 0,
      opened: true,
      adopted: true,
    })
    await live.ask({ ask: 'seal', agency: 'Crime Agency' })
    assert.equal((await live.unseal('Crime Agency', shares)).answer, 'refused')
    const again = await live.unseal('Crime Agency', made.shares, 3)
    assert.ok(again.answer === 'share' && again.opened)
  })

  await t.test('after a restart it waits for the officers again', async () => {
    await live.close()
    const again = await openLive(t, folder)
    const answer = await again.ask({ ask: 'states' })
    assert.ok(answer.answer === 'states')
    assert.deepEqual(
      answer.states.map(({ name, state, missing }) => [name, state, missing]),
      [
        ['Crime Agency', 'sealed', 3],
        ['Signals Agency', 'sealed', 2],
      ],
    )
    await again.close()
  })
})

test('a training cell opens its own keys, and says that it is one', { timeout: 120_000 }, async (t) => {
  const { open } = await trainingCell(t)
  assert.deepEqual(
    open.keys.states().map(({ name, state, holder }) => [name, state, holder]),
    [
      ['Crime Agency', 'open', 'this machine'],
      ['Signals Agency', 'open', 'this machine'],
    ],
  )
  const checks = await open.cell.checks()
  assert.match(checks.find(({ name }) => name === 'keys of Crime Agency')?.says ?? '', /training cell opens its own/)
})
