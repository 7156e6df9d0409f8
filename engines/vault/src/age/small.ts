import { err, ok, type Result } from '@tandem/core'
import { type AgeProblem, openAge, sealAge } from './file.ts'
import { AgePayloadDamaged } from './payload.ts'
import type { Recipient } from './recipient.ts'

export type SmallProblem = AgeProblem | { readonly code: 'damaged'; readonly says: string }

/** A whole age file in memory: for keys, not for data. */
export async function sealSmall(recipient: Recipient, plain: Uint8Array): Promise<Result<Buffer, AgeProblem>> {
  const file = await sealAge([recipient], once(plain))
  return file.ok ? ok(await whole(file.value)) : file
}

/** What a damaged file held is never half given: it is a refusal, not an exception. */
export async function openSmall(identity: string, file: Uint8Array): Promise<Result<Buffer, SmallProblem>> {
  const plain = await openAge({ identities: [identity] }, once(file))
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
