import { hash } from 'node:crypto'
import { concat, hex, utf8 } from '../bytes.ts'
import { type Chance, inBulk, shuffled } from '../chance.ts'
import { type Entry, inputOf } from '../entries/entry.ts'
import { paddedPlaces } from '../entries/padding.ts'
import type { Compute } from '../run/compute.ts'
import { mostPlaces } from '../run/request.ts'
import { deriveKeyPair, type KeyPair, ristretto255, suiteOf } from '../suite/index.ts'
import { type Check, hexText, integer, oneOf, record, text } from '../wire/shape.ts'

export const lookupSuite = suiteOf(ristretto255, 'voprf')

/** What the holder signs for an epoch: the public key, and the digest of the outputs that may be met. */
export type EpochList = {
  readonly version: 1
  readonly holder: string
  readonly epoch: string
  readonly publicKey: string
  readonly size: number
  /** SHA-256 of all outputs, one after the other. */
  readonly outputs: string
  readonly expiresAt: number
}

export const isEpochList: Check<EpochList> = record<EpochList>({
  version: oneOf(1),
  holder: text(128),
  epoch: text(64),
  publicKey: hexText(32),
  size: integer(16, mostPlaces),
  outputs: hexText(32),
  expiresAt: integer(0, 8_640_000_000_000_000),
})

export interface Epoch {
  readonly keys: KeyPair
  readonly list: EpochList
  readonly outputs: readonly Uint8Array[]
}

/** A fresh key for the epoch, and every entry of the holder under it, padded and in an order that says nothing. */
export async function beginEpoch(
  about: Pick<EpochList, 'holder' | 'epoch' | 'expiresAt'>,
  entries: readonly Entry[],
  chance: Chance,
  compute: Compute,
): Promise<Epoch | null> {
  const bulk = inBulk(chance)
  const seed = chance(32)
  const keys = deriveKeyPair(lookupSuite, seed, utf8(`tandem blind epoch ${about.holder} ${about.epoch}`))
  seed.fill(0)
  if (keys === null) return null
  const inputs = entries.flatMap(({ inputs: each }, entry) => each.map((input) => ({ input, entry })))
  const places = shuffled(paddedPlaces(inputs, controlOf(about.epoch), [], bulk), bulk)
  const outputs = await compute({
    do: 'output',
    mode: 'voprf',
    secret: keys.secret,
    inputs: places.map(({ input }) => input),
  })
  if (outputs === null) return null
  const list: EpochList = {
    version: 1,
    ...about,
    publicKey: hex(keys.publicKey),
    size: outputs.length,
    outputs: digestOf(outputs),
  }
  return { keys, list, outputs }
}

/** In every list, so that an asker can test once whether list and key belong together. */
export const controlOf = (epoch: string): Uint8Array => inputOf('control', epoch)

export const digestOf = (outputs: readonly Uint8Array[]): string => hash('sha256', concat(...outputs), 'hex')
