import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '@tandem/core'
import {
  alignUp,
  containerVersion,
  digestLength,
  type JsonObject,
  longestHeader,
  magic,
  preambleLength,
  type SectionPlace,
  sha256,
  stepsOf,
} from './layout.ts'

export interface SavedForm {
  /** What the file is, for example `exact-index`: a file of another kind is refused. */
  readonly kind: string
  /** Version of the sections' meaning; the container has its own. */
  readonly version: number
  readonly about: JsonObject
}

export interface Section {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * Yields the file's bytes in order. Sections are passed on as views, never copied; they are read twice (digest,
 * then output) and must not change in between. The first piece is the header.
 */
export function* writeSaved(form: SavedForm, sections: readonly Section[]): Generator<Uint8Array> {
  refuseBadForm(form, sections)
  const digests = sections.map((section) => sha256(section.bytes))
  const { header, places } = layOut(form, sections, digests)
  yield header
  let position = header.length
  for (const [index, section] of sections.entries()) {
    const start = places[index]?.offset ?? position
    if (start > position) yield new Uint8Array(start - position)
    yield* stepsOf(section.bytes)
    position = start + section.bytes.length
  }
}

/** Offsets stand in the header and depend on its length: laid out again until the length stays the same. */
function layOut(form: SavedForm, sections: readonly Section[], digests: readonly string[]) {
  let textLength = 0
  for (;;) {
    const headerLength = preambleLength + textLength + digestLength
    let end = headerLength
    const places: SectionPlace[] = sections.map((section, index) => {
      const offset = alignUp(end)
      end = offset + section.bytes.length
      return { name: section.name, offset, length: section.bytes.length, sha256: digests[index] ?? '' }
    })
    const fields: Json = {
      kind: form.kind,
      version: form.version,
      about: form.about,
      length: end,
      sections: places.map((place) => ({ ...place })),
    }
    const text = new TextEncoder().encode(canonicalJson(fields))
    if (text.length === textLength) return { header: sealHeader(text), places }
    if (text.length > longestHeader) throw new RangeError('The description of a saved file is too long')
    // Never shrink: a shorter text could need smaller offsets and swing for ever; spaces fill the difference.
    textLength = Math.max(text.length, textLength)
    if (text.length < textLength) {
      const padded = new Uint8Array(textLength).fill(0x20)
      padded.set(text)
      return { header: sealHeader(padded), places }
    }
  }
}

function sealHeader(text: Uint8Array): Uint8Array {
  const header = new Uint8Array(preambleLength + text.length + digestLength)
  const view = new DataView(header.buffer)
  header.set(magic, 0)
  view.setUint32(8, containerVersion, true)
  view.setUint32(12, text.length, true)
  header.set(text, preambleLength)
  const sealed = preambleLength + text.length
  header.set(createHash('sha256').update(header.subarray(0, sealed)).digest(), sealed)
  return header
}

/** A form that could not be opened again is the caller's mistake. */
function refuseBadForm(form: SavedForm, sections: readonly Section[]): void {
  if (form.kind === '') throw new RangeError('A saved form needs a kind')
  if (!Number.isSafeInteger(form.version) || form.version < 1) throw new RangeError('Versions count from 1')
  const names = new Set(sections.map((section) => section.name))
  if (names.size !== sections.length) throw new RangeError('Two sections have the same name')
}
