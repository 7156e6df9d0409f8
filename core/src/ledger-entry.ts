import { createHash, createHmac } from 'node:crypto'
import { canonicalJson, type Json } from './canonical-json.ts'

/**
 * Ledger entry, canonical form v1. The leaf holds one salted commitment a field and no content, so that
 * erasing the opening (salt and clear values) leaves the proof that something was recorded.
 */
export interface LedgerOpening {
  readonly salt: Uint8Array
  readonly who: string
  readonly verb: string
  readonly object: Json
  /** RFC 3339, UTC, from the database's clock. */
  readonly at: string
  readonly authority: string | null
  readonly purpose: string | null
}

export interface LedgerLeaf {
  readonly v: 1
  readonly cell: string
  readonly agency: string
  readonly entry: string
  readonly commitments: { readonly [field in CommittedField]: string }
}

export const committedFields = ['who', 'verb', 'object', 'at', 'authority', 'purpose'] as const
export type CommittedField = (typeof committedFields)[number]

/** HMAC-SHA-256 keyed by the entry's 32-byte salt: hiding while the salt is unknown, binding by collision resistance. */
export function commit(salt: Uint8Array, field: CommittedField, value: Json): string {
  if (salt.length !== 32) throw new TypeError('a ledger salt has 32 bytes')
  return createHmac('sha256', salt)
    .update(`tandem/ledger/v1/${field}\0${canonicalJson(value)}`)
    .digest('hex')
}

export function leafOf(cell: string, agency: string, entry: string, opening: LedgerOpening): LedgerLeaf {
  const of = (field: CommittedField): string => commit(opening.salt, field, opening[field])
  return {
    v: 1,
    cell,
    agency,
    entry,
    commitments: {
      who: of('who'),
      verb: of('verb'),
      object: of('object'),
      at: of('at'),
      authority: of('authority'),
      purpose: of('purpose'),
    },
  }
}

/** The bytes that the transparency log will hash. */
export const leafBytes = (leaf: LedgerLeaf): Buffer =>
  Buffer.from(
    canonicalJson({
      v: leaf.v,
      cell: leaf.cell,
      agency: leaf.agency,
      entry: leaf.entry,
      commitments: { ...leaf.commitments },
    }),
  )

/** RFC 6962 section 2.1: leaf hash. */
export const leafHash = (bytes: Uint8Array): Buffer => createHash('sha256').update(Buffer.of(0)).update(bytes).digest()

/** The fields of an opening that do not fit its leaf; empty when all six do. */
export function brokenFields(leaf: LedgerLeaf, opening: LedgerOpening): CommittedField[] {
  return committedFields.filter((field) => commit(opening.salt, field, opening[field]) !== leaf.commitments[field])
}
