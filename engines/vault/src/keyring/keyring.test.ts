import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { agencyVault } from '../envelope.ts'
import { rootInMemory } from '../keys/root.ts'
import { Secret } from '../keys/secret.ts'
import { type KeyName, newKey, unwrapKey, wrapKey } from '../keys/wrapped-key.ts'
import { readKeyring, readOperationKeys } from './document.ts'
import { fitsTogether, Keyring, recordKeyName, slotOfRecord, slotsOfOperation } from './keyring.ts'

const agency = '0192f0c1-2345-7abc-8def-0123456789ab'
const operation = '0192f0c1-2345-7abc-8def-000000000001'
const record = '0192f0c1-2345-7abc-8def-0000000000fe'
const rootName = (version = 1): KeyName => ({ agency, rank: 'root', id: 'root', version })

/** A root as its shares, or its file, would bring it again and again. */
function rootOf(bytes: Buffer, name = rootName()) {
  return () => rootInMemory({ name, key: Secret.of(Uint8Array.from(bytes)) })
}

async function rooted() {
  const root = rootOf(randomBytes(32))
  const keyring = Keyring.make(agency)
  await keyring.moveTo(root())
  keyring.addOperation(operation)
  return { root, keyring }
}

const reopened = async (root: () => ReturnType<typeof rootInMemory>, keyring: Keyring): Promise<Keyring> => {
  const read = readKeyring(JSON.stringify(keyring.document))
  const operations = keyring.operations.map((each) => readOperationKeys(JSON.stringify(each)))
  assert.ok(read.ok)
  const opened = await Keyring.open(
    root(),
    read.value,
    operations.map((each) => {
      assert.ok(each.ok)
      return each.value
    }),
  )
  assert.ok(opened.ok, opened.ok ? '' : opened.error.says)
  return opened.value
}

describe('a keyring', () => {
  it('opens again from what was written, and only under its own root', async () => {
    const { root, keyring } = await rooted()
    const key = newKey(recordKeyName(agency, record))
    const wrapped = wrapKey(keyring.slotKey(operation, slotOfRecord(record)), key)
    const again = await reopened(root, keyring)
    assert.ok(unwrapKey(again.slotKey(operation, slotOfRecord(record)), wrapped).ok)
    assert.ok(again.index.token('email', 'a').equals(keyring.index.token('email', 'a')))
    for (const wrong of [rootOf(randomBytes(32)), rootOf(randomBytes(32), rootName(2))])
      assert.equal((await Keyring.open(wrong(), keyring.document, keyring.operations)).ok, false)
  })

  it('cannot be written before a root holds it', () => {
    assert.throws(() => Keyring.make(agency).document, /no root holds these keys/)
  })

  it('takes the key of an older cell: the same tokens, and what it sealed opens', async () => {
    const old = randomBytes(32)
    const before = agencyVault(old)
    const keyring = Keyring.make(agency, Secret.of(Uint8Array.from(old)))
    const place = { agency, table: 'note', column: 'text', row: 'x' }
    assert.equal(keyring.index.open(place, before.seal(place, Buffer.from('long ago'))).toString(), 'long ago')
    assert.ok(keyring.index.token('email', 'a').equals(before.token('email', 'a')))
  })

  it('keeps a record under the key that the last byte of its id names, of 256', async () => {
    const { keyring } = await rooted()
    assert.equal(keyring.operations[0]?.slots.length, slotsOfOperation)
    assert.equal(slotOfRecord(record), 0xfe)
    const key = wrapKey(keyring.slotKey(operation, 0xfe), newKey(recordKeyName(agency, record)))
    for (let slot = 0; slot < 0xfe; slot++) assert.equal(unwrapKey(keyring.slotKey(operation, slot), key).ok, false)
  })

  it('replaces one key of an operation in two steps, either of which can be the last', async () => {
    for (const keep of ['current', 'next'] as const) {
      const { root, keyring } = await rooted()
      const wrapped = wrapKey(keyring.slotKey(operation, 7), newKey(recordKeyName(agency, record)))
      keyring.beginSlot(operation, 7)
      const again = await reopened(root, keyring)
      assert.ok(unwrapKey(again.slotKeyOf(operation, 7, 1), wrapped).ok, 'while both are there, both open')
      assert.equal(again.slotKeyOf(operation, 7, 2).name.version, 2)
      assert.throws(() => again.beginSlot(operation, 7), /being replaced already/)
      again.endSlot(operation, 7, keep)
      const after = await reopened(root, again)
      assert.equal(unwrapKey(after.slotKey(operation, 7), wrapped).ok, keep === 'current')
      assert.equal(after.slotKey(operation, 8).name.version, 1, 'no other key was touched')
      assert.throws(() => after.endSlot(operation, 7, keep), /not being replaced/)
    }
  })

  it('rotates its key-encryption key: every key below is the same, wrapped anew', async () => {
    const { root, keyring } = await rooted()
    const wrapped = wrapKey(keyring.slotKey(operation, 7), newKey(recordKeyName(agency, record)))
    const [before, beforeOperations] = [keyring.document, keyring.operations]
    const changed = await keyring.rotate(root())
    assert.ok(changed.ok)
    assert.equal(changed.value.keyring.keyEncryption.name.version, 2)
    assert.notDeepEqual(changed.value.operations, beforeOperations)
    const again = await reopened(root, keyring)
    assert.ok(unwrapKey(again.slotKey(operation, 7), wrapped).ok)
    assert.ok(fitsTogether(again.document, again.operations).ok)
    assert.equal(fitsTogether(again.document, beforeOperations).ok, false, 'a rotation that was cut is told')
    assert.equal(fitsTogether(before, beforeOperations).ok, true)
  })

  it('moves to another root: the former one opens it no more', async () => {
    const { root, keyring } = await rooted()
    const other = rootOf(randomBytes(32), rootName(2))
    await keyring.moveTo(other())
    await reopened(other, keyring)
    assert.equal((await Keyring.open(root(), keyring.document, keyring.operations)).ok, false)
    const foreign = rootOf(randomBytes(32), { ...rootName(), agency: 'another' })
    await assert.rejects(keyring.moveTo(foreign()), TypeError)
  })

  it('gives its keys up', async () => {
    const { keyring } = await rooted()
    const key = keyring.slotKey(operation, 1)
    keyring.giveUp()
    assert.equal(key.key.isGone, true)
    assert.throws(() => keyring.slotKey(operation, 2))
  })

  it('is read from its own form alone', async () => {
    const { keyring } = await rooted()
    const text = JSON.stringify(keyring.document)
    for (const broken of [
      '',
      '{',
      '[]',
      'null',
      text.replace('v1', 'v2'),
      text.replace('"version":1', '"version":"1"'),
    ])
      assert.equal(readKeyring(broken).ok, false, broken)
    const slots = JSON.stringify(keyring.operations[0])
    for (const broken of [slots.replace('v1', 'v9'), slots.replace('"bytes"', '"byte"'), '{"slots":[]}'])
      assert.equal(readOperationKeys(broken).ok, false)
    // Altered bytes are read, and do not open.
    const altered = slots.replace(/"bytes":"(.)/, (_, first: string) => `"bytes":"${first === 'A' ? 'B' : 'A'}`)
    const read = readOperationKeys(altered)
    assert.ok(read.ok)
  })
})
