import { SaxesParser, type SaxesTagNS } from 'saxes'
import type { Limits } from '../reader.ts'
import type { Place, Remark } from '../record.ts'

export interface XmlAttribute {
  readonly name: string
  readonly uri: string
  readonly value: string
}

/** Names live in fields and arrays, never as keys of an object: an element called `__proto__` is just a name. */
export interface XmlElement {
  /** As written, with its prefix. */
  readonly name: string
  readonly local: string
  readonly uri: string
  readonly line: number
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlElement[]
  /** All character data directly inside, untouched. */
  readonly text: string
}

interface OpenElement {
  readonly name: string
  readonly local: string
  readonly uri: string
  readonly line: number
  readonly attributes: readonly XmlAttribute[]
  readonly children: XmlElement[]
  text: string
}

/** `problem` is null for a whole document; otherwise `root` holds what was complete before it, if a root was met. */
export interface XmlDocument {
  readonly root: XmlElement | null
  readonly problem: Remark | null
}

const MAX_ELEMENTS = 1_000_000
const SLICE = 16_384

/**
 * Builds a small tree with saxes: namespaces resolved, no DTD, no outside entity, XInclude left as an ordinary
 * element. On the first error nothing more is taken in; children of the root that were closed before it stay.
 */
export function parseXml(text: string, limits: Limits): XmlDocument {
  const parser = new SaxesParser({ xmlns: true, position: true, defaultXMLVersion: '1.0', forceXMLVersion: true })
  const open: OpenElement[] = []
  let root: OpenElement | null = null
  let problem: Remark | null = null
  let elements = 0
  let attributes = 0
  let atEnd = false

  const stop = (code: string, says: string): void => {
    const place = `line ${parser.line}`
    problem ??= { code, place, says: `${says} (line ${parser.line})` }
  }

  parser.on('error', () => {
    if (atEnd) stop('truncated', 'The file ends before its end: it is truncated. Send it again.')
    else stop('not-well-formed', 'The file is not well-formed XML from here on.')
  })
  parser.on('doctype', () => stop('doctype', 'The file has a DOCTYPE, which is never read.'))
  parser.on('opentagstart', () => {
    attributes = 0
    if (++elements > MAX_ELEMENTS) stop('too-many-elements', 'The file has more elements than any real report.')
    if (open.length >= limits.maxDepth) stop('too-deep', 'Elements are nested deeper than in any real report.')
  })
  parser.on('attribute', () => {
    if (++attributes > Math.min(limits.maxKeys, 256)) stop('too-many-attributes', 'An element has too many attributes.')
  })
  parser.on('opentag', (tag) => {
    if (problem !== null) return
    const element = openElement(tag, parser.line)
    root ??= element
    open.push(element)
  })
  const addText = (more: string): void => {
    const element = open.at(-1)
    if (problem !== null || element === undefined) return
    if (element.text.length + more.length > limits.maxStringLength) {
      stop('text-too-long', 'A text is longer than this lane accepts.')
    } else element.text += more
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    if (problem !== null) return
    const closed = open.pop()
    const outer = open.at(-1)
    if (closed !== undefined && outer !== undefined) outer.children.push(closed)
  })

  // Small slices, so that a refused document costs no more than a slice after the first problem.
  for (let at = 0; at < text.length && problem === null; at += SLICE) parser.write(text.slice(at, at + SLICE))
  atEnd = true
  if (problem === null) parser.close()
  return { root, problem }
}

function openElement(tag: SaxesTagNS, line: number): OpenElement {
  const attributes = Object.values(tag.attributes).map(({ name, uri, value }) => ({ name, uri, value }))
  return { name: tag.name, local: tag.local, uri: tag.uri, line, attributes, children: [], text: '' }
}

export interface Placed {
  readonly element: XmlElement
  readonly place: Place
}

/** XPath of each child; `[n]` (from 1) only where a name occurs more than once. */
export function placedChildren(element: XmlElement, place: Place): Placed[] {
  const total = new Map<string, number>()
  for (const child of element.children) total.set(child.name, (total.get(child.name) ?? 0) + 1)
  const seen = new Map<string, number>()
  return element.children.map((child) => {
    const nth = (seen.get(child.name) ?? 0) + 1
    seen.set(child.name, nth)
    const index = (total.get(child.name) ?? 0) > 1 ? `[${nth}]` : ''
    return { element: child, place: `${place}/${child.name}${index}` }
  })
}
