import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  addressKey,
  type TorConsensus,
  type TorExitList,
  TorIndexBuilder,
  type TorVerdict,
  torAnswer,
} from '@tandem/identifiers'
import fc from 'fast-check'

const hour = 3_600_000
const day = 24 * hour
const start = Date.parse('2016-09-18T00:00:00Z')
const now = start + 40 * day

/** The rules once more, told naively: every file, every relay, every address, no index. */
function naive(
  consensuses: readonly TorConsensus[],
  lists: readonly TorExitList[],
  address: string,
  at: number,
): TorVerdict {
  const dayOf = (instant: number) => Math.floor(instant / day)
  const around = consensuses.filter(({ validAfter }) => Math.abs(dayOf(validAfter) - dayOf(at)) <= 1)
  const found = new Set<TorVerdict>()
  const neighbours = new Set<string>()
  const same = (other: string) => block(other) === block(address)
  for (const { validAfter, relays } of around) {
    for (const { fingerprint, addresses, policy, flags } of relays) {
      if (!flags.includes('Running')) continue
      const scans = lists.flatMap(({ scans: all }) =>
        all.filter((scan) => scan.fingerprint === fingerprint && scan.at <= validAfter && validAfter < scan.at + day),
      )
      const scanned = scans.map((scan) => scan.address)
      for (const each of [...addresses, ...scanned]) if (each !== address && same(each)) neighbours.add(each)
      if (scanned.includes(address)) found.add('exit')
      if (addresses.includes(address)) {
        found.add(policy === null ? 'relay-exit-not-said' : policy === 'reject 1-65535' ? 'relay-not-exit' : 'exit')
      }
    }
  }
  for (const verdict of ['exit', 'relay-exit-not-said', 'relay-not-exit'] as const)
    if (found.has(verdict)) return verdict
  if (neighbours.size > 0) return 'nearby'
  const valid = around.filter(({ validAfter, validUntil }) => validAfter <= at && at < validUntil)
  const covered = valid.length > 0 || around.some(({ validAfter }) => dayOf(validAfter) === dayOf(at))
  const scanned = lists.some(({ downloaded }) => downloaded !== null && Math.abs(downloaded - at) <= day)
  const whole = (valid.length > 0 ? valid : around).some(({ isWhole }) => isWhole)
  return covered && scanned && whole ? 'no' : 'no-data'
}

const block = (address: string): string => (addressKey(address) ?? '').slice(0, address.includes(':') ? 12 : 6)

const addresses = [
  '192.0.2.1',
  '192.0.2.200',
  '198.51.100.7',
  '203.0.113.9',
  '2001:db8::1',
  '2001:db8:0:5::1',
  '2001:db8:1::1',
]
const anAddress = fc.constantFrom(...addresses)
const aFingerprint = fc.constantFrom('A'.repeat(40), 'B'.repeat(40), 'C'.repeat(40))
const aRelay = fc.record({
  nickname: fc.constant('test'),
  fingerprint: aFingerprint,
  addresses: fc.array(anAddress, { minLength: 1, maxLength: 3 }),
  policy: fc.constantFrom(null, 'reject 1-65535', 'accept 80,443'),
  flags: fc.constantFrom(['Running'], ['Running', 'Exit'], ['Exit']),
})
const someHours = fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 12 })
const consensuses = someHours.chain((hours) =>
  fc.tuple(
    ...hours.map((at) =>
      fc.record({
        file: fc.constant({ name: `consensus ${at}`, sha256: String(at) }),
        flavour: fc.constant('full' as const),
        validAfter: fc.constant(start + at * hour),
        validUntil: fc.constant(start + (at + 3) * hour),
        isWhole: fc.boolean(),
        relays: fc.uniqueArray(aRelay, { maxLength: 3, selector: ({ fingerprint }) => fingerprint }),
      }),
    ),
  ),
)
const aTime = fc.integer({ min: 0, max: 5 * 24 * 4 }).map((quarter) => start + (quarter * hour) / 4)
const lists = fc.array(
  fc.record({
    file: fc.constant({ name: 'list', sha256: 'ff' }),
    downloaded: fc.option(aTime, { nil: null }),
    nodes: fc.constant(0),
    scans: fc.array(fc.record({ fingerprint: aFingerprint, address: anAddress, at: aTime }), { maxLength: 6 }),
  }),
  { maxLength: 3 },
)

test('the intervals answer as the rules do when told naively, whatever the order of the files', () => {
  const seen = new Set<TorVerdict>()
  fc.assert(
    fc.property(consensuses, lists, anAddress, aTime, fc.boolean(), (hours, scans, address, at, isTurned) => {
      const builder = new TorIndexBuilder()
      for (const each of isTurned ? [...hours].reverse() : hours) builder.addConsensus(each)
      for (const each of scans) builder.addExitList(each)
      const answer = torAnswer(builder.build(), { address, instants: [at], now })
      const expected = naive(hours, scans, address, at)
      seen.add(expected)
      assert.equal(answer.ok && answer.value.verdict, expected)
    }),
    { numRuns: 3000 },
  )
  assert.equal(seen.size, 6, 'every verdict was met')
})

test('a gap of one hour ends an interval: nobody is listed at an hour whose list does not name them', () => {
  const relay = {
    nickname: 'test',
    fingerprint: 'A'.repeat(40),
    addresses: ['192.0.2.1'],
    policy: null,
    flags: ['Running'],
  }
  const builder = new TorIndexBuilder()
  for (const [at, relays] of [
    [12, [relay]],
    [13, []],
    [14, [relay]],
    [15, [relay]],
  ] as const) {
    const validAfter = start + at * hour
    const file = { name: String(at), sha256: '' }
    builder.addConsensus({ file, flavour: 'full', validAfter, validUntil: validAfter + hour, isWhole: true, relays })
  }
  const intervals = builder.build().intervalsOf('192.0.2.1')
  assert.deepEqual(intervals.map(({ from, to }) => [from, to]).sort(), [
    [0, 0],
    [2, 3],
  ])
})
