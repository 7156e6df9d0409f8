import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionOf, actions, capsOf } from './actions.ts'
import { activeKeys, match, nameOf } from './matcher.ts'

const press = (key: string, held: { control?: boolean; shift?: boolean; alt?: boolean } = {}) =>
  nameOf({ key, control: held.control ?? false, shift: held.shift ?? false, alt: held.alt ?? false })

test('no two actions share a key, an id or their words', () => {
  for (const of of [
    actions.flatMap((each) => each.keys),
    actions.map((each) => each.id),
    actions.map((each) => each.says),
  ]) {
    assert.equal(new Set<string>(of).size, of.length)
  }
})

test('no key is the beginning of another sequence', () => {
  const keys = actions.flatMap((each) => [...each.keys])
  for (const key of keys) assert.ok(!keys.some((other) => other.startsWith(`${key} `)), key)
})

test('every action has a key', () => {
  for (const each of actions) assert.ok(each.keys.length > 0, each.id)
})

test('a press finds its action; capital letters by Caps Lock too', () => {
  assert.deepEqual(match('', 'j', true), { kind: 'action', id: 'list.next' })
  assert.deepEqual(match('', press('J', { shift: true }) ?? '', true), { kind: 'action', id: 'select.down' })
  assert.deepEqual(match('', press('J') ?? '', true), { kind: 'action', id: 'list.next' })
  assert.deepEqual(match('', press('?', { shift: true }) ?? '', true), { kind: 'action', id: 'show.keys' })
  assert.deepEqual(match('', press('k', { control: true }) ?? '', true), { kind: 'action', id: 'show.palette' })
})

test('a sequence begins, ends, or fails', () => {
  assert.deepEqual(match('', 'g', true), { kind: 'begun' })
  assert.deepEqual(match('g', 't', true), { kind: 'action', id: 'go.triage' })
  assert.deepEqual(match('g', 'q', true), { kind: 'none' })
})

test('the browser keeps Alt', () => {
  assert.equal(press('t', { alt: true }), null)
})

test('with single keys off no plain character acts, arrows and Control do', () => {
  for (const each of actions) for (const key of activeKeys(each, false)) assert.match(key, /^Control\+|[A-Z][a-z]+/)
  assert.deepEqual(match('', 't', false), { kind: 'none' })
  assert.deepEqual(match('', 'g', false), { kind: 'none' })
  assert.deepEqual(match('', 'Shift+j', false), { kind: 'none' })
  assert.deepEqual(match('', 'ArrowDown', false), { kind: 'action', id: 'list.next' })
  assert.deepEqual(match('', 'Control+k', false), { kind: 'action', id: 'show.palette' })
})

test('caps are printed as on the keyboard', () => {
  assert.deepEqual(capsOf('Shift+j'), ['Shift', 'J'])
  assert.deepEqual(capsOf('g t'), ['g', 't'])
  assert.deepEqual(capsOf('Control+k'), ['Ctrl', 'K'])
  assert.deepEqual(capsOf('Control+Enter'), ['Ctrl', 'Enter'])
  assert.deepEqual(capsOf('/'), ['/'])
  assert.equal(actionOf('referral.take').says, 'Take')
})
