import type { Camera, Size } from './camera.ts'
import { radiusAt } from './camera.ts'
import type { Look } from './look.ts'

/** What one drawing needs to know: where it draws, in which colours, and which part of the chart is in sight. */
export interface Frame {
  readonly context: CanvasRenderingContext2D
  readonly look: Look
  readonly size: Size
  readonly scale: number
  /** Pixel = chart × scale + shift. */
  readonly shiftX: number
  readonly shiftY: number
  /** The part in sight, in the chart's units, with a margin for shapes that reach in. */
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  /** Of an ordinary node, in pixels. */
  readonly radius: number
}

export function frameOf(context: CanvasRenderingContext2D, look: Look, camera: Camera, size: Size): Frame {
  const margin = 30 / camera.scale
  const [halfWide, halfTall] = [size.width / 2 / camera.scale + margin, size.height / 2 / camera.scale + margin]
  return {
    context,
    look,
    size,
    scale: camera.scale,
    shiftX: size.width / 2 - camera.x * camera.scale,
    shiftY: size.height / 2 - camera.y * camera.scale,
    left: camera.x - halfWide,
    top: camera.y - halfTall,
    right: camera.x + halfWide,
    bottom: camera.y + halfTall,
    radius: radiusAt(camera.scale),
  }
}
