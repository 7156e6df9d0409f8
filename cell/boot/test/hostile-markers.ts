import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Every form in which marked bytes could lie on a disk. */
export function formsOf(marker: Uint8Array): ReadonlyMap<string, Buffer> {
  const bytes = Buffer.from(marker)
  const forms = new Map<string, Buffer>([
    ['as they are', bytes],
    ['hex', Buffer.from(bytes.toString('hex'))],
    ['capital hex', Buffer.from(bytes.toString('hex').toUpperCase())],
    ['UTF-16, little end first', Buffer.from(bytes.toString('latin1'), 'utf16le')],
    ['UTF-16, big end first', Buffer.from(bytes.toString('latin1'), 'utf16le').swap16()],
  ])
  for (const shift of [0, 1, 2]) {
    // Characters that hold nothing but the marker: whatever stands before and behind it, these are the same.
    const whole = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replaceAll('=', '')
    const inner = whole.slice(shift === 0 ? 0 : 4, -4)
    forms.set(`base64, shifted ${shift}`, Buffer.from(inner))
    forms.set(`url-safe base64, shifted ${shift}`, Buffer.from(inner.replaceAll('+', '-').replaceAll('/', '_')))
  }
  return forms
}

/** Where any of these lies under the folder: database files, WAL, temporary files, logs, whatever is there. */
export function findInFolder(folder: string, needles: ReadonlyMap<string, Buffer>): string[] {
  const found: string[] = []
  let files = 0
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = bytesIfThere(path)
    // A running database drops files as it goes; what is gone holds nothing.
    if (bytes === null) continue
    files++
    for (const [name, needle] of needles) if (bytes.includes(needle)) found.push(`${name} in ${relative(folder, path)}`)
  }
  if (files < 100) found.push(`only ${files} files were looked at`)
  return found
}

function bytesIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
