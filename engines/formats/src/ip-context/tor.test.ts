import assert from 'node:assert/strict'
import { test } from 'node:test'
import { letsOutTo, letsSomethingOut, TorIndexBuilder, torAnswer, torWords } from '@tandem/identifiers'
import { consensusIn, exitListIn, outcomeOf, read, sample } from '../../test/ip-context-samples.ts'

const consensusFile = read(sample('tor/consensus-2016-09-20-13-00-00.gz'), 'consensus')
const exitFile = read(sample('tor/exit-list-2016-09-20-13-02-00.gz'), 'exit list')
const consensus = consensusIn(consensusFile)
const exits = exitListIn(exitFile)
const day = 86_400_000
const now = Date.parse('2026-01-01T00:00:00Z')
const at = Date.parse('2016-09-20T13:30:00Z')

const both = new TorIndexBuilder()
both.addConsensus(consensus)
both.addExitList(exits)
const index = both.build()

const verdict = (address: string, instants: readonly number[] = [at], of = index) => {
  const answer = torAnswer(of, { address, instants, now })
  assert.ok(answer.ok)
  return answer.value
}

const relays = new Map(consensus.relays.map((relay) => [relay.fingerprint, relay]))
const listed = new Set(consensus.relays.flatMap(({ addresses }) => addresses))
const nodes = Map.groupBy(exits.scans, ({ fingerprint }) => fingerprint)
const inWindow = exits.scans.filter(
  ({ fingerprint, at: scanned }) =>
    relays.has(fingerprint) && scanned <= consensus.validAfter && consensus.validAfter < scanned + day,
)
const strangers = inWindow.filter(({ fingerprint, address }) => relays.get(fingerprint)?.addresses[0] !== address)

test('the kept pair gives its known numbers', () => {
  const flagged = (flag: string) => consensus.relays.filter(({ flags }) => flags.includes(flag)).length
  assert.equal(consensus.relays.length, 7213)
  assert.equal(flagged('Running'), 7213)
  assert.equal(flagged('Exit'), 941)
  assert.equal(flagged('BadExit'), 5)
  assert.equal(consensus.relays.filter(({ policy }) => letsSomethingOut(policy) === 'yes').length, 1149)
  assert.equal(consensus.relays.filter(({ addresses }) => addresses.some((each) => each.includes(':'))).length, 567)
  assert.equal(exits.nodes, 1118)
  assert.equal(exits.scans.length, 1148)
  assert.equal([...nodes.values()].filter(({ length }) => length > 1).length, 29)
  assert.equal([...nodes.keys()].filter((fingerprint) => !relays.has(fingerprint)).length, 37)
  assert.equal(inWindow.length, 1111)
  assert.equal(strangers.length, 76)
  assert.equal(strangers.filter(({ address }) => !listed.has(address)).length, 31)
  const isExit = (fingerprint: string) => relays.get(fingerprint)?.flags.includes('Exit')
  assert.equal([...nodes.keys()].filter((fingerprint) => isExit(fingerprint) === false).length, 152)
  assert.equal([...relays.keys()].filter((each) => isExit(each) === true && !nodes.has(each)).length, 12)
  const owners = Map.groupBy(
    consensus.relays.flatMap(({ addresses, fingerprint }) =>
      [...new Set(addresses)].map((address) => ({ address, fingerprint })),
    ),
    ({ address }) => address,
  )
  assert.equal([...owners.values()].filter(({ length }) => length > 1).length, 224)
})

test('every line of the pair is accounted for', () => {
  for (const [file, bytes] of [
    [consensusFile, sample('tor/consensus-2016-09-20-13-00-00.gz')],
    [exitFile, sample('tor/exit-list-2016-09-20-13-02-00.gz')],
  ] as const) {
    const { lines, used, passed, setAside } = file.account.lines
    assert.equal(lines, bytes.toString('latin1').split('\n').length - 1)
    assert.equal(used + passed, lines)
    assert.equal(setAside, 0)
    assert.deepEqual(file.account.unknown, {})
  }
})

test('all 1,111 exit addresses of the window are exits, also the 31 that are no relay’s', () => {
  for (const { address } of inWindow) assert.equal(verdict(address).verdict, 'exit', address)
  for (const { address } of strangers.filter((each) => !listed.has(each.address))) {
    const [reading] = verdict(address).readings
    assert.equal(reading?.nearest?.how, 'scanned')
    assert.equal(reading?.nearest?.scan?.file.name, 'exit list')
    assert.equal(reading?.consensus?.file.sha256, consensusFile.file.sha256)
  }
  const alone = new TorIndexBuilder()
  alone.addConsensus(consensus)
  const blind = verdict('193.171.202.150', [at], alone.build())
  assert.equal(blind.verdict, 'nearby', 'a consensus alone misses it')
  assert.deepEqual(blind.readings[0]?.lacks, ['exit list of the day'])
})

test('the Exit flag never decides: by policy and scans alone', () => {
  const bare = new TorIndexBuilder()
  bare.addConsensus({ ...consensus, relays: consensus.relays.map((relay) => ({ ...relay, flags: ['Running'] })) })
  bare.addExitList(exits)
  const without = bare.build()
  for (const { addresses } of consensus.relays.slice(0, 1500)) {
    const [address = ''] = addresses
    assert.equal(verdict(address, [at], without).verdict, verdict(address).verdict)
  }
})

test('no, nearby, no data and refusal are four different things', () => {
  assert.equal(verdict('8.8.8.8').verdict, 'no')
  const near = verdict('193.171.202.151')
  assert.equal(near.verdict, 'nearby')
  assert.ok(near.readings[0]?.nearby.includes('193.171.202.150'))
  assert.equal(verdict('8.8.8.8', [at + 5 * day]).verdict, 'no-data')
  assert.match(torWords(verdict('8.8.8.8', [at + 5 * day])), /not a "no"/)
  // A day without consensus is no data even when the days around have one.
  assert.equal(verdict('8.8.8.8', [at + day]).verdict, 'no-data')
  for (const late of [now, now - day]) {
    const answer = torAnswer(index, { address: '8.8.8.8', instants: [late], now })
    assert.equal(answer.ok, false, 'today and yesterday are too young')
  }
  assert.equal(torAnswer(index, { address: '8.8.8.8', instants: [now - 2 * day], now }).ok, true)
})

test('the distance is in minutes and grows away from the hours in which the list held', () => {
  const minutes = (instant: string) => verdict('193.171.202.150', [Date.parse(instant)]).readings[0]?.minutes
  assert.equal(minutes('2016-09-20T13:00:00Z'), 0)
  assert.equal(minutes('2016-09-20T15:59:59Z'), 0)
  assert.equal(minutes('2016-09-20T16:00:00Z'), 1)
  assert.equal(minutes('2016-09-20T12:00:00Z'), 60)
  assert.equal(minutes('2016-09-21T16:30:00Z'), 24 * 60 + 31)
  assert.equal(verdict('193.171.202.150', [Date.parse('2016-09-22T00:00:00Z')]).verdict, 'no-data')
})

test('a time in doubt is judged in every reading', () => {
  const hours = Array.from({ length: 27 }, (_, hour) => at + (hour - 14) * 3_600_000)
  assert.equal(verdict('193.171.202.150', hours).verdict, 'exit')
  const far = Array.from({ length: 27 }, (_, hour) => at + 1.3 * day + (hour - 14) * 3_600_000)
  const answer = verdict('193.171.202.150', far)
  assert.equal(answer.verdict, 'depends')
  assert.equal(answer.readings.length, 27)
  assert.match(torWords(answer), /Settle the time first/)
})

test('a destination port that the policy refuses makes no exit of a listed address', () => {
  const owners = Map.groupBy(
    consensus.relays.flatMap(({ addresses }) => addresses),
    (address) => address,
  )
  const [open, shut] = [443, 25]
  const relay = consensus.relays.find(
    ({ policy, fingerprint, addresses: [own = ''] }) =>
      letsOutTo(policy, open) === 'yes' &&
      letsOutTo(policy, shut) === 'no' &&
      !nodes.has(fingerprint) &&
      owners.get(own)?.length === 1,
  )
  const address = relay?.addresses[0] ?? assert.fail('no relay to try it with')
  const toPort = (destinationPort: number) => {
    const answer = torAnswer(index, { address, instants: [at], now, destinationPort })
    return answer.ok ? answer.value.verdict : null
  }
  assert.equal(toPort(open), 'exit')
  assert.equal(toPort(shut), 'relay-not-exit')
})

test('the microdescriptor flavour has no policies: that is said, not guessed', () => {
  const file = read(sample('tor/2017-07-17-17-00-00-consensus-microdesc'))
  const micro = consensusIn(file)
  assert.equal(micro.flavour, 'microdesc')
  assert.equal(micro.relays.length, 3)
  assert.equal(micro.isWhole, true)
  const builder = new TorIndexBuilder()
  builder.addConsensus(micro)
  const [address = ''] = micro.relays[1]?.addresses ?? []
  assert.equal(verdict(address, [Date.parse('2017-07-17T17:30:00Z')], builder.build()).verdict, 'relay-exit-not-said')
})

test('a cut consensus shows relays and never an absence', () => {
  const bytes = sample('tor/consensus-2016-09-20-13-00-00.gz').subarray(0, 800_000)
  const cut = consensusIn(read(bytes))
  assert.equal(cut.isWhole, false)
  const builder = new TorIndexBuilder()
  builder.addConsensus(cut)
  builder.addExitList(exits)
  const half = builder.build()
  assert.equal(verdict(cut.relays[0]?.addresses[0] ?? '', [at], half).verdict, 'relay-not-exit')
  assert.equal(verdict('8.8.8.8', [at], half).verdict, 'no-data')
  assert.deepEqual(verdict('8.8.8.8', [at], half).readings[0]?.lacks, ['whole consensus'])
})

test('two files of one hour count once, and the fuller one stays', () => {
  const builder = new TorIndexBuilder()
  builder.addConsensus({ ...consensus, isWhole: false, relays: consensus.relays.slice(0, 10) })
  builder.addConsensus(consensus)
  builder.addConsensus({ ...consensus, flavour: 'microdesc' })
  const [head, ...more] = builder.build().consensuses
  assert.equal(more.length, 0)
  assert.equal(head?.relays, 7213)
})

test('what is no Tor file is not taken for one', () => {
  assert.equal(outcomeOf(Buffer.from('r nick aaaa\n')).ok, false)
  const named = read(Buffer.from('@type network-status-consensus-3 1.0\nnetwork-status-version 4\nr a b\n'))
  assert.equal(named.account.lines.setAside, 2)
})
