import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { mostRecipients } from '@tandem/linkage'
import { mailbox } from './exchanged.ts'
import { type Desk, deskOf, openWork, type TestWork } from './support.ts'
import { type TiesScene, tiesScene } from './ties-scene.ts'

const ibans = ['GB33BUKB20201555555555', 'GB82WEST12345698765432']

describe('which ties are listed and drawn, and which are not', () => {
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

  const connections = (count: number, of: string) =>
    Array.from({ length: count }, (_, at) => ({ username: `${of}.${at}`, relation: 'friend' }))

  test('the one payment is listed and drawn before many listed connections, and what is left out is told by its kind', async () => {
    const payee = await scene.comes({}, { payments: [{ kind: 'bank account', value: ibans[0] ?? '' }] })
    const item = await scene.comes(
      {},
      { payments: [{ kind: 'paid to', value: ibans[0] ?? '' }], connections: connections(120, 'peer') },
    )
    const { ties, leftOut } = await scene.tiesOf(item.id)
    assert.equal(ties.length, 100)
    assert.deepEqual([ties[0]?.relation, ties[0]?.other.label], ['payment', `S-${payee.number}.1`])
    assert.deepEqual(leftOut, ['21 more ties by contact are not listed here'])
    const drawn = await scene.around('subject', await scene.subjectOf(item.id))
    assert.equal(drawn.edges.filter(({ kind }) => kind === 'payment').length, 1)
    assert.equal(drawn.nodes.length, 101)
    assert.equal(drawn.leftOutBy.find(({ kind }) => kind === 'contact')?.links, 21)
    assert.ok(drawn.leftOut >= 21)
  })

  test('a mail to a crowd ties nobody, and both ends are told of it', async () => {
    const crowd = Array.from({ length: mostRecipients + 1 }, (_, at) => `r${at}@mail.example`)
    const bytes = mailbox(['from@mail.example', crowd.join('>, <')])
    const { delivery } = await work.deliver(work.founded.national, bytes, { name: 'crowd.mbox' })
    const [item] = (await analyst.delivery(delivery)).referrals
    const words = `in R-${item?.number} it wrote or was sent a message to ${crowd.length} at once: more than ${mostRecipients} tie nobody`
    for (const person of [0, 7])
      assert.deepEqual(await scene.tiesOf(item?.id ?? '', person), { ties: [], leftOut: [words] })
  })

  test('payments both ways are two arrows, the same from either end, and what is shared is a link of its own', async () => {
    const [own, theirs] = ['DE89370400440532013000', 'FR1420041010050500013M02606']
    const one = await scene.comes(
      {},
      {
        payments: [
          { kind: 'bank account', value: own },
          { kind: 'paid to', value: theirs },
          { kind: 'paid to', value: ibans[1] ?? '' },
        ],
      },
    )
    const other = await scene.comes(
      {},
      {
        payments: [
          { kind: 'bank account', value: theirs },
          { kind: 'paid to', value: own },
          { kind: 'paid to', value: ibans[1] ?? '' },
        ],
      },
    )
    const [a, b] = [`subject/${await scene.subjectOf(one.id)}`, `subject/${await scene.subjectOf(other.id)}`]
    const drawn = async (id: string) =>
      (await scene.around('subject', id.slice('subject/'.length), 'payment,shared-payment')).edges
        .map(({ from, to, kind, label }) => `${kind} ${from} ${to} ${label}`)
        .sort()
    const edges = await drawn(a)
    assert.deepEqual(
      edges.map((edge) => edge.split(' tie: ')[0]),
      [`payment ${a} ${b}`, `payment ${b} ${a}`, `shared-payment ${[a, b].sort().join(' ')}`].sort(),
    )
    assert.deepEqual(await drawn(b), edges)
  })
})
