import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { mostTied } from '@tandem/linkage'
import { arrive, report, sha256 } from './reports.ts'
import { type Desk, deskOf, openWork, type TestWork } from './support.ts'
import { type TiesScene, tiesScene } from './ties-scene.ts'

describe('what is set aside, and what falls with it', () => {
  let work: TestWork
  let analyst: Desk
  let scene: TiesScene

  before(async () => {
    work = await openWork()
    analyst = await deskOf(work, work.founded.national.triageAnalyst)
    scene = tiesScene(work, analyst)
  })
  after(async () => {
    assert.deepEqual(work.problems, [])
    await work.close()
  })

  const md5 = (of: string): string => sha256(of).slice(0, 32)
  const holds = (...digests: readonly (readonly ['sha256' | 'md5', string])[]) =>
    scene.comes(
      {},
      {},
      {
        content: [
          { type: 'imagery', files: [{ hashes: digests.map(([algorithm, value]) => ({ algorithm, value })) }] },
        ],
      },
    )
  const others = async (referral: string) => (await scene.tiesOf(referral)).ties.map(({ other }) => other.label).sort()

  test('a file set aside by one digest ties nobody by a digest that comes later, looked at from either end', async () => {
    const one = await holds(['sha256', sha256('later')])
    const two = await holds(['sha256', sha256('later')])
    const [tie] = (await scene.tiesOf(one.id)).ties
    const { id, version } = await analyst.subject(await scene.subjectOf(one.id))
    const aside = await analyst.setAside(id, version, tie?.reasons[0]?.value?.observable ?? '')
    // The same file again, now with an MD5, and one whose sender gives nothing but that.
    const both = await holds(['sha256', sha256('later')], ['md5', md5('later')])
    const short = await holds(['md5', md5('later')])
    for (const { id: each } of [one, two, both, short]) assert.deepEqual(await others(each), [])
    assert.match((await scene.tiesOf(short.id)).leftOut.join(), /1 digest that others have of its files/)
    await analyst.undoLink(aside.decision)
    assert.deepEqual(await others(short.id), [`S-${both.number}.1`])
    assert.equal((await others(both.id)).length, 3)
  })

  test('a file that too many hold by one digest ties nobody by another', async () => {
    const wide: readonly ['sha256', string] = ['sha256', sha256('wide')]
    const one = await holds(wide, ['md5', md5('wide')])
    const two = await holds(wide, ['md5', md5('wide')])
    assert.deepEqual(await others(one.id), [`S-${two.number}.1`])
    const more = Array.from({ length: mostTied['shared file'] - 1 }, () => report({ files: ['wide'] }))
    await arrive(work, work.founded.national, ...more)
    assert.deepEqual(await others(one.id), [])
    assert.match((await scene.tiesOf(one.id)).leftOut.join(), /is held by 51 subjects: what more than 50 hold/)
  })

  test('a listed connection can be set aside from either end, told where it fell and taken back', async () => {
    const peer = await scene.comes({ account: 'aside.peer' })
    const owner = await scene.comes({}, { connections: [{ username: 'aside.peer', relation: 'friend' }] })
    const [tie] = (await scene.tiesOf(owner.id)).ties
    const observable = tie?.reasons[0]?.value?.observable ?? ''
    const told = /1 of the values in lists of connections are set aside and tie nobody/
    for (const from of [owner, peer]) {
      const { id, version } = await analyst.subject(await scene.subjectOf(from.id))
      const { decision } = await analyst.setAside(id, version, observable)
      for (const end of [owner, peer]) {
        const { ties, decisions } = await analyst.subject(await scene.subjectOf(end.id))
        assert.deepEqual(ties.ties, [])
        // Without its account the peer is another subject than the one in the list.
        if (end === owner) assert.match(ties.leftOut.join(), told)
        assert.ok(
          decisions.some((each) => each.id === decision && each.undoable && each.about.join().includes('aside.peer')),
        )
      }
      await analyst.undoLink(decision)
      assert.deepEqual(await others(owner.id), [`S-${peer.number}.1`])
    }
  })
})
