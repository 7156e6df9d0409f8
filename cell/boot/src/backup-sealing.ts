import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { isAbsolute, join, normalize } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { err, ok, type Result } from '@tandem/core'
import { makeFolder } from '@tandem/store/engine'
import { AgePayloadDamaged, makeIdentity, openAge, type Recipient, readRecipient, sealAge } from '@tandem/vault'
import { extract, pack } from 'tar-stream'
import { filesUnder } from './files-under.ts'
import { privateFolder, readIfThere, writePrivate } from './private-file.ts'

/** One tar, encrypted: `age --decrypt --identity FILE backup.tar.age | tar x` opens it without Tandem. */
export const SEALED_BACKUP = 'backup.tar.age'
const IDENTITY_FILE = 'backup-identity.txt'

/**
 * The cell's own identity for its backups (hybrid ML-KEM-768 and X25519), made once and kept with the other keys. Whoever
 * finds a backup without it has noise.
 */
export async function backupRecipient(keys: string): Promise<Recipient> {
  const path = join(keys, IDENTITY_FILE)
  const present = readIfThere(path)
  const line = present === null ? undefined : /^# public key: (age1pq1\S+)$/m.exec(present.toString('utf8'))?.[1]
  if (line !== undefined) {
    const recipient = readRecipient(line)
    if (recipient.ok) return recipient.value
    throw new Error(`${path} is damaged`)
  }
  const made = await makeIdentity()
  writePrivate(path, `# public key: ${made.recipient.text}\n${made.identity}\n`)
  return made.recipient
}

/** Lines of identity files, as age itself writes them. */
export function identitiesIn(path: string): Result<string[], string> {
  const text = readIfThere(path)
  if (text === null) return err(`There is no identity file ${path}.`)
  const identities = text
    .toString('utf8')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.startsWith('AGE-SECRET-KEY-'))
  return identities.length > 0 ? ok(identities) : err(`${path} holds no age identity (AGE-SECRET-KEY-PQ-1…).`)
}

export const ownIdentity = (keys: string): string | null =>
  existsSync(join(keys, IDENTITY_FILE)) ? join(keys, IDENTITY_FILE) : null

/** Every file below `from` as one encrypted file, whole or not at all. */
export async function sealFolder(from: string, to: string, recipients: readonly Recipient[]): Promise<number> {
  const sealed = await sealAge(recipients, tarOf(from))
  if (!sealed.ok) throw new Error(sealed.error.says)
  const half = `${to}.half`
  await pipeline(Readable.from(sealed.value), createWriteStream(half, { mode: 0o600 }))
  const descriptor = openSync(half, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(half, to)
  return statSync(to).size
}

async function* tarOf(from: string): AsyncGenerator<Uint8Array> {
  const packed = pack()
  const filling = fill(packed, from).catch((error: unknown) =>
    packed.destroy(error instanceof Error ? error : new Error(String(error))),
  )
  for await (const chunk of packed) if (chunk instanceof Uint8Array) yield chunk
  await filling
}

async function fill(packed: ReturnType<typeof pack>, from: string): Promise<void> {
  for (const name of filesUnder(from).sort()) {
    const path = join(from, name)
    const entry = packed.entry({ name, size: statSync(path).size, mode: 0o600, mtime: new Date(0) })
    await pipeline(createReadStream(path), entry)
  }
  packed.finalize()
}

/** Into an empty folder. Nothing stays of a file that is not what was written. */
export async function openSealed(
  file: string,
  identities: readonly string[],
  into: string,
): Promise<Result<void, string>> {
  const opened = await openAge({ identities }, createReadStream(file))
  if (!opened.ok) {
    return err(
      opened.error.code === 'not-for-you'
        ? `${file} is not encrypted to this identity. Name the one that belongs to it: --identity FILE, or the keys of this cell.`
        : `${file} is no whole age file. Nothing was restored: use another backup.`,
    )
  }
  makeFolder(into)
  privateFolder(into)
  const unpacking = extract()
  try {
    const reading = pipeline(Readable.from(opened.value), unpacking)
    // Awaited below; until then a failure of the file must not count as one that nobody hears.
    reading.catch(() => {})
    for await (const entry of unpacking) {
      const { name, type } = entry.header
      const path = normalize(name)
      if (type !== 'file' || isAbsolute(path) || path.startsWith('..'))
        throw new TypeError('a name that is none of ours')
      makeFolder(join(into, path, '..'))
      await pipeline(entry, createWriteStream(join(into, path), { mode: 0o600, flags: 'wx' }))
    }
    await reading
    return ok(undefined)
  } catch (error) {
    rmSync(into, { recursive: true, force: true })
    if (error instanceof AgePayloadDamaged || error instanceof TypeError)
      return err(`${file} was damaged (${error.message}). Nothing was restored: use another backup.`)
    throw error
  }
}
