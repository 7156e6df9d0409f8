import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type NoteSigner, noteSigner } from '@tandem/ledger'
import type { LogKeys } from '@tandem/work'
import { z } from 'zod'
import type { DataFolder } from '../folders.ts'
import { readIfThere, writePrivate } from '../private-file.ts'

const pair = z.strictObject({ ed25519: z.string(), 'ml-dsa-44': z.string() })
const form = z.strictObject({ version: z.literal(1), origin: z.string(), log: pair, witness: pair, seal: pair })
type Pair = z.output<typeof pair>

/**
 * The signing keys of one agency's log, in a file of their own beside the agency's other keys, for this user alone (mode
 * 600) and made once: Ed25519, and ML-DSA-44 for the day when that no longer holds. The name of the log is in the file, so
 * that keys are never used for another.
 */
export function logKeys(folder: DataFolder, agency: string, origin: string, hasSigned: boolean): LogKeys {
  const path = `${folder.keys}/ledger-${agency}.json`
  const present = readIfThere(path)
  if (present === null) {
    if (hasSigned)
      throw new Error(
        `The signing keys of the ledger ${origin} are not in ${folder.keys}. Put back the copy of the keys (made by "tandem backup --keys-to"), then start again.`,
      )
    const fresh = { version: 1 as const, origin, log: newPair(), witness: newPair(), seal: newPair() }
    writePrivate(path, JSON.stringify(fresh))
    return signersOf(fresh)
  }
  const read = form.parse(JSON.parse(present.toString('utf8')))
  if (read.origin !== origin) throw new Error(`${path} holds the keys of the log ${read.origin}, not of ${origin}`)
  return signersOf(read)
}

export const signersOf = ({ origin, log, witness, seal }: z.output<typeof form>): LogKeys => ({
  log: signers(origin, 'ed25519', log),
  witness: signers(`${origin}/witness`, 'ed25519-cosignature', witness),
  seal: signers(`${origin}/bundles`, 'ed25519', seal),
})

function signers(name: string, kind: 'ed25519' | 'ed25519-cosignature', keys: Pair): NoteSigner[] {
  return [
    noteSigner(name, kind, createPrivateKey(keys.ed25519)),
    noteSigner(name, 'ml-dsa-44-cosignature', createPrivateKey(keys['ml-dsa-44'])),
  ]
}

/** PKCS #8 in PEM: what every tool can read, should the keys be needed elsewhere. */
const newPair = (): Pair => ({
  ed25519: pem(generateKeyPairSync('ed25519').privateKey),
  'ml-dsa-44': pem(generateKeyPairSync('ml-dsa-44').privateKey),
})

const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()
