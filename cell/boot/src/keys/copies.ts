import { join } from 'node:path'
import { z } from 'zod'
import type { DataFolder } from '../folders.ts'
import { readIfThere, writePrivate } from '../private-file.ts'

const shape = z.array(z.strictObject({ place: z.string(), at: z.string() }))
export type KeyCopy = z.output<typeof shape>[number]

const fileOf = (folder: DataFolder): string => join(folder.keys, 'copies.json')

/**
 * Copies of the keys, and when each was last renewed. One that is older than an erasure still holds what the erasure
 * destroyed here: it must be renewed or destroyed too, and only people can do that.
 */
export function keyCopies(folder: DataFolder): KeyCopy[] {
  const text = readIfThere(fileOf(folder))
  const read = text === null ? null : shape.safeParse(JSON.parse(text.toString('utf8')))
  return read?.success === true ? read.data : []
}

export function noteCopy(folder: DataFolder, place: string, at: string): void {
  const others = keyCopies(folder).filter((each) => each.place !== place)
  writePrivate(fileOf(folder), JSON.stringify([...others, { place, at }]))
}
