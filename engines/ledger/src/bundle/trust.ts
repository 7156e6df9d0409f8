import { ok, type Result } from '@tandem/core'
import { readBase64 } from '../note/base64.ts'
import { readVerifierKey, type VerifierKey } from '../note/key.ts'
import { type Policy, readPolicy } from '../policy.ts'
import { type LedgerRefusal, refusal } from '../refusal.ts'
import { type Certificate, readCertificate } from '../timestamp/certificate.ts'
import type { TrustForm } from './form.ts'

/** Whom the verifier believes. */
export interface Trust {
  readonly policies: readonly Policy[]
  readonly seals: readonly VerifierKey[]
  readonly timestampRoots: readonly Certificate[]
}

export function readTrust(form: TrustForm): Result<Trust, LedgerRefusal> {
  const policies: Policy[] = []
  const seals: VerifierKey[] = []
  for (const text of form.policies) {
    const policy = readPolicy(text)
    if (!policy.ok) return policy
    policies.push(policy.value)
  }
  for (const line of form.seals) {
    const key = readVerifierKey(line)
    if (!key.ok) return key
    seals.push(key.value)
  }
  const timestampRoots = form.timestampRoots.map(certificateOf)
  if (!timestampRoots.every((root) => root !== null))
    return refusal('trust', 'A certificate of a timestamp authority cannot be read.')
  return ok({ policies, seals, timestampRoots })
}

function certificateOf(base64: string): Certificate | null {
  try {
    return readCertificate(readBase64(base64) ?? Buffer.alloc(0))
  } catch {
    return null
  }
}
