import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { itemOf, oneReferral, sha256 } from './reports.ts'
import { type Desk, deskOf, openWork, refusal, type TestWork } from './support.ts'

const text = (content: string): Uint8Array => new TextEncoder().encode(content)
const fixture = (name: string): Uint8Array =>
  readFileSync(join(import.meta.dirname, '../../../fixtures/ncmec-hash-sharing', name))
const pdqOf = (content: string): string => createHash('sha256').update(content).digest('hex')

/** A page of invented entries; files are named by what they hold. */
interface Told {
  readonly member: number
  readonly id: string
  readonly pdq?: string
  readonly grade?: string
  readonly deleted?: boolean
  readonly at?: string
}
const page = (...entries: readonly Told[]): Uint8Array =>
  text(`<?xml version="1.0" encoding="UTF-8"?>
<queryResult xmlns="https://hashsharing.ncmec.org/hashsharing/v2"><images count="${entries.length}">${entries
    .map(({ member, id, pdq, grade, deleted, at = '2026-05-04T09:00:00Z' }) => {
      const head = `<member id="${member}">Test Member ${member}</member><timestamp>${at}</timestamp><id>${id}</id>`
      if (deleted === true) return `<deletedImage>${head}</deletedImage>`
      const grading = grade === undefined ? '' : `<classification>${grade}</classification>`
      return `<image>${head}${grading}<fingerprints><pdq>${pdq ?? pdqOf(id)}</pdq></fingerprints></image>`
    })
    .join('')}</images></queryResult>`)

const environment = 'law-enforcement-csam'

describe('lists that change entry by entry', () => {
  let work: TestWork
  let manager: Desk
  before(async () => {
    work = await openWork()
    manager = await deskOf(work, work.founded.national.dutyManager)
  })
  after(() => work.close())
  const jobsDone = async (): Promise<void> => {
    work.worker.nudge()
    await work.worker.idle()
    assert.deepEqual(work.problems, [])
  }
  const load = (name: string, bytes: Uint8Array) => manager.loadList(name, 'NCMEC', bytes, { environment })
  const hitsOf = async (id: string) => (await (await deskOf(work, work.founded.national.triageAnalyst)).show(id)).hits

  test('take the published pages in their order, whatever their clocks say', async () => {
    const first = await load('Pages', fixture('entries3.xml'))
    assert.equal(first.changes, null)
    assert.deepEqual(
      first.remarks.map(({ code }) => code),
      ['more-pages'],
    )
    const second = await load('Pages', fixture('entries4.xml'))
    assert.deepEqual(second.changes, { number: 2, added: 1, withdrawn: 1, replaced: 1 })
    const { rows } = await work.superuser.query<{ entry: string; category: string }>(
      `SELECT e.entry, e.category FROM tandem.list_entry e JOIN tandem.list_version v USING (agency_id, version_id)
         JOIN tandem.list l USING (agency_id, list_id)
        WHERE l.name = 'Pages' AND NOT EXISTS (SELECT FROM tandem.list_entry_end x
              WHERE x.agency_id = e.agency_id AND x.version_id = e.version_id AND x.number = e.number)`,
    )
    assert.deepEqual(rows, [{ entry: '101/video/willupdate', category: 'A2' }])
    const [list] = (await manager.lists()).lists.filter(({ name }) => name === 'Pages')
    assert.deepEqual(
      list?.versions[0]?.changes.map(({ number, added, withdrawn, replaced }) => [number, added, withdrawn, replaced]),
      [
        [1, 2, 0, 0],
        [2, 1, 1, 1],
      ],
    )
  })

  test('a page again changes nothing, also one of long ago, and so does what overlaps', async () => {
    for (const name of ['entries3.xml', 'entries4.xml'])
      assert.equal((await load('Pages', fixture(name))).unchanged, true)
    const overlap = text(new TextDecoder().decode(fixture('entries4.xml')).replace('<videos', ' <videos'))
    assert.deepEqual((await load('Pages', overlap)).changes, { number: 3, added: 0, withdrawn: 0, replaced: 0 })
  })

  test('a page of another environment, or without one, changes nothing', async () => {
    const bytes = page({ member: 1, id: 'other' })
    assert.equal(await refusal(manager.loadList('Pages', 'NCMEC', bytes)), 'TANDEM-INPUT-003')
    assert.equal(
      await refusal(manager.loadList('Pages', 'NCMEC', bytes, { environment: 'exploitative' })),
      'TANDEM-STATE-002',
    )
  })

  test('a page that is cut leaves nothing, wherever it is cut', async () => {
    const count = async (): Promise<unknown> =>
      (
        await work.superuser.query(
          'SELECT (SELECT count(*) FROM tandem.list_entry) a, (SELECT count(*) FROM tandem.list_entry_end) b, (SELECT count(*) FROM tandem.list_change) c',
        )
      ).rows
    const whole = page({ member: 1, id: 'x' }, { member: 1, id: 'y' }, { member: 101, id: 'willupdate', deleted: true })
    const before = await count()
    for (const share of [0.3, 0.6, 0.9, 0.99]) {
      const cut = whole.subarray(0, Math.floor(whole.length * share))
      assert.equal(await refusal(load('Pages', cut)), 'TANDEM-INPUT-003')
    }
    assert.deepEqual(await count(), before)
  })

  test('a tombstone reaches every hit at once, and ranks again', async () => {
    const { national } = work.founded
    await load('Withdrawing', page({ member: 1, id: 'kept' }, { member: 1, id: 'mistake' }))
    const item = await oneReferral(work, national, { pdqs: [pdqOf('mistake')] })
    const other = await oneReferral(work, national, { pdqs: [pdqOf('kept')] })
    assert.deepEqual([item.hits, other.hits], [1, 1])
    const done = await load(
      'Withdrawing',
      page({ member: 1, id: 'mistake', deleted: true }, { member: 2, id: 'never held', deleted: true }),
    )
    assert.deepEqual(done.changes, { number: 2, added: 0, withdrawn: 1, replaced: 0 })
    const [hit] = await hitsOf(item.id)
    assert.deepEqual([hit?.withdrawn, hit?.withdrawReason], [true, 'its publisher withdrew this entry'])
    await jobsDone()
    const after = await itemOf(work, national, item.id)
    assert.equal(after.hits, 0)
    assert.equal((await itemOf(work, national, other.id)).hits, 1)
    assert.equal((await oneReferral(work, national, { pdqs: [pdqOf('mistake')] })).hits, 0)
  })

  test('what one member withdraws stands while another lists it', async () => {
    const { national } = work.founded
    const pdq = pdqOf('shared')
    await load('Shared', page({ member: 1, id: 'a', pdq, grade: 'A1' }, { member: 2, id: 'b', pdq, grade: 'B2' }))
    const item = await oneReferral(work, national, { pdqs: [pdq] })
    assert.equal(item.hits, 1)
    await load('Shared', page({ member: 1, id: 'a', deleted: true }))
    await jobsDone()
    assert.equal((await itemOf(work, national, item.id)).hits, 1)
    const standing = (await hitsOf(item.id)).filter(({ withdrawn }) => !withdrawn)
    assert.deepEqual(
      standing.map(({ entry, category }) => [entry, category?.value]),
      [['2/image/b', 'B2']],
    )
  })

  test('what is added meets the referrals held, by digest and by likeness', async () => {
    const { national } = work.founded
    const items = [
      await oneReferral(work, national, { pdqs: [pdqOf('later')] }),
      await oneReferral(work, national, { files: ['later too'] }),
    ]
    assert.deepEqual(
      items.map(({ hits }) => hits),
      [0, 0],
    )
    await load('Growing', page({ member: 1, id: 'first' }))
    await load('Growing', page({ member: 1, id: 'later' }))
    const signals = (descriptors: object) =>
      text(
        JSON.stringify({
          data: [{ id: '77', indicator: sha256('later too'), type: 'HASH_SHA256', last_updated: 1, ...descriptors }],
        }),
      )
    await manager.loadList(
      'Signals',
      'Test Exchange',
      text(
        JSON.stringify({
          data: [
            {
              id: '1',
              indicator: sha256('nothing'),
              type: 'HASH_SHA256',
              last_updated: 1,
              descriptors: { data: [{ status: 'MALICIOUS' }] },
            },
          ],
        }),
      ),
    )
    await manager.loadList(
      'Signals',
      'Test Exchange',
      signals({ descriptors: { data: [{ status: 'MALICIOUS', owner: { name: 'Test Member' } }] } }),
    )
    await jobsDone()
    const hits = async () => Promise.all(items.map(async ({ id }) => (await itemOf(work, national, id)).hits))
    assert.deepEqual(await hits(), [1, 1])
    const [hit] = await hitsOf(items[1]?.id ?? '')
    assert.match(hit?.note ?? '', /shared by: Test Member; MALICIOUS/)
    // A row without descriptors is a deletion.
    const gone = await manager.loadList('Signals', 'Test Exchange', signals({}))
    assert.equal(gone.changes?.withdrawn, 1)
    await jobsDone()
    assert.deepEqual(await hits(), [1, 0])
  })

  test('a person withdraws one entry on the same way', async () => {
    const { national } = work.founded
    const loaded = await load('By hand', page({ member: 1, id: 'wrong' }))
    const item = await oneReferral(work, national, { pdqs: [pdqOf('wrong')] })
    assert.equal(item.hits, 1)
    const done = await manager.withdrawEntry(loaded.list, '1/image/wrong')
    assert.deepEqual([done.entries, done.hits, done.referrals], [1, 1, 1])
    const [hit] = await hitsOf(item.id)
    assert.deepEqual([hit?.withdrawn, hit?.withdrawReason], [true, 'a mistake'])
    await jobsDone()
    assert.equal((await itemOf(work, national, item.id)).hits, 0)
    assert.equal(await refusal(manager.withdrawEntry(loaded.list, '1/image/wrong')), 'TANDEM-FIND-001')
    const foreign = await deskOf(work, work.founded.signals.dutyManager)
    assert.equal(await refusal(foreign.withdrawEntry(loaded.list, '1/image/wrong')), 'TANDEM-FIND-001')
  })

  test('a CSV is read by a saved profile, with tombstones where they are agreed', async () => {
    const { national } = work.founded
    const profile = {
      kind: 'hash-csv-profile/1',
      id: 'test hotline',
      dialect: { delimiter: ';' },
      header: 'none',
      columns: [
        { at: 0, is: 'id' },
        { at: 1, is: 'hash-by-length', sixtyFour: 'sha256' },
        { at: 2, is: 'category', scheme: 'test-hotline', values: { '1': 'one' } },
        { at: 3, is: 'withdrawn', words: ['gone'] },
      ],
      terms: { licence: 'test', withdrawal: 'tombstones' },
    }
    const csv = (id: string, grade: string, state: string) => text(`${id};${sha256(`csv ${id}`)};${grade};${state}\n`)
    assert.equal(await refusal(manager.loadList('Hotline', 'Test Hotline', csv('7', '1', ''))), 'TANDEM-INPUT-003')
    assert.equal(await refusal(manager.saveListProfile('hotline', { ...profile, colums: [] })), 'TANDEM-INPUT-001')
    assert.equal((await manager.saveListProfile('hotline', profile)).version, 1)
    assert.equal((await manager.saveListProfile('hotline', profile)).version, 2)
    assert.deepEqual(
      (await manager.listProfiles()).profiles.map(({ name, version }) => [name, version]),
      [['hotline', 2]],
    )
    const item = await oneReferral(work, national, { files: ['csv 7'] })
    const by = { profile: 'hotline' }
    await manager.loadList('Hotline', 'Test Hotline', csv('7', '1', ''), by)
    await jobsDone()
    assert.deepEqual(
      (await hitsOf(item.id)).map(({ category }) => category),
      [{ scheme: 'test-hotline', value: 'one' }],
    )
    const gone = await manager.loadList('Hotline', 'Test Hotline', csv('7', '1', 'gone'), by)
    assert.equal(gone.changes?.withdrawn, 1)
    await jobsDone()
    assert.equal((await itemOf(work, national, item.id)).hits, 0)
    const foreign = await deskOf(work, work.founded.signals.dutyManager)
    assert.deepEqual((await foreign.listProfiles()).profiles, [])
    assert.equal(await refusal(foreign.loadList('Hotline', 'Test Hotline', csv('7', '1', ''), by)), 'TANDEM-FIND-001')
  })
})
