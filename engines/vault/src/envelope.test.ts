import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { agencyVault, type SealContext } from './envelope.ts'

const context: SealContext = { agency: 'a', table: 'note', column: 'text_sealed', row: '1' }

test('what was sealed opens again, whatever the bytes', () => {
  const vault = agencyVault(randomBytes(32))
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), (plain) => {
      assert.deepEqual(vault.open(context, vault.seal(context, plain)), Buffer.from(plain))
    }),
  )
})

test('an envelope opens only in its own agency, table, column and row', () => {
  const vault = agencyVault(randomBytes(32))
  const envelope = vault.seal(context, Buffer.from('Test'))
  for (const field of ['agency', 'table', 'column', 'row'] as const) {
    assert.throws(() => vault.open({ ...context, [field]: 'other' }, envelope))
  }
})

test('any changed byte is refused', () => {
  const vault = agencyVault(randomBytes(32))
  const envelope = vault.seal(context, Buffer.from('Test'))
  for (let at = 0; at < envelope.length; at++) {
    const altered = Buffer.from(envelope)
    altered[at] = (altered[at] ?? 0) ^ 1
    assert.throws(() => vault.open(context, altered), `byte ${at}`)
  }
})

test('another agency’s key opens nothing and makes other tokens', () => {
  const [one, two] = [agencyVault(randomBytes(32)), agencyVault(randomBytes(32))]
  assert.throws(() => two.open(context, one.seal(context, Buffer.from('Test'))))
  assert.notDeepEqual(one.token('email', 'a@b.example'), two.token('email', 'a@b.example'))
})

test('the same text sealed twice gives different bytes; its token is the same', () => {
  const vault = agencyVault(randomBytes(32))
  assert.notDeepEqual(vault.seal(context, Buffer.from('x')), vault.seal(context, Buffer.from('x')))
  assert.deepEqual(vault.token('email', 'a@b.example'), vault.token('email', 'a@b.example'))
  assert.notDeepEqual(vault.token('email', '1'), vault.token('phone', '1'))
})
