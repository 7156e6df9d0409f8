import assert from 'node:assert/strict'
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPublicKey,
  decapsulate,
  hkdfSync,
  type KeyObject,
  verify,
} from 'node:crypto'
import { describe, it } from 'node:test'
import { MLKEM768X25519 } from '@noble/post-quantum/hybrid.js'
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { bech32 } from '@scure/base'
import { readRecipient } from '../src/age/recipient.ts'
import { privateKeyOf, privateKeyOfExpanded, publicKeyOf } from './der.ts'
import { type Case, casesOf } from './vectors.ts'

/** Runs every case of a file; `count` is the number that its authors wrote, so that none is left out unseen. */
function all(name: string, count: number, run: (each: Case) => void, only = (_: Case) => true): void {
  const cases = casesOf(name).filter(only)
  it(`${name}: ${count} cases`, () => {
    assert.equal(cases.length, count)
    for (const each of cases) {
      try {
        run(each)
      } catch (error) {
        throw new Error(`${each.id}: ${error instanceof Error ? error.message : error}`, { cause: error })
      }
    }
  })
}

const gcmOf = (key: Buffer) => (key.length === 16 ? 'aes-128-gcm' : key.length === 24 ? 'aes-192-gcm' : 'aes-256-gcm')

const isValid = (each: Case): boolean => each.text('result') === 'valid'

/** Null where the work refuses, which is how these libraries say no. */
function orNull<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}

const same = (actual: Uint8Array | null, expected: Buffer): void =>
  assert.equal(actual === null ? null : Buffer.from(actual).toString('hex'), expected.toString('hex'))

describe('symmetric primitives of node:crypto', () => {
  all(
    'wycheproof/aes_gcm_test',
    197,
    (each) => {
      const [key, nonce, aad] = [each.bytes('key'), each.bytes('iv'), each.bytes('aad')]
      const [plain, sealed, tag] = [each.bytes('msg'), each.bytes('ct'), each.bytes('tag')]
      const name = gcmOf(key)
      const opened = orNull(() => {
        const decipher = createDecipheriv(name, key, nonce)
        decipher.setAAD(aad)
        decipher.setAuthTag(tag)
        return Buffer.concat([decipher.update(sealed), decipher.final()])
      })
      if (!isValid(each)) return assert.equal(opened, null)
      same(opened, plain)
      const cipher = createCipheriv(name, key, nonce)
      cipher.setAAD(aad)
      same(Buffer.concat([cipher.update(plain), cipher.final()]), sealed)
      same(cipher.getAuthTag(), tag)
    },
    // Other nonces than those of 96 bits are never used here.
    (each) => each.text('ivSize') === '96',
  )

  all('wycheproof/hkdf_sha256_test', 86, (each) => {
    const size = Number(each.text('size'))
    const made = orNull(() => hkdfSync('sha256', each.bytes('ikm'), each.bytes('salt'), each.bytes('info'), size))
    if (isValid(each)) same(made === null ? null : new Uint8Array(made), each.bytes('okm'))
    else assert.equal(made, null)
  })

  all('wycheproof/hmac_sha256_test', 174, (each) => {
    const mac = createHmac('sha256', each.bytes('key')).update(each.bytes('msg')).digest()
    const length = Number(each.text('tagSize')) / 8
    assert.equal(mac.subarray(0, length).equals(each.bytes('tag')), isValid(each))
  })
})

describe('signatures of node:crypto', () => {
  const verifies = (key: () => KeyObject, each: Case, context?: Buffer): boolean =>
    orNull(() => {
      const options = context === undefined ? { key: key() } : { key: key(), context }
      return verify(null, each.bytes('msg'), options, each.bytes('sig'))
    }) === true

  all('wycheproof/ed25519_test', 151, (each) => {
    assert.equal(
      verifies(() => publicKeyOf('ed25519', each.bytes('pk')), each),
      isValid(each),
    )
  })

  for (const [algorithm, count] of [
    ['ml-dsa-44', 180],
    ['ml-dsa-65', 210],
  ] as const) {
    all(`wycheproof/mldsa_${algorithm.slice(-2)}_verify_test`, count, (each) => {
      const context = each.isSaid('ctx') ? each.bytes('ctx') : undefined
      assert.equal(
        verifies(() => publicKeyOf(algorithm, each.bytes('publicKey')), each, context),
        isValid(each),
      )
    })
  }

  all('acvp/ML-DSA-keyGen-FIPS204.mldsa65-first10', 10, (each) => {
    const written = createPublicKey(privateKeyOf('ml-dsa-65', each.bytes('seed'))).export({
      format: 'der',
      type: 'spki',
    })
    same(written.subarray(-1952), each.bytes('pk'))
  })
})

describe('key agreement of files', () => {
  /** The library that age uses, and Node's own, must say the same. */
  const decapsulations: readonly [string, (seed: Buffer, sealed: Buffer) => Uint8Array][] = [
    ['noble', (seed, sealed) => ml_kem768.decapsulate(sealed, ml_kem768.keygen(seed).secretKey)],
    ['node', (seed, sealed) => decapsulate(privateKeyOf('ml-kem-768', seed), sealed)],
  ]

  all('wycheproof/mlkem_768_test', 193, (each) => {
    for (const [library, decapsulated] of decapsulations) {
      const shared = orNull(() => decapsulated(each.bytes('seed'), each.bytes('c')))
      if (isValid(each)) same(shared, each.bytes('K'))
      else assert.equal(shared, null, library)
    }
    if (isValid(each)) same(ml_kem768.keygen(each.bytes('seed')).publicKey, each.bytes('ek'))
  })

  all('wycheproof/mlkem_768_semi_expanded_decaps_test', 9, (each) => {
    const shared = orNull(() => ml_kem768.decapsulate(each.bytes('c'), each.bytes('dk')))
    if (isValid(each)) same(shared, each.bytes('K'))
    else assert.equal(shared, null)
  })

  all('acvp/ML-KEM-keyGen-FIPS203.mlkem768', 25, (each) => {
    const { publicKey, secretKey } = ml_kem768.keygen(Buffer.concat([each.bytes('d'), each.bytes('z')]))
    same(publicKey, each.bytes('ek'))
    same(secretKey, each.bytes('dk'))
  })

  all('acvp/ML-KEM-encapDecap-FIPS203.mlkem768', 55, (each) => {
    if (each.group === 'encapsulation') {
      const { cipherText, sharedSecret } = ml_kem768.encapsulate(each.bytes('ek'), each.bytes('m'))
      same(cipherText, each.bytes('c'))
      same(sharedSecret, each.bytes('k'))
    } else if (each.group === 'decapsulation') {
      same(ml_kem768.decapsulate(each.bytes('c'), each.bytes('dk')), each.bytes('k'))
      same(decapsulate(privateKeyOfExpanded('ml-kem-768', each.bytes('dk')), each.bytes('c')), each.bytes('k'))
    } else {
      const passes = each.text('testPassed') === 'true'
      if (each.group === 'decapsulationKeyCheck') {
        assert.equal(orNull(() => ml_kem768.decapsulate(new Uint8Array(1088), each.bytes('dk'))) !== null, passes)
      } else {
        // What age's library does not notice is refused where a recipient is read.
        const key = Buffer.concat([each.bytes('ek'), Buffer.alloc(32, 9)])
        assert.equal(readRecipient(bech32.encode('age1pq', bech32.toWords(key), false)).ok, passes)
      }
    }
  })

  all('kem/xwing-test-vectors', 3, (each) => {
    same(MLKEM768X25519.getPublicKey(each.bytes('seed')), each.bytes('pk'))
    const { cipherText, sharedSecret } = MLKEM768X25519.encapsulate(each.bytes('pk'), each.bytes('eseed'))
    same(cipherText, each.bytes('ct'))
    same(sharedSecret, each.bytes('ss'))
    same(MLKEM768X25519.decapsulate(each.bytes('ct'), each.bytes('sk')), each.bytes('ss'))
  })
})
