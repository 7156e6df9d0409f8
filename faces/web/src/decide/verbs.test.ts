import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { QueueItem } from '../data/types.ts'
import { dryRun, whatChanged, whyNot } from './verbs.ts'

const me = { me: 'me', role: 'triage analyst' }
const item = (change: Partial<QueueItem>): QueueItem => ({
  id: 'a',
  number: 1,
  version: 1,
  state: 'open',
  takenBy: null,
  heldUntil: null,
  sender: 'Test sender',
  format: 'uk-csea-irp/1',
  reference: null,
  incidentKind: null,
  receivedAt: '2026-11-22T12:00:00Z',
  actBy: null,
  priority: { effective: 'P2', declared: null, computed: 'P2', confirmed: null },
  childUrgency: 0,
  offenderDanger: 0,
  because: '',
  people: 0,
  files: 0,
  hits: 0,
  folded: 0,
  remarks: 0,
  score: 1,
  disagreed: null,
  byLot: false,
  unread: 'new',
  safeguarding: 'none',
  ...change,
})

test('a dry run counts what will change and says why the rest will not', () => {
  const items = [
    item({}),
    item({ state: 'held' }),
    item({ state: 'taken', takenBy: 'other' }),
    item({ state: 'taken', takenBy: 'third' }),
    item({ state: 'closed' }),
  ]
  const run = dryRun('decline', items, me)
  assert.equal(run.change.length, 2)
  assert.equal(run.says, '2 of 5 will change; 2 are taken by others; 1 is already closed.')
})

test('taking twice and releasing what nobody has are seen before', () => {
  assert.equal(whyNot('take', item({ state: 'taken', takenBy: 'me' }), me), 'already yours')
  assert.equal(whyNot('release', item({}), me), 'not taken or held')
  assert.equal(whyNot('release', item({ state: 'taken', takenBy: 'me' }), me), null)
})

test('a duty manager may step in for a colleague, but not take over unseen', () => {
  const manager = { me: 'me', role: 'duty manager' }
  const taken = item({ state: 'taken', takenBy: 'other' })
  assert.equal(whyNot('decline', taken, manager), null)
  assert.equal(whyNot('take', taken, manager), 'taken by others')
})

test('a P1 is not counted among those that one person declines', () => {
  const urgent = item({ priority: { effective: 'P1', declared: 'P1', computed: 'P3', confirmed: null } })
  assert.equal(whyNot('decline', urgent, me), 'P1, which one person does not decline')
  assert.equal(whyNot('close', urgent, me), null)
  const run = dryRun('decline', [urgent, item({})], me)
  assert.equal(run.says, '1 of 2 will change; 1 is P1, which one person does not decline.')
})

test('a folded referral can be released to be looked at alone', () => {
  assert.equal(whyNot('release', item({ state: 'folded' }), me), null)
  assert.equal(whyNot('decline', item({ state: 'folded' }), me), 'already folded')
})

test('a note and a safeguarding referral are possible on everything, a closed referral too', () => {
  assert.equal(whyNot('note', item({ state: 'closed' }), me), null)
  assert.equal(whyNot('safeguard', item({ state: 'taken', takenBy: 'other' }), me), null)
})

test('a conflict says who has it now', () => {
  const now = item({ state: 'taken', takenBy: 'other', version: 2 })
  assert.equal(
    whatChanged(item({}), now, () => 'Test Officer'),
    'it is now taken by Test Officer',
  )
  assert.equal(
    whatChanged(item({}), item({ version: 2 }), () => ''),
    'it was decided on or scored anew',
  )
})
