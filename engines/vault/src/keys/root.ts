import type { Result } from '@tandem/core'
import { type KeyName, type KeyProblem, type NamedKey, unwrapKey, type WrappedKey, wrapKey } from './wrapped-key.ts'

/**
 * What holds an agency's root: memory after a quorum unsealed it, a file, a hardware module. It wraps and unwraps
 * key-encryption keys and never gives the root out.
 */
export interface RootKeystore {
  readonly root: KeyName
  wrap(child: NamedKey): Promise<WrappedKey>
  unwrap(wrapped: WrappedKey): Promise<Result<NamedKey, KeyProblem>>
  /** After this nothing opens until the root is brought again. */
  seal(): Promise<void>
}

export function rootInMemory(root: NamedKey): RootKeystore {
  if (root.name.rank !== 'root') throw new TypeError('a keystore holds a root')
  return {
    root: root.name,
    wrap: async (child) => wrapKey(root, child),
    unwrap: async (wrapped) => unwrapKey(root, wrapped),
    seal: async () => root.key.giveUp(),
  }
}
