import type { Camera, Size } from './camera.ts'
import { radiusAt } from './camera.ts'
import type { Scene } from './scene.ts'

/**
 * The mark of what is under the pointer: two small elements that move along with the bitmaps. It changes with nearly
 * every frame, and a bitmap of the whole chart changed for it would be copied anew each time.
 */
export class HoverMark {
  readonly #ring = document.createElement('div')
  readonly #line = document.createElement('div')

  constructor(layer: HTMLElement) {
    this.#ring.className = 'chart-mark chart-mark-ring'
    this.#line.className = 'chart-mark chart-mark-line'
    layer.append(this.#ring, this.#line)
    this.hide()
  }

  hide(): void {
    this.#ring.hidden = true
    this.#line.hidden = true
  }

  remove(): void {
    this.#ring.remove()
    this.#line.remove()
  }

  /** In the pixels of the bitmaps as they were drawn. */
  show(scene: Scene, node: number, edge: number, camera: Camera, size: Size): void {
    const at = (of: number) => ({
      x: ((scene.x[of] ?? 0) - camera.x) * camera.scale + size.width / 2,
      y: ((scene.y[of] ?? 0) - camera.y) * camera.scale + size.height / 2,
    })
    this.#ring.hidden = node < 0
    this.#line.hidden = node >= 0 || edge < 0
    if (node >= 0) {
      const { x, y } = at(node)
      const radius = radiusAt(camera.scale) * (scene.sizes[node] ?? 1) + 4
      this.#ring.style.width = `${radius * 2}px`
      this.#ring.style.height = `${radius * 2}px`
      this.#ring.style.transform = `translate(${x - radius}px, ${y - radius}px)`
    } else if (edge >= 0) {
      const [from, to] = [at(scene.graph.from[edge] ?? 0), at(scene.graph.to[edge] ?? 0)]
      const [dx, dy] = [to.x - from.x, to.y - from.y]
      this.#line.style.width = `${Math.hypot(dx, dy)}px`
      this.#line.style.transform = `translate(${from.x}px, ${from.y - 1}px) rotate(${Math.atan2(dy, dx)}rad)`
    }
  }
}
