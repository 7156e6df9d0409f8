import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { ContextFileReader, IpContextBuilder, writeUkCseaIrp } from '@tandem/formats'
import { ipContextOf } from '@tandem/work'
import { report } from './reports.ts'
import { deskOf, openWork, type TestWork } from './support.ts'

const fixture = (name: string): Buffer =>
  gunzipSync(readFileSync(new URL(`../../../fixtures/ip-context/${name}`, import.meta.url)))

test('the referral view gives each IP event its reasons, and with files their verdict and digests', async (t) => {
  const work = await openWork()
  t.after(() => work.close())
  const { national } = work.founded
  const shown = async (given: TestWork, ip: string) => {
    const { delivery } = await work.deliver(national, Buffer.from(writeUkCseaIrp([report({ ip })])))
    const desk = await deskOf(given, national.triageAnalyst)
    const [referral] = (await desk.delivery(delivery)).referrals
    const { people } = await desk.show(referral?.id ?? assert.fail('no referral'))
    return people[0]?.ipEvents[0]?.context ?? assert.fail('no IP event')
  }

  const inside = await shown(work, '100.64.3.4')
  assert.equal(inside.meaningful, 'no')
  assert.equal(inside.reasons[0]?.code, 'carrier-nat-inside')
  assert.equal(inside.range?.source, 'RFC 6598')
  assert.equal(inside.tor, null)

  const reader = new ContextFileReader({ name: 'vpn.txt', told: { kind: 'vpn', name: 'Test list', asOf: null } })
  reader.push(fixture('ranges/x4bnet-vpn-ipv4.txt.gz'))
  const file = reader.end()
  assert.ok(file.ok)
  const builder = new IpContextBuilder()
  builder.add(file.value)
  const context = builder.build()
  const now = Date.parse('2026-06-01T00:00:00Z')
  const withFiles = {
    ...work,
    cell: {
      ...work.cell,
      ipContext: ipContextOf(
        () => context,
        () => now,
      ),
    },
  }
  const listed = await shown(withFiles, '2.26.157.9')
  assert.equal(listed.meaningful, 'only with more')
  assert.deepEqual(
    listed.reasons.map(({ code }) => code),
    ['vpn', 'tor-not-checked'],
  )
  assert.equal(listed.lists[0]?.file.sha256, file.value.file.sha256)
})
