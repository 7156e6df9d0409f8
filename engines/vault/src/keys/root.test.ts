import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { err, ok } from '@tandem/core'
import { type ModulePrf, rootInModule } from './root.ts'
import { Secret } from './secret.ts'
import { type KeyName, newKey } from './wrapped-key.ts'

const agency = '018f0000-0000-7000-8000-000000000001'
const root: KeyName = { agency, rank: 'root', id: 'root', version: 1 }
const child = (version = 1) => newKey({ agency, rank: 'key-encryption', id: 'fields', version })

/** A module as PKCS#11 has it: its key answers with HMACs and with nothing else. */
function module(): { prf: ModulePrf; asked: Uint8Array[] } {
  const key = randomBytes(32)
  const asked: Uint8Array[] = []
  return {
    asked,
    prf: async (message) => {
      asked.push(message)
      return ok(Secret.of(createHmac('sha256', key).update(message).digest()))
    },
  }
}

describe('a root in a hardware module', () => {
  it('opens what it wrapped, as itself, and another module does not', async () => {
    const [one, other] = [module(), module()]
    const key = child()
    const wrapped = await rootInModule(root, one.prf).wrap(key)
    assert.ok(wrapped.ok)
    const opened = await rootInModule(root, one.prf).unwrap(wrapped.value)
    assert.ok(opened.ok)
    opened.value.key.lend((bytes) => key.key.lend((before) => assert.deepEqual(bytes, before)))
    assert.equal((await rootInModule(root, other.prf).unwrap(wrapped.value)).ok, false)
    assert.equal((await rootInModule({ ...root, version: 2 }, one.prf).unwrap(wrapped.value)).ok, false)
    const renamed = { ...wrapped.value, name: { ...key.name, version: 2 } }
    assert.equal((await rootInModule(root, one.prf).unwrap(renamed)).ok, false)
  })

  it('asks the module for a key of its own for each child, in the form of SP 800-108r1', async () => {
    const { prf, asked } = module()
    const keystore = rootInModule(root, prf)
    await keystore.wrap(child(1))
    await keystore.wrap(child(2))
    const [first, second] = asked.map((message) => Buffer.from(message).toString('hex'))
    assert.notEqual(first, second)
    const label = Buffer.from('tandem/root-in-module/v1').toString('hex')
    // Counter 1, label, a zero byte, the names as context, 256 bits.
    assert.match(first ?? '', new RegExp(`^00000001${label}00(?:[0-9a-f]{2})+00000100$`))
  })

  it('says why when the module is away, and takes no child of another rank', async () => {
    const away = rootInModule(root, async () => err('The module is away.'))
    assert.deepEqual(await away.wrap(child()), { ok: false, error: { code: 'module', says: 'The module is away.' } })
    await assert.rejects(rootInModule(root, module().prf).wrap(newKey({ ...root, rank: 'record' })), TypeError)
    assert.throws(() => rootInModule(child().name, module().prf), TypeError)
  })

  it('gives the PIN up when it is sealed', async () => {
    let ended = false
    await rootInModule(root, module().prf, () => {
      ended = true
    }).seal()
    assert.equal(ended, true)
  })
})
