import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Entry, ItemRecord, PersonMentioned } from '@tandem/formats'
import { tiesTold } from '../src/linkage/ties/told.ts'
import { gatherItems } from '../src/pipeline/gather-items.ts'

type ItemEntry = Exclude<Entry<ItemRecord>, { outcome: 'set-aside' }>

const person = (name: string, role: 'other' | 'recipient'): PersonMentioned => ({
  ...{ role, place: '$', names: [name], dateOfBirth: null, age: null, accountState: null, userWasTold: 'not said' },
  ...{ accountCompromised: 'not said', addresses: [], ipEvents: [] },
})

const item = (at: number, what: 'message' | 'mail', from: string, to: readonly string[] = []): ItemEntry => ({
  outcome: 'accepted',
  place: `$[${at}]`,
  record: {
    ...{ kind: 'item', format: 'test', what, whole: { place: '$', name: 'one' }, reference: null, answers: null },
    ...{ at: null, atMeaning: null, author: 0, flags: {}, files: [], narratives: [], mentions: [], details: [] },
    ...{ unknownFields: [], people: [person(from, 'other'), ...to.map((name) => person(name, 'recipient'))] },
  },
})

test('a conversation of more than a thousand messages is judged by all who wrote in it, not by those of one part', () => {
  // Three who write a thousand times, and twenty-two more who write once each, later.
  const many = Array.from({ length: 1_000 }, (_, at) => item(at, 'message', `often ${at % 3}`))
  const few = Array.from({ length: 22 }, (_, at) => item(1_000 + at, 'message', `once ${at}`))
  const parts = gatherItems([...many, ...few]).map(({ record }) => tiesTold(record))
  assert.deepEqual(
    parts.map(({ contacts, crowds }) => [contacts.length, crowds.length, crowds[0]?.parties]),
    [
      [0, 3, 25],
      [0, 22, 25],
    ],
  )
  const [small] = gatherItems(many.slice(0, 900)).map(({ record }) => tiesTold(record))
  assert.deepEqual([small?.contacts.length, small?.crowds.length], [3, 0])
})

test('a mail to a crowd ties nobody, and those who are in it and wrote to each other are in touch by that', () => {
  const crowd = Array.from({ length: 21 }, (_, at) => `to ${at}`)
  const [gathered] = gatherItems([
    item(0, 'mail', 'sender', crowd),
    item(1, 'mail', 'sender', ['to 3']),
    item(2, 'mail', 'to 5', ['to 6']),
  ])
  assert.ok(gathered !== undefined)
  const { contacts, crowds } = tiesTold(gathered.record)
  assert.deepEqual(
    contacts.map(({ how, times }) => [how, times]),
    [
      ['message', 1],
      ['message', 1],
    ],
  )
  assert.equal(crowds.length, 22)
  assert.ok(crowds.every(({ how, parties }) => how === 'message' && parties === 21))
  const twenty = gatherItems([item(0, 'mail', 'sender', crowd.slice(1))]).map(({ record }) => tiesTold(record))
  assert.deepEqual([twenty[0]?.contacts.length, twenty[0]?.crowds.length], [20, 0])
})
