import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesOf } from './changes.ts'

const officer = '00000000-0000-4000-8000-0000000000aa'
const nameOf = (id: string) => (id === officer ? 'Test Officer' : undefined)

test('only what changed is told, with fields, people and instants in words', () => {
  const before = { state: 'open', taken_by: null, held_until: null, effective_priority: 'P2' }
  const after = { state: 'taken', taken_by: officer, held_until: '2026-11-22T12:00:00.000Z', effective_priority: 'P2' }
  assert.deepEqual(changesOf(before, after, nameOf), [
    'state open → taken',
    'taken by none → Test Officer',
    'held until none → 22 Nov 2026 12:00:00 UTC',
  ])
})

test('a person whose name is not known is told by the end of the id, and what is absent counts as none', () => {
  const other = '00000000-0000-4000-8000-000000abcdef'
  assert.deepEqual(changesOf({ taken_by: other }, {}, nameOf), ['taken by …abcdef → none'])
  assert.deepEqual(changesOf({ taken_by: null }, {}, nameOf), [])
})
