import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { type Signer, signerOf, type Verifier, verifierOf } from '@tandem/blind'
import { z } from 'zod'
import type { DataFolder } from '../folders.ts'
import { readIfThere, writePrivate } from '../private-file.ts'

const form = z.strictObject({ version: z.literal(1), name: z.string(), ed25519: z.string(), 'ml-dsa-65': z.string() })

/**
 * Under which an agency makes statements to its neighbours in the same cell, in a file beside its other keys (mode 600,
 * part of the copy of the keys), made once: Ed25519 and ML-DSA-65, both always. The name is in the file, so that the keys
 * never speak for another.
 */
export function statementKeys(folder: DataFolder, agency: string, name: string): { sign: Signer; verify: Verifier } {
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
  const [ed25519, mlDsa65] = [createPrivateKey(held.ed25519), createPrivateKey(held['ml-dsa-65'])]
  return {
    sign: signerOf({ ed25519, mlDsa65 }),
    verify: verifierOf({ ed25519: createPublicKey(ed25519), mlDsa65: createPublicKey(mlDsa65) }),
  }
}

const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()
