import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { gatherFrameList, matchFrameLists, scanIndex, type VpdqFrame } from '../../src/vpdq/index.ts'
import { fixtures } from '../pdq/vectors.ts'

const lists = new Map<string, readonly VpdqFrame[]>()

async function list(name: string): Promise<readonly VpdqFrame[]> {
  const frames =
    lists.get(name) ?? (await gatherFrameList([readFileSync(join(fixtures, 'vpdq', `${name}.txt`))])).frames
  lists.set(name, frames)
  return frames
}

/** The definition, word by word and slow. */
function byDefinition(query: readonly VpdqFrame[], target: readonly VpdqFrame[], radius: number, quality: number) {
  const good = (frames: readonly VpdqFrame[]) => [
    ...new Set(frames.filter((frame) => frame.quality >= quality).map(({ hash }) => hash)),
  ]
  const near = (one: string, other: string) => {
    const bits = (BigInt(`0x${one}`) ^ BigInt(`0x${other}`)).toString(2).replaceAll('0', '').length
    return bits <= radius
  }
  const share = (from: string[], to: string[]) =>
    from.length === 0 ? 0 : (from.filter((one) => to.some((other) => near(one, other))).length * 100) / from.length
  const [left, right] = [good(query), good(target)]
  return [share(left, right), share(right, left)]
}

describe('matching two videos by their frames', () => {
  test("gives the percentages of Meta's C++ tool on its sample lists", async () => {
    const table = readFileSync(join(fixtures, 'expected/vpdq-matches.tsv'), 'utf8').trimEnd().split('\n').slice(1)
    assert.equal(table.length, 105)
    for (const row of table) {
      const [query = '', target = '', below = '', quality = '', ...percents] = row.split('\t')
      // That tool counts every frame, and asks for fewer bits than its tolerance where others ask for no more.
      const got = matchFrameLists(await list(query), await list(target), {
        radius: Number(below) - 1,
        minimumQuality: Number(quality),
        counting: 'every-frame',
      })
      assert.deepEqual([got.query.percent.toFixed(4), got.target.percent.toFixed(4)], percents, row)
    }
  })

  test('a video matches itself wholly and a stranger not at all', async () => {
    const [pattern, chair] = [await list('pattern-hd-no-bar'), await list('chair-19-sd-bar')]
    const same = matchFrameLists(pattern, pattern)
    assert.deepEqual([same.query.percent, same.target.percent, same.comparable], [100, 100, true])
    assert.ok(same.pairs.every(({ distance, query, target }) => distance === 0 && query.hash === target.hash))
    const strange = matchFrameLists(pattern, chair)
    assert.deepEqual([strange.query.percent, strange.target.percent, strange.pairs.length], [0, 0, 0])
  })

  test('a clip lies wholly in its video, which lies only partly in the clip', async () => {
    const whole = await list('chair-19-sd-bar')
    const got = matchFrameLists(whole.slice(100, 130), whole, { radius: 0 })
    assert.equal(got.query.percent, 100)
    assert.ok(got.target.percent > 0 && got.target.percent < 50)
    assert.equal(got.pairs[0]?.target.frame, 100)
  })

  test('frames of low quality are left out; with none left, the percentages say nothing', async () => {
    const poor = (await list('pattern-hd-no-bar')).map((frame) => ({ ...frame, quality: 49 }))
    const got = matchFrameLists(poor, poor)
    assert.equal(got.comparable, false)
    assert.deepEqual([got.query.percent, got.query.counted, got.query.frames], [0, 0, poor.length])
    assert.equal(matchFrameLists(poor, poor, { minimumQuality: 49 }).query.percent, 100)
    assert.equal(matchFrameLists([], []).comparable, false)
  })

  test('another index gives the same answer as the scan', async () => {
    const [one, other] = [await list('chair-22-sd-sepia-bar'), await list('chair-19-sd-bar')]
    let asked = 0
    const backwards = (hashes: readonly string[]) => {
      const scan = scanIndex(hashes)
      return {
        nearWithin: (queries: readonly string[], radius: number) => {
          asked += 1
          return scan.nearWithin(queries, radius).map((near) => near.toReversed())
        },
      }
    }
    assert.deepEqual(matchFrameLists(one, other, { indexOf: backwards }), matchFrameLists(one, other))
    assert.equal(asked, 1)
  })

  test('agrees with the definition on any lists, radius and quality', () => {
    const word = fc.constantFrom('00000000', '0000000f', 'ffffffff', 'fffffff0', '0f0f0f0f', '00ff00ff')
    const frame = fc.record({
      frame: fc.nat(),
      quality: fc.integer({ min: 0, max: 100 }),
      hash: fc.array(word, { minLength: 8, maxLength: 8 }).map((words) => words.join('')),
      timestamp: fc.constant(0),
    })
    const frames = fc.array(frame, { maxLength: 15 })
    fc.assert(
      fc.property(
        frames,
        frames,
        fc.nat({ max: 255 }),
        fc.nat({ max: 100 }),
        (query, target, radius, minimumQuality) => {
          const got = matchFrameLists(query, target, { radius, minimumQuality })
          assert.deepEqual([got.query.percent, got.target.percent], byDefinition(query, target, radius, minimumQuality))
        },
      ),
    )
  })
})
