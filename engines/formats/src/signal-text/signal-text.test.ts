import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { readWith } from '../../test/damaged.ts'
import { headOf } from '../head.ts'
import { signalTextReader } from './reader.ts'

const sample = readFileSync(join(import.meta.dirname, '../../../../fixtures/chats/signal_test_export.txt'))

describe('Signal text exports', () => {
  it('hold two messages, the second over two lines', () => {
    const { entries } = readWith(signalTextReader, sample)
    const read = entries.map((entry) => {
      assert.ok(entry.outcome === 'accepted' && entry.record.kind === 'item')
      const { at, people, narratives } = entry.record
      return [at?.instant, at?.candidates[0], people[0]?.names[0], narratives[0]?.text]
    })
    assert.deepEqual(read, [
      [null, '2019-12-24T12:23:00.000Z', 'Jane Doe', 'Hello John!'],
      [null, '2020-01-17T21:49:00.000Z', 'John Doe', 'Hello\nJane!'],
    ])
  })

  it('are only ever possible: nothing in them names Signal', () => {
    assert.equal(signalTextReader.detect(headOf(sample)), 'possible')
    assert.equal(signalTextReader.detect(headOf(new TextEncoder().encode('[12/24/2019, 12:23] A: x'))), 'no')
  })

  it('remark a line without a name and a date that does not exist', () => {
    const { entries } = readWith(signalTextReader, new TextEncoder().encode('[2019-02-30, 12:23] no name here'))
    const [entry] = entries
    assert.ok(entry?.outcome === 'remarked')
    assert.deepEqual(
      entry.remarks.map(({ code }) => code),
      ['time-invalid', 'author-missing'],
    )
  })
})
