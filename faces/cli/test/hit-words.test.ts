import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hitWords } from '../src/hit-words.ts'

const hit: Parameters<typeof hitWords>[0] = {
  id: '01a22c4c-8ad8-731d-bf61-62c27b4f6206',
  file: 0,
  kind: 'sha256',
  value: 'ab'.repeat(32),
  place: '$.files[0]',
  list: 'Test list',
  publisher: 'Test Publisher',
  version: 2,
  entry: 'T-1',
  category: { scheme: 'VICS UK', value: '2' },
  distance: 0,
  threshold: 0,
  quality: null,
  reliable: 'not said',
  foundAt: '2026-06-01T12:00:00Z',
  replaced: false,
  withdrawn: false,
  withdrawReason: null,
  note: null,
}
const alike = { ...hit, kind: 'pdq', distance: 11, threshold: 31, quality: 90, reliable: 'yes' } as const

test('an equal digest names list, version, entry, category and scheme', () => {
  assert.equal(hitWords(hit), 'file 1: Test list version 2 by Test Publisher, entry T-1; VICS UK 2; equal sha256')
  assert.match(hitWords({ ...hit, category: null, entry: null }), /by Test Publisher; no category given; equal sha256$/)
})

test('a likeness says how far off it is, and whether its hash can be relied on', () => {
  assert.match(hitWords(alike), /; looks alike: 11 of 256 bits differ, up to 31 count$/)
  assert.match(hitWords({ ...alike, quality: 49, reliable: 'no' }), /up to 31 count; not reliable, quality 49$/)
})

test('what was withdrawn or replaced is told with the reason', () => {
  assert.match(hitWords({ ...hit, withdrawn: true, withdrawReason: 'Test reason' }), /, withdrawn: Test reason$/)
  assert.match(hitWords({ ...hit, replaced: true }), /, on a version that was replaced$/)
})
