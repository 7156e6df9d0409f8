import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  exampleLists,
  playOperation,
  type ReferralTruth,
  seeded,
  worldBatches,
  worldReferrals,
  writeWorld,
} from '../src/world/index.ts'

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const digestsOf = (seed: string): string[] =>
  [...playOperation('Test', seed).files].map(([name, bytes]) => `${name} ${digest(bytes)}`)

test('the generator gives the numbers it always gave', () => {
  const random = seeded('tandem')
  assert.deepEqual(
    [random.below(1000), random.between(5, 9), random.digits(12), random.hex(8), random.skewed(100)],
    expectedNumbers,
  )
})

// Changes only if the generator does; the committed example would change with it.
const expectedNumbers = [206, 7, '309972178659', 'ce163a22', 0]

test('numbers stay in their range', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 2_000_000 }), (seed, limit) => {
      const random = seeded(seed)
      for (const number of [random.below(limit), random.skewed(limit), random.between(1, limit) - 1]) {
        assert.ok(Number.isInteger(number) && number >= 0 && number < limit)
      }
    }),
  )
})

test('the same seed writes the same bytes, another seed others', () => {
  assert.deepEqual(digestsOf('one'), digestsOf('one'))
  assert.notDeepEqual(digestsOf('one'), digestsOf('two'))
})

test('the start of a flow does not depend on its length', () => {
  const first = (count: number): string[] =>
    [...worldReferrals({ seed: 'flow', count })].slice(0, 50).map(({ bytes }) => digest(bytes))
  assert.deepEqual(first(50), first(80))
})

test('the truth of an operation adds up', () => {
  const { truth, manifest, files } = playOperation('Test', 'sums')
  const ids = new Set(truth.files.flatMap(({ referrals }) => referrals.map(({ id }) => id)))
  assert.equal(
    ids.size,
    truth.files.reduce((sum, { account }) => sum + account.records, 0),
  )
  for (const { account, referrals } of truth.files) {
    assert.equal(account.records, account.accepted + account.remarked + account.setAside)
    assert.equal(account.records, referrals.length)
    for (const referral of referrals) checkTruth(referral, ids)
  }
  const delivered = new Set(manifest.deliveries.map(({ file }) => file))
  assert.deepEqual([...delivered].sort(), truth.files.map(({ file }) => file).sort())
  const listed = manifest.lists.map(({ file }) => file)
  assert.deepEqual([...files.keys()].sort(), [...delivered, ...listed].sort())
  assert.deepEqual(
    manifest.deliveries.map(({ order }) => order),
    manifest.deliveries.map((_, index) => index + 1),
  )
})

function checkTruth(referral: ReferralTruth, ids: ReadonlySet<string>): void {
  const { relation, priority, hashes, hits } = referral
  assert.equal(relation.kind === 'new', relation.of === null)
  if (relation.of !== null) assert.ok(ids.has(relation.of), `${referral.id} stands to an unknown ${relation.of}`)
  assert.ok(
    priority.atLeast <= priority.byFacts && (priority.declared === null || priority.atLeast <= priority.declared),
  )
  assert.equal(referral.outcome === 'accepted', referral.remarks.length === 0)
  const own = new Set(hashes.map(({ value }) => value))
  for (const hash of hits.flatMap((hit) => hit.hashes)) assert.ok(own.has(hash.value))
}

test('a hit is expected exactly where a hash of the referral stands on a list', () => {
  const entries = exampleLists.flatMap((list) =>
    list.entries.flatMap(({ hashes }) => list.tells.map((kind) => `${list.name} ${kind} ${hashes[kind]}`)),
  )
  const listed = new Set(entries)
  for (const { truth } of worldReferrals({ seed: 'hits', count: 300 })) {
    const expected = exampleLists.flatMap(({ name }) =>
      truth.hashes.flatMap(({ kind, value }) => (listed.has(`${name} ${kind} ${value}`) ? [`${name} ${value}`] : [])),
    )
    const told = truth.hits.flatMap(({ list, hashes }) => hashes.map(({ value }) => `${list} ${value}`))
    assert.deepEqual(told.sort(), expected.sort())
  }
})

test('both agencies hold referrals about the same people, and no relation crosses the border between them', () => {
  const { truth } = playOperation('Test', 'two agencies')
  assert.ok(truth.subjectsInBothAgencies.length >= 2)
  const agencyOf = new Map(
    truth.files.flatMap(({ agency, referrals }) => referrals.map(({ id }) => [id, agency] as const)),
  )
  for (const { agency, referrals } of truth.files) {
    for (const { relation } of referrals) if (relation.of !== null) assert.equal(agencyOf.get(relation.of), agency)
  }
})

test('a flow has the skew of the real one', () => {
  const kinds = new Map<string, number>()
  const uses = new Map<string, number>()
  const count = 3000
  for (const { truth } of worldReferrals({ seed: 'skew', count })) {
    kinds.set(truth.relation.kind, (kinds.get(truth.relation.kind) ?? 0) + 1)
    for (const { kind, normal } of truth.identifiers) {
      if (kind === 'ip') uses.set(normal, (uses.get(normal) ?? 0) + 1)
    }
  }
  const share = (...names: string[]): number => names.reduce((sum, name) => sum + (kinds.get(name) ?? 0), 0) / count
  const copies = share('viral copy', 'same incident', 'redelivery')
  assert.ok(copies > 0.35 && copies < 0.45, `copies: ${copies}`)
  assert.ok(share('new') > 0.35 && share('supplement') > 0.02)
  assert.ok(Math.max(...uses.values()) > count / 100, 'no address is shared by very many')
})

test('a delivery sent again has the very same bytes', () => {
  const seen = new Map<string, string>()
  let repeats = 0
  for (const { truth, bytes } of worldReferrals({ seed: 'again', count: 400 })) {
    seen.set(truth.id, digest(bytes))
    if (truth.relation.kind !== 'redelivery') continue
    repeats += 1
    assert.equal(digest(bytes), seen.get(truth.relation.of ?? ''))
  }
  assert.ok(repeats > 10)
})

test('batches hold the same referrals as the single files', () => {
  const single = [...worldReferrals({ seed: 'batch', count: 25 })].map(({ truth }) => truth.id)
  const batches = [...worldBatches({ seed: 'batch', count: 25, size: 10 })]
  assert.deepEqual(
    batches.map(({ truths }) => truths.length),
    [10, 10, 5],
  )
  assert.deepEqual(
    batches.flatMap(({ truths }) => truths.map(({ id }) => id)),
    single,
  )
})

test('a world on disk has one line of truth for each file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-world-'))
  try {
    const written = await writeWorld({ seed: 'disk', referrals: 30, folder })
    const lines = (await readFile(join(folder, 'truth.jsonl'), 'utf8')).trimEnd().split('\n')
    assert.equal(written.files, 30)
    assert.equal(lines.length, 30)
    assert.equal((await readdir(join(folder, '0000'))).length, 30)
    assert.equal((await readdir(join(folder, 'lists'))).length, 2)
  } finally {
    await rm(folder, { recursive: true })
  }
})
