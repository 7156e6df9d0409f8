import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { ristretto255_oprf } from '@noble/curves/ed25519.js'
import { p256_oprf } from '@noble/curves/nist.js'
import fc from 'fast-check'
import { hex, utf8 } from '../src/bytes.ts'
import { expandMessage } from '../src/suite/expand.ts'
import {
  blind,
  deriveKeyPair,
  evaluate,
  evaluateBlinded,
  evaluateProved,
  evaluateWith,
  type Group,
  invertAll,
  type Mode,
  modes,
  p256Group,
  proofBytes,
  readProof,
  ristretto255,
  type Suite,
  suiteOf,
  tweakedKey,
  unblind,
  unblindProved,
  unblindWith,
} from '../src/suite/index.ts'
import { bytesOf, expandVectors, listOf, type OprfVector, oprfVectors, p256Vectors } from './vectors.ts'

const groups: readonly Group[] = [ristretto255, p256Group]
const chance = (length: number): Uint8Array => new Uint8Array(randomBytes(length))
const seed = chance(32)

function present<T>(value: T | null | undefined): T {
  assert.ok(value !== null && value !== undefined)
  return value
}

describe('RFC 9380', () => {
  test('expand_message_xmd with SHA-512: every vector', () => {
    for (const { msg, len_in_bytes, uniform_bytes } of expandVectors.tests) {
      const expanded = expandMessage(utf8(msg), utf8(expandVectors.DST), Number(len_in_bytes))
      assert.equal(hex(expanded), uniform_bytes)
    }
    assert.equal(expandVectors.tests.length, 10)
  })

  test('hash to P-256: every vector', () => {
    for (const { msg, P } of p256Vectors.vectors) {
      const element = present(p256Group.hashToGroup(utf8(msg), utf8(p256Vectors.dst)))
      const sign = BigInt(P.y) % 2n === 0n ? '02' : '03'
      assert.equal(hex(element), sign + P.x.slice(2))
    }
    assert.equal(p256Vectors.vectors.length, 5)
  })
})

describe('RFC 9497', () => {
  for (const group of groups) {
    let shown = 0
    for (const mode of Object.keys(modes) as Mode[]) {
      const given = present(oprfVectors.find((v) => v.identifier === group.identifier && v.mode === modes[mode]))
      const suite = suiteOf(group, mode)
      const keys = present(deriveKeyPair(suite, bytesOf(given.seed), bytesOf(given.keyInfo)))

      test(`${group.identifier} ${mode}: key pair`, () => {
        assert.equal(hex(keys.secret), given.skSm)
        if (given.pkSm !== undefined) assert.equal(hex(keys.publicKey), given.pkSm)
      })
      for (const [at, vector] of given.vectors.entries()) {
        shown++
        test(`${group.identifier} ${mode}: vector ${at + 1}, batch of ${listOf(vector.Input).length}`, () =>
          follow(suite, keys, vector))
      }
    }
    test(`${group.identifier}: 8 of 8 vectors`, () => assert.equal(shown, 8))
  }
})

function follow(suite: Suite, keys: { secret: Uint8Array; publicKey: Uint8Array }, vector: OprfVector): void {
  const [inputs, scalars] = [listOf(vector.Input), listOf(vector.Blind)]
  const batch = inputs.map((input, at) => {
    const scalar = present(scalars[at])
    return { input, scalar, element: present(blind(suite, input, scalar)) }
  })
  const blinded = batch.map(({ element }) => element)
  assert.equal(blinded.map(hex).join(), vector.BlindedElement)
  const said = (outputs: readonly Uint8Array[]): void => assert.equal(outputs.map(hex).join(), vector.Output)

  if (vector.Proof === undefined) {
    const evaluated = blinded.map((element) => present(evaluateBlinded(suite, keys.secret, element)))
    assert.equal(evaluated.map(hex).join(), vector.EvaluationElement)
    said(batch.map(({ input, scalar }, at) => present(unblind(suite, input, scalar, present(evaluated[at])))))
    said(inputs.map((input) => present(evaluate(suite, keys.secret, input))))
    return
  }
  const nonce = bytesOf(vector.Proof.r)
  if (vector.Info === undefined) {
    const evaluated = present(evaluateProved(suite, keys, blinded, nonce))
    assert.equal(evaluated.elements.map(hex).join(), vector.EvaluationElement)
    assert.equal(hex(proofBytes(evaluated.proof)), vector.Proof.proof)
    said(present(unblindProved(suite, keys.publicKey, batch, evaluated)))
    return
  }
  const info = bytesOf(vector.Info)
  const evaluated = present(evaluateWith(suite, keys, info, blinded, nonce))
  assert.equal(evaluated.elements.map(hex).join(), vector.EvaluationElement)
  assert.equal(hex(proofBytes(evaluated.proof)), vector.Proof.proof)
  said(present(unblindWith(suite, present(tweakedKey(suite, keys.publicKey, info)), info, batch, evaluated)))
}

describe('with the second implementation', () => {
  for (const [group, peer] of [
    [ristretto255, ristretto255_oprf],
    [p256Group, p256_oprf],
  ] as const) {
    const inputs = Array.from({ length: 4 }, (_, at) => utf8(`input ${at}`))
    const info = utf8('a purpose')

    test(`${group.identifier}: our client, their server, in all modes`, () => {
      for (const mode of Object.keys(modes) as Mode[]) {
        const suite = suiteOf(group, mode)
        const batch = inputs.map((input) => {
          const scalar = group.randomScalar(chance)
          return { input, scalar, element: present(blind(suite, input, scalar)) }
        })
        const blinded = batch.map(({ element }) => element)
        if (mode === 'oprf') {
          const { secretKey } = peer.oprf.deriveKeyPair(seed, info)
          for (const { input, scalar, element } of batch) {
            const evaluated = peer.oprf.blindEvaluate(secretKey, element)
            const own = peer.oprf.blind(input)
            const theirs = peer.oprf.finalize(input, own.blind, peer.oprf.blindEvaluate(secretKey, own.blinded))
            assert.equal(hex(present(unblind(suite, input, scalar, evaluated))), hex(theirs))
          }
        } else if (mode === 'voprf') {
          const { secretKey, publicKey } = peer.voprf.deriveKeyPair(seed, info)
          const { evaluated, proof } = peer.voprf.blindEvaluateBatch(secretKey, publicKey, blinded)
          const read = present(readProof(suite, proof))
          const outputs = present(unblindProved(suite, publicKey, batch, { elements: evaluated, proof: read }))
          assert.deepEqual(
            outputs.map(hex),
            inputs.map((input) => {
              const { blind: scalar, blinded } = peer.voprf.blind(input)
              const { evaluated, proof } = peer.voprf.blindEvaluate(secretKey, publicKey, blinded)
              return hex(peer.voprf.finalize(input, scalar, evaluated, blinded, publicKey, proof))
            }),
          )
        } else {
          const { secretKey, publicKey } = peer.poprf(info).deriveKeyPair(seed, info)
          const { evaluated, proof } = peer.poprf(info).blindEvaluateBatch(secretKey, blinded)
          const product = present(tweakedKey(suite, publicKey, info))
          const read = present(readProof(suite, proof))
          const outputs = present(unblindWith(suite, product, info, batch, { elements: evaluated, proof: read }))
          assert.deepEqual(
            outputs.map(hex),
            inputs.map((input) => hex(peer.poprf(info).evaluate(secretKey, input))),
          )
        }
      }
    })

    test(`${group.identifier}: their client, our server, in both modes of a run`, () => {
      const plain = suiteOf(group, 'oprf')
      const keys = present(deriveKeyPair(plain, seed, info))
      for (const input of inputs) {
        const { blind: scalar, blinded } = peer.oprf.blind(input)
        const evaluated = present(evaluateBlinded(plain, keys.secret, blinded))
        assert.equal(
          hex(peer.oprf.finalize(input, scalar, evaluated)),
          hex(present(evaluate(plain, keys.secret, input))),
        )
      }
      const proved = suiteOf(group, 'voprf')
      const own = present(deriveKeyPair(proved, seed, info))
      const theirs = inputs.map((input) => ({ input, ...peer.voprf.blind(input) }))
      const evaluated = present(
        evaluateProved(
          proved,
          own,
          theirs.map(({ blinded }) => blinded),
          group.randomScalar(chance),
        ),
      )
      const items = theirs.map((each, at) => ({ ...each, evaluated: present(evaluated.elements[at]) }))
      const outputs = peer.voprf.finalizeBatch(items, own.publicKey, proofBytes(evaluated.proof))
      assert.deepEqual(
        outputs.map(hex),
        inputs.map((input) => hex(present(evaluate(proved, own.secret, input)))),
      )
    })
  }
})

describe('at the border', () => {
  for (const group of groups) {
    const suite = suiteOf(group, 'voprf')
    const keys = present(deriveKeyPair(suite, seed, utf8('border')))

    test(`${group.identifier}: the identity and encodings that are not canonical are no elements`, () => {
      for (const bytes of notElements(group)) {
        assert.equal(group.isElement(bytes), false, hex(bytes))
        assert.equal(evaluateBlinded(suite, keys.secret, bytes), null, hex(bytes))
        assert.equal(unblind(suite, utf8('x'), group.randomScalar(chance), bytes), null, hex(bytes))
        assert.equal(evaluateProved(suite, keys, [bytes], group.randomScalar(chance)), null, hex(bytes))
      }
    })

    test(`${group.identifier}: a scalar at or above the order is none`, () => {
      const order = group.identifier === 'P256-SHA256' ? p256Order : [...ristrettoOrder].reverse()
      assert.equal(group.isScalar(Uint8Array.from(order)), false)
      assert.equal(group.isScalar(new Uint8Array(32)), false)
      assert.equal(group.isScalar(new Uint8Array(32).fill(255)), false)
      assert.equal(group.isScalar(group.randomScalar(chance)), true)
    })

    test(`${group.identifier}: a proof of another key, batch, order or bit is refused`, () => {
      const batch = ['a', 'b'].map((text) => {
        const scalar = group.randomScalar(chance)
        return { input: utf8(text), scalar, element: present(blind(suite, utf8(text), scalar)) }
      })
      const blinded = batch.map(({ element }) => element)
      const good = present(evaluateProved(suite, keys, blinded, group.randomScalar(chance)))
      const other = present(deriveKeyPair(suite, seed, utf8('other')))
      assert.ok(unblindProved(suite, keys.publicKey, batch, good))
      assert.equal(unblindProved(suite, other.publicKey, batch, good), null)
      assert.equal(unblindProved(suite, keys.publicKey, batch.slice(0, 1), good), null)
      assert.equal(unblindProved(suite, keys.publicKey, batch.toReversed(), good), null)
      const foreign = present(evaluateProved(suite, other, blinded, group.randomScalar(chance)))
      assert.equal(unblindProved(suite, keys.publicKey, batch, { ...good, elements: foreign.elements }), null)
      const bytes = proofBytes(good.proof)
      for (let at = 0; at < bytes.length; at += 7) {
        const bent = bytes.map((byte, place) => (place === at ? byte ^ 1 : byte))
        const proof = present(readProof(suite, bent))
        assert.equal(unblindProved(suite, keys.publicKey, batch, { ...good, proof }), null, `byte ${at}`)
      }
      assert.equal(readProof(suite, bytes.subarray(1)), null)
    })
  }

  test('many scalars are inverted together as one by one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.constantFrom(...groups), (count, group) => {
        const scalars = Array.from({ length: count }, () => group.randomScalar(chance))
        const each = scalars.map((scalar) => hex(group.invert(scalar)))
        assert.deepEqual(invertAll(suiteOf(group, 'oprf'), scalars).map(hex), each)
      }),
      { numRuns: 30 },
    )
  })
})

const p256Order = bytesOf('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')
const ristrettoOrder = bytesOf('1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed')

/** RFC 9496 appendix A.2 lists bad encodings; some of each sort, and of SEC 1 for P-256. */
function notElements(group: Group): Uint8Array[] {
  if (group.identifier === 'P256-SHA256') {
    return ['00', '00'.repeat(33), `04${'01'.repeat(64)}`, `02${'ff'.repeat(32)}`, `05${'01'.repeat(32)}`, '']
      .map(bytesOf)
      .concat(p256Group.generator.subarray(1))
  }
  return [
    '00'.repeat(32),
    // Not canonical field encodings.
    `00${'ff'.repeat(31)}`,
    `${'ff'.repeat(31)}7f`,
    `f3${'ff'.repeat(30)}7f`,
    `ed${'ff'.repeat(30)}7f`,
    // Negative field elements.
    `01${'00'.repeat(31)}`,
    `01${'ff'.repeat(30)}7f`,
    'ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20',
    // Not a square.
    '26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371',
    // t negative, y zero.
    '3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e',
    '00',
    '',
  ].map(bytesOf)
}
