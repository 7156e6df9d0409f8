import { sign, verify } from 'node:crypto'
import { canonicalJson, err, type Json, ok, type Result } from '@tandem/core'
import type { SigningKey, VerificationKey } from './signing-key.ts'

/** A signed statement in the envelope of DSSE 1.0; each signer gives both signatures. */
export interface SignedStatement {
  readonly payloadType: string
  /** Canonical JSON (RFC 8785) in base64. */
  readonly payload: string
  readonly signatures: readonly StatementSignature[]
}

export interface StatementSignature {
  readonly keyid: string
  readonly algorithm: 'ed25519' | 'ml-dsa-65'
  readonly sig: string
}

export interface StatementProblem {
  readonly code: 'statement-malformed' | 'signer-unknown' | 'signature-missing' | 'signature-wrong'
  readonly says: string
}

export function signStatement(payloadType: string, statement: Json, keys: readonly SigningKey[]): SignedStatement {
  const body = Buffer.from(canonicalJson(statement))
  const message = preAuthentication(payloadType, body)
  return {
    payloadType,
    payload: body.toString('base64'),
    signatures: keys.flatMap(({ keyId, ed25519, mlDsa65 }) => [
      { keyid: keyId, algorithm: 'ed25519', sig: sign(null, message, ed25519).toString('base64') },
      { keyid: keyId, algorithm: 'ml-dsa-65', sig: sign(null, message, mlDsa65).toString('base64') },
    ]),
  }
}

/**
 * What was said, when every one of `signers` gave both signatures. Signatures of others are neither needed nor believed:
 * who must have signed is the reader's decision, never the statement's.
 */
export function readStatement(
  payloadType: string,
  signed: SignedStatement,
  signers: readonly VerificationKey[],
): Result<Json, StatementProblem> {
  if (signers.length === 0) return err({ code: 'signer-unknown', says: 'Nobody is named who must have signed.' })
  if (signed.payloadType !== payloadType) {
    return err({ code: 'statement-malformed', says: `This is a "${signed.payloadType}", not a "${payloadType}".` })
  }
  const body = Buffer.from(signed.payload, 'base64')
  const message = preAuthentication(payloadType, body)
  for (const signer of signers) {
    for (const algorithm of ['ed25519', 'ml-dsa-65'] as const) {
      const given = signed.signatures.filter((each) => each.keyid === signer.keyId && each.algorithm === algorithm)
      if (given.length === 0) {
        return err({ code: 'signature-missing', says: `The ${algorithm} signature of ${signer.keyId} is missing.` })
      }
      const key = algorithm === 'ed25519' ? signer.ed25519 : signer.mlDsa65
      if (!given.every(({ sig }) => verify(null, message, key, Buffer.from(sig, 'base64')))) {
        return err({ code: 'signature-wrong', says: `The ${algorithm} signature of ${signer.keyId} is wrong.` })
      }
    }
  }
  return parsed(body)
}

/** Only the canonical form is read: two readers never see two things in one statement. */
function parsed(body: Buffer): Result<Json, StatementProblem> {
  const malformed = err({ code: 'statement-malformed', says: 'What was signed is not canonical JSON.' } as const)
  try {
    const statement: Json = JSON.parse(body.toString('utf8'))
    return Buffer.from(canonicalJson(statement)).equals(body) ? ok(statement) : malformed
  } catch {
    return malformed
  }
}

/** DSSE 1.0, "PAE": type and body with their lengths, so that neither can run into the other. */
function preAuthentication(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `), body])
}
