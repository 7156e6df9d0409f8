import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { buildFilter, FuseFilter, smallestFilter } from './fuse-filter.ts'

/** Sorted rows of two words. */
function rows(keys: readonly (readonly [number, number])[]): Uint32Array {
  return Uint32Array.from([...keys].sort((a, b) => a[0] - b[0] || a[1] - b[1]).flat())
}

function uniform(count: number, salt: string): [number, number][] {
  return Array.from({ length: count }, (_, number) => {
    const digest = createHash('md5').update(`${salt} ${number}`).digest()
    return [digest.readUInt32BE(0), digest.readUInt32BE(4)]
  })
}

const makers: readonly (readonly [what: string, keys: () => [number, number][]])[] = [
  ['uniform', () => uniform(20_000, 'in')],
  ['the smallest number', () => uniform(smallestFilter, 'in')],
  ['equal first words', () => uniform(20_000, 'in').map(([, second]) => [0, second])],
  ['equal second words', () => uniform(20_000, 'in').map(([first]) => [first, 0])],
  ['counting up', () => Array.from({ length: 20_000 }, (_, number) => [0, number])],
  ['counting up in the first word', () => Array.from({ length: 20_000 }, (_, number) => [number, 0])],
  ['each key twice', () => uniform(10_000, 'in').flatMap((key) => [key, key])],
  [
    'the ends of both words',
    () =>
      uniform(10_000, 'in').flatMap(([a, b]) => [
        [0xffffffff, b],
        [a, 0xffffffff],
      ]),
  ],
]

for (const [what, keys] of makers) {
  test(`every key passes: ${what}`, () => {
    const given = keys()
    const filter = buildFilter(rows(given), 2)
    assert.ok(filter !== null)
    for (const [first, second] of given) assert.equal(filter.mayHold(first, second), true)
    const strangers = uniform(100_000, 'out')
    const passed = strangers.filter(([first, second]) => filter.mayHold(first, second)).length
    assert.ok(passed > 200 && passed < 650, `${passed} of 100000 strangers passed, 391 are expected`)
  })
}

test('few keys need no filter, and a filter is as long as its shape', () => {
  assert.equal(buildFilter(rows(uniform(smallestFilter - 1, 'in')), 2), null)
  assert.equal(buildFilter(new Uint32Array(0), 2), null)
  assert.throws(() => new FuseFilter({ seed: 0, segmentLength: 4, span: 4 }, new Uint8Array(11)), RangeError)
})

test('a million keys cost at most 1.14 bytes each', () => {
  const column = new Uint32Array(2_000_000)
  for (let row = 0; row < 1_000_000; row++) {
    column[2 * row] = row * 4294
    column[2 * row + 1] = Math.imul(row, 0x9e3779b1)
  }
  const filter = buildFilter(column, 2)
  assert.ok(filter !== null)
  assert.ok(filter.bytes.length <= 1_140_000)
  assert.equal(filter.mayHold(4294, 0x9e3779b1), true)
})
