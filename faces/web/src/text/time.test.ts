import assert from 'node:assert/strict'
import { test } from 'node:test'
import { due, localInput, nextMorning, relative, span, utc } from './time.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const MINUTE = 60_000

test('a span shows its two greatest units', () => {
  assert.equal(span(45_000), '45 s')
  assert.equal(span(9 * MINUTE + 30_000), '9 m 30 s')
  assert.equal(span(42 * MINUTE), '42 m')
  assert.equal(span(185 * MINUTE), '3 h 05 m')
  assert.equal(span(52 * 60 * MINUTE), '2 d 4 h')
})

test('a clock counts down, is soon in the last hour and says by how much it is over', () => {
  assert.deepEqual(due('2026-11-22T15:05:00Z', now), { text: '3 h 05 m', overdue: false, soon: false })
  assert.deepEqual(due('2026-11-22T12:30:00Z', now), { text: '30 m', overdue: false, soon: true })
  assert.deepEqual(due('2026-11-22T12:00:00Z', now), { text: 'just over', overdue: true, soon: false })
  assert.deepEqual(due('2026-11-22T09:46:00Z', now), { text: '2 h 14 m over', overdue: true, soon: false })
})

test('a broken instant is said to be unknown', () => {
  assert.equal(due('soon', now).text, 'unknown')
  assert.equal(utc('soon'), 'soon')
})

test('relative time speaks in both directions', () => {
  assert.equal(relative('2026-11-22T11:46:00Z', now), '14 m ago')
  assert.equal(relative('2026-11-25T12:00:00Z', now), 'in 3 d')
  assert.equal(relative('2026-11-22T12:00:30Z', now), 'just now')
})

test('instants are written in UTC', () => {
  assert.equal(utc('2026-11-02T09:05:03Z'), '02 Nov 2026 09:05:03 UTC')
  assert.equal(utc('2026-11-02T09:05:03Z', true), '02 Nov 09:05')
})

test('a short date of another year says its year', () => {
  assert.equal(utc('2026-11-02T09:05:03Z', true, now), '02 Nov 09:05')
  assert.equal(utc('2027-11-02T09:05:03Z', true, now), '02 Nov 2027 09:05')
})

test('the next morning is today in the small hours and tomorrow after nine, and fits a form field', () => {
  const night = nextMorning(new Date(2026, 10, 22, 3, 0).getTime())
  assert.equal(localInput(night.at), '2026-11-22T09:00')
  assert.equal(night.says, 'Today 09:00')
  const evening = nextMorning(new Date(2026, 10, 22, 21, 0).getTime())
  assert.equal(localInput(evening.at), '2026-11-23T09:00')
  assert.equal(evening.says, 'Tomorrow 09:00')
})
