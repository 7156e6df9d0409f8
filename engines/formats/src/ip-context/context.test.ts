import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contextTimeOf, type IpContext, IpContextBuilder, readContextTime } from '@tandem/formats'
import { read, sample } from '../../test/ip-context-samples.ts'

const now = Date.parse('2026-09-01T00:00:00Z')
const vpn = { kind: 'vpn', name: 'Test VPN list', asOf: '2026-08-22' } as const
const files = [
  read(sample('ranges/x4bnet-vpn-ipv4.txt.gz'), 'vpn four', vpn),
  read(sample('ranges/x4bnet-vpn-ipv6.txt'), 'vpn six', vpn),
  read(sample('ranges/x4bnet-vpn-ASN.txt'), 'vpn networks', vpn),
  read(sample('ranges/misp-warninglist-icloud-private-relay.json.gz'), 'relay'),
  read(sample('ranges/misp-warninglist-ovh-cluster.json'), 'hosting'),
  read(sample('mmdb/GeoIP2-Anonymous-IP-Test.mmdb'), 'anonymous'),
  read(sample('mmdb/GeoIP2-Connection-Type-Test.mmdb'), 'connection'),
  read(
    Buffer.from(
      '2|ripencc|20260901|1|19830705|20260831|+0100\nripencc|GB|ipv4|8.8.4.0|768|20200101|allocated|opaque\n',
    ),
    'delegations',
  ),
]
const builder = new IpContextBuilder()
for (const file of files) builder.add(file)
const context = builder.build()
const empty = new IpContextBuilder().build()

const judge = (address: string, at: string | null = '2026-08-25T12:00:00Z', of: IpContext = context) =>
  of.judge({ address, now, time: at === null ? contextTimeOf(null) : readContextTime(at) })
const codes = (address: string, at?: string | null, of?: IpContext): string[] =>
  judge(address, at, of).request.reasons.map(({ code }) => code)

test('the lists hold what their publishers wrote, and nothing is dropped', () => {
  const counts = files.slice(0, 5).map(({ account }) => [account.records.accepted, account.records.setAside])
  assert.deepEqual(counts, [
    [10_862, 0],
    [498, 0],
    [15, 0],
    [13_747, 0],
    [622, 0],
  ])
})

test('ranges of every kind are found, each with its list and date', () => {
  assert.deepEqual(codes('2.26.157.9:443'), ['vpn', 'tor-not-checked'])
  assert.deepEqual(codes('[2001:978:2305::1]:443'), ['vpn', 'tor-not-checked'])
  assert.ok(codes('104.28.100.11').includes('relay-service'))
  assert.ok(codes('137.74.180.117').includes('hosting'))
  const [list] = judge('2.26.157.9').lists
  assert.deepEqual([list?.range, list?.date, list?.file.name], ['2.26.157.0 to 2.26.157.255', '2026-08-22', 'vpn four'])
})

test('a block of 768 addresses ends where it ends', () => {
  assert.equal(judge('8.8.6.255').delegations[0]?.registry, 'ripencc')
  assert.equal(judge('8.8.7.0').delegations.length, 0)
  assert.equal(judge('8.8.3.255').delegations.length, 0)
})

test('a mobile line without port or seconds needs both; with both it does not', () => {
  assert.deepEqual(codes('1.0.1.7', '2026-08-25T12:00Z'), [
    'port-missing-behind-nat',
    'seconds-missing-behind-nat',
    'tor-not-checked',
  ])
  assert.deepEqual(codes('1.0.1.7:50000'), ['tor-not-checked'])
})

test('addresses of no line are named with their document', () => {
  for (const [address, code, source] of [
    ['10.1.2.3', 'private-range', 'RFC 1918'],
    ['192.168.0.1', 'private-range', 'RFC 1918'],
    ['100.64.0.1', 'carrier-nat-inside', 'RFC 6598'],
    ['127.0.0.1', 'private-range', 'RFC 1122'],
    ['169.254.1.1', 'private-range', 'RFC 3927'],
    ['203.0.113.9', 'special-range', 'RFC 5737'],
    ['2001:db8::1', 'special-range', 'RFC 3849'],
    ['3fff::1', 'special-range', 'RFC 9637'],
    ['fd00::1', 'private-range', 'RFC 4193'],
    ['fe80::1', 'private-range', 'RFC 4291'],
    ['224.0.0.1', 'special-range', 'RFC 5771'],
    ['::ffff:10.0.0.1', 'private-range', 'RFC 1918'],
  ] as const) {
    const { request, special } = judge(address)
    assert.equal(request.meaningful, 'no', address)
    assert.equal(request.reasons[0]?.code, code, address)
    assert.ok(special?.source.includes(source), address)
  }
  assert.equal(judge('11.0.0.1').special, null)
  assert.equal(judge('100.128.0.0').special, null)
})

test('a tunnel address names the address of the line inside it', () => {
  // Teredo: RFC 4380 section 4; the client's address and port are turned over bit by bit.
  const teredo = judge('2001:0:4136:e378:8000:63bf:3fff:fdd2')
  assert.deepEqual([teredo.embedded?.address, teredo.embedded?.port], ['192.0.2.45', 40_000])
  assert.equal(judge('2002:c000:204::1').embedded?.address, '192.0.2.4')
  assert.equal(judge('64:ff9b::192.0.2.33').embedded?.address, '192.0.2.33')
  assert.equal(teredo.request.meaningful, 'only with more')
})

test('times: what a text leaves open stays open', () => {
  const time = (written: string, zone?: string) => {
    const { doubt, instants, isToTheSecond } = readContextTime(written, zone ?? null)
    return { doubt, instants: instants.map((at) => new Date(at).toISOString()), isToTheSecond }
  }
  const one = (instant: string, isToTheSecond = true) => ({ doubt: null, instants: [instant], isToTheSecond })
  assert.deepEqual(time('2026-03-29T00:59:59Z'), one('2026-03-29T00:59:59.000Z'))
  assert.deepEqual(time('2026-03-29T01:30:00.123456+05:30'), one('2026-03-28T20:00:00.123Z'))
  assert.deepEqual(time('2026-07-01 12:00:00 Europe/London'), one('2026-07-01T11:00:00.000Z'))
  assert.deepEqual(time('2026-07-01 12:00', 'Asia/Kathmandu'), one('2026-07-01T06:15:00.000Z', false))
  assert.equal(time('2026-03-29 01:30:00', 'Europe/London').doubt, 'hour-left-out')
  assert.deepEqual(time('2026-10-25 01:30:00', 'Europe/London'), {
    doubt: 'hour-twice',
    instants: ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
    isToTheSecond: true,
  })
  // Lord Howe Island puts its clocks by half an hour.
  assert.equal(time('2026-04-05 01:45:00', 'Australia/Lord_Howe').doubt, 'hour-twice')
  const open = time('2026-07-01 12:00:00')
  assert.equal(open.doubt, 'zone-unknown')
  assert.deepEqual(
    [open.instants.length, open.instants[0], open.instants.at(-1)],
    [27, '2026-06-30T22:00:00.000Z', '2026-07-02T00:00:00.000Z'],
  )
  assert.equal(time('2026-07-01 12:00:00 BST').doubt, 'zone-ambiguous')
  assert.equal(time('03/04/2026 12:00:00', 'UTC').doubt, 'day-order-undecided')
  assert.equal(time('2026-02-30 12:00:00 UTC').doubt, 'time-invalid')
})

test('a claim of a report keeps its doubt', () => {
  const twice = contextTimeOf({
    original: '2026-10-25 01:30:00',
    instant: null,
    zone: { kind: 'unknown' },
    candidates: ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
  })
  assert.equal(twice.doubt, 'hour-twice')
  const bare = contextTimeOf({
    original: '2026-07-01T12:00:00',
    instant: null,
    zone: { kind: 'unknown' },
    candidates: [],
  })
  assert.deepEqual([bare.doubt, bare.instants.length], ['zone-unknown', 27])
})

test('each doubt of the time stands between an officer and the request', () => {
  const doubt = (at: string | null) => codes('8.8.8.8:443', at, empty)
  assert.deepEqual(doubt('2026-08-25T12:00:00Z'), ['tor-not-checked'])
  assert.equal(judge('8.8.8.8:443', '2026-08-25T12:00:00Z', empty).request.meaningful, 'yes')
  assert.equal(doubt(null)[0], 'time-missing')
  assert.equal(doubt('2026-08-25 12:00:00')[0], 'zone-unknown')
  assert.equal(doubt('2027-08-25T12:00:00Z')[0], 'time-in-future')
  assert.deepEqual(doubt('2025-08-31T23:59:59Z'), ['retention-elapsed', 'tor-not-checked'])
  assert.deepEqual(doubt('2025-09-01T00:00:00Z'), ['tor-not-checked'])
  assert.equal(codes('8.8.8.8', '2026-08-25T12:00:00Z', empty)[0], 'port-missing')
})
