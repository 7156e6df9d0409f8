import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkOpening, makeSigningKey, type Opening, readVerificationKey, verificationKeyOf } from '@tandem/vault'
import { deskOf, makeLiveCell, openLive, refusal } from './live-cell.ts'
import { twoRecords } from './training-folder.ts'

const reason = 'Test: a child is at risk tonight and no officer of the agency can be reached.'

test('break-glass takes a quorum of both agencies', { timeout: 300_000 }, async (t) => {
  const { folder, shares, glass } = await makeLiveCell(t)
  assert.equal(glass.length, 6)
  const live = await openLive(t, folder)
  for (const agency of ['Crime Agency', 'Signals Agency']) await live.unseal(agency, shares)
  await live.deliver('Crime Agency', twoRecords('TEST-1'))
  await live.deliver('Crime Agency', twoRecords('TEST-2'))
  const desk = deskOf(live, await live.person('analyst'))
  const [named, other] = (await desk.queue()).items
  assert.ok(named !== undefined && other !== undefined)
  const of = (agency: string): string[] => glass.filter((each) => each.agency === agency).map(({ share }) => share)
  const [crime, signals] = [of('Crime Agency'), of('Signals Agency')]
  const ask = (given: readonly string[], change = {}) =>
    live.ask({
      ask: 'break-glass',
      agency: 'Crime Agency',
      with: 'Signals Agency',
      numbers: [named.number],
      reason,
      minutes: 60,
      shares: [...given],
      ...change,
    })
  const says = async (...given: Parameters<typeof ask>): Promise<string> => {
    const answer = await ask(...given)
    return answer.answer === 'refused' ? answer.says : answer.answer
  }

  await t.test('is not for keys that are open, for one agency alone, or without a reason and an end', async () => {
    assert.match(await says([...crime, ...signals]), /are open: there is no glass to break/)
    await live.ask({ ask: 'seal', agency: 'Crime Agency' })
    assert.match(await says(crime, { with: 'Crime Agency' }), /needs two agencies/)
    assert.match(await says([...crime, ...signals], { reason: 'now' }), /Say in a sentence why/)
    assert.match(await says([...crime, ...signals], { minutes: 61 }), /one to 60 minutes/)
    assert.match(await says([...crime, ...signals], { numbers: [999_999] }), /has no referral 999999/)
    assert.match(await refusal(desk.show(named.id)), /^TANDEM-SEAL-001/)
    assert.equal((await live.sql(`SELECT 1 FROM ledger.opening WHERE verb = 'keys.breakGlass'`)).length, 0)
  })

  await t.test('over every subset of shares of the two it opens just where both quorums are there', async () => {
    const subsets = Array.from({ length: 8 }, (_, mask) => [0, 1, 2].filter((bit) => (mask >> bit) & 1))
    let below = 0
    for (const left of subsets) {
      for (const right of subsets) {
        const given = [...left.map((at) => crime[at] ?? ''), ...right.map((at) => signals[at] ?? '')]
        const isEnough = left.length >= 2 && right.length >= 2
        const answer = await ask(given)
        assert.equal(answer.answer, isEnough ? 'opened' : 'refused', JSON.stringify({ left, right }))
        if (isEnough) continue
        below++
        const [last] = await live.sql<{ n: string }>(
          `SELECT count(*) AS n FROM ledger.opening WHERE verb = 'keys.breakGlass'`,
        )
        assert.ok(last !== undefined)
      }
    }
    assert.equal(below, 48)
    // The shares that open the records at a start are no shares of this.
    const wrong = [...shares].map(({ share }) => share)
    assert.match(await says(wrong), /2 more shares are needed/)
  })

  await t.test('opens the named referral and no other, and says so to everybody', async () => {
    assert.equal((await desk.show(named.id)).item.id, named.id)
    assert.match(await refusal(desk.show(other.id)), /^TANDEM-SEAL-001 break-glass opened other records/)
    assert.match(await refusal(desk.search('someone@mail.example')), /^TANDEM-SEAL-001/)
    assert.match(await refusal(live.deliver('Crime Agency', twoRecords('TEST-3'))), /^TANDEM-SEAL-001/)
    const health = await deskOf(live, await live.person('b-analyst')).health()
    const check = health.checks.find(({ name }) => name === 'keys of Crime Agency')
    assert.equal(check?.state, 'bad')
    assert.match(check?.says ?? '', /OPENED BY BREAK-GLASS .* cannot be muted/)
    const keys = health.keys.find(({ agency }) => agency === 'Crime Agency')
    assert.equal(keys?.state, 'open for some records')
    assert.ok(keys.openUntil !== null)
  })

  await t.test('stands in both ledgers, and both agencies signed it', async () => {
    const rows = await live.sql<{ name: string; opening: string }>(
      `SELECT DISTINCT short_name AS name, object ->> 'opening' AS opening FROM ledger.opening
         JOIN tandem.agency USING (agency_id) WHERE verb = 'keys.breakGlass' ORDER BY 1`,
    )
    const byAgency = Map.groupBy(rows, ({ name }) => name)
    assert.deepEqual([...byAgency.keys()], ['Crime Agency', 'Signals Agency'])
    assert.equal(byAgency.get('Crime Agency')?.length, 16)
    const holders = ['Crime Agency', 'Signals Agency'].map((name) => {
      const holder = live.open.keys.holder(name)
      assert.ok(holder.ok)
      return holder.value
    })
    const [owner, approver] = holders
    assert.ok(owner !== undefined && approver !== undefined)
    const keyOf = (holder: typeof owner) => {
      const recovery = holder.recovery.read()
      assert.ok(recovery.ok)
      const key = readVerificationKey(recovery.value.verificationKey)
      assert.ok(key.ok)
      return key.value
    }
    const [requesterKey, approverKey] = [keyOf(owner), keyOf(approver)]
    const place = join(owner.folder.path, 'openings')
    for (const name of readdirSync(place)) {
      const opening: Opening = JSON.parse(readFileSync(join(place, name), 'utf8'))
      assert.ok(checkOpening(opening, { requester: requesterKey, approver: approverKey }).ok)
      const stranger = verificationKeyOf(makeSigningKey())
      assert.equal(checkOpening(opening, { requester: requesterKey, approver: stranger }).ok, false)
      assert.ok(opening.request.records.includes(named.id))
    }
  })

  await t.test('ends by itself, and the alarm stays until the review is due', async () => {
    const holder = live.open.keys.holder('Crime Agency')
    assert.ok(holder.ok)
    const { held } = holder.value
    const keyring = held.open(named.id)
    held.unsealFor(keyring, [named.id], Date.now() + 150)
    await sleep(200)
    assert.match(await refusal(desk.show(named.id)), /^TANDEM-SEAL-001/)
    assert.equal(holder.value.state().state, 'sealed')
    const checks = await live.open.cell.checks()
    const check = checks.find(({ name }) => name === 'keys of Crime Agency')
    assert.match(check?.says ?? '', /Break-glass opened records of this agency.*cannot be muted/)
    const opened = await live.unseal('Crime Agency', shares)
    assert.ok(opened.answer === 'share' && opened.opened, 'its own officers still open everything')
    assert.equal((await desk.show(other.id)).item.id, other.id)
  })

  await t.test('still works after new shares of the records, whose root is another one', async () => {
    const officers = ['Test First Manager', 'Test Second Manager']
    const given = shares.filter(({ agency }) => agency === 'Crime Agency').map(({ share }) => share)
    const made = await live.ask({ ask: 'new shares', agency: 'Crime Agency', threshold: 2, officers, shares: given })
    assert.ok(made.answer === 'shares')
    await live.ask({ ask: 'seal', agency: 'Crime Agency' })
    assert.equal(await says([...crime, ...signals]), 'opened', 'with the root in force')
    await live.unseal('Crime Agency', made.shares)
    await live.ask({ ask: 'seal', agency: 'Crime Agency' })
    assert.equal(await says([...crime, ...signals]), 'opened', 'with the new root')
    assert.equal((await desk.show(named.id)).item.id, named.id)
  })
})
