import { ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from './identifier.ts'
import { refuse } from './refuse.ts'

export type HashAlgorithm = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

export interface HashReading {
  readonly identifier: Identifier
  readonly algorithm: HashAlgorithm
}

const byLength: ReadonlyMap<number, HashAlgorithm> = new Map([
  [32, 'md5'],
  [40, 'sha1'],
  [56, 'sha224'],
  [64, 'sha256'],
  [96, 'sha384'],
  [128, 'sha512'],
])

/** What no bytes at all hash to: such a hash is true of every empty file and names none. */
const ofNothing: ReadonlySet<string> = new Set([
  'd41d8cd98f00b204e9800998ecf8427e',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'd14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b',
  'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
])

/**
 * Hex digits of the length of a hash. A file id, a GUID or a key has the same form: weak until the text around it names
 * the algorithm, which the caller says by `named`.
 */
export function readHash(written: string, named?: string): Result<HashReading, IdentifierRefusal> {
  const text = written.trim().toLowerCase()
  if (!/^[0-9a-f]+$/.test(text)) return refuse('hash-form', 'not written in hex')
  const algorithm = byLength.get(text.length)
  if (algorithm === undefined) return refuse('hash-length', 'no hash has this number of digits')
  if (ofNothing.has(text)) return refuse('hash-of-nothing', 'the hash of an empty file, which every empty file has')
  if (/^(.)\1*$/.test(text)) return refuse('hash-filler', 'one digit repeated is a filler')
  const called = named?.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (called !== undefined && called !== 'hash' && called !== algorithm) {
    return refuse('hash-other', 'the length is not that of the algorithm it is said to be')
  }
  const identifier: Identifier = {
    kind: 'hash',
    normal: `${algorithm}/${text}`,
    strength: called === undefined ? 'weak' : 'form',
    because:
      called === undefined
        ? `hex of the length of ${algorithm.toUpperCase()}; other ids have the same form`
        : `hex of the length of ${algorithm.toUpperCase()}, called ${called === 'hash' ? 'a hash' : called.toUpperCase()}`,
  }
  return ok({ identifier, algorithm })
}
