import { err, ok, type Result } from '@tandem/core'

export type ExactKind = 'md5' | 'sha1' | 'sha256'
export type HashKind = ExactKind | 'pdq' | 'photodna'
export type HashProblem =
  | 'hash-empty'
  | 'hash-damaged-by-spreadsheet'
  | 'hash-length'
  | 'hash-alphabet'
  | 'hash-all-zero'
  | 'hash-of-empty-file'

export interface HashValue {
  readonly kind: HashKind
  /** Lower-case hex; PhotoDNA sent as base64 becomes hex too, so that both spellings compare. */
  readonly value: string
}

const hexLength: Readonly<Record<ExactKind | 'pdq', number>> = { md5: 32, sha1: 40, sha256: 64, pdq: 64 }

/** An entry for the empty file would match every empty file there is. */
const ofEmptyFile: ReadonlySet<string> = new Set([
  'd41d8cd98f00b204e9800998ecf8427e',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
])

const HEX = /^[0-9a-f]*$/
const ALL_ZERO = /^0+$/
const FLOATED = /^[0-9]+([.,][0-9]+)?e[+-]?[0-9]+$/
const BASE64_192 = /^[A-Za-z0-9+/]{192}$/

export const isExactKind = (kind: HashKind): kind is ExactKind => kind === 'md5' || kind === 'sha1' || kind === 'sha256'

/** Strict: the length must fit the kind; a value that a spreadsheet turned into a number is named as such. */
export function readHash(kind: HashKind, written: string): Result<HashValue, HashProblem> {
  const trimmed = written.trim()
  if (trimmed === '') return err('hash-empty')
  if (kind === 'photodna' && BASE64_192.test(trimmed)) {
    return checked(kind, Buffer.from(trimmed, 'base64').toString('hex'))
  }
  const value = trimmed.toLowerCase()
  // An exponent also fits the hex alphabet, but never with a sign or the full length.
  if (value.length < 32 && FLOATED.test(value)) return err('hash-damaged-by-spreadsheet')
  if (!HEX.test(value)) return err('hash-alphabet')
  if (value.length !== (kind === 'photodna' ? 288 : hexLength[kind])) return err('hash-length')
  return checked(kind, value)
}

function checked(kind: HashKind, value: string): Result<HashValue, HashProblem> {
  if (ALL_ZERO.test(value)) return err('hash-all-zero')
  if (ofEmptyFile.has(value)) return err('hash-of-empty-file')
  return ok({ kind, value })
}

const knownNames: Readonly<Record<string, HashKind>> = {
  md5: 'md5',
  sha1: 'sha1',
  sha256: 'sha256',
  pdq: 'pdq',
  photodna: 'photodna',
  pdna: 'photodna',
}

/** `SHA-256`, `sha_256`, `PHOTODNA` → the kind; null for a name we do not know. */
export function hashKindNamed(name: string): HashKind | null {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '')
  return Object.hasOwn(knownNames, plain) ? (knownNames[plain] ?? null) : null
}

export const hashProblemSays: Readonly<Record<HashProblem, string>> = {
  'hash-empty': 'the hash is empty',
  'hash-damaged-by-spreadsheet': 'a spreadsheet turned the hash into a number; ask for the original list',
  'hash-length': 'the length does not fit this kind of hash',
  'hash-alphabet': 'the hash has characters that are not hexadecimal',
  'hash-all-zero': 'the hash is all zeros, which is no file',
  'hash-of-empty-file': 'this is the hash of the empty file and would match every empty file',
}
