import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leftOutOf } from './left-out.ts'

const look = (node: string, leftOut: number, ...kinds: readonly (readonly [string, number])[]) => ({
  ...{ node, part: { leftOut, leftOutBy: kinds.map(([kind, links]) => ({ kind, links })) } },
})

test('what is left out is counted once for each node: the last look at it stands', () => {
  const first = look('subject/1', 30, ['contact', 29], ['mentions', 1])
  assert.equal(
    leftOutOf([first, first]),
    '30 neighbours counted and not drawn, by these links: contact 29, mentions 1.',
  )
  assert.equal(
    leftOutOf([first, look('subject/2', 1, ['contact', 1]), look('subject/1', 4, ['contact', 4])]),
    '5 neighbours counted and not drawn, by these links: contact 5.',
  )
  assert.equal(leftOutOf([first, look('subject/1', 0)]), null)
})
