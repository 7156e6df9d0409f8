import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { perceptualLists } from '../src/pipeline/perceptual-lists.ts'
import { itemOf, oneReferral, sha256 } from './reports.ts'
import { type Desk, deskOf, openWork, refusal, type TestWork } from './support.ts'

/** An invented hash, and the same with some bits turned, two in a byte. */
const pdq = (name: string): string => sha256(`picture ${name}`)
function turned(hash: string, bits: number): string {
  const bytes = Buffer.from(hash, 'hex')
  for (let bit = 0; bit < bits; bit++) {
    const at = (bit * 7) % 32
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(bit / 32))
  }
  return bytes.toString('hex')
}
const csv = (...rows: readonly (readonly [hash: string, quality: number])[]): Uint8Array =>
  new TextEncoder().encode(`pdq,quality\n${rows.map(([hash, quality]) => `${hash},${quality}\n`).join('')}`)

describe('perceptual hashes', () => {
  let work: TestWork
  let manager: Desk
  let analyst: Desk
  const jobsDone = async (): Promise<void> => {
    work.worker.nudge()
    await work.worker.idle()
  }
  const load = (name: string, list: Uint8Array) => manager.loadList(name, 'Test Publisher', list)

  before(async () => {
    work = await openWork()
    manager = await deskOf(work, work.founded.national.dutyManager)
    analyst = await deskOf(work, work.founded.national.triageAnalyst)
  })
  after(() => work.close())

  test('what is 31 bits away is a hit and says so; what is 32 away is none', async () => {
    await load('Near', csv([pdq('a'), 90]))
    const item = await oneReferral(work, work.founded.national, {
      pdqs: [turned(pdq('a'), 31), turned(pdq('a'), 32), pdq('a')],
    })
    const { hits } = await analyst.show(item.id)
    assert.deepEqual(
      hits.map(({ file, kind, distance, threshold, reliable }) => [file, kind, distance, threshold, reliable]),
      [
        [0, 'pdq', 31, 31, 'yes'],
        [2, 'pdq', 0, 31, 'yes'],
      ],
    )
    const [near] = hits
    assert.ok(near)
    const why = await analyst.explainHit(near.id)
    assert.equal(why.listed, pdq('a'))
    assert.equal(why.bands.length, 16)
    assert.deepEqual(
      why.bands.flatMap(({ bits }) => bits).toSorted((a, b) => a - b),
      [...Array(256).keys()],
    )
    assert.equal(why.bands.flatMap(({ differing }) => differing).length, 31)
    assert.match(why.says.join(' '), /31 of 256 bits differ.*never a verdict/)
  })

  test('a list that comes later meets the hashes held, its successor takes its place, a withdrawal reaches every hit', async () => {
    const { national } = work.founded
    const first = await oneReferral(work, national, { pdqs: [turned(pdq('later'), 5)] })
    const second = await oneReferral(work, national, { pdqs: [turned(pdq('successor'), 6)] })
    const loaded = await load('Later', csv([pdq('later'), 80]))
    await jobsDone()
    assert.equal((await itemOf(work, national, first.id)).hits, 1)
    await load('Later', csv([pdq('successor'), 80]))
    await jobsDone()
    assert.equal((await itemOf(work, national, first.id)).hits, 0)
    assert.equal((await itemOf(work, national, second.id)).hits, 1)
    assert.equal((await oneReferral(work, national, { pdqs: [pdq('later')] })).hits, 0)
    await manager.withdrawList(loaded.list)
    await jobsDone()
    assert.equal((await itemOf(work, national, second.id)).hits, 0)
    assert.equal((await oneReferral(work, national, { pdqs: [pdq('successor')] })).hits, 0)
    const { hits } = await analyst.show(second.id)
    assert.deepEqual(
      hits.map(({ withdrawn }) => withdrawn),
      [true],
    )
    assert.deepEqual(work.problems, [])
  })

  test('a hash of poor quality is shown as not reliable and moves no rank', async () => {
    const { national } = work.founded
    await load('Poor', csv([pdq('poor'), 49]))
    const listed = await oneReferral(work, national, { pdqs: [pdq('poor')] })
    const unlisted = await oneReferral(work, national, { pdqs: [pdq('nowhere')] })
    const { hits } = await analyst.show(listed.id)
    assert.deepEqual(
      hits.map(({ quality, reliable }) => [quality, reliable]),
      [[49, 'no']],
    )
    assert.deepEqual([listed.childUrgency, listed.offenderDanger], [unlisted.childUrgency, unlisted.offenderDanger])
  })

  test('a likeness never makes a file known: it raises danger and calms nothing', async () => {
    const { national } = work.founded
    await load('Alike', csv([pdq('alike'), 100]))
    const alike = await oneReferral(work, national, { pdqs: [pdq('alike')] })
    const unknown = await oneReferral(work, national, { pdqs: [pdq('nobody has it')] })
    assert.ok(alike.childUrgency >= unknown.childUrgency)
    assert.ok(alike.offenderDanger > unknown.offenderDanger)
  })

  test('an index is not taken for whole when the authority lapses while it is read', async () => {
    const fresh = await openWork()
    try {
      const desk = await deskOf(fresh, fresh.founded.national.dutyManager)
      await desk.loadList('Lapse', 'Test Publisher', csv([pdq('lapse'), 90]))
      const { credential } = await fresh.as(fresh.founded.national.dutyManager)
      const lapses = fresh.founded.store.within(credential, async (tx) => {
        await tx.run('matcher/perceptual_versions', {})
        const wanted = { referral: 'none', file: 0, kind: 'pdq', value: Buffer.from(pdq('lapse'), 'hex'), place: '/' }
        const run: typeof tx.run = async (name, parameters) => {
          if (name === 'matcher/perceptual_page') {
            await fresh.superuser.query('UPDATE tandem.authority SET expires_at = clock_timestamp()')
          }
          return tx.run(name, parameters)
        }
        await perceptualLists.lookup({ ...tx, run }, [wanted])
      })
      assert.equal(await refusal(lapses), 'TANDEM-LAW-001')
      await fresh.superuser.query("UPDATE tandem.authority SET expires_at = clock_timestamp() + interval '1 hour'")
      assert.equal((await oneReferral(fresh, fresh.founded.national, { pdqs: [pdq('lapse')] })).hits, 1)
    } finally {
      await fresh.close()
    }
  })

  test('the other agency learns nothing of it', async () => {
    const { signals } = work.founded
    await load('Own', csv([pdq('own'), 100]))
    const own = await oneReferral(work, work.founded.national, { pdqs: [pdq('own')] })
    assert.equal((await oneReferral(work, signals, { pdqs: [pdq('own')] })).hits, 0)
    const [hit] = (await analyst.show(own.id)).hits
    assert.ok(hit)
    const foreign = await deskOf(work, signals.triageAnalyst)
    assert.equal(await refusal(foreign.explainHit(hit.id)), 'TANDEM-FIND-001')
  })
})
