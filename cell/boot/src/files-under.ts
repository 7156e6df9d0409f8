import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Paths of all files below a folder; a link to a folder on another disk is followed. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) =>
    statSync(join(folder, name)).isDirectory()
      ? filesUnder(join(folder, name)).map((below) => join(name, below))
      : [name],
  )
}
