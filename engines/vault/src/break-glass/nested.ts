import { err, ok, type Result } from '@tandem/core'
import { type AgeProblem, openAge, sealAge } from '../age/file.ts'
import { AgePayloadDamaged } from '../age/payload.ts'
import type { Recipient } from '../age/recipient.ts'
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

export type NestedProblem = AgeProblem | { readonly code: 'damaged'; readonly says: string }

export async function sealNested(
  recoveryKey: Secret,
  owner: { readonly agency: string; readonly recipient: Recipient },
  other: { readonly agency: string; readonly recipient: Recipient },
): Promise<Result<NestedKey, AgeProblem>> {
  if (owner.agency === other.agency || owner.recipient.text === other.recipient.text) {
    throw new TypeError('break-glass needs two agencies')
  }
  const inner = await sealed(
    owner.recipient,
    recoveryKey.lend((bytes) => Buffer.from(bytes)),
  )
  if (!inner.ok) return inner
  const outer = await sealed(other.recipient, inner.value)
  if (!outer.ok) return outer
  return ok({ owner: owner.agency, other: other.agency, sealed: outer.value.toString('base64') })
}

/** The other agency's identity takes the outer seal off, the owner's the inner one. */
export async function openNested(
  nested: NestedKey,
  ownerIdentity: Secret,
  otherIdentity: Secret,
): Promise<Result<Secret, NestedProblem>> {
  const outer = await opened(Buffer.from(nested.sealed, 'base64'), otherIdentity)
  if (!outer.ok) return outer
  const inner = await opened(outer.value, ownerIdentity)
  return inner.ok ? ok(Secret.of(inner.value)) : inner
}

async function sealed(recipient: Recipient, plain: Buffer): Promise<Result<Buffer, AgeProblem>> {
  const file = await sealAge([recipient], once(plain))
  return file.ok ? ok(await whole(file.value)) : file
}

async function opened(file: Buffer, identity: Secret): Promise<Result<Buffer, NestedProblem>> {
  const text = identity.lend((bytes) => bytes.toString('utf8'))
  const plain = await openAge({ identities: [text] }, once(file))
  if (!plain.ok) return plain
  try {
    return ok(await whole(plain.value))
  } catch (error) {
    if (error instanceof AgePayloadDamaged) return err({ code: 'damaged', says: `The recovery key: ${error.message}.` })
    throw error
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function whole(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}
