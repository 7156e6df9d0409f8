import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TimeClaim } from '@tandem/core'
import { readAnswerTime } from './answer-time.ts'
import { type AnsweredCustomer, type AskedAddress, checkAnswer } from './check-answer.ts'

const asked: AskedAddress = { address: '203.0.113.12', port: 50_000, at: '2026-05-04T09:10:00Z' }
const time = (written: string, zone: string | null = 'UTC'): TimeClaim => readAnswerTime(written, zone, 'open').claim
const row = (more: Partial<AnsweredCustomer> = {}): AnsweredCustomer => ({
  place: 'row 2',
  address: '203.0.113.12',
  port: 50_000,
  from: time('2026-05-04 09:00:00'),
  to: time('2026-05-04 09:59:59'),
  customer: '1',
  ...more,
})
const outcome = (question: AskedAddress, rows: readonly AnsweredCustomer[]) => {
  const check = checkAnswer(question, rows)
  return [check.address, check.time, check.customers, check.findings.map(({ code }) => code)]
}

describe('an answer to "who had this address"', () => {
  it('fits when address, instant and customer are the asked ones', () => {
    assert.deepEqual(outcome(asked, [row()]), ['same', 'covers', 'one', []])
    assert.deepEqual(outcome({ ...asked, at: '2026-05-04T10:10:00+01:00' }, [row()]), ['same', 'covers', 'one', []])
  })

  it('about another address is no answer, and swapped digits are named', () => {
    assert.deepEqual(outcome(asked, [row({ address: '198.51.100.7' })]), [
      'other',
      'not said',
      'none',
      ['other-address'],
    ])
    assert.deepEqual(outcome(asked, [row({ address: '203.0.113.21' })]), [
      'other',
      'not said',
      'none',
      ['digits-swapped'],
    ])
    assert.deepEqual(outcome(asked, [row({ address: '203.0.113.1' })]), [
      'other',
      'not said',
      'none',
      ['digits-swapped'],
    ])
  })

  it('about the same address in another spelling is the same', () => {
    assert.equal(outcome(asked, [row({ address: '::ffff:203.0.113.12' })])[0], 'same')
    const six = { ...asked, address: '2001:db8::1' }
    assert.equal(outcome(six, [row({ address: '2001:0DB8:0:0:0:0:0:1' })])[0], 'same')
  })

  it('of another hour is wrong, and an hour of daylight saving is named', () => {
    const late = row({ from: time('2026-05-04 10:00:00'), to: time('2026-05-04 10:59:59') })
    assert.deepEqual(outcome(asked, [late]), ['same', 'wrong', 'none', ['one-hour-off', 'time-wrong']])
    // The same words are right when they are said to be local: London is an hour ahead in May.
    const local = row({
      from: time('2026-05-04 10:00:00', 'Europe/London'),
      to: time('2026-05-04 10:59:59', 'Europe/London'),
    })
    assert.deepEqual(outcome(asked, [local]), ['same', 'covers', 'one', []])
    // And in January they are not.
    const winter = { ...asked, at: '2026-01-04T09:10:00Z' }
    const january = row({
      from: time('2026-01-04 10:00:00', 'Europe/London'),
      to: time('2026-01-04 10:59:59', 'Europe/London'),
    })
    assert.deepEqual(outcome(winter, [january]), ['same', 'wrong', 'none', ['one-hour-off', 'time-wrong']])
  })

  it('that was not converted at all is wrong, with the hours that it is off', () => {
    const east = row({ from: time('2026-05-04 04:00:00'), to: time('2026-05-04 04:59:59') })
    assert.deepEqual(outcome(asked, [east]), ['same', 'wrong', 'none', ['zone-mistaken', 'time-wrong']])
  })

  it('without a zone decides nothing within the reach of any zone, and is wrong beyond', () => {
    const open = row({ from: time('2026-05-04 09:00:00', null), to: time('2026-05-04 09:59:59', null) })
    assert.deepEqual(outcome(asked, [open]), ['same', 'depends', 'one', ['time-depends']])
    const far = row({ from: time('2026-05-09 09:00:00', null), to: time('2026-05-09 09:59:59', null) })
    assert.equal(outcome(asked, [far])[1], 'wrong')
  })

  it('in the hour that comes twice depends on which of the two is meant', () => {
    const autumn = { ...asked, at: '2026-10-25T00:40:00Z' }
    const twice = row({
      from: time('2026-10-25 01:30:00', 'Europe/London'),
      to: time('2026-10-25 01:50:00', 'Europe/London'),
    })
    assert.deepEqual(outcome(autumn, [twice]), ['same', 'depends', 'one', ['hour-twice']])
  })

  it('with several customers at that instant names nobody without ports', () => {
    const two = [row({ port: null }), row({ customer: '2', port: null })]
    assert.deepEqual(outcome(asked, two), ['same', 'covers', 'several', ['several-customers', 'port-missing']])
    const other = [row(), row({ customer: '2', port: 50_001 })]
    assert.deepEqual(outcome(asked, other), ['same', 'covers', 'several', ['several-customers', 'other-port']])
  })

  it('with several customers one after the other is one customer', () => {
    const after = row({ customer: '2', from: time('2026-05-04 11:00:00'), to: time('2026-05-04 11:59:59') })
    assert.deepEqual(outcome(asked, [row(), after]), ['same', 'covers', 'one', []])
  })

  it('with one time and no period answers its own minute only', () => {
    assert.equal(outcome(asked, [row({ from: time('2026-05-04 09:10:20'), to: null })])[1], 'covers')
    assert.equal(outcome(asked, [row({ to: null })])[1], 'wrong')
  })

  it('to a question without a zone or an address is not judged', () => {
    assert.deepEqual(outcome({ ...asked, at: '2026-05-04T09:10:00' }, [row()])[3], ['asked-invalid'])
    assert.deepEqual(outcome({ ...asked, address: '203.0.113.012' }, [row()])[3], ['asked-invalid'])
    assert.deepEqual(outcome(asked, []), ['not said', 'not said', 'none', ['nothing-answered']])
  })
})
