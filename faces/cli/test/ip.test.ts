import assert from 'node:assert/strict'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { tandem, temporaryFolder } from './tandem.ts'

const fixtures = fileURLToPath(new URL('../../../fixtures/ip-context/', import.meta.url))

test('ip names Tor, VPN and the files that say so, and what was lacking', async (t) => {
  const folder = join(temporaryFolder(t), 'context')
  mkdirSync(folder)
  for (const name of [
    'tor/consensus-2016-09-20-13-00-00.gz',
    'tor/exit-list-2016-09-20-13-02-00.gz',
    'ranges/x4bnet-vpn-ipv4.txt.gz',
  ]) {
    cpSync(join(fixtures, name), join(folder, name))
  }
  writeFileSync(
    join(folder, 'ip-context.json'),
    '{"files":{"ranges/x4bnet-vpn-ipv4.txt.gz":{"kind":"vpn","asOf":"2026-08-22"}}}',
  )
  const at = ['--at', '2016-09-20T13:30:00Z', '--data', folder]
  const exit = await tandem(['ip', '193.171.202.150:443', ...at, '--json'])
  assert.equal(exit.code, 0)
  const told = JSON.parse(exit.out)
  assert.equal(told.tor.verdict, 'exit')
  assert.equal(told.request.meaningful, 'no')
  assert.equal(told.request.reasons[0].code, 'tor-exit')
  assert.equal(told.tor.readings[0].consensus.file.sha256.length, 64)
  assert.ok(told.data.lacking.includes('delegations of the registries'))
  const words = await tandem(['ip', '2.26.157.1:443', ...at])
  assert.match(words.out, /List: vpn: 2\.26\.157\.0 to 2\.26\.157\.255/)
  assert.match(words.out, /Tor: no\n/)
  assert.match(words.out, /sha256 [0-9a-f]{64}/)

  // A file that says nothing of addresses, and a day that is too young: done in part.
  writeFileSync(join(folder, 'notes.txt'), 'nothing of an address\n')
  const partly = await tandem(['ip', '8.8.8.8', '--at', new Date().toISOString(), '--data', folder, '--json'])
  assert.equal(partly.code, 5)
  assert.equal(JSON.parse(partly.out).tor.verdict, 'refused')
  assert.deepEqual(
    JSON.parse(partly.out).data.refused.map(({ name }: { name: string }) => name),
    ['notes.txt'],
  )
})

test('ip needs no files for ranges and clocks, and refuses what is no address, no time or no folder', async (t) => {
  const inside = await tandem(['ip', '100.64.3.4', '--at', '2026-10-25 01:30', '--zone', 'Europe/London', '--json'])
  assert.equal(inside.code, 0)
  assert.deepEqual(
    JSON.parse(inside.out).request.reasons.map(({ code }: { code: string }) => code),
    ['carrier-nat-inside', 'hour-twice'],
  )
  assert.equal((await tandem(['ip', '192.0.2.999'])).code, 2)
  assert.equal((await tandem(['ip', '8.8.8.8', '--at', 'noon'])).code, 2)
  assert.equal((await tandem(['ip', '8.8.8.8', '--data', join(temporaryFolder(t), 'none')])).code, 1)
})
