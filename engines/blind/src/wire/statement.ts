import { canonicalJson, type Json } from '@tandem/core'
import { concat, utf8 } from '../bytes.ts'
import type { Signatures, Signer, Verifier } from '../sign/signature.ts'
import { numberBytes, Reader } from './bytes.ts'
import type { Check } from './shape.ts'

/** What an agency says under its name: canonical JSON (RFC 8785) and two signatures over it. */
export interface Statement<T> {
  readonly says: T
  /** The bytes that are signed, with the purpose before them. */
  readonly signed: Uint8Array
  readonly bytes: Uint8Array
}

export const longestStatement = 48 * 1024

/** `purpose` keeps a statement of one kind from being read as another. */
const toSign = (purpose: string, json: Uint8Array): Uint8Array =>
  concat(utf8(`tandem blind ${purpose} v1`), Uint8Array.of(0), json)

export async function state<T extends Json>(purpose: string, says: T, sign: Signer): Promise<Statement<T>> {
  const json = utf8(canonicalJson(says))
  if (json.length > longestStatement) throw new RangeError('the statement is too long')
  const signed = toSign(purpose, json)
  const { ed25519, mlDsa65 } = await sign(signed)
  const bytes = concat(
    numberBytes(json.length, 4),
    json,
    numberBytes(ed25519.length, 2),
    ed25519,
    numberBytes(mlDsa65.length, 2),
    mlDsa65,
  )
  return { says, signed, bytes }
}

/** Why a statement was not taken: it is not in the agreed form, or it is not theirs. */
export type StatementProblem = 'malformed' | 'signature'

export function readStatement<T>(
  purpose: string,
  bytes: Uint8Array,
  check: Check<T>,
  verify: Verifier,
): Statement<T> | StatementProblem {
  const parts = partsOf(bytes)
  const value = parts === null ? undefined : strictJson(parts.json)
  if (parts === null || !check(value)) return 'malformed'
  const signed = toSign(purpose, parts.json)
  return verify(signed, parts.signatures) ? { says: value, signed, bytes } : 'signature'
}

function partsOf(bytes: Uint8Array): { readonly json: Uint8Array; readonly signatures: Signatures } | null {
  const reader = new Reader(bytes)
  const length = reader.number(4)
  const json = length === null || length > longestStatement ? null : reader.take(length)
  const ed25519 = reader.take(reader.number(2) ?? -1)
  const mlDsa65 = reader.take(reader.number(2) ?? -1)
  if (json === null || ed25519 === null || mlDsa65 === null || reader.left > 0) return null
  return { json, signatures: { ed25519, mlDsa65 } }
}

/** Text that is not byte for byte its own canonical form has a second reading somewhere: doubled keys, spaces, numbers. */
function strictJson(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const value: Json = JSON.parse(text)
    return canonicalJson(value) === text ? value : undefined
  } catch {
    return undefined
  }
}
