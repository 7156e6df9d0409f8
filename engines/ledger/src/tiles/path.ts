/** C2SP tlog-tiles: 256 hashes of a level, or fewer at the right edge of the tree. */
export interface Tile {
  /** Counts eights of tree levels: the hashes of a tile at level 1 are those of subtrees of 256 leaves. */
  readonly level: number
  readonly index: number
  /** 1 to 256. */
  readonly width: number
}

export const tileWidth = 256

/** `tile/0/x001/234.p/7`: where a tile lies under the log's folder. */
export const tilePath = ({ level, index, width }: Tile): string => `tile/${level}/${place(index, width)}`

/** `tile/entries/x001/234`: where the entries of a tile of level 0 lie. */
export const entriesPath = (index: number, width: number): string => `tile/entries/${place(index, width)}`

function place(index: number, width: number): string {
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const groups = padded.match(/.{3}/g) ?? []
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return width === tileWidth ? path : `${path}.p/${width}`
}

/** The tiles that a tree of `size` has and one of `oldSize` had not, level by level from the left. */
export function newTiles(oldSize: number, size: number): Tile[] {
  const tiles: Tile[] = []
  for (let level = 0, old = oldSize, now = size; now > 0; level++) {
    if (now > old) {
      for (let index = Math.floor(old / tileWidth); index * tileWidth < now; index++)
        tiles.push({ level, index, width: Math.min(tileWidth, now - index * tileWidth) })
    }
    old = Math.floor(old / tileWidth)
    now = Math.floor(now / tileWidth)
  }
  return tiles
}
