import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { canonicalJson, err, ok, type Result } from '@tandem/core'
import { Secret } from './secret.ts'

/** Agency root → key-encryption key → operation key → record key. Each wraps the next one and nothing else. */
export const keyRanks = ['root', 'key-encryption', 'operation', 'record'] as const
export type KeyRank = (typeof keyRanks)[number]

/** Which key this is. `id` is the operation's or the record's own id where there is one. */
export interface KeyName {
  readonly agency: string
  readonly rank: KeyRank
  readonly id: string
  /** Rises when the key itself is replaced; rewrapping leaves it. */
  readonly version: number
}

/** A key as it may be stored anywhere: it opens only under `under`, and only as `name`. */
export interface WrappedKey {
  readonly name: KeyName
  readonly under: KeyName
  /** `01 | nonce (12) | ciphertext (32) | tag (16)`, AES-256-GCM (NIST SP 800-38D) over both names. */
  readonly bytes: Uint8Array
}

export interface NamedKey {
  readonly name: KeyName
  readonly key: Secret
}

export type KeyProblem =
  | { readonly code: 'wrong-parent'; readonly says: string }
  | { readonly code: 'does-not-open'; readonly says: string }
  /** The hardware module that holds the root is away, or refuses. */
  | { readonly code: 'module'; readonly says: string }

export const keyLength = 32

const FORMAT = 1
const NONCE = 12
const TAG = 16
const WRAPPED = 1 + NONCE + keyLength + TAG

export function newKey(name: KeyName): NamedKey {
  return { name, key: Secret.of(randomBytes(keyLength)) }
}

/** Throws when the parent is of another agency or not the rank above: that is never an expected outcome. */
export function wrapKey(parent: NamedKey, child: NamedKey): WrappedKey {
  const refused = kinship(parent.name, child.name)
  if (refused !== null) throw new TypeError(refused)
  const nonce = randomBytes(NONCE)
  const cipher = parent.key.lend((bytes) => createCipheriv('aes-256-gcm', bytes, nonce))
  cipher.setAAD(bothNames(child.name, parent.name))
  const sealed = child.key.lend((bytes) => cipher.update(bytes))
  cipher.final()
  return {
    name: child.name,
    under: parent.name,
    bytes: Buffer.concat([Buffer.of(FORMAT), nonce, sealed, cipher.getAuthTag()]),
  }
}

/** A key that was altered, swapped for another one or wrapped by somebody else does not open. */
export function unwrapKey(parent: NamedKey, wrapped: WrappedKey): Result<NamedKey, KeyProblem> {
  const refused =
    kinship(parent.name, wrapped.name) ?? (isSame(parent.name, wrapped.under) ? null : 'it is wrapped by another key')
  if (refused !== null) return err({ code: 'wrong-parent', says: `Key ${text(wrapped.name)}: ${refused}.` })
  const { bytes } = wrapped
  if (bytes.length !== WRAPPED || bytes[0] !== FORMAT) return err(damaged(wrapped.name))
  const decipher = parent.key.lend((key) => createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + NONCE)))
  decipher.setAAD(bothNames(wrapped.name, wrapped.under))
  decipher.setAuthTag(bytes.subarray(WRAPPED - TAG))
  try {
    const opened = decipher.update(bytes.subarray(1 + NONCE, WRAPPED - TAG))
    decipher.final()
    return ok({ name: wrapped.name, key: Secret.of(opened) })
  } catch {
    return err(damaged(wrapped.name))
  }
}

/** Rotation of a parent: the key stays as it is, so nothing that it sealed is touched. */
export function rewrapKey(from: NamedKey, to: NamedKey, wrapped: WrappedKey): Result<WrappedKey, KeyProblem> {
  const opened = unwrapKey(from, wrapped)
  if (!opened.ok) return opened
  const again = wrapKey(to, opened.value)
  opened.value.key.giveUp()
  return ok(again)
}

function kinship(parent: KeyName, child: KeyName): string | null {
  if (parent.agency !== child.agency) return 'no key of one agency wraps a key of another'
  const above = keyRanks[keyRanks.indexOf(child.rank) - 1]
  return above === parent.rank ? null : `a ${parent.rank} key wraps no ${child.rank} key`
}

const isSame = (one: KeyName, other: KeyName): boolean => canonicalJson({ ...one }) === canonicalJson({ ...other })

const bothNames = (name: KeyName, under: KeyName): Buffer =>
  Buffer.from(canonicalJson({ format: 'tandem/wrapped-key/v1', name: { ...name }, under: { ...under } }))

const text = ({ rank, id, version }: KeyName): string => `${rank} ${id} version ${version}`

const damaged = (name: KeyName): KeyProblem => ({
  code: 'does-not-open',
  says: `Key ${text(name)} does not open: it was altered, or belongs elsewhere.`,
})
