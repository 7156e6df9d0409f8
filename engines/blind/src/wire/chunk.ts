import { concat } from '../bytes.ts'
import { numberBytes, Reader } from './bytes.ts'

/** Elements or outputs travel in chunks, so that both sides show progress and no message is long. */
export const chunkItems = 1024

export const chunkCount = (items: number): number => Math.ceil(items / chunkItems)

export const chunkOf = <T>(items: readonly T[], chunk: number): T[] =>
  items.slice(chunk * chunkItems, (chunk + 1) * chunkItems)

export const chunkBytes = (chunk: number, items: readonly Uint8Array[]): Uint8Array =>
  concat(numberBytes(chunk, 4), ...items)

/** Exactly `count` items of `width` bytes under the number that is expected, or null. */
export function readChunk(bytes: Uint8Array, chunk: number, count: number, width: number): Uint8Array[] | null {
  const reader = new Reader(bytes)
  if (reader.number(4) !== chunk || reader.left !== count * width) return null
  const items = Array.from({ length: count }, () => reader.take(width))
  return items.every((item) => item !== null) ? items : null
}
