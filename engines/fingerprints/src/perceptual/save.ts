import { type JsonObject, type Section, writeSaved } from '../saved/index.ts'
import type { RowOwners } from './owners.ts'
import type { Segment } from './segment.ts'

/*
 * The saved form of a perceptual index, version 1, all numbers little-endian:
 *   segment-N        rows (ring order) and bands, exactly as they stand in memory
 *   segment-N-owner  five columns of 32-bit numbers: list and entry of each row; row, list and entry of further pairs
 *   tail             records of ten 32-bit numbers: the hash in ring order, list, entry
 */
export const savedKind = 'perceptual-index'
export const savedVersion = 1

export function* saveTables(segments: readonly Segment[], tail: Uint32Array): Generator<Uint8Array> {
  const about: JsonObject = {
    segments: segments.map(({ plan, rows, owners }) => ({ plan: plan.name, rows, more: owners.moreRows.length })),
    records: tail.length / 10,
  }
  const sections: Section[] = segments.flatMap((segment, number) => [
    { name: `segment-${number}`, bytes: segment.imageBytes() },
    ...ownerColumns(segment.owners).map(([name, column]) => ({
      name: `segment-${number}-${name}`,
      bytes: bytesOf(column),
    })),
  ])
  yield* writeSaved({ kind: savedKind, version: savedVersion, about }, [
    ...sections,
    { name: 'tail', bytes: bytesOf(tail) },
  ])
}

export const ownerColumns = (owners: RowOwners): readonly (readonly [name: string, column: Uint32Array])[] => [
  ['lists', owners.lists],
  ['entries', owners.entries],
  ['more-rows', owners.moreRows],
  ['more-lists', owners.moreLists],
  ['more-entries', owners.moreEntries],
]

export const bytesOf = (column: Uint32Array): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
