import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { IpContextBuilder, readAll, writeUkCseaIrp } from '@tandem/formats'
import { ipContextOf } from '@tandem/work'
import { presentRecord, wordsOf } from '../src/presenters/record.ts'
import type { HeldRecord } from '../src/sealed-record.ts'

const noFiles = ipContextOf(
  () => new IpContextBuilder().build(),
  () => Date.parse('2026-06-01T00:00:00Z'),
)

const gravest = 'Test: a child says that somebody is on the way.'

function held(reason: string | null): HeldRecord {
  const report = {
    urn: 'TEST-URN-1',
    provider: { name: 'Example Chat Ltd', platform: 'Testchat' },
    priority: { level: 'P1', ...(reason === null ? {} : { reason }) },
    telephoned: true,
    detectedAt: '2026-05-04T10:22:00Z',
    description: 'Test: words of the report.',
  } as const
  const [entry] = readAll(writeUkCseaIrp([report])).entries
  assert.ok(entry !== undefined && entry.outcome !== 'set-aside' && entry.record.kind === 'referral')
  return { ...entry.record, remarks: [] }
}

describe('what is shown of a report', () => {
  test('the reason of a priority is closed, told by its length, and opened at its place like all words', () => {
    const record = held(gravest)
    const shown = presentRecord(record, noFiles)
    assert.ok(!JSON.stringify(shown).includes(gravest), 'not a word of it leaves with the facts')
    assert.deepEqual(shown.facts.declaredReason, { place: '$.report.priority.reason', characters: gravest.length })
    const [first, ...rest] = shown.narratives
    assert.equal(first?.place, '$.report.priority.reason')
    assert.equal(rest.length, record.narratives.length)
    assert.deepEqual(wordsOf(record)[0], {
      place: '$.report.priority.reason',
      about: 'reason of the priority',
      text: gravest,
    })
    assert.deepEqual(
      wordsOf(record).map(({ place }) => place),
      shown.narratives.map(({ place }) => place),
      'all that is told to be there can be opened, and nothing else',
    )
  })

  test('no reason is no words', () => {
    const shown = presentRecord(held(null), noFiles)
    assert.equal(shown.facts.declaredReason, null)
    assert.ok(shown.narratives.every(({ about }) => about !== 'reason of the priority'))
  })

  test('facts tell their place; one that is not said has none', () => {
    const { places } = presentRecord(held(gravest), noFiles).facts
    assert.equal(places['telephoned'], '$.report.telephoned')
    assert.equal(places['detectedAt'], '$.report.detectedAt')
    assert.equal(places['detectedBy'], undefined)
  })

  test('a record that was sealed before places were kept is shown all the same', () => {
    const { places: _places, ...before } = held(gravest)
    const shown = presentRecord(before, noFiles)
    assert.deepEqual(shown.facts.places, {})
    assert.equal(shown.facts.declaredReason?.characters, gravest.length)
    assert.equal(wordsOf(before)[0]?.text, gravest)
  })

  test('what a time means is words when it is told at length', () => {
    const incidentAtMeaning = 'Test word. '.repeat(40)
    const shown = presentRecord({ ...held(null), incidentAtMeaning }, noFiles)
    assert.ok(!JSON.stringify(shown).includes(incidentAtMeaning))
    assert.ok(shown.narratives.some(({ characters }) => characters === incidentAtMeaning.length))
  })
})
