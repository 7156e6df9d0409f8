import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { fewestDecided, judgeSlice, lotOf, lots, lotsDrawn, wilson } from '@tandem/triage'
import fc from 'fast-check'

const token = (key: string, id: string): Buffer => createHmac('sha256', key).update(id).digest()

test('a lot is a number below a million that the token alone decides, and 3 in 100 are drawn', () => {
  assert.equal(lotsDrawn / lots, 0.03)
  const ids = Array.from({ length: 50_000 }, (_, at) => `referral-${at}`)
  const drawnBy = (key: string): Set<string> => new Set(ids.filter((id) => lotOf(token(key, id)) < lotsDrawn))
  const drawn = drawnBy('one key')
  // Of 50,000 some 1,500 are drawn; six times the spread of such a count is 229.
  assert.ok(Math.abs(drawn.size - 1500) < 229, String(drawn.size))
  assert.deepEqual(drawnBy('one key'), drawn, 'in or out for ever')
  const both = [...drawnBy('another key')].filter((id) => drawn.has(id)).length
  assert.ok(both < 100, 'another key draws others: some 45 of 50,000 fall into both')
  const tenths = new Map<number, number>()
  for (const id of ids) {
    const tenth = Math.floor((lotOf(token('one key', id)) * 10) / lots)
    tenths.set(tenth, (tenths.get(tenth) ?? 0) + 1)
  }
  assert.deepEqual([...tenths.keys()].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  for (const howMany of tenths.values()) assert.ok(Math.abs(howMany - 5000) < 403, String(howMany))
})

test('every token gives a lot in range, in the order of the tokens; too short a one is refused', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 4, maxLength: 32 }),
      fc.uint8Array({ minLength: 4, maxLength: 32 }),
      (one, other) => {
        const [first, second] = [lotOf(one), lotOf(other)]
        assert.ok(Number.isInteger(first) && first >= 0 && first < lots)
        if (Buffer.compare(one.subarray(0, 4), other.subarray(0, 4)) <= 0) assert.ok(first <= second)
      },
    ),
  )
  assert.equal(lotOf(new Uint8Array(4)), 0)
  assert.equal(lotOf(new Uint8Array(4).fill(255)), lots - 1)
  assert.throws(() => lotOf(new Uint8Array(3)), TypeError)
})

test('Wilson: known values, and always an interval that holds the share', () => {
  const rounded = (hits: number, of: number) => {
    const { share, low, high } = wilson(hits, of)
    return [share, low, high].map((each) => each.toFixed(4))
  }
  assert.deepEqual(rounded(10, 100), ['0.1000', '0.0552', '0.1744'])
  assert.deepEqual(rounded(0, 30), ['0.0000', '0.0000', '0.1135'])
  assert.deepEqual(rounded(1, 1), ['1.0000', '0.2065', '1.0000'])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(1_000_000), (of, given) => {
      const hits = given % (of + 1)
      const { share, low, high } = wilson(hits, of)
      assert.ok(low >= 0 && low <= share && share <= high && high <= 1, `${hits} of ${of}: ${low} ${share} ${high}`)
      const double = wilson(hits * 2, of * 2)
      assert.ok(double.high - double.low < high - low, 'twice as many say more')
    }),
  )
  for (const [hits, of] of [
    [1, 0],
    [2, 1],
    [-1, 1],
    [0.5, 1],
  ] as const)
    assert.throws(() => wilson(hits, of), TypeError)
})

test('no figure below the fewest; above it the drawn alone say what may matter among the others', () => {
  const others = { mattered: 900, nothing: 100, waiting: 1000 }
  const few = judgeSlice({ mattered: 10, nothing: fewestDecided - 11, waiting: 0 }, others)
  assert.deepEqual(few, { share: null, mayMatter: null, isIncomplete: false })
  const none = { mattered: 0, nothing: 0, waiting: 1000 }
  const enough = judgeSlice({ mattered: 10, nothing: 90, waiting: 0 }, none)
  assert.deepEqual(enough, { share: wilson(10, 100), mayMatter: { low: 55, high: 175 }, isIncomplete: false })
  assert.equal(judgeSlice({ mattered: 10, nothing: 90, waiting: 11 }, others).isIncomplete, false)
  assert.equal(judgeSlice({ mattered: 10, nothing: 90, waiting: 12 }, others).isIncomplete, true)
  assert.equal(judgeSlice({ mattered: 0, nothing: 0, waiting: 0 }, others).isIncomplete, false)
})

test('what people found or ended themselves leaves another mixture behind', () => {
  const drawn = { mattered: 50, nothing: 950, waiting: 0 }
  const { low, high } = wilson(50, 1000)
  // The obvious empties are gone: all that matter are among those that are left.
  const skimmed = judgeSlice(drawn, { mattered: 0, nothing: 20_000, waiting: 12_000 })
  assert.deepEqual(skimmed.mayMatter, { low: Math.floor(32_000 * low), high: Math.ceil(32_000 * high) })
  // Most that matter were found: few are left.
  const found = judgeSlice(drawn, { mattered: 1200, nothing: 800, waiting: 30_000 })
  assert.deepEqual(found.mayMatter, { low: Math.floor(32_000 * low - 1200), high: Math.ceil(32_000 * high - 1200) })
  assert.deepEqual(judgeSlice(drawn, { mattered: 9000, nothing: 0, waiting: 10 }).mayMatter, { low: 0, high: 0 })
})

test('whatever the waiting ones turn out to be, the figures hold what is then known', () => {
  const count = fc.nat(500)
  fc.assert(
    fc.property(count, count, count, fc.nat(), count, count, count, (mattered, nothing, waiting, turn, ...rest) => {
      const [found = 0, ended = 0, left = 0] = rest
      fc.pre(mattered + nothing >= fewestDecided)
      const others = { mattered: found, nothing: ended, waiting: left }
      const now = judgeSlice({ mattered, nothing, waiting }, others)
      const more = waiting === 0 ? 0 : turn % (waiting + 1)
      const then = judgeSlice({ mattered: mattered + more, nothing: nothing + waiting - more, waiting: 0 }, others)
      assert.ok(now.share !== null && then.share !== null && now.mayMatter !== null && then.mayMatter !== null)
      assert.ok(now.share.low <= then.share.low && then.share.high <= now.share.high)
      assert.ok(now.mayMatter.low <= then.mayMatter.low && then.mayMatter.high <= now.mayMatter.high)
      assert.ok(now.mayMatter.low >= 0 && now.mayMatter.high <= left)
    }),
  )
})
