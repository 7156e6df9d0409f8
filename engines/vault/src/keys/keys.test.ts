import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { openField, sealField } from './record-envelope.ts'
import { rootInMemory } from './root.ts'
import { Secret } from './secret.ts'
import { type KeyName, type KeyRank, keyRanks, newKey, rewrapKey, unwrapKey, wrapKey } from './wrapped-key.ts'

const name = (rank: KeyRank, more: Partial<KeyName> = {}): KeyName => ({
  agency: 'agency-a',
  rank,
  id: rank,
  version: 1,
  ...more,
})

const place = { operation: 'desk', table: 'note', column: 'text_sealed', row: 'row-1' }

describe('a secret', () => {
  it('is not shown by printing, JSON or a template', () => {
    const bytes = Buffer.from('planted planted planted planted!')
    const secret = Secret.of(bytes)
    assert.equal(bytes.toString('hex'), '00'.repeat(32))
    const shown = [inspect(secret, { showHidden: true, depth: 9 }), JSON.stringify({ secret }), `${secret}`]
    for (const text of shown) assert.doesNotMatch(text, /planted|706c616e/)
    assert.throws(() => secret.lend(() => assert.fail('with no word of the secret')), /no word/)
  })

  it('given up is overwritten and lent no more', () => {
    const secret = Secret.of(randomBytes(32))
    const seen = secret.lend((bytes) => bytes)
    secret.giveUp()
    assert.equal(seen.toString('hex'), '00'.repeat(32))
    assert.throws(() => secret.lend((bytes) => bytes))
  })
})

describe('the hierarchy', () => {
  it('opens from the root down, and no step can be left out', () => {
    const keys = keyRanks.map((rank) => newKey(name(rank)))
    for (const [above, parent] of keys.entries()) {
      for (const [below, child] of keys.entries()) {
        if (below === above + 1) {
          const opened = unwrapKey(parent, wrapKey(parent, child))
          assert.ok(opened.ok)
          const same = opened.value.key.lend((one) => child.key.lend((other) => one.equals(other)))
          assert.ok(same)
        } else assert.throws(() => wrapKey(parent, child), TypeError)
      }
    }
  })

  it('no key of one agency wraps a key of another', () => {
    const parent = newKey(name('key-encryption'))
    assert.throws(() => wrapKey(parent, newKey(name('operation', { agency: 'agency-b' }))), TypeError)
  })

  it('a wrapped key opens only under its parent, only as itself, only unaltered', () => {
    const parent = newKey(name('key-encryption'))
    const wrapped = wrapKey(parent, newKey(name('operation')))
    const others = [
      unwrapKey(newKey(parent.name), wrapped),
      unwrapKey(newKey(name('key-encryption', { version: 2 })), wrapped),
      unwrapKey(parent, { ...wrapped, name: name('operation', { id: 'another' }) }),
      unwrapKey(parent, { ...wrapped, name: name('operation', { version: 2 }) }),
      unwrapKey(parent, { ...wrapped, bytes: wrapped.bytes.subarray(1) }),
    ]
    for (const other of others) assert.equal(other.ok, false)
    for (let at = 0; at < wrapped.bytes.length; at++) {
      const bytes = Buffer.from(wrapped.bytes)
      bytes[at] = (bytes[at] ?? 0) ^ 0x80
      assert.equal(unwrapKey(parent, { ...wrapped, bytes }).ok, false, `byte ${at}`)
    }
  })

  it('a parent is replaced without touching what its children sealed', () => {
    const [old, fresh] = [newKey(name('operation')), newKey(name('operation', { version: 2 }))]
    const record = newKey(name('record'))
    const envelope = sealField(record, place, Buffer.from('Test'))
    const wrapped = rewrapKey(old, fresh, wrapKey(old, record))
    assert.ok(wrapped.ok)
    assert.equal(unwrapKey(old, wrapped.value).ok, false)
    const again = unwrapKey(fresh, wrapped.value)
    assert.ok(again.ok)
    const opened = openField(again.value, place, envelope)
    assert.ok(opened.ok)
    assert.equal(String(opened.value), 'Test')
  })

  it('a sealed root opens nothing more', async () => {
    const root = rootInMemory(newKey(name('root')))
    const wrapped = await root.wrap(newKey(name('key-encryption')))
    assert.ok(wrapped.ok && (await root.unwrap(wrapped.value)).ok)
    await root.seal()
    await assert.rejects(root.unwrap(wrapped.value))
  })
})

describe('a sealed field', () => {
  const record = newKey(name('record'))

  it('opens again, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4000 }), (plain) => {
        const opened = openField(record, place, sealField(record, place, plain))
        assert.ok(opened.ok)
        assert.deepEqual(opened.value, Buffer.from(plain))
      }),
    )
  })

  it('opens nowhere else and under no other key', () => {
    const envelope = sealField(record, place, Buffer.from('Test'))
    for (const field of ['operation', 'table', 'column', 'row'] as const) {
      assert.equal(openField(record, { ...place, [field]: 'other' }, envelope).ok, false, field)
    }
    assert.equal(openField(newKey(record.name), place, envelope).ok, false)
    for (let at = 0; at < envelope.length; at++) {
      const altered = Buffer.from(envelope)
      altered[at] = (altered[at] ?? 0) ^ 1
      assert.equal(openField(record, place, altered).ok, false, `byte ${at}`)
    }
  })

  it('is sealed by the key of a record and no other', () => {
    assert.throws(() => sealField(newKey(name('operation')), place, Buffer.from('x')), TypeError)
  })
})
