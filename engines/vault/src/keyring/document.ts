import { err, ok, type Result } from '@tandem/core'
import { type KeyName, type KeyRank, keyRanks, type WrappedKey } from '../keys/wrapped-key.ts'

/**
 * What may lie on a disk of an agency's keys: every key is wrapped, and the root that opens the first of them is not here.
 * Operation keys stand apart, one document an operation, so that one can be replaced without touching the rest.
 */
export interface KeyringDocument {
  readonly format: 'tandem/keyring/v1'
  readonly agency: string
  readonly keyEncryption: WrittenKeyOf
  /** Makes search tokens, and opens what the first version of Tandem sealed. */
  readonly index: WrittenKeyOf
}

export interface OperationDocument {
  readonly format: 'tandem/operation-keys/v1'
  readonly agency: string
  readonly operation: string
  readonly slots: readonly SlotDocument[]
}

/** `next`: a replacement that has begun. Which of the two is in force, the records' own keys tell. */
export interface SlotDocument {
  readonly current: WrittenKeyOf
  readonly next?: WrittenKeyOf
}

export interface WrittenKeyOf {
  readonly name: KeyName
  readonly under: KeyName
  /** Base64. */
  readonly bytes: string
}

export const writeWrapped = ({ name, under, bytes }: WrappedKey): WrittenKeyOf => ({
  name: { ...name },
  under: { ...under },
  bytes: Buffer.from(bytes).toString('base64'),
})

export const readWrapped = ({ name, under, bytes }: WrittenKeyOf): WrappedKey => ({
  name,
  under,
  bytes: Buffer.from(bytes, 'base64'),
})

export function readKeyring(text: string): Result<KeyringDocument, string> {
  const found = parsed(text)
  const [agency, keyEncryption, index] = [found['agency'], keyOf(found['keyEncryption']), keyOf(found['index'])]
  if (found['format'] !== 'tandem/keyring/v1' || typeof agency !== 'string' || keyEncryption === null || index === null)
    return err('it is damaged, or of a newer Tandem')
  return ok({ format: 'tandem/keyring/v1', agency, keyEncryption, index })
}

export function readOperationKeys(text: string): Result<OperationDocument, string> {
  const found = parsed(text)
  const [agency, operation, slots] = [found['agency'], found['operation'], found['slots']]
  const read = Array.isArray(slots) ? slots.flatMap((each: unknown) => slotOf(each) ?? []) : []
  if (
    found['format'] !== 'tandem/operation-keys/v1' ||
    typeof agency !== 'string' ||
    typeof operation !== 'string' ||
    read.length === 0 ||
    !Array.isArray(slots) ||
    read.length !== slots.length
  )
    return err('it is damaged, or of a newer Tandem')
  return ok({ format: 'tandem/operation-keys/v1', agency, operation, slots: read })
}

type Fields = { readonly [name: string]: unknown }

function parsed(text: string): Fields {
  try {
    return fieldsOf(JSON.parse(text))
  } catch {
    return {}
  }
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}

function slotOf(value: unknown): SlotDocument | null {
  const { current, next } = fieldsOf(value)
  const read = { current: keyOf(current), next: next === undefined ? undefined : keyOf(next) }
  if (read.current === null || read.next === null) return null
  return read.next === undefined ? { current: read.current } : { current: read.current, next: read.next }
}

function keyOf(value: unknown): WrittenKeyOf | null {
  const { name, under, bytes } = fieldsOf(value)
  const [known, above] = [nameOf(name), nameOf(under)]
  return known !== null && above !== null && typeof bytes === 'string' ? { name: known, under: above, bytes } : null
}

function nameOf(value: unknown): KeyName | null {
  const { agency, rank, id, version } = fieldsOf(value)
  const known = keyRanks.find((each): each is KeyRank => each === rank)
  return typeof agency === 'string' && known !== undefined && typeof id === 'string' && Number.isSafeInteger(version)
    ? { agency, rank: known, id, version: Number(version) }
    : null
}
