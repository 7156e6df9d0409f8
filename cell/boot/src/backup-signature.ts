import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { err, ok, type Result } from '@tandem/core'
import { z } from 'zod'
import { tableDigest } from './control-messages.ts'
import { readIfThere, writePrivate } from './private-file.ts'

export const BACKUP_FILE = 'backup.json'
export const SIGNATURE_FILE = 'backup.sig'
const KEY_FILE = 'backup-signing.key'

/** Signed as a whole; every other file of the backup hangs on it by a digest. */
export const signedShape = z.strictObject({
  format: z.literal('tandem-backup/1'),
  cell: z.strictObject({ id: z.uuid(), name: z.string(), mode: z.enum(['training', 'live']) }),
  agencies: z.array(z.strictObject({ id: z.uuid(), name: z.string(), kind: z.string().optional() })),
  tandem: z.string(),
  madeAt: z.string(),
  /** Digest of `physical/manifest.json`, which lists every file of the database with its own. */
  physical: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** `logical/<table>.jsonl`: the digest is that of the file. */
  tables: z.array(tableDigest),
})
export type SignedBackup = z.output<typeof signedShape>

/** The cell's own signing key (Ed25519), made once and kept with the other keys, outside every backup. */
export function signingKey(keys: string): KeyObject {
  const path = join(keys, KEY_FILE)
  const present = readIfThere(path)
  if (present !== null) return createPrivateKey(present)
  const { privateKey } = generateKeyPairSync('ed25519')
  writePrivate(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  return privateKey
}

export function writeSigned(folder: string, backup: SignedBackup, key: KeyObject): void {
  const bytes = Buffer.from(`${JSON.stringify(backup, null, 1)}\n`)
  // The signature last: without it there is no backup.
  writePrivate(join(folder, BACKUP_FILE), bytes)
  writePrivate(join(folder, SIGNATURE_FILE), `${sign(null, bytes, key).toString('base64')}\n`)
}

/** Checked with the key that the person keeps, never with one that came with the backup. */
export function readSigned(folder: string, keys: string): Result<SignedBackup, string> {
  const bytes = readIfThere(join(folder, BACKUP_FILE))
  const signature = readIfThere(join(folder, SIGNATURE_FILE))
  if (bytes === null || signature === null) {
    return err(`${folder} holds no finished backup: ${bytes === null ? BACKUP_FILE : SIGNATURE_FILE} is missing.`)
  }
  const key = readIfThere(join(keys, KEY_FILE))
  if (key === null)
    return err(`The signing key ${KEY_FILE} is not in ${keys}, so nobody can tell whether the backup is whole.`)
  const text = signature.toString('utf8')
  const isOurs = /^[A-Za-z0-9+/]{86}==\n$/.test(text) && fits(bytes, Buffer.from(text, 'base64'), key)
  if (!isOurs)
    return err('The signature does not fit: the backup was changed, or it belongs to another cell than these keys.')
  const parsed = signedShape.safeParse(JSON.parse(bytes.toString('utf8')))
  return parsed.success ? ok(parsed.data) : err('The backup was made by a newer Tandem: restore it with that one.')
}

function fits(bytes: Buffer, signature: Buffer, key: Buffer): boolean {
  try {
    return verify(null, bytes, createPublicKey(createPrivateKey(key)), signature)
  } catch {
    return false
  }
}

export async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}

export const digestOfSmall = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')
