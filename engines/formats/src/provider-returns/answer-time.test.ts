import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAnswerTime } from './answer-time.ts'

const told = (written: string): unknown => {
  const { claim, doubt } = readAnswerTime(written, null, 'open')
  assert.equal(claim.original, written)
  return doubt === null ? claim.instant : [doubt.code, ...claim.candidates]
}

test('the first letter of a zone is no half of the day', () => {
  for (const zone of ['PST', 'PDT', 'PKT', 'AST', 'AEST', 'EST']) {
    assert.deepEqual(told(`2026-05-04 10:00:00 ${zone}`), ['zone-ambiguous', '2026-05-04T10:00:00.000Z'], zone)
  }
  for (const half of [' PM', 'pm', ' p.m.', ' P']) {
    assert.equal(told(`2026-05-04 10:00:00${half} UTC`), '2026-05-04T22:00:00.000Z', half)
  }
  assert.equal(told('2026-05-04 12:00 AM UTC'), '2026-05-04T00:00:00.000Z')
})

test('the name of a zone behind the time gives an instant, or tells of the hour that is twice or never', () => {
  assert.equal(told('2026-05-04 10:00:00 America/New_York'), '2026-05-04T14:00:00.000Z')
  assert.equal(told('2026-05-04 10:00:00 Pacific/Auckland'), '2026-05-03T22:00:00.000Z')
  assert.equal(told('13/05/2026 10:00 AM America/Argentina/Buenos_Aires'), '2026-05-13T13:00:00.000Z')
  assert.deepEqual(told('2026-03-29 01:30:00 Europe/London'), ['hour-left-out'])
  assert.deepEqual(told('2026-10-25 01:30:00 Europe/London'), [
    'hour-twice',
    '2026-10-25T00:30:00.000Z',
    '2026-10-25T01:30:00.000Z',
  ])
  assert.deepEqual(told('2026-05-04 10:00:00 Europe/Nowhere'), ['zone-ambiguous', '2026-05-04T10:00:00.000Z'])
})

test('a sixtieth second is not moved into the next minute', () => {
  for (const written of ['2026-05-04T10:00:60Z', '2016-12-31T23:59:60Z', '2026-05-04 10:00:61 UTC']) {
    assert.deepEqual(told(written), ['time-invalid'], written)
  }
})
