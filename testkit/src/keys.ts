import { HeldKeys, type KeyShelf } from '@tandem/store'
import { Keyring } from '@tandem/vault'

const nowhere: KeyShelf = { writeOperation() {}, writeForOlderCopies() {} }

/** Open keys for whatever agency is asked for, the same each time, and on no disk. */
export function keysInMemory(): (agency: string) => HeldKeys {
  const all = new Map<string, HeldKeys>()
  return (agency) => {
    const present = all.get(agency)
    if (present !== undefined) return present
    const keys = new HeldKeys(agency, nowhere)
    keys.unseal(Keyring.make(agency))
    all.set(agency, keys)
    return keys
  }
}
