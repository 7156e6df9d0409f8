import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type ReferralRecord, readAll } from '@tandem/formats'
import { makeTips, type TipHabits, type TipTruth, tipProviders } from '../../src/generators/cybertip-json.ts'

function* combinations(): Generator<TipHabits> {
  for (const provider of tipProviders)
    for (const missing of ['null', 'absent', 'empty', 'N/A'] as const)
      for (const several of ['no', 'list', 'lines'] as const)
        for (let bits = 0; bits < 32; bits += 1) {
          const on = (bit: number): boolean => (bits & (1 << bit)) !== 0
          yield {
            provider,
            missing,
            several,
            bom: on(0),
            doubledNesting: on(1),
            noZone: on(2),
            noPort: on(3),
            numericId: on(4),
          }
        }
}

const of = (record: ReferralRecord, kind: string, strength: 'weak' | 'sure'): string[] =>
  record.mentions
    .filter(({ identifier }) => identifier.kind === kind && (identifier.strength === 'weak') === (strength === 'weak'))
    .map(({ identifier }) => identifier.normal)

function holds(record: ReferralRecord, truth: TipTruth, why: string): void {
  assert.equal(record.reference, truth.reference, why)
  assert.deepEqual([record.sender.organisation, record.sender.service], [truth.organisation, truth.service], why)
  assert.deepEqual(record.people[0]?.names, truth.names, why)
  assert.deepEqual(of(record, 'email', 'sure'), truth.emails, why)
  for (const mail of truth.mailsInText) assert.ok(of(record, 'email', 'weak').includes(mail), `${why}: ${mail}`)
  assert.ok(
    record.mentions.some(({ original }) => original === truth.account),
    why,
  )
  const events = record.people.flatMap(({ ipEvents }) => ipEvents)
  const key = ({ address }: { address: string }): string => address
  assert.deepEqual(
    events
      .map(({ address, port, time }) => ({ address, port, instant: time?.instant ?? null }))
      .sort((a, b) => key(a).localeCompare(key(b))),
    [...truth.addresses].sort((a, b) => key(a).localeCompare(key(b))),
    why,
  )
  const [file] = record.files
  assert.deepEqual(
    file?.hashes.map(({ kind, value }) => [kind, value]),
    [['md5', truth.md5]],
    why,
  )
  assert.deepEqual([file?.viewedByProvider, file?.uploadedAt?.original ?? null], [truth.viewed, truth.uploadedAt], why)
  const details = record.details ?? []
  for (const { kind, value } of truth.fromText)
    assert.ok(
      details.some((each) => each.kind === kind && each.value === value),
      `${why}: ${kind}`,
    )
  const messages = record.narratives.filter(({ from }) => typeof from === 'string').map(({ text }) => text)
  assert.deepEqual(messages, truth.messages, why)
  assert.deepEqual(record.unknownFields, [], why)
}

describe('made CyberTips', () => {
  test('are given back whole, whatever habits meet', () => {
    let tried = 0
    for (const habits of combinations()) {
      tried += 1
      const why = JSON.stringify(habits)
      const { bytes, truths } = makeTips(`tip ${tried % 97}`, habits)
      const { entries, account, format } = readAll(bytes)
      assert.equal(format, 'ncmec-cybertip-json', why)
      assert.deepEqual([account.records, account.setAside], [truths.length, 0], why)
      for (const [at, truth] of truths.entries()) {
        const entry = entries[at]
        assert.ok(entry !== undefined && entry.outcome !== 'set-aside' && entry.record.kind === 'referral', why)
        holds(entry.record, truth, why)
      }
    }
    assert.equal(tried, tipProviders.length * 4 * 3 * 32)
  })

  test('say what is missing', () => {
    const codes = (habits: TipHabits): string[] => {
      const [entry] = readAll(makeTips('codes', habits).bytes).entries
      return entry?.outcome === 'remarked' ? [...new Set(entry.remarks.map(({ code }) => code))].sort() : []
    }
    assert.deepEqual(codes({}), [])
    assert.deepEqual(codes({ noPort: true }), ['port-missing'])
    assert.deepEqual(codes({ noZone: true }), ['zone-unknown'])
  })
})
