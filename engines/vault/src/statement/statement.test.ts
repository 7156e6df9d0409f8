import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  makeSigningKey,
  readSigningKey,
  readVerificationKey,
  verificationKeyOf,
  writeSigningKey,
  writeVerificationKey,
} from './signing-key.ts'
import { readStatement, type SignedStatement, signStatement } from './statement.ts'

const type = 'application/vnd.tandem.test+json'
const said = { what: 'Test', number: 3, list: ['a', null, true] }

describe('a signed statement', () => {
  const [one, two, stranger] = [makeSigningKey(), makeSigningKey(), makeSigningKey()]
  const [first, second] = [verificationKeyOf(one), verificationKeyOf(two)]
  const signed = signStatement(type, said, [one, two])
  const refusal = (statement: SignedStatement, keys = [first, second], asked = type): string | null => {
    const read = readStatement(asked, statement, keys)
    return read.ok ? null : read.error.code
  }

  it('is read when all who must have signed did, with both signatures', () => {
    const read = readStatement(type, signed, [first, second])
    assert.ok(read.ok)
    assert.deepEqual(read.value, said)
  })

  it('is refused without either signature of either signer', () => {
    for (const left of signed.signatures) {
      const signatures = signed.signatures.filter((each) => each !== left)
      assert.equal(refusal({ ...signed, signatures }), 'signature-missing')
    }
    assert.equal(refusal(signed, [first, verificationKeyOf(stranger)]), 'signature-missing')
    assert.equal(refusal(signed, []), 'signer-unknown')
  })

  it('is refused with a signature of somebody else, for something else, or altered', () => {
    const other = signStatement(type, { ...said, number: 4 }, [one, two])
    assert.equal(refusal({ ...signed, payload: other.payload }), 'signature-wrong')
    assert.equal(refusal({ ...signed, signatures: other.signatures }), 'signature-wrong')
    const bad = signed.signatures.map((each) => ({ ...each, sig: `AAAA${each.sig.slice(4)}` }))
    for (const index of bad.keys()) {
      const signatures = signed.signatures.map((each, at) => (at === index ? (bad[at] ?? each) : each))
      assert.equal(refusal({ ...signed, signatures }), 'signature-wrong')
    }
  })

  it('is of one type, and signing one type signs no other', () => {
    assert.equal(refusal(signed, [first], 'application/vnd.tandem.other+json'), 'statement-malformed')
    const moved = { ...signed, payloadType: 'application/vnd.tandem.other+json' }
    assert.equal(refusal(moved, [first], moved.payloadType), 'signature-wrong')
  })

  it('keys are written and read again; halves of another kind are refused', () => {
    const again = readSigningKey(writeSigningKey(one))
    assert.ok(again.ok)
    assert.equal(again.value.keyId, one.keyId)
    assert.ok(readStatement(type, signStatement(type, said, [again.value]), [first]).ok)
    const written = writeVerificationKey(first)
    assert.equal(JSON.stringify(readVerificationKey(written).ok), 'true')
    assert.equal(readVerificationKey({ ...written, mlDsa65: written.ed25519 }).ok, false)
    assert.equal(readVerificationKey({ ...written, ed25519: 'AAAA' }).ok, false)
  })
})
