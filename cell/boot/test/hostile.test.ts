import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { routes } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { handlers, receiveDelivery } from '@tandem/work'
import { apiKey, type HostileCell, inPieces, openHostileCell, temporaryRoot } from './hostile-cell.ts'

const fixtures = join(import.meta.dirname, '../../../fixtures/bad-inputs')
const files = readdirSync(fixtures, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => ({
    name: relative(fixtures, join(entry.parentPath, entry.name)),
    bytes: readFileSync(join(entry.parentPath, entry.name)),
  }))
/** A file that is there twice is one delivery and a repeat. */
const distinct = new Set(files.map(({ bytes }) => bytes.toString('latin1')))

const { root, remove } = temporaryRoot()
let open: HostileCell
before(async () => {
  open = await openHostileCell(root)
})
after(async () => {
  await open.close()
  remove()
})

const patience = 5_000

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const done = await work()
  assert.ok(performance.now() - began < patience, `${what} took more than ${patience} ms`)
  return done
}

async function alive(): Promise<void> {
  const answer = await timed('the health check', () => fetch(`${open.url}${routes.alive.path}`))
  assert.equal(answer.status, 200)
}

const byCommand = (name: string, bytes: Uint8Array, key = `key of ${name}`) => {
  const { lane, sender } = open.lane('Crime Agency', 'command')
  return timed(name, () => receiveDelivery(open.cell, { lane, sender, idempotencyKey: key, name }, inPieces(bytes)))
}

const byEndpoint = (name: string, bytes: Uint8Array, key: string) =>
  timed(name, async () => {
    const response = await fetch(`${open.url}/api/deliveries`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'idempotency-key': key,
        'delivery-name': encodeURIComponent(name),
        'content-type': 'application/octet-stream',
      },
      body: Buffer.from(bytes),
    })
    return { status: response.status, answer: JSON.parse(await response.text()) }
  })

interface Row {
  readonly id: string
  readonly state: string
  readonly records: number
  readonly parts: number
  readonly code: string | null
  readonly says: string | null
  readonly entries: number
}

const deliveriesOf = (agency: string) =>
  open.sql<Row>(
    `SELECT d.delivery_id AS id, d.state, d.records::int, (d.accepted + d.remarked + d.set_aside)::int AS parts,
            d.reason_code AS code, d.reason AS says,
            (SELECT count(*)::int FROM ledger.opening o
              WHERE o.verb = 'delivery.receive' AND o.object ->> 'delivery' = d.delivery_id::text) AS entries
       FROM tandem.delivery d JOIN tandem.agency a USING (agency_id) WHERE a.short_name = $1`,
    [agency],
  )

/** Every delivery of this agency has its place, its exact account, its reason in words and its one ledger entry. */
async function accountOf(agency: string, expected: number): Promise<void> {
  await open.worked()
  const rows = await deliveriesOf(agency)
  assert.equal(rows.length, expected)
  assert.equal(rows.filter(({ state }) => state !== 'repeat').length, distinct.size)
  for (const row of rows) {
    assert.ok(['read', 'refused', 'repeat'].includes(row.state), `${row.id} is ${row.state}`)
    assert.equal(row.records, row.parts)
    assert.equal(row.entries, 1)
    assert.equal(row.records > 0, row.state === 'read')
    assert.equal(row.code !== null, row.state === 'refused')
    if (row.state === 'refused') understandable(row.code, row.says)
  }
  const aside = await open.sql<{ code: string; says: string; place: string }>(
    `SELECT s.code, s.says, s.place FROM tandem.set_aside s JOIN tandem.agency a USING (agency_id) WHERE a.short_name = $1`,
    [agency],
  )
  assert.ok(aside.length > 100)
  for (const { code, says, place } of aside) {
    understandable(code, says)
    assert.ok(place.length > 0)
  }
}

function understandable(code: string | null, says: string | null): void {
  assert.match(code ?? '', /^[a-z0-9-]+$/)
  assert.ok((says ?? '').length > 14, `"${says}" says little`)
  assert.doesNotMatch(says ?? '', /undefined|\[object|\bNaN\b|Error:|\.ts:\d|node:/, 'the words are a program’s')
  assert.notEqual(code, 'reader-failed')
}

const counts = () =>
  open.sql(`SELECT (SELECT count(*) FROM tandem.delivery) AS deliveries, (SELECT count(*) FROM tandem.referral) AS referrals,
                   (SELECT count(*) FROM tandem.set_aside) AS set_aside, (SELECT count(*) FROM tandem.payload_chunk) AS chunks,
                   (SELECT count(*) FROM ledger.leaf) AS leaves, (SELECT count(*) FROM tandem.job) AS jobs`)

describe(`${files.length} bad inputs`, () => {
  it('come by command: no crash, no hang, an exact account', async () => {
    for (const [at, { name, bytes }] of files.entries()) {
      await byCommand(name, bytes)
      if (at % 50 === 0) await alive()
    }
    await accountOf('Crime Agency', files.length)
  })

  it('come by command again: nothing changes; another body under the same key is refused', async () => {
    const before = await counts()
    for (const { name, bytes } of files) await byCommand(name, bytes)
    for (const { name, bytes } of files.slice(0, 40)) {
      await assert.rejects(byCommand(name, Buffer.concat([bytes, Buffer.from(' ')])), { code: 'TANDEM-STATE-003' })
    }
    await open.worked()
    assert.deepEqual(await counts(), before)
  })

  it('come by a sender’s endpoint: no crash, no hang, an exact account, and the same answer again', async () => {
    for (const [at, { name, bytes }] of files.entries()) {
      const { status, answer } = await byEndpoint(name, bytes, `endpoint-${at}`)
      assert.equal(status, 200, `${name}: ${JSON.stringify(answer)}`)
      if (answer.state === 'refused') understandable(answer.reason.code, answer.reason.says)
      if (at % 50 === 0) await alive()
    }
    await accountOf('Endpoint Agency', files.length)
    const before = await counts()
    for (const [at, { name, bytes }] of files.slice(0, 60).entries()) {
      assert.equal((await byEndpoint(name, bytes, `endpoint-${at}`)).status, 200)
      const other = await byEndpoint(name, Buffer.concat([bytes, Buffer.from('\n')]), `endpoint-${at}`)
      assert.deepEqual([other.status, other.answer.code], [409, 'TANDEM-STATE-003'])
    }
    assert.deepEqual(await counts(), before)
  })

  it('come by the watched folder, under names that attack: no crash, an exact account, nothing left lying', async () => {
    const inbox = join(open.folder.inbox, 'folder-agency')
    const past = Date.now() / 1000 - 60
    for (const [at, { name, bytes }] of files.entries()) {
      const path = join(
        inbox,
        `${at}${nastyNames[at % nastyNames.length] ?? ''} ${name.replaceAll('/', '_')}`.slice(0, 80),
      )
      writeFileSync(path, bytes)
      utimesSync(path, past, past)
    }
    const waiting = () => readdirSync(inbox).filter((name) => name !== 'refused')
    for (let tries = 0; tries < 400 && waiting().length > 0; tries++) {
      await sleep(150)
      if (tries % 20 === 0) await alive()
    }
    assert.deepEqual(waiting(), [])
    await accountOf('Folder Agency', distinct.size)
    assert.deepEqual(open.problems, [])
  })

  it('a name as long as a file system takes, in three-byte letters, does not hold up the folder', async () => {
    const inbox = join(open.folder.inbox, 'folder-agency')
    const past = Date.now() / 1000 - 60
    for (const name of ['名'.repeat(80), '~behind it']) {
      writeFileSync(join(inbox, name), `text of ${name}`)
      utimesSync(join(inbox, name), past, past)
    }
    const waiting = () => readdirSync(inbox).filter((name) => name !== 'refused')
    for (let tries = 0; tries < 60 && waiting().length > 0; tries++) await sleep(100)
    const left = waiting()
    for (const name of left) rmSync(join(inbox, name))
    await sleep(2_500)
    open.problems.splice(0)
    assert.deepEqual(left, [])
  })

  it('a link in the folder is not followed', async () => {
    const inbox = join(open.folder.inbox, 'folder-agency')
    const secret = join(open.folder.keys, 'logins.json')
    utimesSync(secret, 1, 1)
    symlinkSync(secret, join(inbox, 'link.json'))
    await sleep(5_000)
    const digest = createHash('sha256').update(readFileSync(secret)).digest()
    rmSync(join(inbox, 'link.json'), { force: true })
    assert.deepEqual(await open.sql('SELECT delivery_id FROM tandem.delivery WHERE original_sha256 = $1', [digest]), [])
  })

  it('are loaded as lists: each is refused in words or has an exact account', async () => {
    const caller = await open.person('a-duty')
    let loaded = 0
    for (const [at, { name, bytes }] of files.entries()) {
      const load = handlers.loadList(open.cell, caller, {
        params: undefined,
        body: undefined,
        query: { name: `Test list ${at}`, publisher: 'Test Publisher' },
        stream: inPieces(bytes),
      })
      const answer = await timed(name, () => load.catch((error: unknown) => error))
      if (answer instanceof Refusal) {
        assert.ok(['TANDEM-INPUT-003', 'TANDEM-INPUT-002'].includes(answer.code), `${name}: ${answer.code}`)
        understandable('in-words', answer.detail ?? answer.message)
        continue
      }
      assert.ok(typeof answer === 'object' && answer !== null && 'account' in answer, `${name}: ${String(answer)}`)
      const { account, setAside } = await load
      assert.equal(account.records, account.accepted + account.remarked + account.setAside)
      assert.ok(setAside.length <= account.setAside)
      for (const { code, says } of setAside) understandable(code, says)
      loaded++
    }
    assert.ok(loaded < files.length / 2)
    await open.worked()
    await alive()
  })

  it('leave no job that gave up and no word in the problem log', async () => {
    assert.deepEqual(await open.sql(`SELECT kind, state, reason FROM tandem.job WHERE state <> 'done'`), [])
    assert.deepEqual(open.problems, [])
    assert.deepEqual(Object.keys(Object.prototype), [])
  })
})

const nastyNames = [
  '',
  ' -rf',
  ' $(reboot)',
  ' ;%00',
  '‮gnp',
  ' .. .. ',
  ' "quoted"',
  " 'single'",
  ' <b>',
  '=1+1',
  ' 🂡',
  ' ٠١٢',
]
