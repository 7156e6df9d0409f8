import { ok, type Result } from '@tandem/core'
import type { AgeProblem } from '../age/file.ts'
import type { Recipient } from '../age/recipient.ts'
import { openSmall, type SmallProblem, sealSmall } from '../age/small.ts'
import { Secret } from '../keys/secret.ts'

/**
 * A recovery key that only both agencies together can open: sealed to the owner's recovery identity, and that sealed
 * again to the other agency's. "And" by nesting, not by promise: there is no third way in.
 */
export interface NestedKey {
  readonly owner: string
  readonly other: string
  /** An age file within an age file, base64. */
  readonly sealed: string
}

export type NestedProblem = SmallProblem

export async function sealNested(
  recoveryKey: Secret,
  owner: { readonly agency: string; readonly recipient: Recipient },
  other: { readonly agency: string; readonly recipient: Recipient },
): Promise<Result<NestedKey, AgeProblem>> {
  if (owner.agency === other.agency || owner.recipient.text === other.recipient.text) {
    throw new TypeError('break-glass needs two agencies')
  }
  const inner = await sealSmall(
    owner.recipient,
    recoveryKey.lend((bytes) => Buffer.from(bytes)),
  )
  if (!inner.ok) return inner
  const outer = await sealSmall(other.recipient, inner.value)
  if (!outer.ok) return outer
  return ok({ owner: owner.agency, other: other.agency, sealed: outer.value.toString('base64') })
}

/** The other agency's identity takes the outer seal off, the owner's the inner one. */
export async function openNested(
  nested: NestedKey,
  ownerIdentity: Secret,
  otherIdentity: Secret,
): Promise<Result<Secret, NestedProblem>> {
  const outer = await opened(otherIdentity, Buffer.from(nested.sealed, 'base64'))
  if (!outer.ok) return outer
  const inner = await opened(ownerIdentity, outer.value)
  return inner.ok ? ok(Secret.of(inner.value)) : inner
}

const opened = (identity: Secret, file: Buffer): Promise<Result<Buffer, NestedProblem>> =>
  openSmall(
    identity.lend((bytes) => bytes.toString('utf8')),
    file,
  )
