import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { frameLine, gatherFrameList, readFrameList, type VpdqItem } from '../../src/vpdq/index.ts'
import { fixtures } from '../pdq/vectors.ts'

const hash = 'e271017837246aaccddea259648fb7d62f435c89d9e99b2497763e216c8d055c'

const gather = (text: string) => gatherFrameList([Buffer.from(text)])

const folder = join(fixtures, 'vpdq')

describe('reading vPDQ frame lists', () => {
  test('real lists are accepted whole, and written again as they were', async () => {
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.txt'))) {
      const bytes = readFileSync(join(folder, name))
      const lines = bytes.toString('utf8').trimEnd().split('\n')
      const { frames, items, account } = await gatherFrameList([bytes])
      assert.deepEqual(account, { records: lines.length, accepted: lines.length, remarked: 0, setAside: 0 }, name)
      assert.deepEqual(items, [])
      assert.deepEqual(frames.map(frameLine), lines, name)
    }
  })

  test('a list of hash, quality and time, as python-threatexchange exchanges it, has no frame numbers', async () => {
    const { frames } = await gather(`${hash},97,0.5\n${hash.toUpperCase()},50,1.5`)
    assert.deepEqual(frames, [
      { frame: null, quality: 97, hash, timestamp: 0.5 },
      { frame: null, quality: 50, hash, timestamp: 1.5 },
    ])
  })

  test('what cannot be read is set aside with line, text and reason; the rest is kept', async () => {
    const bad = [
      `x,100,${hash},0.000`,
      `1,101,${hash},0.000`,
      `1,-1,${hash},0.000`,
      `1,100,${hash.slice(1)},0.000`,
      `1,100,${hash}0,0.000`,
      `1,100,${hash.replace('e', 'g')},0.000`,
      `1,100,${hash},soon`,
      `1,100,${hash},-1`,
      `1,100,${hash},1e9`,
      `99999999999999999999,100,${hash},1`,
      'frame,quality,hash,timestamp',
      hash,
      'nonsense',
      `1,100,${hash},0.000${' '.repeat(5000)}`,
      '\u0000\u0000',
    ]
    const { frames, items, account } = await gather(`0,100,${hash},0.000\n${bad.join('\n')}\n\n7,0,${hash},1.000\r\n`)
    assert.deepEqual(
      frames.map(({ frame }) => frame),
      [0, 7],
    )
    assert.deepEqual(account, { records: bad.length + 2, accepted: 2, remarked: 0, setAside: bad.length })
    for (const [at, item] of items.entries()) {
      assert.ok(item.kind === 'set-aside')
      assert.equal(item.line, at + 2)
      assert.match(item.reason, /^The line .{10,}\.$/)
      assert.ok(item.text.length <= 200)
    }
  })

  test('frames out of order and fields too many are kept and remarked', async () => {
    const { frames, items, account } = await gather(
      `5,100,${hash},0.500\n5,100,${hash},0.500\n6,100,${hash},0.100\n7,100,${hash},0.200,more`,
    )
    assert.equal(frames.length, 4)
    assert.deepEqual(account, { records: 4, accepted: 1, remarked: 3, setAside: 0 })
    assert.deepEqual(
      items.map(({ line }) => line),
      [2, 3, 4],
    )
  })

  test('however the bytes are cut, every line is in exactly one of the three counts', async () => {
    const line = fc.oneof(
      fc.constant(`3,80,${hash},0.100`),
      fc.constant(`3,80,${hash}`),
      fc.constant(`4,100,${hash},0.200,extra`),
      fc.string(),
      fc.constant(''),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(line),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom('\n', '\r\n'),
        async (lines, size, end) => {
          const bytes = Buffer.from(lines.join(end))
          const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
            bytes.subarray(at * size, (at + 1) * size),
          )
          const items: VpdqItem[] = []
          const reading = readFrameList(chunks)
          let step = await reading.next()
          for (; step.done !== true; step = await reading.next()) items.push(step.value)
          const { records, accepted, remarked, setAside } = step.value
          assert.equal(accepted + remarked + setAside, records)
          assert.equal(items.length, records)
          const whole = await gatherFrameList([bytes])
          assert.deepEqual(whole.account, step.value)
          const filled = bytes
            .toString('latin1')
            .split('\n')
            .filter((text) => text.trim() !== '')
          assert.equal(records, filled.length)
        },
      ),
    )
  })

  test('a file without line ends does not fill the memory', async () => {
    function* endless(): Generator<Uint8Array> {
      for (let at = 0; at < 2000; at += 1) yield Buffer.alloc(65_536, 0x61)
    }
    const before = process.memoryUsage().heapUsed
    const { account } = await gatherFrameList(endless())
    assert.deepEqual(account, { records: 1, accepted: 0, remarked: 0, setAside: 1 })
    assert.ok(process.memoryUsage().heapUsed - before < 60_000_000)
  })
})
