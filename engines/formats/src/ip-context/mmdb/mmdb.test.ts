import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openMmdb } from '@tandem/formats'
import { addressKey, addressText, readCidr } from '@tandem/identifiers'
import { Reader } from 'mmdb-lib'
import { sample } from '../../../test/ip-context-samples.ts'

const opened = (name: string) => {
  const outcome = openMmdb(sample(`mmdb/${name}.mmdb`))
  return outcome.ok ? outcome.value : assert.fail(`${name}: ${outcome.error.says}`)
}

/** First and last address of a block, with what the publisher expects there. */
function expected(name: string): { key: string; record: unknown }[] {
  const rows: Record<string, unknown>[] = JSON.parse(sample(`mmdb/${name}.json`).toString('utf8'))
  return rows.flatMap((row) =>
    Object.entries(row).flatMap(([block, record]) => {
      const range = readCidr(block) ?? assert.fail(block)
      // `::1.2.0.0/112` is how the source writes an IPv4 block of a tree of IPv6.
      return [range.first, range.last].map((key) => ({
        key: key.startsWith('0'.repeat(24)) ? key.slice(24) : key,
        record,
      }))
    }),
  )
}

for (const name of [
  'GeoIP2-Anonymous-IP-Test',
  'GeoIP-Anonymous-Plus-Test',
  'GeoIP-Residential-Proxy-Test',
  'GeoIP2-Connection-Type-Test',
  'GeoLite2-ASN-Test',
]) {
  test(`${name} answers as its publisher expects`, () => {
    const database = opened(name)
    const rows = expected(name)
    assert.ok(rows.length >= 20)
    for (const { key, record } of rows) {
      const hit = database.lookup(key)
      const isEmpty = JSON.stringify(record) === '{}'
      assert.deepEqual(hit?.record ?? null, isEmpty ? null : record, addressText(key))
    }
  })
}

test('a second reader gives the same records for every known block and its neighbours', () => {
  const blocks = ['GeoIP2-Anonymous-IP-Test', 'GeoIP2-Connection-Type-Test', 'GeoLite2-ASN-Test'].flatMap(expected)
  const known = blocks.flatMap(({ key }) => (key.length === 8 ? [-1, 0, 1].map((step) => shifted(key, step)) : [key]))
  for (const name of ['GeoLite2-City-Test', 'GeoLite2-Country-Test', 'GeoIP2-ISP-Test', 'GeoIP2-Anonymous-IP-Test']) {
    const database = opened(name)
    const peer = new Reader(sample(`mmdb/${name}.mmdb`))
    let met = 0
    for (const key of known) {
      const [own, other] = [database.lookup(key)?.record ?? null, peer.get(addressText(key))]
      if (own !== null) met += 1
      assert.deepEqual(own, other === null || Object.keys(other).length === 0 ? null : other, addressText(key))
    }
    assert.ok(met > 5, `${name}: ${met} addresses met a record`)
  }
})

const shifted = (key: string, step: number): string =>
  Math.min(0xffff_ffff, Math.max(0, Number.parseInt(key, 16) + step))
    .toString(16)
    .padStart(8, '0')

test('a broken database is refused when it is opened, each with its cause', () => {
  const causes = Object.fromEntries(
    [
      'GeoIP2-City-Test-Broken-Double-Format',
      'GeoIP2-City-Test-Invalid-Node-Count',
      'MaxMind-DB-test-broken-pointers-24',
      'MaxMind-DB-test-broken-search-tree-24',
    ].map((name) => {
      const outcome = openMmdb(sample(`mmdb/${name}.mmdb`))
      return [name, outcome.ok ? 'opened' : outcome.error.code]
    }),
  )
  assert.deepEqual(new Set(Object.values(causes)), new Set(['mmdb-broken']))
})

test('the empty record is no data, and a tree of IPv6 without IPv4 answers nothing for IPv4', () => {
  const database = opened('MaxMind-DB-no-ipv4-search-tree')
  assert.doesNotThrow(() => database.lookup(addressKey('192.0.2.1') ?? ''))
  const asn = opened('GeoLite2-ASN-Test')
  assert.equal(asn.lookup(addressKey('192.0.2.1') ?? ''), null)
})

test('cut anywhere or changed anywhere: refused at opening, or every lookup answers', () => {
  const keys = ['01020001', '51024500', '06010003', 'abcd'.padEnd(32, '0'), '20010480003a'.padEnd(32, '0'), 'ffffffff']
  for (const name of ['GeoIP2-Anonymous-IP-Test', 'MaxMind-DB-no-ipv4-search-tree', 'GeoIP-Residential-Proxy-Test']) {
    const whole = sample(`mmdb/${name}.mmdb`)
    for (let length = 0; length < whole.length; length += 64) {
      const outcome = openMmdb(whole.subarray(0, length))
      assert.equal(outcome.ok, false, `${name} cut at ${length}`)
    }
    let survived = 0
    for (let round = 0; round < 400; round += 1) {
      const bytes = Buffer.from(whole)
      for (let change = 0; change < 3; change += 1) {
        const seed = (round * 3 + change) * 7919
        bytes[seed % bytes.length] = (seed >> 3) & 255
      }
      const outcome = openMmdb(bytes)
      if (!outcome.ok) continue
      survived += 1
      for (const key of keys) outcome.value.lookup(key)
    }
    assert.ok(survived > 0)
  }
})

test('pointers that blow up or run in a circle end at once', () => {
  const whole = sample('mmdb/MaxMind-DB-no-ipv4-search-tree.mmdb')
  const nodes = new Reader(whole).metadata.nodeCount
  const metadata = whole.subarray(whole.lastIndexOf(Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')))
  const tree = Buffer.alloc(nodes * 6)
  for (let record = 0; record < nodes * 2; record += 1) tree.writeUIntBE(nodes + 16, record * 3, 3)
  // Maps of two keys, each pointing twice at the next: 2^25 values in a few hundred bytes.
  const steps = Array.from({ length: 25 }, (_, step) => {
    const next = (step + 1) * 9
    return [0xe2, 0x41, 0x61, 0x20, next, 0x41, 0x62, 0x20, next]
  })
  const answers = [Buffer.from([...steps.flat(), 0xe0]), Buffer.of(0xe1, 0x41, 0x61, 0x20, 0x00)].map((data) => {
    const outcome = openMmdb(Buffer.concat([tree, Buffer.alloc(16), data, metadata]))
    return outcome.ok ? 'opened' : outcome.error.says
  })
  assert.match(answers[0] ?? '', /too many values/)
  assert.match(answers[1] ?? '', /points to itself/)
})
