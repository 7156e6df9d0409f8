import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { verifierPath, verifierText } from '../pack/verifier.ts'

test('the verifier in one file is that of the engine (node testkit/pack/verifier.ts writes it anew)', () => {
  assert.equal(readFileSync(verifierPath, 'utf8'), verifierText())
})

test('it imports nothing but Node', () => {
  const imported = [...verifierText().matchAll(/^import .* from '(.*)'$/gm)].map(([, name]) => name)
  assert.deepEqual(imported, ['node:fs', 'node:crypto'])
  assert.doesNotMatch(verifierText(), /\bimport\(|\brequire\(/)
})
