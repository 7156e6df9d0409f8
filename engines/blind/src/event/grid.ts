/**
 * A grid over the globe whose cells are never narrower than `reach` metres: bands of latitude, each cut into as many
 * equal columns as fit where the band is shortest. Two points within reach lie in the same cell or in touching ones,
 * also across a border, the date line and the poles.
 */
export interface Grid {
  readonly reachMetres: number
}

/** A cell by its band (0 at the south pole) and column (0 at 180 degrees west). */
export interface Cell {
  readonly band: number
  readonly column: number
}

export interface Point {
  /** WGS 84 degrees. */
  readonly latitude: number
  readonly longitude: number
}

/** Mean radius of IUGG; the sphere differs from the ellipsoid by at most 0.6 % of a distance. */
export const earthMetres = 6_371_008.8
const radians = Math.PI / 180
/** Added to reach, so that no rounding in a sine loses a neighbour: a micrometre and 0.1 millionth. */
const widened = (angle: number): number => angle * (1 + 1e-7) + 2e-13

const bandCount = ({ reachMetres }: Grid): number => Math.max(1, Math.floor(Math.PI / (reachMetres / earthMetres)))

function columnCount(grid: Grid, band: number): number {
  const height = Math.PI / bandCount(grid)
  const [south, north] = [band * height - Math.PI / 2, (band + 1) * height - Math.PI / 2]
  const shortest = Math.min(Math.cos(south), Math.cos(north))
  return Math.max(1, Math.floor((2 * Math.PI * Math.max(shortest, 0)) / (grid.reachMetres / earthMetres)))
}

const bandOf = (grid: Grid, latitude: number): number => {
  const bands = bandCount(grid)
  return Math.min(bands - 1, Math.max(0, Math.floor(((latitude + Math.PI / 2) / Math.PI) * bands)))
}

/** Any longitude in radians; columns go round. */
const columnAt = (columns: number, longitude: number): number =>
  Math.floor(((longitude + Math.PI) / (2 * Math.PI)) * columns)

const wrapped = (columns: number, column: number): number => ((column % columns) + columns) % columns

/** The one cell a point lies in. */
export function cellOf(grid: Grid, { latitude, longitude }: Point): Cell {
  const band = bandOf(grid, latitude * radians)
  const columns = columnCount(grid, band)
  return { band, column: wrapped(columns, columnAt(columns, longitude * radians)) }
}

/** Every cell that a point within reach can lie in: at most three bands, in each the columns the circle touches. */
export function cellsWithin(grid: Grid, point: Point): Cell[] {
  const [latitude, longitude] = [point.latitude * radians, point.longitude * radians]
  const reach = widened(grid.reachMetres / earthMetres)
  const cells: Cell[] = []
  const last = bandOf(grid, Math.min(Math.PI / 2, latitude + reach))
  for (let band = bandOf(grid, Math.max(-Math.PI / 2, latitude - reach)); band <= last; band++) {
    const columns = columnCount(grid, band)
    const half = halfWidth(latitude, reach)
    const [west, east] = [columnAt(columns, longitude - half), columnAt(columns, longitude + half)]
    if (half >= Math.PI || east - west >= columns - 1) {
      cells.push(...Array.from({ length: columns }, (_, column) => ({ band, column })))
    } else {
      for (let column = west; column <= east; column++) cells.push({ band, column: wrapped(columns, column) })
    }
  }
  return cells
}

/** Greatest difference of longitude within reach of a latitude: all round where the circle holds a pole. */
function halfWidth(latitude: number, reach: number): number {
  if (Math.abs(latitude) + reach >= Math.PI / 2) return Math.PI
  return widened(Math.asin(Math.min(1, Math.sin(reach) / Math.cos(latitude))))
}

/** Great-circle metres: the plain truth that the grid is tested against. */
export function metresBetween(a: Point, b: Point): number {
  const [north, east] = [(b.latitude - a.latitude) * radians, (b.longitude - a.longitude) * radians]
  const chord =
    Math.sin(north / 2) ** 2 + Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * Math.sin(east / 2) ** 2
  return 2 * earthMetres * Math.asin(Math.min(1, Math.sqrt(chord)))
}
