import { createPrivateKey, type KeyObject } from 'node:crypto'
import { type NoteSigner, noteSigner } from '../src/index.ts'

/** Key pairs out of a number: the same in every run, and nobody's. */
export function testKey(kind: 'ed25519' | 'ml-dsa-44', number: number): KeyObject {
  const seed = Buffer.alloc(32, number)
  const prefix =
    kind === 'ed25519' ? '302e020100300506032b657004220420' : '3034020100300b06096086480165030403110422' + '8020'
  return createPrivateKey({ key: Buffer.concat([Buffer.from(prefix, 'hex'), seed]), format: 'der', type: 'pkcs8' })
}

export const logSigners = (origin: string, number: number): NoteSigner[] => [
  noteSigner(origin, 'ed25519', testKey('ed25519', number)),
  noteSigner(origin, 'ml-dsa-44-cosignature', testKey('ml-dsa-44', number)),
]

export const witnessSigners = (name: string, number: number): NoteSigner[] => [
  noteSigner(name, 'ed25519-cosignature', testKey('ed25519', number)),
  noteSigner(name, 'ml-dsa-44-cosignature', testKey('ml-dsa-44', number)),
]
