/** The middle of the picture in the chart's own units, and how many pixels one unit takes. */
export interface Camera {
  readonly x: number
  readonly y: number
  readonly scale: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

const FARTHEST = 0.005
const NEAREST = 6
const bounded = (scale: number): number => Math.min(NEAREST, Math.max(FARTHEST, scale))

export const toScreen = (camera: Camera, size: Size, { x, y }: Point): Point => ({
  x: (x - camera.x) * camera.scale + size.width / 2,
  y: (y - camera.y) * camera.scale + size.height / 2,
})

export const toChart = (camera: Camera, size: Size, { x, y }: Point): Point => ({
  x: (x - size.width / 2) / camera.scale + camera.x,
  y: (y - size.height / 2) / camera.scale + camera.y,
})

export const panned = (camera: Camera, dx: number, dy: number): Camera => ({
  ...camera,
  x: camera.x - dx / camera.scale,
  y: camera.y - dy / camera.scale,
})

/** The point of the chart under `at` stays there. */
export function zoomed(camera: Camera, size: Size, factor: number, at: Point): Camera {
  const under = toChart(camera, size, at)
  const scale = bounded(camera.scale * factor)
  return {
    scale,
    x: under.x - (at.x - size.width / 2) / scale,
    y: under.y - (at.y - size.height / 2) / scale,
  }
}

/** All of it in sight, with room for labels, and no nearer than life size. */
export function fitted(x: Float64Array, y: Float64Array, size: Size, which?: readonly number[]): Camera {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  const see = (node: number): void => {
    left = Math.min(left, x[node] ?? 0)
    right = Math.max(right, x[node] ?? 0)
    top = Math.min(top, y[node] ?? 0)
    bottom = Math.max(bottom, y[node] ?? 0)
  }
  if (which === undefined) for (let node = 0; node < x.length; node++) see(node)
  else for (const node of which) see(node)
  if (left > right) return { x: 0, y: 0, scale: 1 }
  const [wide, tall] = [Math.max(1, size.width - 120), Math.max(1, size.height - 90)]
  const scale = Math.min(1.4, wide / Math.max(1, right - left), tall / Math.max(1, bottom - top))
  return { x: (left + right) / 2, y: (top + bottom) / 2, scale: bounded(scale) }
}

/** A node in pixels: grows slowly with the zoom, so that far away it is a dot and near it is no wall. */
export const radiusAt = (scale: number): number => Math.min(13, Math.max(1.6, 8 * Math.sqrt(scale)))
