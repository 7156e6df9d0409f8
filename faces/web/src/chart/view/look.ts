import { edgeKinds } from '../model/types.ts'
import { lines, shapeNames, shapes } from './shapes.ts'

/** The colours of the theme in force, read once and again when the theme changes. */
export interface Look {
  readonly ground: string
  readonly text: string
  readonly dim: string
  readonly accent: string
  /** By number of shape. */
  readonly nodes: readonly string[]
  /** By number of kind of link. */
  readonly edges: readonly string[]
  readonly font: string
}

/** `read` gives the value of a custom property. */
export function lookOf(read: (name: string) => string): Look {
  return {
    ground: read('--surface'),
    text: read('--text'),
    dim: read('--dim'),
    accent: read('--accent'),
    nodes: shapeNames.map((name) => read(`--chart-${shapes[name].colour}`)),
    edges: edgeKinds.map((kind) => read(`--chart-${lines[kind].colour}`)),
    font: read('--sans'),
  }
}

export function lookOfPage(of: Element): Look {
  const style = getComputedStyle(of)
  return lookOf((name) => style.getPropertyValue(name).trim())
}
