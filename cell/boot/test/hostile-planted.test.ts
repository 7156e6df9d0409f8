import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '@tandem/core'
import { writeUkCseaIrp } from '@tandem/formats'
import { handlers, receiveDelivery } from '@tandem/work'
import { apiKey, type HostileCell, inPieces, nothing, openHostileCell, temporaryRoot } from './hostile-cell.ts'
import { findInFolder, formsOf } from './hostile-markers.ts'
import { plantedFiles } from './hostile-planted.ts'

const planted = plantedFiles()
const needles = new Map(
  planted.flatMap(({ name, marker }) =>
    [...formsOf(marker)].map(([form, needle]) => [`${name}: ${form}`, needle] as const),
  ),
)

describe(`${planted.length} planted pictures`, () => {
  it('come by every lane and lie nowhere on the disk', { timeout: 200_000 }, async (t) => {
    const { root, remove } = temporaryRoot()
    const open = await openHostileCell(root)
    t.after(() => open.close().finally(remove))
    for (const { name, bytes } of planted) await byCommand(open, name, bytes)
    for (const [at, { name, bytes }] of planted.entries()) await byEndpoint(open, name, bytes, `planted-${at}`)
    const inbox = join(open.folder.inbox, 'folder-agency')
    const past = Date.now() / 1000 - 60
    // The sender's own copy lies in the inbox until it is taken; only text may go on lying in `done`.
    for (const { name, bytes } of planted) {
      writeFileSync(join(inbox, `${name}.json`), bytes)
      utimesSync(join(inbox, `${name}.json`), past, past)
    }
    const caller = await open.person('a-duty')
    for (const { name, bytes } of planted) {
      await handlers
        .loadList(open.cell, caller, {
          params: undefined,
          body: undefined,
          query: { name, publisher: 'Test' },
          stream: inPieces(bytes),
        })
        .catch((error: unknown) => assert.ok(error instanceof Refusal, `${name}: ${String(error)}`))
    }
    for (let tries = 0; tries < 200; tries++) {
      const [row] = await open.sql<{ got: number }>(
        `SELECT count(*)::int AS got FROM tandem.delivery JOIN tandem.agency USING (agency_id) WHERE short_name = 'Folder Agency'`,
      )
      if (row?.got === planted.length) break
      await sleep(100)
    }
    await open.worked()
    const states = await open.sql<{ state: string; stripped: boolean; how_many: number }>(
      `SELECT state, stripped <> '[]' AS stripped, count(*)::int AS how_many FROM tandem.delivery GROUP BY 1, 2`,
    )
    const passed = states.filter(({ state, stripped }) => state === 'read' && !stripped)
    assert.deepEqual(passed, [], 'a picture was neither refused nor stripped')
    assert.deepEqual(open.problems, [])
    await open.close()
    // What the sender put into the inbox is the sender's own; everything else is ours.
    assert.deepEqual(findInFolder(open.folder.database, needles), [])
    assert.deepEqual(findInFolder(root, needles), [])
  })

  it('lie nowhere when the cell is killed while they come', { timeout: 200_000 }, async (t) => {
    const { root, remove } = temporaryRoot()
    for (const delay of [0, 70, 300]) {
      const child = spawn(process.execPath, [join(import.meta.dirname, 'hostile-victim.ts'), root], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const ended = new Promise((resolve) => child.once('close', resolve))
      await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended])
      await sleep(delay)
      child.kill('SIGKILL')
      await ended
    }
    const open = await openHostileCell(root)
    t.after(() => open.close().finally(remove))
    const [row] = await open.sql<{ got: number }>('SELECT count(*)::int AS got FROM tandem.delivery')
    assert.ok((row?.got ?? 0) > 0)
    await open.close()
    assert.deepEqual(findInFolder(root, needles), [])
  })
})

it('whatever lies on the disk would be found', (t) => {
  const { root, remove } = temporaryRoot()
  t.after(remove)
  mkdirSync(join(root, 'pg_wal'))
  for (let at = 0; at < 100; at++) writeFileSync(join(root, 'pg_wal', String(at)), 'filler')
  const [{ bytes, name } = { bytes: Buffer.alloc(0), name: '' }] = planted
  assert.deepEqual(findInFolder(root, needles), [])
  for (const front of ['', 'a', 'ab']) {
    const whole = Buffer.concat([Buffer.from(front), bytes])
    const ways = [
      whole,
      whole.toString('base64'),
      whole.toString('base64url'),
      whole.toString('hex'),
      whole.toString('hex').toUpperCase(),
    ]
    for (const way of ways) {
      writeFileSync(join(root, 'pg_wal', '7'), Buffer.concat([Buffer.alloc(5_000, 7), Buffer.from(way)]))
      assert.ok(findInFolder(root, needles).some((where) => where.startsWith(`${name}: `)))
    }
  }
})

describe('planted words', () => {
  it('lie in clear in no file: names, narratives, values that do not fit, notes, reasons', {
    timeout: 200_000,
  }, async (t) => {
    const { root, remove } = temporaryRoot()
    const open = await openHostileCell(root)
    t.after(() => open.close().finally(remove))
    const word = (place: string): string => `Qvx${place}Zkw`
    await byCommand(open, `${word('DeliveryName')}.json`, reportWith(word))
    await byCommand(open, `${word('RefusedName')}.json`, Buffer.from(`%PDF-1.4 ${word('RefusedBody')}`))
    await byCommand(
      open,
      `${word('BrokenName')}.json`,
      Buffer.from(`{"profile":"uk-csea-irp/1","${word('BrokenKey')}":`),
    )
    await byCommand(open, 'plain', Buffer.from(word('PlainText').repeat(50)))
    await open.worked()
    const caller = await open.person('a-duty')
    const { items } = await handlers.queue(open.cell, caller, {
      params: undefined,
      body: undefined,
      query: { view: 'queue', limit: 10 },
      stream: nothing(),
    })
    const [item] = items
    assert.ok(item !== undefined, 'the report is on the desk')
    const at = { params: { id: item.id }, query: undefined, stream: nothing() }
    const { version } = await handlers.take(open.cell, caller, { ...at, body: { version: item.version } })
    await handlers.note(open.cell, caller, { ...at, body: { text: `A note: ${word('Note')}` } })
    await handlers.decline(open.cell, caller, { ...at, body: { version, reason: `Because ${word('Reason')}` } })
    await open.close()
    const words = new Map(places.map((place) => [place, Buffer.from(word(place))]))
    assert.deepEqual(findInFolder(root, words), [])
    // What is kept in clear on purpose is found, so the search searches.
    assert.notEqual(findInFolder(root, new Map([['reference', Buffer.from('TEST-WORDS-1')]])).length, 0)
    await t.test('not even in the names of fields that nobody knows', () => {
      assert.deepEqual(findInFolder(root, new Map([['UnknownField', Buffer.from(word('UnknownField'))]])), [])
    })
  })
})

const places = [
  ...['DeliveryName', 'RefusedName', 'RefusedBody', 'BrokenName', 'BrokenKey', 'PlainText', 'Note', 'Reason'],
  ...[
    'Description',
    'PersonName',
    'Username',
    'Address',
    'Message',
    'FileName',
    'ProfileText',
    'WrongPhone',
    'WrongMail',
    'WrongHash',
    'UnknownValue',
  ],
]

function reportWith(word: (place: string) => string): Buffer {
  const text = Buffer.from(
    writeUkCseaIrp([
      {
        urn: 'TEST-WORDS-1',
        provider: { name: 'Test Service Ltd', platform: 'Testgram' },
        priority: { level: 'P3' },
        detectedAt: '2026-05-04T09:12:33Z',
        description: `The words ${word('Description')} are free.`,
        content: [
          {
            type: 'imagery',
            files: [{ name: `${word('FileName')}.jpg`, hashes: [{ algorithm: 'sha256', value: word('WrongHash') }] }],
          },
          { type: 'messaging', conversation: [{ from: '7', text: `Hello ${word('Message')}` }] },
        ],
        contentSender: {
          id: '7',
          username: word('Username'),
          profileText: word('ProfileText'),
          names: [`Test ${word('PersonName')}`],
          addresses: [`1 ${word('Address')} Street`],
          phones: [`+44 ${word('WrongPhone')}`],
          emails: [`${word('WrongMail')} at mail.example`],
        },
      },
    ]),
  ).toString('utf8')
  return Buffer.from(text.replace('"urn"', `"${word('UnknownField')}":"${word('UnknownValue')}","urn"`))
}

async function byCommand(open: HostileCell, name: string, bytes: Uint8Array): Promise<void> {
  const { lane, sender } = open.lane('Crime Agency', 'command')
  const idempotencyKey = createHash('sha256').update(bytes).digest('hex')
  await receiveDelivery(open.cell, { lane, sender, idempotencyKey, name }, inPieces(bytes))
}

async function byEndpoint(open: HostileCell, name: string, bytes: Uint8Array, key: string): Promise<void> {
  const response = await fetch(`${open.url}/api/deliveries`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'idempotency-key': key, 'delivery-name': encodeURIComponent(name) },
    body: Buffer.from(bytes),
  })
  assert.equal(response.status, 200, await response.text())
}
