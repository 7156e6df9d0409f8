import { err, ok, type Result } from '@tandem/core'
import { agencyVault, type NamedKey, type RootKeystore, rootInMemory, rootInModule, Secret } from '@tandem/vault'
import { makeModuleKey, modulePrf } from './hardware-module.ts'
import type { RootHolder } from './key-folder.ts'
import type { ModulePlace } from './module-place.ts'

/** A module as an officer names it, with the PIN of its token. */
export interface ModuleNamed {
  readonly library: string
  readonly token: string
  readonly tool: string
  readonly pin: Secret
}

/** What the keyring file says of a module: where it is, and its PIN sealed under what the officers' shares give. */
export type ModuleHeld = ModulePlace & { readonly pin: string }

const place = (agency: string, { token, key }: ModulePlace) => ({
  agency,
  table: 'module',
  column: 'pin',
  row: `${token}/${key}`,
})

/**
 * One interface for every root: `secret` is the root itself where memory holds it; where a module does, it opens the PIN.
 * So a module alone opens nothing, and shares without the module open nothing. Takes the secret over.
 */
export function keystoreOf(holder: RootHolder, secret: Secret): Result<RootKeystore, string> {
  if (holder.holder === 'file' || holder.module === undefined) {
    return ok(rootInMemory({ name: holder.root, key: secret }))
  }
  const { pin: sealed, ...module } = holder.module
  try {
    const opened = secret.lend(agencyVault).open(place(holder.root.agency, module), Buffer.from(sealed, 'base64'))
    const pin = Secret.of(opened)
    return ok(rootInModule(holder.root, modulePrf(module, pin), () => pin.giveUp()))
  } catch {
    return err('These shares do not open the PIN of the module.')
  } finally {
    secret.giveUp()
  }
}

/** A fresh key in the module, which is the root from now on; `shares`: what the officers' shares will give. */
export async function holdInModule(named: ModuleNamed, shares: NamedKey): Promise<Result<ModuleHeld, string>> {
  const { pin, ...module } = named
  const { agency, version } = shares.name
  const made = await makeModuleKey(module, pin, `tandem root ${version} of ${agency}`)
  if (!made.ok) return made
  const sealed = pin.lend((bytes) => shares.key.lend(agencyVault).seal(place(agency, made.value), bytes))
  return ok({ ...made.value, pin: sealed.toString('base64') })
}
