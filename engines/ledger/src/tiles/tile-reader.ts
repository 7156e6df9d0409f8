import { nodeHash } from '../tree/hash.ts'
import type { HashReader } from '../tree/prove.ts'
import { type Tile, tileWidth } from './path.ts'

/** The bytes of one tile; a full tile may be given where a partial one was asked for. */
export type TileReader = (tile: Tile) => Uint8Array

/** Reads any hash of a tree of `size` leaves out of its tiles. */
export function readerOfTiles(read: TileReader, size: number): HashReader {
  return (level, index) => {
    const tileLevel = Math.floor(level / 8)
    const height = level % 8
    const first = index * 2 ** height
    const tileIndex = Math.floor(first / tileWidth)
    const width = Math.min(tileWidth, Math.floor(size / tileWidth ** tileLevel) - tileIndex * tileWidth)
    const offset = first - tileIndex * tileWidth
    if (offset + 2 ** height > width) throw new RangeError(`no full subtree ${index} at level ${level} of this tree`)
    const bytes = read({ level: tileLevel, index: tileIndex, width })
    if (bytes.length < 32 * width) throw new RangeError('a tile is shorter than its width')
    return hashInTile(bytes, offset, height)
  }
}

/** A tile is a subtree of height 8 of which only the lowest level is stored. */
function hashInTile(bytes: Uint8Array, offset: number, height: number): Uint8Array {
  if (height === 0) return bytes.subarray(32 * offset, 32 * offset + 32)
  const half = 2 ** (height - 1)
  return nodeHash(hashInTile(bytes, offset, height - 1), hashInTile(bytes, offset + half, height - 1))
}

/** The bytes of a tile, from a tree that has it. */
export const writeTile = (read: HashReader, { level, index, width }: Tile): Buffer =>
  Buffer.concat(Array.from({ length: width }, (_, at) => read(8 * level, index * tileWidth + at)))
