import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Opening, reviewWithinHours } from '@tandem/vault'
import { z } from 'zod'
import { writePrivate } from '../private-file.ts'
import type { KeyFolder } from './key-folder.ts'

/** Both sign it, and it is kept with the keys: whoever reviews the opening checks it against both agencies' keys. */
export function keepOpening(folder: KeyFolder, opening: Opening): void {
  writePrivate(join(folder.path, 'openings', `${opening.request.opening}.json`), JSON.stringify(opening, null, 1))
}

const told = z.object({ approvedAt: z.string(), request: z.object({ minutes: z.int() }) })

/** The end of the last opening whose review is still due; the alarm stays that long and cannot be muted. */
export function lastOpeningUnderReview(folder: KeyFolder, now: number): string | null {
  const path = join(folder.path, 'openings')
  if (!existsSync(path)) return null
  const ends = readdirSync(path).flatMap((name) => {
    const read = told.safeParse(JSON.parse(readFileSync(join(path, name), 'utf8')))
    return read.success ? [Date.parse(read.data.approvedAt) + read.data.request.minutes * 60_000] : []
  })
  const last = Math.max(...ends, 0)
  return now < last + reviewWithinHours * 3_600_000 ? new Date(last).toISOString() : null
}
