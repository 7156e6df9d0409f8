import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reliabilityOf, saysOfHit } from '../src/presenters/hits.ts'

const exact: Parameters<typeof saysOfHit>[0] = {
  kind: 'sha256',
  quality: null,
  distance: 0,
  threshold: 0,
  state: 'current',
  end_reason: null,
  ended: null,
  ended_because: null,
  note: null,
}
const said = (change: Partial<typeof exact>): string => saysOfHit({ ...exact, ...change }).join(' ')

test('an equal SHA-256 is the same bytes; an equal MD5 or SHA-1 may have been forged, and says so', () => {
  assert.match(said({}), /^The digests are equal: the bytes of the file are those of the listed one\. A hit is a lead/)
  assert.match(said({ kind: 'md5' }), /unless somebody forged them\. MD5 can be forged/)
  assert.match(said({ kind: 'sha1' }), /unless somebody forged them\. SHA-1 can be forged/)
})

test('a likeness says how many bits differ, and what its quality is worth', () => {
  const alike = { kind: 'pdq', distance: 31, threshold: 31 } as const
  assert.match(said({ ...alike, quality: 49 }), /31 of 256 bits differ; up to 31 .*Quality 49 of 100: not reliable/)
  assert.match(said({ ...alike, quality: 50 }), /^(?!.*not reliable).*never a verdict/)
  assert.match(said(alike), /does not say the quality/)
  assert.deepEqual(
    [49, 50, null].map((quality) => reliabilityOf({ ...exact, ...alike, quality })),
    ['no', 'yes', 'not said'],
  )
})

test('every hit is called a lead, and what ended says why', () => {
  assert.match(said({ state: 'withdrawn', end_reason: 'Test reason' }), /The list is withdrawn: Test reason\..*never a/)
  assert.match(said({ ended: 'withdrawn', ended_because: 'Test reason' }), /This entry is withdrawn: Test reason\./)
  assert.match(said({ note: 'Test note' }), /The list says of this entry: Test note\./)
})
