import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { QueueItem } from '../../data/types.ts'
import { belongs, isFromCopy, newsOf, range, reasonAlone, reasonInFull, rowKeeper, totalOf } from './rows.ts'

const item = (id: string, version = 1): QueueItem => ({
  id,
  number: 1,
  version,
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
})
const items = (ids: string) => [...ids].map((id) => item(id))
const counts = { queue: 9, mine: 2, held: 1, ended: 4, P1: 1, P2: 3, P3: 5, byLot: 0 }
const page = (ids: string) => ({ items: items(ids), next: null, counts })
const kept = (ids: string) => rowKeeper()([page(ids)])

test('a row that two pages hold is shown once', () => {
  const rows = rowKeeper()([page('abc'), page('cde')])
  assert.equal(rows.list.map((row) => row.id).join(''), 'abcde')
  assert.equal(rows.places.get('e'), 4)
})

test('rows are the same whether pages came one by one or at once, also after one was changed', () => {
  const [first, second, third] = [page('abc'), page('de'), page('fg')]
  const keep = rowKeeper()
  keep([first])
  keep([first, second])
  assert.deepEqual(keep([first, second, third]), rowKeeper()([first, second, third]))
  const decided = { ...second, items: [item('d', 2), item('e')] }
  assert.deepEqual(keep([first, decided, third]), rowKeeper()([first, decided, third]))
  const changed = { ...first, items: items('xbc') }
  assert.deepEqual(keep([changed, second]), rowKeeper()([changed, second]))
})

test('new rows are counted, not put under the cursor', () => {
  const news = newsOf(kept('abcd'), items('xayb'))
  assert.equal(news.fresh, 2)
  assert.equal(news.gone.size, 0)
})

test('rows drawn up from below by those that left are not new', () => {
  assert.equal(newsOf(kept('abcd'), items('acdef')).fresh, 0)
  assert.equal(newsOf(kept('ab'), items('xy')).fresh, 2)
})

test('a decided row no longer belongs to the queue but stays known', () => {
  assert.equal(belongs('queue', { ...item('a'), state: 'declined' }), false)
  assert.equal(belongs('queue', { ...item('a'), state: 'taken' }), true)
  assert.equal(belongs('queue', { ...item('a'), state: 'held', heldUntil: '2020-01-01T00:00:00Z' }), true)
  assert.equal(belongs('mine', item('a')), false)
  assert.equal(belongs('all', { ...item('a'), state: 'closed' }), true)
})

test('a row that left the view is known, rows pushed out of the head are not called gone', () => {
  const news = newsOf(kept('abcdef'), items('acx'))
  assert.deepEqual([...news.gone], ['b'])
})

test('a newer version is brought in', () => {
  const news = newsOf(rowKeeper()([{ ...page(''), items: [item('a', 1), item('b', 2)] }]), [item('a', 3), item('b', 2)])
  assert.deepEqual(
    news.newer.map((row) => row.id),
    ['a'],
  )
})

test('a range goes both ways', () => {
  assert.deepEqual(range(items('abcd'), 1, 2), ['b', 'c'])
  assert.deepEqual(range(items('abcd'), 3, 2), ['c', 'd'])
})

test('the total is said only where the counts tell it', () => {
  assert.equal(totalOf(counts, { view: 'queue', priority: undefined, lot: undefined }), 9)
  assert.equal(totalOf(counts, { view: 'queue', priority: 'P2', lot: undefined }), 3)
  assert.equal(totalOf(counts, { view: 'mine', priority: 'P2', lot: undefined }), null)
  assert.equal(totalOf(counts, { view: 'all', priority: undefined, lot: undefined }), null)
  assert.equal(totalOf({ ...counts, byLot: 4 }, { view: 'queue', priority: undefined, lot: 'drawn' }), 4)
  assert.equal(totalOf(counts, { view: 'queue', priority: 'P3', lot: 'drawn' }), null)
})

test('a row whose rank stands on a mark says whose mark it is, before what was computed', () => {
  const priority = { effective: 'P1', declared: 'P1', computed: 'P3', confirmed: null } as const
  const because = 'P1 as the sender declared; computed P3: Nothing that moves the rank is stated.'
  assert.equal(reasonAlone({ because, priority }), 'Sender says P1. Nothing that moves the rank is stated.')
  const copied = { ...priority, declared: 'P3' } as const
  assert.equal(reasonAlone({ because, priority: copied }), 'A copy says P1. Nothing that moves the rank is stated.')
  assert.equal(reasonAlone({ because: 'P2 by a gate: Test reason.', priority }), 'Test reason.')
  assert.equal(reasonAlone({ because: 'Test reason.', priority }), 'Test reason.')
})

test('after a person has set the priority, the reason says so before what was computed', () => {
  const priority = { effective: 'P2', declared: 'P1', computed: 'P3', confirmed: 'P2' } as const
  const because = 'P1 as the sender declared; computed P3: Test reason.'
  assert.equal(reasonAlone({ because, priority }), 'Set to P2 by a person. Test reason.')
  assert.equal(reasonInFull({ because, priority }), `Set to P2 by a person. Before that: ${because}`)
  assert.equal(reasonInFull({ because, priority: { ...priority, confirmed: null } }), because)
})

test('a level that came with a copy is told from one that the sender or the weights gave', () => {
  const priority = { effective: 'P2', declared: 'P3', computed: 'P3', confirmed: null } as const
  assert.equal(isFromCopy({ priority, folded: 1 }), true)
  assert.equal(isFromCopy({ priority, folded: 0 }), false)
  assert.equal(isFromCopy({ priority: { ...priority, declared: 'P2' }, folded: 1 }), false)
  assert.equal(isFromCopy({ priority: { ...priority, confirmed: 'P2' }, folded: 1 }), false)
})
