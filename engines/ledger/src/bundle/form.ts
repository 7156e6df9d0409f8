import { canonicalJson, ok, type Result } from '@tandem/core'
import { committedFields, type LedgerLeaf, type LedgerOpening } from '@tandem/core/ledger-entry'
import { type LedgerRefusal, refusal } from '../refusal.ts'
import { areTexts, isHex, isJson, isText, isTextOrNull, membersOf } from './shape.ts'

/**
 * What leaves a cell so that a stranger can check it without the cell, without a network and without us. The file is the
 * canonical JSON of this (RFC 8785) and one newline: nothing in it can be written in two ways.
 */
export interface Bundle {
  readonly format: typeof bundleFormat
  /** Claims of whoever made it, in words. */
  readonly made: { readonly at: string; readonly by: string; readonly about: string }
  readonly logs: readonly BundleLog[]
  /** Keys that the maker says are right. A verifier with keys of its own uses those. */
  readonly trust: TrustForm
  /** A checkpoint of a tree with one leaf: the canonical JSON of all the rest. */
  readonly seal: string
}

export interface BundleLog {
  /** Signed note with cosignatures. */
  readonly checkpoint: string
  /** RFC 3161 tokens for the checkpoint's text, base64 of DER. */
  readonly timestamps: readonly string[]
  readonly records: readonly BundleRecord[]
}

export interface BundleRecord {
  readonly leaf: LedgerLeaf
  /** Null: erased by law, or not for this reader. */
  readonly opening: LedgerOpening | null
  /** A C2SP tlog-proof up to its empty line; the checkpoint stands once, above. */
  readonly proof: string
}

export interface TrustForm {
  /** C2SP tlog-policy, one a log. */
  readonly policies: readonly string[]
  /** Verifier keys of those who may seal a bundle. */
  readonly seals: readonly string[]
  /** Certificates of timestamp authorities, base64 of DER. */
  readonly timestampRoots: readonly string[]
}

export const bundleFormat = 'tandem/bundle/v1'
const longestBundle = 256 * 1024 * 1024

/** The bytes under the seal. */
export const sealedBytes = (bundle: Bundle): Buffer => {
  const { seal: _, ...rest } = inFile(bundle)
  return Buffer.from(canonicalJson(JSON.parse(JSON.stringify(rest))))
}
export const writeBundle = (bundle: Bundle): string => `${canonicalJson(JSON.parse(JSON.stringify(inFile(bundle))))}\n`

/** A salt is bytes here and hexadecimal in the file. */
const inFile = (bundle: Bundle) => ({
  ...bundle,
  logs: bundle.logs.map((log) => ({
    ...log,
    records: log.records.map(({ leaf, opening, proof }) => ({
      leaf,
      opening: opening === null ? null : { ...opening, salt: Buffer.from(opening.salt).toString('hex') },
      proof,
    })),
  })),
})

export function readBundle(file: string): Result<Bundle, LedgerRefusal> {
  const bad = (says: string): Result<Bundle, LedgerRefusal> => refusal('form', says)
  if (file.length > longestBundle) return bad('The file is larger than a bundle may be.')
  let parsed: unknown
  try {
    parsed = JSON.parse(file)
    if (!isJson(parsed) || `${canonicalJson(parsed)}\n` !== file)
      return bad('The file is not in canonical form: it was changed, or written by something else.')
  } catch {
    return bad('The file is no JSON in canonical form.')
  }
  const bundle = bundleOf(parsed)
  return bundle === null ? bad('The file is no bundle of this version: something is missing or too much.') : ok(bundle)
}

function bundleOf(value: unknown): Bundle | null {
  const members = membersOf(value, ['format', 'made', 'logs', 'trust', 'seal'])
  const made = membersOf(members?.['made'], ['at', 'by', 'about'])
  const trust = trustIn(members?.['trust'])
  if (members === null || made === null || trust === null || members['format'] !== bundleFormat) return null
  const { at, by, about } = made
  const { logs, seal } = members
  if (!isText(at) || !isText(by) || !isText(about) || !isText(seal) || !Array.isArray(logs)) return null
  const read = logs.map(logIn)
  return read.every((log) => log !== null)
    ? { format: bundleFormat, made: { at, by, about }, logs: read, trust, seal }
    : null
}

export function trustIn(value: unknown): TrustForm | null {
  const members = membersOf(value, ['policies', 'seals', 'timestampRoots'])
  if (members === null) return null
  const { policies, seals, timestampRoots } = members
  return areTexts(policies) && areTexts(seals) && areTexts(timestampRoots) ? { policies, seals, timestampRoots } : null
}

function logIn(value: unknown): BundleLog | null {
  const members = membersOf(value, ['checkpoint', 'timestamps', 'records'])
  if (members === null) return null
  const { checkpoint, timestamps, records } = members
  if (!isText(checkpoint) || !areTexts(timestamps) || !Array.isArray(records)) return null
  const read = records.map(recordIn)
  return read.every((record) => record !== null) ? { checkpoint, timestamps, records: read } : null
}

function recordIn(value: unknown): BundleRecord | null {
  const members = membersOf(value, ['leaf', 'opening', 'proof'])
  const leaf = leafIn(members?.['leaf'])
  if (members === null || leaf === null || !isText(members['proof'])) return null
  const opening = members['opening'] === null ? null : openingIn(members['opening'])
  if (opening === null && members['opening'] !== null) return null
  return { leaf, opening, proof: members['proof'] }
}

function leafIn(value: unknown): LedgerLeaf | null {
  const members = membersOf(value, ['v', 'cell', 'agency', 'entry', 'commitments'])
  const commitments = membersOf(members?.['commitments'], committedFields)
  if (members === null || commitments === null || members['v'] !== 1) return null
  const { cell, agency, entry } = members
  const { who, verb, object, at, authority, purpose } = commitments
  if (!isText(cell) || !isText(agency) || !isText(entry)) return null
  if (!isHex(who, 32) || !isHex(verb, 32) || !isHex(object, 32)) return null
  if (!isHex(at, 32) || !isHex(authority, 32) || !isHex(purpose, 32)) return null
  return { v: 1, cell, agency, entry, commitments: { who, verb, object, at, authority, purpose } }
}

function openingIn(value: unknown): LedgerOpening | null {
  const members = membersOf(value, ['salt', ...committedFields])
  if (members === null) return null
  const { salt, who, verb, object, at, authority, purpose } = members
  if (!isHex(salt, 32) || !isText(who) || !isText(verb) || !isJson(object) || !isText(at)) return null
  if (!isTextOrNull(authority) || !isTextOrNull(purpose)) return null
  return { salt: Buffer.from(salt, 'hex'), who, verb, object, at, authority, purpose }
}
