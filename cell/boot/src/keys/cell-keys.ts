import { err, ok, type Result } from '@tandem/core'
import { type AgencyKeys, HeldKeys, type KeyShelf } from '@tandem/store'
import { Secret, type SplitSecret } from '@tandem/vault'
import type pg from 'pg'
import type { DataFolder } from '../folders.ts'
import { destroyFile, readIfThere } from '../private-file.ts'
import { AgencyHolder, type OtherRecipient } from './agency-holder.ts'
import { bringForward } from './bring-forward.ts'
import { KeyFolder } from './key-folder.ts'
import type { KeyState } from './key-state.ts'

export interface KeyedAgency {
  readonly id: string
  readonly shortName: string
  readonly kind: string
}

export interface OfficerShare {
  /** What the share is for. */
  readonly opens: 'records' | 'break-glass'
  readonly agency: string
  readonly officer: string
  readonly share: string
}

/** Agencies keep records; partners, oversight and operators have none of their own, and so no keys. */
export const keepsRecords = ({ kind }: Pick<KeyedAgency, 'kind'>): boolean => kind === 'agency'

/** The keys of every agency of the cell. There is none for two, and none above them. */
export class CellKeys {
  readonly #holders: readonly AgencyHolder[]
  readonly #byId: ReadonlyMap<string, AgencyHolder>
  readonly #without = new Map<string, HeldKeys>()

  private constructor(holders: readonly AgencyHolder[]) {
    this.#holders = holders
    this.#byId = new Map(holders.map((holder) => [holder.folder.agency, holder]))
  }

  /** Of a cell that is there: each agency's keys opened, or left sealed for its officers. */
  static async open(
    folder: DataFolder,
    agencies: readonly KeyedAgency[],
    admin: pg.ClientBase,
  ): Promise<Result<CellKeys, string>> {
    const holders = holdersOf(folder, agencies)
    for (const holder of holders) {
      const { name } = holder
      if (!holder.folder.isThere) {
        const moved = await takeOverOldKey(folder, holder)
        if (!moved.ok) return moved
      }
      const forward = await bringForward(admin, holder.folder, name)
      if (!forward.ok) return forward
      if (holder.held.isOpen) continue
      const opened = await holder.openHere()
      if (!opened.ok) return err(`The keys of ${name} do not open: ${opened.error}.`)
    }
    return ok(new CellKeys(holders))
  }

  /** Of a new cell. `officers`: who holds shares; an agency without an entry is opened by this machine (training). */
  static async make(
    folder: DataFolder,
    agencies: readonly KeyedAgency[],
    officers: ReadonlyMap<string, { readonly threshold: number; readonly officers: readonly string[] }>,
  ): Promise<Result<{ keys: CellKeys; shares: OfficerShare[] }, string>> {
    const holders = holdersOf(folder, agencies)
    const shares: OfficerShare[] = []
    for (const holder of holders) {
      const chosen = officers.get(holder.name)
      if (chosen === undefined) {
        await holder.makeHere()
        continue
      }
      const made = await holder.makeForOfficers(chosen.threshold, chosen.officers)
      if (!made.ok) return err(`The keys of ${holder.name}: ${made.error}`)
      shares.push(...sharesOf(holder.name, made.value))
    }
    const keys = new CellKeys(holders)
    const recovery = await makeRecoveries(keys, holders, officers)
    return recovery.ok ? ok({ keys, shares: [...shares, ...recovery.value] }) : recovery
  }

  readonly keysOf = (agency: string): AgencyKeys => {
    const present = this.#byId.get(agency)?.held ?? this.#without.get(agency)
    if (present !== undefined) return present
    const none = new HeldKeys(agency, noShelf, () => 'it keeps no sealed records')
    this.#without.set(agency, none)
    return none
  }

  holder(name: string | null): Result<AgencyHolder, string> {
    const known = this.#holders.map((each) => `"${each.name}"`).join(', ')
    const [only] = this.#holders
    if (name === null && this.#holders.length === 1 && only !== undefined) return ok(only)
    if (name === null) return err(`Say which agency: ${known}.`)
    const found = this.#holders.find((each) => each.name.toLowerCase() === name.trim().toLowerCase())
    return found === undefined ? err(`There is no agency of that name; there are ${known}.`) : ok(found)
  }

  /** The halves of the other agencies, as far as there are any. */
  recipientsBeside(holder: AgencyHolder): OtherRecipient[] {
    return this.#holders.flatMap((each) => {
      const recovery = each === holder ? null : each.recovery.read()
      return recovery?.ok === true ? [{ agency: each.folder.agency, recipient: recovery.value.recipient }] : []
    })
  }

  states(): KeyState[] {
    return this.#holders.map((holder) => holder.state())
  }

  close(): void {
    for (const holder of this.#holders) holder.close()
  }
}

export const sharesOf = (
  agency: string,
  shares: SplitSecret['shares'],
  opens: OfficerShare['opens'] = 'records',
): OfficerShare[] => shares.map(({ officer, text }) => ({ opens, agency, officer, share: text }))

/** Each agency's half, then each root within the others': "and" by nesting. One agency alone has nobody to nest with. */
async function makeRecoveries(
  keys: CellKeys,
  holders: readonly AgencyHolder[],
  officers: ReadonlyMap<string, { readonly threshold: number; readonly officers: readonly string[] }>,
): Promise<Result<OfficerShare[], string>> {
  const withShares = holders.filter(({ name }) => officers.has(name))
  if (withShares.length < 2) {
    for (const holder of withShares) holder.forgetFreshRoot()
    return ok([])
  }
  const shares: OfficerShare[] = []
  for (const holder of withShares) {
    const chosen = officers.get(holder.name)
    if (chosen === undefined) continue
    const made = await holder.makeRecovery(chosen.threshold, chosen.officers)
    if (!made.ok) return err(`The recovery key of ${holder.name}: ${made.error}`)
    shares.push(...sharesOf(holder.name, made.value, 'break-glass'))
  }
  for (const holder of withShares) {
    const nested = await holder.nestFreshRoot(keys.recipientsBeside(holder))
    if (!nested.ok) return err(`The recovery key of ${holder.name}: ${nested.error}`)
  }
  return ok(shares)
}

/** Which agencies have no keys on the disk, in any form. */
export function withoutKeys(folder: DataFolder, agencies: readonly KeyedAgency[]): string[] {
  return agencies
    .filter(keepsRecords)
    .filter(({ id }) => !new KeyFolder(folder, id).isThere && readIfThere(oldKey(folder, id)) === null)
    .map(({ shortName }) => shortName)
}

const holdersOf = (folder: DataFolder, agencies: readonly KeyedAgency[]): AgencyHolder[] =>
  agencies.filter(keepsRecords).map(({ id, shortName }) => new AgencyHolder(new KeyFolder(folder, id), shortName))

const oldKey = (folder: DataFolder, agency: string): string => `${folder.keys}/agency-${agency}.key`

/**
 * An older Tandem had one key for an agency. It goes on opening what it sealed and making the same search tokens, wrapped
 * among the new ones; the file in clear is destroyed.
 */
async function takeOverOldKey(folder: DataFolder, holder: AgencyHolder): Promise<Result<void, string>> {
  const path = oldKey(folder, holder.folder.agency)
  const key = readIfThere(path)
  if (key === null) return err(`No keys of ${holder.name} are in ${folder.keys}.`)
  if (key.length !== 32) return err(`${path} is no key of an older Tandem: put back the copy of the keys.`)
  await holder.makeHere(Secret.of(key))
  destroyFile(path)
  return ok(undefined)
}

const noShelf: KeyShelf = {
  writeOperation() {
    throw new Error('an agency without records has no keys')
  },
  writeForOlderCopies() {
    throw new Error('an agency without records has no keys')
  },
}
