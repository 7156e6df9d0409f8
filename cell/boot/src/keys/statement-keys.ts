import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { type Signer, signerOf, type Verifier, verifierOf } from '@tandem/blind'
import { z } from 'zod'
import type { DataFolder } from '../folders.ts'
import { readIfThere, writePrivate } from '../private-file.ts'

/** Private keys in PEM. */
const form = z.strictObject({ version: z.literal(1), name: z.string(), ed25519: z.string(), 'ml-dsa-65': z.string() })
export type StatementKeys = Pick<z.output<typeof form>, 'ed25519' | 'ml-dsa-65'>

/**
 * Under which an agency makes statements to other agencies, in this cell and elsewhere; in a file beside its other keys
 * (mode 600, part of the copy of the keys), made once: Ed25519 and ML-DSA-65, both always. The name is in the file, so that
 * the keys never speak for another.
 */
export function statementKeys(folder: DataFolder, agency: string, name: string): StatementKeys {
  const path = join(folder.keys, `statements-${agency}.json`)
  const present = readIfThere(path)
  const held =
    present === null
      ? {
          version: 1 as const,
          name,
          ed25519: pem(generateKeyPairSync('ed25519').privateKey),
          'ml-dsa-65': pem(generateKeyPairSync('ml-dsa-65').privateKey),
        }
      : form.parse(JSON.parse(present.toString('utf8')))
  if (held.name !== name) throw new Error(`${path} holds the keys of ${held.name}, not of ${name}.`)
  if (present === null) writePrivate(path, JSON.stringify(held))
  return held
}

/** The hand of an agency, and how its neighbours in the same cell know it. */
export function statementHand(keys: StatementKeys): { readonly sign: Signer; readonly verify: Verifier } {
  const [ed25519, mlDsa65] = [createPrivateKey(keys.ed25519), createPrivateKey(keys['ml-dsa-65'])]
  return {
    sign: signerOf({ ed25519, mlDsa65 }),
    verify: verifierOf({ ed25519: createPublicKey(ed25519), mlDsa65: createPublicKey(mlDsa65) }),
  }
}

const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()
