import { canonicalJson, err, ok, type Result } from '@tandem/core'
import type { Secret } from './secret.ts'
import { type KeyName, type KeyProblem, type NamedKey, unwrapKey, type WrappedKey, wrapKey } from './wrapped-key.ts'

/**
 * What holds an agency's root: memory after a quorum unsealed it, a file, a hardware module. It wraps and unwraps
 * key-encryption keys and never gives the root out.
 */
export interface RootKeystore {
  readonly root: KeyName
  wrap(child: NamedKey): Promise<Result<WrappedKey, KeyProblem>>
  unwrap(wrapped: WrappedKey): Promise<Result<NamedKey, KeyProblem>>
  /** After this nothing opens until the root is brought again. */
  seal(): Promise<void>
}

export function rootInMemory(root: NamedKey): RootKeystore {
  if (root.name.rank !== 'root') throw new TypeError('a keystore holds a root')
  return {
    root: root.name,
    wrap: async (child) => ok(wrapKey(root, child)),
    unwrap: async (wrapped) => unwrapKey(root, wrapped),
    seal: async () => root.key.giveUp(),
  }
}

/** HMAC-SHA-256 under a key that never leaves its module: 32 bytes. `problem` is said to whoever opens the keys. */
export type ModulePrf = (message: Uint8Array) => Promise<Result<Secret, string>>

/**
 * A root that lies in a hardware module. Each child is wrapped under a key of its own, which the module derives from the
 * root and the names of both (NIST SP 800-108r1 section 4.1, HMAC in counter mode, one block): what is in this memory for
 * a moment opens that one child and nothing that is wrapped later.
 */
export function rootInModule(root: KeyName, prf: ModulePrf, end: () => void = () => {}): RootKeystore {
  if (root.rank !== 'root') throw new TypeError('a keystore holds a root')
  const withKeyFor = async <T>(
    child: KeyName,
    work: (parent: NamedKey) => Result<T, KeyProblem>,
  ): Promise<Result<T, KeyProblem>> => {
    const derived = await prf(derivationInput(root, child))
    if (!derived.ok) return err({ code: 'module', says: derived.error })
    const done = work({ name: root, key: derived.value })
    derived.value.giveUp()
    return done
  }
  return {
    root,
    wrap: (child) => withKeyFor(child.name, (parent) => ok(wrapKey(parent, child))),
    unwrap: (wrapped) => withKeyFor(wrapped.name, (parent) => unwrapKey(parent, wrapped)),
    seal: async () => end(),
  }
}

/** `[i] || Label || 0x00 || Context || [L]`, counter and length in 32 bits. */
function derivationInput(root: KeyName, child: KeyName): Buffer {
  const context = Buffer.from(canonicalJson({ child: { ...child }, root: { ...root } }))
  return Buffer.concat([number(1), Buffer.from('tandem/root-in-module/v1'), Buffer.of(0), context, number(256)])
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
