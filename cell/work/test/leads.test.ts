import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { houseRules } from '@tandem/triage'
import { oneReferral } from './reports.ts'
import { type Desk, deskOf, openWork, type TestWork } from './support.ts'

describe('words to read first', () => {
  let work: TestWork
  let analyst: Desk
  before(async () => {
    work = await openWork()
    analyst = await deskOf(work, work.founded.national.triageAnalyst)
  })
  after(() => work.close())

  const rule = houseRules().rules.find(
    ({ rule: each }) => each.signal === 'sextortion' && each.examples[0]?.length === 1,
  )
  const example = rule?.rule.examples[0]?.[0] ?? ''

  test('a rule names the place, itself and who wrote it, without a word of it; the rank is what it was', async () => {
    assert.notEqual(example, '')
    const plain = await analyst.show(
      (await oneReferral(work, work.founded.national, { says: 'An invented report.' })).id,
    )
    const told = await analyst.show((await oneReferral(work, work.founded.national, { says: example })).id)
    assert.deepEqual(plain.leads, [])
    const lead = told.leads.find(({ signal }) => signal === 'sextortion')
    assert.ok(lead)
    assert.equal(lead.writtenBy, 'other')
    assert.match(lead.rule, new RegExp(`/\\d+ ${rule?.rule.id}$`))
    assert.ok(told.narratives.some(({ place }) => place === lead.place))
    assert.ok(!JSON.stringify(told.leads).includes(example))
    assert.deepEqual(
      [told.score.childUrgency, told.score.offenderDanger, told.item.priority],
      [plain.score.childUrgency, plain.score.offenderDanger, plain.item.priority],
    )
  })
})
