import { err, ok, type Result } from '@tandem/core'
import { type AgencyVault, agencyVault } from '../envelope.ts'
import type { RootKeystore } from '../keys/root.ts'
import type { Secret } from '../keys/secret.ts'
import {
  type KeyName,
  type KeyProblem,
  type NamedKey,
  newKey,
  rewrapKey,
  unwrapKey,
  wrapKey,
} from '../keys/wrapped-key.ts'
import {
  type KeyringDocument,
  type OperationDocument,
  readWrapped,
  type SlotDocument,
  type WrittenKeyOf,
  writeWrapped,
} from './document.ts'

/**
 * Each operation has this many keys, and a record belongs to one of them by the last byte of its id. To erase a record
 * one of them is replaced and destroyed: what else it wrapped is wrapped anew, and that is a share of the operation only.
 */
export const slotsOfOperation = 256

/** `record`: a UUID. */
export const slotOfRecord = (record: string): number => Number.parseInt(record.slice(-2), 16)

export const slotKeyName = (agency: string, operation: string, slot: number, version: number): KeyName => ({
  agency,
  rank: 'operation',
  id: `${operation}/${slot}`,
  version,
})

export const recordKeyName = (agency: string, record: string): KeyName => ({
  agency,
  rank: 'record',
  id: record,
  version: 1,
})

export interface Changed {
  readonly keyring: KeyringDocument
  readonly operations: readonly OperationDocument[]
}

/** An agency's keys while they are open: from the key-encryption key down. The root itself stays in its keystore. */
export class Keyring {
  readonly agency: string
  #keyEncryption: NamedKey
  /** As its root wrapped it; null while there is no root. */
  #wrapped: WrittenKeyOf | null
  #indexWritten: WrittenKeyOf
  readonly #operations: Map<string, OperationDocument>
  readonly #slots = new Map<string, NamedKey>()
  readonly #index: AgencyVault

  private constructor(
    wrapped: WrittenKeyOf | null,
    indexWritten: WrittenKeyOf,
    operations: readonly OperationDocument[],
    keyEncryption: NamedKey,
    index: NamedKey,
  ) {
    this.agency = keyEncryption.name.agency
    this.#wrapped = wrapped
    this.#indexWritten = indexWritten
    this.#operations = new Map(operations.map((each) => [each.operation, each]))
    this.#keyEncryption = keyEncryption
    this.#index = index.key.lend(agencyVault)
    index.key.giveUp()
  }

  /**
   * Fresh keys. Nothing of them can be kept anywhere before a root holds them (`moveTo`).
   * `index`: 32 bytes of an older cell, whose search tokens must stay what they are.
   */
  static make(agency: string, index?: Secret): Keyring {
    const keyEncryption = newKey({ agency, rank: 'key-encryption', id: 'fields', version: 1 })
    const indexName: KeyName = { agency, rank: 'operation', id: 'index', version: 1 }
    const indexKey = index === undefined ? newKey(indexName) : { name: indexName, key: index }
    return new Keyring(null, writeWrapped(wrapKey(keyEncryption, indexKey)), [], keyEncryption, indexKey)
  }

  static async open(
    root: RootKeystore,
    document: KeyringDocument,
    operations: readonly OperationDocument[],
  ): Promise<Result<Keyring, KeyProblem>> {
    const keyEncryption = await root.unwrap(readWrapped(document.keyEncryption))
    if (!keyEncryption.ok) return keyEncryption
    const index = unwrapKey(keyEncryption.value, readWrapped(document.index))
    if (!index.ok) return index
    return ok(new Keyring(document.keyEncryption, document.index, operations, keyEncryption.value, index.value))
  }

  get document(): KeyringDocument {
    if (this.#wrapped === null) throw new Error('no root holds these keys yet')
    return {
      format: 'tandem/keyring/v1',
      agency: this.agency,
      keyEncryption: this.#wrapped,
      index: this.#indexWritten,
    }
  }

  get operations(): readonly OperationDocument[] {
    return [...this.#operations.values()]
  }

  /** Search tokens, and what was sealed before records had keys of their own. */
  get index(): AgencyVault {
    return this.#index
  }

  hasOperation(operation: string): boolean {
    return this.#operations.has(operation)
  }

  /** To be on disk before anything is sealed under it. */
  addOperation(operation: string): OperationDocument {
    const present = this.#operations.get(operation)
    if (present !== undefined) return present
    const slots = Array.from({ length: slotsOfOperation }, (_, slot) => ({
      current: this.#freshSlot(operation, slot, 1),
    }))
    return this.#put({ format: 'tandem/operation-keys/v1', agency: this.agency, operation, slots })
  }

  /** Throws when the operation is not known, or its keys were altered: neither is an expected outcome. */
  slotKey(operation: string, slot: number, which: 'current' | 'next' = 'current'): NamedKey {
    const written = this.#slotOf(operation, slot)[which]
    if (written === undefined) throw new Error(`no ${which} key of slot ${slot}`)
    const name = `${written.name.id} ${written.name.version}`
    const present = this.#slots.get(name)
    if (present !== undefined) return present
    const opened = unwrapKey(this.#keyEncryption, readWrapped(written))
    if (!opened.ok) throw new Error(opened.error.says)
    this.#slots.set(name, opened.value)
    return opened.value
  }

  /** While a key is being replaced there are two of them; the record's own key names the version that wraps it. */
  slotKeyOf(operation: string, slot: number, version: number): NamedKey {
    const { next } = this.#slotOf(operation, slot)
    return this.slotKey(operation, slot, next?.name.version === version ? 'next' : 'current')
  }

  /** Begins the replacement of one key of an operation: from here on both are there. */
  beginSlot(operation: string, slot: number): OperationDocument {
    const { current, next } = this.#slotOf(operation, slot)
    if (next !== undefined) throw new Error(`slot ${slot} is being replaced already`)
    return this.#putSlot(operation, slot, {
      current,
      next: this.#freshSlot(operation, slot, current.name.version + 1),
    })
  }

  /** Ends it: the other key is in the document no more, and that is the erasure. */
  endSlot(operation: string, slot: number, keep: 'current' | 'next'): OperationDocument {
    const { current, next } = this.#slotOf(operation, slot)
    const [kept, gone] = keep === 'next' ? [next, current] : [current, next]
    if (kept === undefined || gone === undefined) throw new Error(`slot ${slot} is not being replaced`)
    const name = `${gone.name.id} ${gone.name.version}`
    this.#slots.get(name)?.key.giveUp()
    this.#slots.delete(name)
    return this.#putSlot(operation, slot, { current: kept })
  }

  /** A new key-encryption key: every key of an operation is wrapped anew, none is changed. */
  async rotate(root: RootKeystore): Promise<Result<Changed, KeyProblem>> {
    const from = this.#keyEncryption
    const to = newKey({ ...from.name, version: from.name.version + 1 })
    const held = await root.wrap(to)
    if (!held.ok) return held
    const anew = (written: SlotDocument['current']): SlotDocument['current'] => {
      const again = rewrapKey(from, to, readWrapped(written))
      if (!again.ok) throw new Error(again.error.says)
      return writeWrapped(again.value)
    }
    const index = anew(this.#indexWritten)
    const operations = this.operations.map((each) => ({
      ...each,
      slots: each.slots.map(({ current, next }) => ({
        current: anew(current),
        ...(next === undefined ? {} : { next: anew(next) }),
      })),
    }))
    this.#wrapped = writeWrapped(held.value)
    this.#indexWritten = index
    for (const each of operations) this.#operations.set(each.operation, each)
    this.#keyEncryption = to
    from.key.giveUp()
    return ok({ keyring: this.document, operations })
  }

  /** The same keys as another root would hold them: new shares for the officers, or a hardware module. */
  async wrappedUnder(root: RootKeystore): Promise<Result<KeyringDocument, KeyProblem>> {
    if (root.root.agency !== this.agency) throw new TypeError('no root of one agency holds keys of another')
    const held = await root.wrap(this.#keyEncryption)
    if (!held.ok) return held
    const keyEncryption = writeWrapped(held.value)
    return ok({ format: 'tandem/keyring/v1', agency: this.agency, keyEncryption, index: this.#indexWritten })
  }

  async moveTo(root: RootKeystore): Promise<Result<KeyringDocument, KeyProblem>> {
    const document = await this.wrappedUnder(root)
    if (!document.ok) return document
    this.#wrapped = document.value.keyEncryption
    return document
  }

  giveUp(): void {
    this.#keyEncryption.key.giveUp()
    for (const { key } of this.#slots.values()) key.giveUp()
    this.#slots.clear()
  }

  #freshSlot(operation: string, slot: number, version: number): SlotDocument['current'] {
    const fresh = newKey(slotKeyName(this.agency, operation, slot, version))
    const wrapped = writeWrapped(wrapKey(this.#keyEncryption, fresh))
    fresh.key.giveUp()
    return wrapped
  }

  #slotOf(operation: string, slot: number): SlotDocument {
    const found = this.#operations.get(operation)?.slots[slot]
    if (found === undefined) throw new Error(`no key of the operation ${operation}, slot ${slot}`)
    return found
  }

  #putSlot(operation: string, slot: number, changed: SlotDocument): OperationDocument {
    const present = this.#operations.get(operation)
    if (present === undefined) throw new Error(`no keys of the operation ${operation}`)
    return this.#put({ ...present, slots: present.slots.map((each, at) => (at === slot ? changed : each)) })
  }

  #put(document: OperationDocument): OperationDocument {
    this.#operations.set(document.operation, document)
    return document
  }
}

/** Document and its operations must be of one agency, and one key-encryption key over all. */
export function fitsTogether(keyring: KeyringDocument, operations: readonly OperationDocument[]): Result<void, string> {
  const stranger = operations.find(({ agency }) => agency !== keyring.agency)
  if (stranger !== undefined) return err(`the keys of operation ${stranger.operation} are another agency's`)
  const { version } = keyring.keyEncryption.name
  const odd = operations.find(({ slots }) => slots.some(({ current }) => current.under.version !== version))
  return odd === undefined
    ? ok(undefined)
    : err(`the keys of operation ${odd.operation} are not of the same rotation as the keyring`)
}
