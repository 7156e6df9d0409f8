import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openPerceptualIndex, plans, savedKind } from '../../src/perceptual/index.ts'
import { sourceOfBytes, writeSaved } from '../../src/saved/index.ts'
import { asList, built, bytesOfSaved, dice, linesOfMatches, many, oneByOne, randomHash, withFlipped } from './world.ts'

const opened = (bytes: Uint8Array, options = {}) => {
  const index = openPerceptualIndex(sourceOfBytes(bytes), { check: 'everything', ...options })
  if (!index.ok) throw new Error(index.error.says)
  return index.value
}

describe('a saved index', () => {
  const roll = dice(11)
  const cases: [string, string[]][] = [['nothing', []]]
  for (const count of [1, 2, 3, 64, 128, 1024]) {
    const one = randomHash(roll)
    cases.push([`${count} different hashes`, Array.from({ length: count }, () => randomHash(roll))])
    cases.push([`${count} times the same hash`, Array.from({ length: count }, () => one)])
  }
  const cluster = randomHash(roll)
  cases.push(['512 in one bucket', Array.from({ length: 512 }, () => withFlipped(cluster, [roll(256), roll(256)]))])

  for (const [name, hashes] of cases) {
    it(`answers as before: ${name}`, () => {
      const queries = [...hashes.slice(0, 40), randomHash(roll)].map((hash) =>
        withFlipped(hash, [roll(256), roll(256), roll(256)]),
      )
      const wide =
        hashes.length === 2
          ? ([
              { tailRows: 0, plan: 'ring-14' },
              { tailRows: 0, plan: 'ring-13' },
            ] as const)
          : []
      for (const options of [{ tailRows: 0 }, ...wide, {}, { kernel: 'plain' }] as const) {
        const index = built(asList(hashes), options)
        const bytes = bytesOfSaved(index)
        for (const reader of [{}, { kernel: 'plain' }] as const) {
          const again = opened(bytes, reader)
          for (const radius of [0, 3, 31, 47, 60]) {
            assert.deepEqual(
              linesOfMatches(many(again, queries, radius)),
              linesOfMatches(many(index, queries, radius)),
              `${JSON.stringify(options)} read ${JSON.stringify(reader)} at ${radius}`,
            )
          }
        }
      }
    })
  }

  it('comes back with its tables, its tail and its removals', () => {
    const hashes = Array.from({ length: 300 }, () => randomHash(roll))
    const index = built([...asList(hashes), ...asList(hashes.slice(0, 20), 2)], { tailRows: 64 })
    assert.ok(index.add(asList(['0'.repeat(64)], 3)).ok)
    index.withdraw(2)
    index.remove([{ list: 1, entry: 7 }])
    const again = opened(bytesOfSaved(index), { tailRows: 64 })
    assert.deepEqual(again.size().tables, index.size().tables)
    assert.deepEqual([again.size().tail, again.size().pairs, again.size().removed], [1, 300, 21])
    assert.equal(oneByOne(again, [hashes[7] ?? ''], 0).length, 0)
    assert.deepEqual(bytesOfSaved(again), bytesOfSaved(index), 'saved again, it is the same file')
  })

  it('does not depend on the order in which hashes came', () => {
    const items = asList(Array.from({ length: 200 }, () => randomHash(roll)))
    const [a, b] = [items, items.toReversed()].map((list) => bytesOfSaved(built(list, { tailRows: 16 })))
    assert.deepEqual(a, b)
  })
})

describe('a saved file that cannot be trusted', () => {
  const roll = dice(12)
  const hashes = Array.from({ length: 30 }, () => randomHash(roll))
  const small = bytesOfSaved(built(asList(hashes.slice(0, 3))))
  const large = bytesOfSaved(built(asList(hashes), { tailRows: 4 }))

  const refused = (bytes: Uint8Array): string => {
    const index = openPerceptualIndex(sourceOfBytes(bytes))
    return index.ok ? 'accepted' : index.error.code
  }

  it('is refused when it is cut anywhere', () => {
    for (let length = 0; length < small.length; length++) {
      assert.match(refused(small.subarray(0, length)), /truncated|foreign|altered/, `cut at ${length}`)
    }
    for (let turn = 0; turn < 40; turn++) {
      assert.match(refused(large.subarray(0, roll(large.length))), /truncated|foreign|altered/)
    }
  })

  it('is refused when any byte is another', () => {
    for (let at = 0; at < small.length; at++) {
      const altered = Uint8Array.from(small)
      altered[at] = (altered[at] ?? 0) ^ (1 << roll(8))
      assert.match(refused(altered), /altered|foreign|newer|truncated/, `byte ${at}`)
    }
    for (let turn = 0; turn < 40; turn++) {
      const altered = Uint8Array.from(large)
      const at = roll(large.length)
      altered[at] = (altered[at] ?? 0) ^ (1 << roll(8))
      assert.match(refused(altered), /altered|foreign|newer|truncated/, `byte ${at}`)
    }
  })

  it('is refused when it is something else, or newer', () => {
    const form = { kind: savedKind, version: 1, about: {} }
    const fileOf = (of: typeof form): Uint8Array => Buffer.concat([...writeSaved(of, [])])
    assert.equal(refused(fileOf({ ...form, kind: 'exact-index' })), 'foreign')
    assert.equal(refused(fileOf({ ...form, version: 2 })), 'newer')
    assert.equal(refused(fileOf(form)), 'altered')
    assert.equal(refused(new TextEncoder().encode('hash,quality\n')), 'foreign')
  })

  it('is refused when its sums are right and its tables wrong', () => {
    const rows = 64
    const index = built(asList(Array.from({ length: rows }, () => randomHash(roll))), { tailRows: 0 })
    const sections = sectionsOf(index)
    const about = { segments: [{ plan: 'ring-16', rows, more: 0 }], records: 0 }
    const forge = (name: string, change: (bytes: Uint8Array) => void): Uint8Array => {
      const changed = sections.map((section) => {
        const bytes = Uint8Array.from(section.bytes)
        if (section.name === name) change(bytes)
        return { name: section.name, bytes }
      })
      return Buffer.concat([...writeSaved({ kind: savedKind, version: 1, about }, changed)])
    }
    assert.equal(refused(forge('none', () => {})), 'accepted')
    // Every entry of the bands is lost: the offsets say that all buckets are empty.
    const emptied = forge('segment-0', (bytes) => bytes.fill(0, rows * 32))
    assert.equal(refused(emptied), 'failed-self-test')
    const oneRow = forge('segment-0', (bytes) => bytes.fill(0xff, bytes.length - 64 - rows * 2, bytes.length - 64))
    const everything = openPerceptualIndex(sourceOfBytes(oneRow), { check: 'everything' })
    assert.ok(!everything.ok && everything.error.code === 'failed-self-test')
  })

  it('is refused while the index changes under the writer', () => {
    const index = built(asList(hashes), { tailRows: 4 })
    const steps = index.save()
    steps.next()
    index.withdraw(1)
    assert.throws(() => [...steps], /changed while it was being saved/)
  })
})

function sectionsOf(index: ReturnType<typeof built>) {
  const bytes = bytesOfSaved(index)
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 65_536))
  const places = text.matchAll(/\{"length":(\d+),"name":"([^"]+)","offset":(\d+),/g)
  return [...places].map(([, length, name = '', offset]) => ({
    name,
    bytes: bytes.subarray(Number(offset), Number(offset) + Number(length)),
  }))
}

describe('plans in files', () => {
  it('are named, and those named exist', () => {
    assert.deepEqual(Object.keys(plans), ['ring-16', 'ring-14', 'ring-13'])
  })
})
