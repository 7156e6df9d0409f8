import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outcomeOf, sample } from '../../test/ip-context-samples.ts'

/** Lines as an editor counts them: the last one without an end counts too. */
const linesOf = (bytes: Buffer): number => {
  let ends = 0
  for (const byte of bytes) if (byte === 0x0a) ends += 1
  return ends + (bytes.length > 0 && bytes.at(-1) !== 0x0a ? 1 : 0)
}

const delegations = Buffer.from(
  [
    '# comment',
    '2|ripencc|20260901|5|19830705|20260831|+0100',
    'ripencc|*|ipv4|*|2|summary',
    'ripencc|GB|ipv4|192.0.2.0|768|20200101|allocated|opaque',
    'ripencc|ZZ|ipv4|198.51.100.0|256|00000000|available',
    'ripencc|NL|ipv6|2001:db8::|32|20200101|assigned|opaque',
    'ripencc|NL|asn|64500|1|20200101|assigned|opaque',
    'ripencc|NL|ipv4|203.0.113.0|0|20200101|assigned|opaque',
    '',
  ].join('\n'),
)

/** Long files are tried with their beginning and their end, so that each cut is tried in a moment. */
const ends = (bytes: Buffer): Buffer => Buffer.concat([bytes.subarray(0, 24_000), bytes.subarray(-8_000)])

const samples: Readonly<Record<string, Buffer>> = {
  consensus: ends(sample('tor/consensus-2016-09-20-13-00-00.gz')),
  'exit list': sample('tor/exit-list-2016-09-20-13-02-00.gz').subarray(0, 24_000),
  microdesc: sample('tor/2017-07-17-17-00-00-consensus-microdesc'),
  'range list': sample('ranges/x4bnet-vpn-ipv6.txt'),
  'network list': sample('ranges/x4bnet-vpn-ASN.txt'),
  delegations,
  'warning list': sample('ranges/misp-warninglist-ovh-cluster.json'),
}

function mustAddUp(bytes: Buffer, label: string): void {
  const outcome = outcomeOf(bytes, 'sample', null, 1000)
  if (!outcome.ok) return
  const { records, lines } = outcome.value.account
  assert.equal(records.records, records.accepted + records.remarked + records.setAside, label)
  assert.equal(lines.lines, lines.used + lines.passed + lines.setAside, label)
  if (outcome.value.format !== 'misp-warning-list') assert.equal(lines.lines, linesOf(bytes), label)
}

for (const [name, bytes] of Object.entries(samples)) {
  test(`${name}: cut at every 64th byte, the account adds up to the lines of the file`, () => {
    for (let length = 0; length <= bytes.length; length += 64)
      mustAddUp(bytes.subarray(0, length), `${name} cut at ${length}`)
    mustAddUp(bytes, name)
  })

  test(`${name}: with bytes changed, the account adds up and nothing hangs`, () => {
    for (let round = 0; round < 300; round += 1) {
      const changed = Buffer.from(bytes)
      for (let change = 0; change < 4; change += 1) {
        const seed = (round * 4 + change) * 104_729
        changed[seed % changed.length] = (seed >> 5) & 255
      }
      mustAddUp(changed, `${name} changed ${round}`)
    }
  })
}

test('what is claimed and what is there may differ: it is said', () => {
  const outcome = outcomeOf(delegations)
  assert.ok(outcome.ok)
  const { records, reasons, remarks } = outcome.value.account
  assert.deepEqual(records, { records: 5, accepted: 4, remarked: 0, setAside: 1 })
  assert.equal(reasons[0]?.code, 'block-invalid')
  assert.deepEqual(remarks, [])
  const cut = outcomeOf(delegations.subarray(0, delegations.indexOf('ripencc|NL|asn')))
  assert.ok(cut.ok)
  assert.equal(cut.value.account.remarks[0]?.code, 'records-differ')
})

test('a last line without an end is not read: /2 was perhaps /24', () => {
  const outcome = outcomeOf(Buffer.from('192.0.2.0/24\n198.51.100.0/2'))
  assert.ok(outcome.ok)
  assert.equal(outcome.value.account.reasons[0]?.code, 'line-cut')
  assert.equal(outcome.value.account.records.accepted, 1)
})

test('endless lines, nothing and noise are refused or set aside', () => {
  assert.equal(outcomeOf(Buffer.alloc(0)).ok, false)
  assert.equal(outcomeOf(Buffer.alloc(300_000, 0x61)).ok, false)
  const long = outcomeOf(Buffer.concat([Buffer.from('192.0.2.1\n'), Buffer.alloc(300_000, 0x61), Buffer.from('\n')]))
  assert.ok(long.ok)
  assert.equal(long.value.account.reasons[0]?.code, 'line-too-long')
})
