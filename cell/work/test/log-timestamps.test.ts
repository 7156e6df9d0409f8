import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { readCertificate, verifyTimestamp } from '@tandem/ledger'
import { noTimestampAuthority, testAuthority } from '@tandem/testkit'
import type { Sequencer, TimestampAuthority } from '@tandem/work'
import { openScene } from './log-support.ts'

const quiet = async (sequencer: Sequencer): Promise<void> => {
  await sequencer.turn()
  await sequencer.stop()
}

test('cosigned checkpoints get a time from outside: kept when it holds, named when it does not, and never waited for', {
  skip: noTimestampAuthority() ?? false,
}, async () => {
  await using scene = await openScene()
  const [good, foreign] = [testAuthority(), testAuthority()]
  try {
    const roots = [readCertificate(new X509Certificate(good.root).raw)]
    let asked = 0
    const authority = (name: string, ask: TimestampAuthority['ask']): TimestampAuthority => ({ name, roots, ask })
    const counted = authority('good', async (request) => {
      asked++
      return good.answer(request)
    })
    const timestamps = {
      everyMilliseconds: 3_600_000,
      authorities: [
        counted,
        authority('foreign', async (request) => foreign.answer(request)),
        authority('silent', () => Promise.reject(new Error('no answer'))),
        authority('older', async () => good.answer(Buffer.from('not a request'))),
      ],
    }
    await scene.record(scene.cell.national, 5)
    const first = scene.sequencer({ timestamps })
    await quiet(first)
    const standing = first.standing().find(({ agency }) => agency === scene.national.agency)?.timestamps ?? []
    assert.deepEqual(
      standing.map(({ authority: name, size, trouble }) => [name, size, trouble === null]),
      [
        ['good', 5, true],
        ['foreign', 0, false],
        ['silent', 0, false],
        ['older', 0, false],
      ],
    )
    assert.match(standing[1]?.trouble ?? '', /trusted authority|signature|certificate/)
    const { rows } = await scene.superuser.query<{ note: string; token: Buffer; at: Date }>(
      'SELECT note, token, at FROM ledger.stamped',
    )
    const [row] = rows
    assert.ok(row !== undefined && rows.length === 1)
    const text = Buffer.from(row.note.slice(0, row.note.lastIndexOf('\n\n') + 1))
    const read = verifyTimestamp(row.token, text, { anchors: roots, others: [] })
    assert.ok(read.ok)
    assert.equal(Date.parse(read.value.at), row.at.getTime())

    // After a start, and with new entries: not again within the time that was set.
    await scene.record(scene.cell.national, 2)
    const second = scene.sequencer({ timestamps: { ...timestamps, authorities: [counted] } })
    await quiet(second)
    assert.equal(asked, 1)
    const often = scene.sequencer({ timestamps: { everyMilliseconds: 0, authorities: [counted] } })
    await quiet(often)
    const sizes = await scene.superuser.query<{ size: string }>('SELECT size::text FROM ledger.stamped ORDER BY 1')
    assert.deepEqual(
      sizes.rows.map(({ size }) => size),
      ['5', '7'],
    )
  } finally {
    good.close()
    foreign.close()
  }
})

test('an authority whose clock runs ahead of ours is kept, told and asked again', {
  skip: noTimestampAuthority() ?? false,
}, async (t) => {
  await using scene = await openScene()
  const ahead = testAuthority()
  try {
    const roots = [readCertificate(new X509Certificate(ahead.root).raw)]
    let asked = 0
    const ask = async (request: Uint8Array): Promise<Uint8Array> => {
      asked++
      return ahead.answer(request)
    }
    const timestamps = { everyMilliseconds: 3_600_000, authorities: [{ name: 'ahead', roots, ask }] }
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() - 10 * 86_400_000 })
    await scene.record(scene.cell.national, 5)
    const sequencer = scene.sequencer({ timestamps })
    await quiet(sequencer)
    const [standing] = sequencer.standing().find(({ agency }) => agency === scene.national.agency)?.timestamps ?? []
    assert.equal(standing?.size, 5)
    assert.match(standing?.trouble ?? '', /one of them is wrong/)
    await scene.record(scene.cell.national, 2)
    await quiet(scene.sequencer({ timestamps }))
    assert.equal(asked, 2)
  } finally {
    ahead.close()
  }
})
