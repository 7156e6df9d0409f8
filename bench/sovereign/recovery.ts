import { createHmac, hash, randomBytes } from 'node:crypto'
import {
  blind,
  deriveKeyPair,
  evaluate,
  evaluateBlinded,
  inputOf,
  outputBytes,
  ristretto255,
  suiteOf,
} from '@tandem/blind'
import { rounded } from '../figures.ts'

/**
 * A partner got something about `held` numbers out of a space of `space`, keeps it, and tries every number of the space
 * against it at home. What it can test, it finds. Of a run it has all messages, its own secrets among them.
 */
export function recovery(held: number, space: number): string[][] {
  const number = (at: number) => `+447700${String(at).padStart(6, '0')}`
  const truth = new Set<number>()
  while (truth.size < held) truth.add(Math.floor(Math.random() * space))
  const attack = (name: string, isIn: (value: string) => boolean): string[] => {
    const begun = process.cpuUsage()
    let [right, wrong] = [0, 0]
    for (let at = 0; at < space; at++) {
      if (!isIn(number(at))) continue
      if (truth.has(at)) right++
      else wrong++
    }
    const { user, system } = process.cpuUsage(begun)
    return [
      name,
      `${right} of ${held}`,
      `${rounded((100 * right) / held)} %`,
      `${wrong} false`,
      `${rounded((user + system) / 1e6)} s`,
    ]
  }
  const values = [...truth].map(number)
  const key = randomBytes(32)
  const mac = (value: string) => createHmac('sha256', key).update(value).digest('base64')
  const [hashes, macs] = [new Set(values.map((value) => hash('sha256', value))), new Set(values.map(mac))]
  const filter = new Bloom(held, 1e-3)
  for (const value of values) filter.add(value)
  return [
    ['what was handed over', 'found', '', '', 'processor'],
    attack('a list of SHA-256', (value) => hashes.has(hash('sha256', value))),
    attack('a list of HMAC under a shared key', (value) => macs.has(mac(value))),
    attack('a Bloom filter, 1 in 1,000 false', (value) => filter.has(value)),
    attack('all messages of a run', runAttack(values)),
  ]
}

/**
 * What the asker of a run can hold a candidate against: the holder's outputs, its own blinded and evaluated elements,
 * hashes with any of them as a key. The one thing that would tell, the holder's scalar, is gone.
 */
function runAttack(values: readonly string[]): (value: string) => boolean {
  const suite = suiteOf(ristretto255, 'oprf')
  const chance = (length: number) => new Uint8Array(randomBytes(length))
  const keys = deriveKeyPair(suite, chance(32), chance(32))
  const scalar = ristretto255.randomScalar(chance)
  const asked = blind(suite, inputOf('phone', '+15550000000'), scalar)
  const evaluated = keys && asked ? evaluateBlinded(suite, keys.secret, asked) : null
  if (keys === null || asked === null || evaluated === null) throw new Error('no run')
  const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  const outputs = new Set(
    values.map((value) =>
      b64(evaluate(suite, keys.secret, inputOf('phone', value))?.subarray(0, outputBytes) ?? chance(16)),
    ),
  )
  keys.secret.fill(0)
  const knownKeys = [asked, evaluated, scalar, keys.publicKey]
  return (value) => {
    const input = inputOf('phone', value)
    return [
      hash('sha512', input, 'buffer'),
      hash('sha256', input, 'buffer'),
      ...knownKeys.map((known) => createHmac('sha512', known).update(input).digest()),
      ...[scalar].map((known) => evaluate(suite, known, input) ?? chance(64)),
    ].some((guess) => outputs.has(b64(guess.subarray(0, outputBytes))))
  }
}

/** A plain filter with double hashing, of the size that theory gives for the rate. */
class Bloom {
  readonly #bits: Uint8Array
  readonly #hashes: number
  constructor(items: number, rate: number) {
    const bits = Math.ceil((-items * Math.log(rate)) / Math.LN2 ** 2)
    this.#bits = new Uint8Array(Math.ceil(bits / 8))
    this.#hashes = Math.round((bits / items) * Math.LN2)
  }
  #places(value: string): number[] {
    const digest = hash('sha256', value, 'buffer')
    const [a, b] = [digest.readUInt32LE(0), (digest.readUInt32LE(4) | 1) >>> 0]
    return Array.from({ length: this.#hashes }, (_, at) => (a + at * b) % (this.#bits.length * 8))
  }
  add(value: string): void {
    for (const place of this.#places(value)) this.#bits[place >> 3] = (this.#bits[place >> 3] ?? 0) | (1 << (place & 7))
  }
  has(value: string): boolean {
    return this.#places(value).every((place) => ((this.#bits[place >> 3] ?? 0) >> (place & 7)) & 1)
  }
}
