import { lchownSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Result } from '@tandem/core'
import { type Identity, nobody, runs } from './run-as.ts'
import { type EngineFailure, fail } from './types.ts'

export interface IdentityOptions {
  /** For machines where namespaces look usable and are not wanted, and for tests. */
  readonly userNamespaces?: 'auto' | 'off'
}

/** In no distribution's range of people or services; shared with no other daemon, as `nobody` would be. */
const firstOwnUid = 64_373

/** @param clusterOwner uid that owns an existing cluster, null for a new one: a cluster keeps its owner. */
export function chooseIdentity(clusterOwner: number | null, options: IdentityOptions): Result<Identity, EngineFailure> {
  if (process.getuid?.() !== 0) return ok({ kind: 'self' })
  if (clusterOwner !== null && clusterOwner !== 0) {
    const identity: Identity = { kind: 'drop', uid: clusterOwner, gid: clusterOwner }
    if (works(identity)) return ok(identity)
    return fail(
      'no-unprivileged-identity',
      `The database files belong to uid ${clusterOwner}, which cannot be taken on here. Run as that user, or give the files to root (chown -R 0:0).`,
    )
  }
  if (options.userNamespaces !== 'off' && works({ kind: 'namespace' })) return ok({ kind: 'namespace' })
  const dropped = droppable()
  if (dropped !== null) return ok(dropped)
  return fail(
    'no-unprivileged-identity',
    'PostgreSQL does not run as root, and neither user namespaces nor another uid are allowed here. Start Tandem as a normal user, or give a server with --database URL.',
  )
}

export const namespacesWork = (): boolean => works({ kind: 'namespace' })

export function droppable(): Identity | null {
  const taken = new Set(passwdUids())
  let own = firstOwnUid
  while (taken.has(own)) own++
  for (const uid of [own, nobody]) {
    const identity: Identity = { kind: 'drop', uid, gid: uid }
    if (works(identity)) return identity
  }
  return null
}

/** initdb looks its user up in passwd: where ours has no entry, one that has runs initdb and the files are handed over. */
export function identityForInitdb(identity: Identity): Identity {
  const uids = passwdUids()
  if (identity.kind === 'drop' && !uids.includes(identity.uid)) {
    const uid = uids.includes(nobody) ? nobody : (uids.find((one) => one !== 0) ?? nobody)
    return { kind: 'drop', uid, gid: uid }
  }
  const own = process.getuid?.() ?? 0
  if (identity.kind === 'self' && !uids.includes(own) && works({ kind: 'namespace' })) return { kind: 'namespace' }
  return identity
}

const passwdUids = (): number[] => {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [Number(line.split(':')[2])]))
  } catch {
    return []
  }
}

/** The uid whose files these will be, as the file system outside sees it. */
export const fileOwner = (identity: Identity): number =>
  identity.kind === 'drop' ? identity.uid : (process.getuid?.() ?? 0)

/** Hands a whole tree over; symbolic links themselves, never what they point to. */
export function giveTree(path: string, identity: Identity): void {
  if (process.getuid?.() !== 0) return
  const [uid, gid] = identity.kind === 'drop' ? [identity.uid, identity.gid] : [0, 0]
  lchownSync(path, uid, gid)
  for (const entry of readdirSync(path, { withFileTypes: true, recursive: true })) {
    lchownSync(join(entry.parentPath, entry.name), uid, gid)
  }
}

/** True when the identity may really do it: asked of the kernel, not worked out from mode bits. */
export function canReach(identity: Identity, test: '-r' | '-w' | '-x', path: string): boolean {
  return runs(identity, ['/bin/sh', '-c', 'test "$1" "$2"', 'sh', test, path])
}

const works = (identity: Identity): boolean => runs(identity, ['true'])
