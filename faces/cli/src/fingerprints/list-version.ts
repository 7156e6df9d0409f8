import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

/** What a list file can be held to later: a file has no other version than its bytes. */
export interface ListVersion {
  readonly name: string
  readonly state: string
}

export async function versionOf(file: string): Promise<ListVersion | null> {
  try {
    const state = await stateOf(file)
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(file)) hash.update(chunk)
    return { name: `SHA-256 ${hash.digest('hex')}`, state }
  } catch {
    return null
  }
}

/** Changes when the file does. */
export async function stateOf(file: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true })
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ')
}
