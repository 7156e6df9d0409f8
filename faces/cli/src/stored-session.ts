import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type DataFolder, readIfThere, writePrivate } from '@tandem/boot/attach'
import { z } from 'zod'

const shape = z.object({ server: z.string(), token: z.string(), subject: z.string(), since: z.string() })

/** One file a server, for this user alone. */
const pathOf = (folder: DataFolder, server: string): string =>
  join(folder.root, 'sessions', `${createHash('sha256').update(server).digest('hex').slice(0, 16)}.json`)

export function storedToken(folder: DataFolder, server: string): string | null {
  const bytes = readIfThere(pathOf(folder, server))
  if (bytes === null) return null
  try {
    const kept = shape.safeParse(JSON.parse(bytes.toString('utf8')))
    return kept.success && kept.data.server === server ? kept.data.token : null
  } catch {
    return null
  }
}

export const storeToken = (folder: DataFolder, server: string, token: string, subject: string): void =>
  writePrivate(
    pathOf(folder, server),
    `${JSON.stringify({ server, token, subject, since: new Date().toISOString() })}\n`,
  )

export const dropToken = (folder: DataFolder, server: string): void => rmSync(pathOf(folder, server), { force: true })
