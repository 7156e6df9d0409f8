import type { Page } from 'playwright-core'

/** The ring around what has the focus, as the eye meets it. */
export interface Ring {
  readonly of: string
  /** In pixels; 0 when there is none. */
  readonly width: number
  /** To what lies beside it: WCAG 1.4.11 asks for 3 to 1. */
  readonly contrast: number
  /** How many of its four sides lie inside everything that could cut them off. */
  readonly sides: number
}

/** WCAG 2.4.13: two pixels, three to one, and not cut off. A ring may lie around a row or a choice instead. */
export const isSeen = ({ width, contrast, sides }: Ring): boolean => width >= 2 && contrast >= 3 && sides >= 3

/** Measured from what the browser computed: colour, width, the ground beside it, and every edge that clips. */
export const ringOf = (page: Page): Promise<Ring> =>
  page.evaluate(() => {
    type Colour = readonly [number, number, number, number]
    const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    const colourOf = (text: string): Colour => {
      if (paint === null) return [0, 0, 0, 0]
      paint.clearRect(0, 0, 1, 1)
      paint.fillStyle = text
      paint.fillRect(0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0, alpha = 0] = paint.getImageData(0, 0, 1, 1).data
      return [red, green, blue, alpha / 255]
    }
    const over = (top: Colour, below: Colour): Colour => {
      const mix = (at: 0 | 1 | 2): number => top[at] * top[3] + below[at] * (1 - top[3])
      return [mix(0), mix(1), mix(2), 1]
    }
    const groundOf = (element: Element | null): Colour => {
      if (element === null) return [255, 255, 255, 1]
      const own = colourOf(getComputedStyle(element).backgroundColor)
      return own[3] > 0.99 ? own : over(own, groundOf(element.parentElement))
    }
    const light = ([red, green, blue]: Colour): number => {
      const part = (value: number): number =>
        value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4
      return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
    }
    const contrastOf = (a: Colour, b: Colour): number => {
      const [less = 0, more = 0] = [light(a), light(b)].sort((x, y) => x - y)
      return (more + 0.05) / (less + 0.05)
    }
    const sidesOf = (element: Element, out: number): number => {
      const box = element.getBoundingClientRect()
      let clip = { left: 0, top: 0, right: document.documentElement.clientWidth, bottom: innerHeight }
      for (let each = element.parentElement; each !== null; each = each.parentElement) {
        if (getComputedStyle(each).overflowX === 'visible' && getComputedStyle(each).overflowY === 'visible') continue
        const edge = each.getBoundingClientRect()
        clip = {
          left: Math.max(clip.left, edge.left),
          top: Math.max(clip.top, edge.top),
          right: Math.min(clip.right, edge.right),
          bottom: Math.min(clip.bottom, edge.bottom),
        }
      }
      // Half a pixel for the rounding of the browser.
      return [
        box.left - out >= clip.left - 0.5,
        box.top - out >= clip.top - 0.5,
        box.right + out <= clip.right + 0.5,
        box.bottom + out <= clip.bottom + 0.5,
      ].filter((inside) => inside).length
    }
    const best = (element: Element | null) => {
      const none = { width: 0, contrast: 1, sides: 0 }
      if (element === null) return none
      const style = getComputedStyle(element)
      const width = Number.parseFloat(style.outlineWidth)
      if (style.outlineStyle !== 'none' && width > 0) {
        const out = width + Number.parseFloat(style.outlineOffset)
        const ground = groundOf(out > 0 ? element.parentElement : element)
        return { width, contrast: contrastOf(colourOf(style.outlineColor), ground), sides: sidesOf(element, out) }
      }
      for (const shadow of style.boxShadow.split(/,(?![^(]*\))/)) {
        const [, colour = '', spread = '0'] = /^\s*(.*\)) 0px 0px 0px ([\d.]+)px inset/.exec(shadow) ?? []
        if (Number(spread) > 0) {
          const contrast = contrastOf(colourOf(colour), groundOf(element))
          return { width: Number(spread), contrast, sides: sidesOf(element, 0) }
        }
      }
      return none
    }
    const at = document.activeElement ?? document.body
    const name = at.getAttribute('aria-label') ?? at.textContent ?? ''
    const of = `${at.tagName.toLowerCase()} ${name.replace(/\s+/g, ' ').trim().slice(0, 60)}`
    const around = [at, document.getElementById(at.getAttribute('aria-activedescendant') ?? ''), at.closest('.choice')]
    const [ring = best(null)] = around.map(best).sort((a, b) => b.width - a.width)
    return { of, width: ring.width, contrast: Math.round(ring.contrast * 100) / 100, sides: ring.sides }
  })
