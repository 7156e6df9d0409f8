import { type Camera, fitted, type Point, panned, radiusAt, type Size, toChart, zoomed } from './camera.ts'
import { drawLabels } from './draw-labels.ts'
import { drawLinks } from './draw-links.ts'
import { drawMarks, isBare, type Marks, noMarks } from './draw-marks.ts'
import { drawNodes } from './draw-nodes.ts'
import { frameOf } from './frame.ts'
import { HoverMark } from './hover-mark.ts'
import type { Look } from './look.ts'
import { distanceToLine, isInLoop, PointGrid } from './pick.ts'
import type { Scene } from './scene.ts'

/** The bitmap reaches so far beyond the frame on each side, in pixels: panning within it draws nothing anew. */
const MARGIN = 224
/** A picture that takes longer than this (ms) is scaled as a bitmap while zooming, and drawn when the hand rests. */
const SLOW = 14
const REST = 90
/** Stretched or shrunk by more than this a bitmap says nothing any more. */
const MOST_STRETCHED = 1.8
/** How far from a line the pointer may be, in pixels. */
const LINE_REACH = 5

interface Places {
  /** Holds both bitmaps and is what moves. */
  readonly layer: HTMLElement
  readonly base: HTMLCanvasElement
  readonly over: HTMLCanvasElement
}

/** The picture: two bitmaps, one drawn rarely (links, nodes, labels), one that changes with focus and selection. */
export class ChartView {
  readonly #places: Places
  #scene: Scene | null = null
  #grid: PointGrid | null = null
  #look: Look | null = null
  #marks: Marks = noMarks
  readonly #hover: HoverMark
  #hovered = { node: -1, edge: -1 }
  #size: Size = { width: 1, height: 1 }
  #camera: Camera = { x: 0, y: 0, scale: 1 }
  #drawn: Camera = { x: 0, y: 0, scale: 1 }
  #isBaseDue = true
  #isOverDue = true
  #asked = 0
  #rest: ReturnType<typeof setTimeout> | undefined
  #restsAt = 0
  #ratio = 1
  /** What the last drawing took and held. */
  last = { milliseconds: 0, nodes: 0, links: 0, labels: 0 }

  constructor(places: Places) {
    this.#places = places
    this.#hover = new HoverMark(places.layer)
  }

  get camera(): Camera {
    return this.#camera
  }
  get size(): Size {
    return this.#size
  }

  show(scene: Scene, look: Look): void {
    this.#scene = scene
    this.#look = look
    this.#grid = null
    this.#hovered = { node: -1, edge: -1 }
    this.redraw()
  }

  mark(marks: Marks): void {
    this.#marks = marks
    this.#isOverDue = true
    this.#ask()
  }

  /** What is under the pointer; -1 for nothing. */
  hover(node: number, edge: number): void {
    this.#hovered = { node, edge }
    this.#placeHover()
  }

  redraw(): void {
    this.#isBaseDue = true
    this.#ask()
  }

  resize(size: Size, ratio: number): void {
    this.#size = { width: Math.max(1, size.width), height: Math.max(1, size.height) }
    this.#ratio = ratio
    for (const canvas of [this.#places.base, this.#places.over]) {
      canvas.width = Math.round((this.#size.width + 2 * MARGIN) * ratio)
      canvas.height = Math.round((this.#size.height + 2 * MARGIN) * ratio)
      canvas.style.width = `${this.#size.width + 2 * MARGIN}px`
      canvas.style.height = `${this.#size.height + 2 * MARGIN}px`
      canvas.style.left = `${-MARGIN}px`
      canvas.style.top = `${-MARGIN}px`
    }
    this.redraw()
  }

  pan(dx: number, dy: number): void {
    this.look(panned(this.#camera, dx, dy))
  }

  zoom(factor: number, at: Point = { x: this.#size.width / 2, y: this.#size.height / 2 }): void {
    this.look(zoomed(this.#camera, this.#size, factor, at))
  }

  fit(which?: readonly number[]): void {
    if (this.#scene !== null) this.look(fitted(this.#scene.x, this.#scene.y, this.#size, which))
  }

  look(camera: Camera): void {
    this.#camera = camera
    this.#ask()
  }

  /** Brings a node into the frame, when it is not there already. */
  reveal(node: number): void {
    const { x = 0, y = 0 } = this.placeOf(node) ?? {}
    const [wide, tall] = [this.#size.width, this.#size.height]
    const dx = x < 60 ? 60 - x : x > wide - 60 ? wide - 60 - x : 0
    const dy = y < 50 ? 50 - y : y > tall - 60 ? tall - 60 - y : 0
    if (dx !== 0 || dy !== 0) this.pan(dx, dy)
  }

  placeOf(node: number): Point | null {
    if (this.#scene === null || node < 0) return null
    const { x, y, scale } = this.#camera
    return {
      x: ((this.#scene.x[node] ?? 0) - x) * scale + this.#size.width / 2,
      y: ((this.#scene.y[node] ?? 0) - y) * scale + this.#size.height / 2,
    }
  }

  toChart(at: Point): Point {
    return toChart(this.#camera, this.#size, at)
  }

  pickNode(at: Point): number {
    if (this.#scene === null) return -1
    const { sizes } = this.#scene
    const { scale } = this.#camera
    const radius = radiusAt(scale)
    const reach = (size: number): number => (radius * size + 4) / scale
    return this.#points(this.#scene).nearest(this.toChart(at), (node) => reach(sizes[node] ?? 1), reach(2))
  }

  /** Plain: fifteen thousand distances take a fraction of a millisecond. */
  pickEdge(at: Point): number {
    if (this.#scene === null) return -1
    const { graph, x, y } = this.#scene
    const place = this.toChart(at)
    let [found, best] = [-1, LINE_REACH / this.#camera.scale]
    for (let edge = 0; edge < graph.from.length; edge++) {
      const [a, b] = [graph.from[edge] ?? 0, graph.to[edge] ?? 0]
      const [ax, ay, bx, by] = [x[a] ?? 0, y[a] ?? 0, x[b] ?? 0, y[b] ?? 0]
      if ((place.x < ax - best && place.x < bx - best) || (place.x > ax + best && place.x > bx + best)) continue
      if ((place.y < ay - best && place.y < by - best) || (place.y > ay + best && place.y > by + best)) continue
      const distance = distanceToLine(place, ax, ay, bx, by)
      if (distance < best) [found, best] = [edge, distance]
    }
    return found
  }

  nodesIn(loop: readonly Point[]): number[] {
    if (this.#scene === null || loop.length < 3) return []
    const { x, y } = this.#scene
    const [xs, ys] = [loop.map((corner) => corner.x), loop.map((corner) => corner.y)]
    return this.#points(this.#scene)
      .inside(least(xs), least(ys), -least(xs.map((each) => -each)), -least(ys.map((each) => -each)))
      .filter((node) => isInLoop({ x: x[node] ?? 0, y: y[node] ?? 0 }, loop))
  }

  stop(): void {
    cancelAnimationFrame(this.#asked)
    clearTimeout(this.#rest)
    this.#hover.remove()
  }

  #placeHover(): void {
    const { node, edge } = this.#hovered
    if (this.#scene === null) this.#hover.hide()
    else this.#hover.show(this.#scene, node, edge, this.#drawn, this.#size)
  }

  #points(scene: Scene): PointGrid {
    this.#grid ??= new PointGrid(scene.x, scene.y)
    return this.#grid
  }

  #ask(): void {
    if (this.#asked === 0) this.#asked = requestAnimationFrame(() => this.#frame())
  }

  #frame(): void {
    this.#asked = 0
    const [now, then] = [this.#camera, this.#drawn]
    if (!this.#isBaseDue && now.scale !== then.scale) {
      const stretched = Math.max(now.scale / then.scale, then.scale / now.scale)
      if (this.last.milliseconds <= SLOW || stretched > MOST_STRETCHED) this.#isBaseDue = true
      else if (this.#restsAt !== now.scale) {
        // Only a further zoom puts it off, or a long pan would go on with a stretched bitmap.
        clearTimeout(this.#rest)
        this.#rest = setTimeout(() => this.redraw(), REST)
        this.#restsAt = now.scale
      }
    }
    const [dx, dy] = [(then.x - now.x) * now.scale, (then.y - now.y) * now.scale]
    if (now.scale === then.scale && (Math.abs(dx) > MARGIN || Math.abs(dy) > MARGIN)) this.#isBaseDue = true
    if (this.#isBaseDue) this.#drawBase()
    if (this.#isOverDue) this.#drawOver()
    const { layer } = this.#places
    const isSame = this.#drawn === now
    layer.style.transform = isSame ? '' : `translate(${dx}px, ${dy}px) scale(${now.scale / then.scale})`
  }

  #drawBase(): void {
    if (this.#scene === null || this.#look === null) return
    const began = performance.now()
    this.#drawn = this.#camera
    clearTimeout(this.#rest)
    this.#restsAt = 0
    this.#isBaseDue = false
    this.#isOverDue = true
    const frame = this.#cleared(this.#places.base, this.#look)
    if (frame === null) return
    const links = drawLinks(this.#scene, frame)
    const nodes = drawNodes(this.#scene, frame)
    const labels = drawLabels(this.#scene, frame)
    this.#placeHover()
    this.last = { milliseconds: performance.now() - began, nodes, links, labels }
  }

  #drawOver(): void {
    if (this.#scene === null || this.#look === null) return
    this.#isOverDue = false
    this.#places.over.hidden = isBare(this.#marks)
    if (this.#places.over.hidden) return
    const frame = this.#cleared(this.#places.over, this.#look)
    if (frame !== null) drawMarks(this.#scene, frame, this.#marks)
  }

  #cleared(canvas: HTMLCanvasElement, look: Look) {
    const context = canvas.getContext('2d')
    if (context === null) return null
    const size = { width: this.#size.width + 2 * MARGIN, height: this.#size.height + 2 * MARGIN }
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0)
    context.clearRect(0, 0, size.width, size.height)
    return frameOf(context, look, this.#drawn, size)
  }
}

const least = (of: readonly number[]): number => of.reduce((low, each) => Math.min(low, each), Infinity)
