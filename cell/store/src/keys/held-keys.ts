import { Refusal } from '@tandem/core'
import type { Keyring, OperationDocument } from '@tandem/vault'
import { type AgencyKeys, RecordKeyCache, type SlotReplacement, type WrappedRecordKey } from './agency-keys.ts'

/** Where the documents of an agency's keys are kept. Each method returns when it is on disk. */
export interface KeyShelf {
  writeOperation(document: OperationDocument): void
  writeForOlderCopies(operation: string, slot: number, version: number, records: readonly WrappedRecordKey[]): void
}

/** Keys for these records alone, until that instant (milliseconds). */
interface Limits {
  readonly records: ReadonlySet<string>
  readonly until: number
}

/** One agency's keys in this process: sealed, open, or open for a while for a few records. */
export class HeldKeys implements AgencyKeys {
  readonly agency: string
  readonly cache = new RecordKeyCache()
  readonly replacing: SlotReplacement
  readonly #shelf: KeyShelf
  readonly #sealedSays: () => string
  #keyring: Keyring | null = null
  #limits: Limits | null = null

  constructor(agency: string, shelf: KeyShelf, sealedSays: () => string = () => 'its keys are sealed') {
    this.agency = agency
    this.#shelf = shelf
    this.#sealedSays = sealedSays
    this.replacing = this.#replacement()
  }

  get isOpen(): boolean {
    return this.#keyring !== null && this.#limits === null
  }

  /** When an opening by break-glass ends, as long as it lasts. */
  get openUntil(): number | null {
    return this.#keyring === null || this.#limits === null || Date.now() >= this.#limits.until
      ? null
      : this.#limits.until
  }

  unseal(keyring: Keyring): void {
    this.seal()
    this.#keyring = keyring
  }

  unsealFor(keyring: Keyring, records: readonly string[], until: number): void {
    this.seal()
    this.#keyring = keyring
    this.#limits = { records: new Set(records), until }
  }

  seal(): void {
    this.#keyring?.giveUp()
    this.#keyring = null
    this.#limits = null
    this.cache.clear()
  }

  open(record?: string): Keyring {
    // Half open: at the minute of its end an opening is over.
    if (this.#limits !== null && Date.now() >= this.#limits.until) this.seal()
    if (this.#keyring === null) throw new Refusal('TANDEM-SEAL-001', this.#sealedSays())
    if (this.#limits !== null && (record === undefined || !this.#limits.records.has(record))) {
      throw new Refusal('TANDEM-SEAL-001', 'break-glass opened other records, and those alone')
    }
    return this.#keyring
  }

  ensureOperation(operation: string): void {
    const keyring = this.open()
    if (!keyring.hasOperation(operation)) this.#shelf.writeOperation(keyring.addOperation(operation))
  }

  #replacement(): SlotReplacement {
    let turn: Promise<void> = Promise.resolve()
    let leave = (): void => {}
    return {
      enter: async () => {
        const before = turn
        const mine = Promise.withResolvers<void>()
        turn = mine.promise
        await before
        leave = mine.resolve
      },
      begin: (operation, slot) => this.#shelf.writeOperation(this.open().beginSlot(operation, slot)),
      keepForOlderCopies: (operation, slot, version, records) =>
        this.#shelf.writeForOlderCopies(operation, slot, version, records),
      end: (operation, slot, keep) => {
        // Sealed meanwhile: both keys stay, and the next start asks the database which one is in force.
        if (this.#keyring !== null) this.#shelf.writeOperation(this.#keyring.endSlot(operation, slot, keep))
      },
      leave: () => leave(),
    }
  }
}
