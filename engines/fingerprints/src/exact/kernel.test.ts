import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dice } from '../../test/perceptual/world.ts'
import { ExactBuilder, type ExactIndex } from './exact-index.ts'
import { bytesOf, hashKinds } from './hash-kind.ts'

const roll = dice(8)
const randomBytes = (length: number): Buffer => Buffer.from(Array.from({ length }, () => roll(256)))

/** Spread ones, a crowd that shares its first 40 bits, ones that differ in the last bit, and both ends of the range. */
function hashesOf(length: number, spread: number): Buffer[] {
  const hashes = Array.from({ length: spread }, () => randomBytes(length))
  const start = randomBytes(5)
  for (let number = 0; number < 700; number++) hashes.push(Buffer.concat([start, randomBytes(length - 5)]))
  for (const hash of hashes.slice(0, 200)) {
    const neighbour = Buffer.from(hash)
    neighbour[length - 1] = (neighbour[length - 1] ?? 0) ^ 1
    hashes.push(neighbour)
  }
  return [...hashes, Buffer.alloc(length), Buffer.alloc(length, 255), Buffer.alloc(length, 255).fill(0, 4)]
}

function answers(index: ExactIndex, queries: Uint8Array): string[] {
  const lines: string[] = []
  let last = 0
  const hits = index.lookupBatch(queries, (query, list, entry) => {
    assert.ok(query >= last, 'queries come in ascending order')
    last = query
    lines.push(`${query} ${list} ${entry}`)
  })
  return [...lines.sort(), `${hits} hits`]
}

describe('the kernel finds what the plain path finds, and nothing else', () => {
  for (const kind of hashKinds) {
    for (const lists of [1, 3, 300]) {
      it(`${kind}, ${lists} lists`, () => {
        const length = bytesOf[kind]
        const listed = hashesOf(length, 9_000)
        const builder = new ExactBuilder(kind)
        listed.forEach((hash, entry) => {
          builder.add(hash, entry % lists, entry)
        })
        if (lists > 1)
          for (const [entry, hash] of listed.slice(0, 50).entries()) builder.add(hash, 1, 1_000_000 + entry)
        const index = builder.build()
        const plain = builder.build('plain')
        assert.ok(index.segment.kernel !== null && plain.segment.kernel === null)
        const nearby = listed.slice(0, 3_000).map((hash, at) => {
          const changed = Buffer.from(hash)
          const bit = at % (8 * length)
          changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
          return changed
        })
        const absent = Array.from({ length: 3_000 }, () => randomBytes(length))
        const queries = Buffer.concat([...listed, ...nearby, ...absent, ...listed.slice(0, 10)])
        const found = answers(index, queries)
        assert.deepEqual(found, answers(plain, queries))
        assert.ok(found.length > listed.length)
        index.withdraw(0)
        plain.withdraw(0)
        index.remove(listed[1] ?? '', 1 % lists, 1)
        plain.remove(listed[1] ?? '', 1 % lists, 1)
        assert.deepEqual(answers(index, queries), answers(plain, queries))
        // Fresh additions stand beside the table: some of them hashes that it has.
        for (const [entry, hash] of [...listed.slice(20, 60), ...absent.slice(0, 40)].entries()) {
          for (const each of [index, plain]) assert.ok(each.add(hash, 7, 2_000_000 + entry))
        }
        const withFresh = answers(index, queries)
        assert.deepEqual(withFresh, answers(plain, queries))
        assert.equal(withFresh.filter((line) => / 7 20000/.test(line)).length, 80)
      })
    }
  }

  it('whoever is told may ask the same index', () => {
    const listed = hashesOf(20, 6_000)
    const builder = new ExactBuilder('sha1')
    listed.forEach((hash, entry) => {
      builder.add(hash, 0, entry)
    })
    const index = builder.build()
    const told: number[] = []
    index.lookupBatch(Buffer.concat(listed.slice(0, 500)), (query, _, entry) => {
      assert.equal(
        index.lookupBatch(Buffer.concat(listed.slice(900, 930)), () => {}),
        30,
      )
      assert.ok(listed[query]?.equals(listed[entry] ?? Buffer.alloc(0)))
      told.push(query)
    })
    assert.equal(told.length, 500)
  })
})
