import { createHash } from 'node:crypto'
import { err, ok, type Result } from '@tandem/core'
import { parseHeader } from './header.ts'
import {
  containerVersion,
  digestLength,
  type Header,
  type JsonObject,
  longestHeader,
  magic,
  preambleLength,
  type SectionPlace,
  sealOf,
  stepLength,
  stepsOf,
} from './layout.ts'
import { altered, newer, problem, type SavedProblem, truncated } from './problem.ts'
import { type ByteSource, fill } from './source.ts'

/** A saved file whose description is sound. A section's bytes are checked when it is loaded, or all at once by `check`. */
export interface Saved {
  readonly kind: string
  readonly version: number
  readonly about: JsonObject
  readonly length: number
  readonly sections: readonly { readonly name: string; readonly length: number; readonly sha256: string }[]
  /** Length of a section, to make room for it; null when there is none of this name. */
  lengthOf(name: string): number | null
  /**
   * Reads a section into `into` (exactly its length; a view of shared memory is welcome) or into a new array, and
   * checks its digest. After a refusal the destination holds bytes that must not be used.
   */
  load(name: string, into?: Uint8Array): Result<Uint8Array, SavedProblem>
  /** Reads everything once and keeps nothing. */
  check(): Result<void, SavedProblem>
}

export function openSaved(
  source: ByteSource,
  expected: { readonly kind: string; readonly newestVersion: number },
): Result<Saved, SavedProblem> {
  return guard(() => {
    const header = readHeader(source)
    if (!header.ok) return header
    const { kind, version } = header.value
    if (kind !== expected.kind) {
      return err(problem('foreign', `The file is of kind "${shown(kind)}"; "${expected.kind}" is needed here.`))
    }
    if (version > expected.newestVersion) return err(newer(`"${kind}"`, version, expected.newestVersion))
    return ok(savedOf(source, header.value))
  })
}

/** What a file says it is, for whoever does not know yet which kind to expect. */
export function describeSaved(source: ByteSource): Result<Omit<SealedHeader, 'sections'>, SavedProblem> {
  return guard(() => {
    const header = readHeader(source)
    if (!header.ok) return header
    const { kind, version, about, length, seal } = header.value
    return ok({ kind, version, about, length, seal })
  })
}

/** The seal is the header's digest: the header holds the digests of all sections, so it stands for the whole file. */
type SealedHeader = Header & { readonly seal: string }

function readHeader(source: ByteSource): Result<SealedHeader, SavedProblem> {
  const preamble = new Uint8Array(Math.min(preambleLength, source.size))
  if (!fill(source, 0, preamble)) return err(truncated(preambleLength, source.size))
  if (!magic.subarray(0, preamble.length).every((byte, index) => byte === preamble[index])) {
    return err(problem('foreign', 'The file is not a saved fingerprint file.'))
  }
  if (preamble.length < preambleLength) return err(truncated(preambleLength, source.size))
  const numbers = new DataView(preamble.buffer)
  const version = numbers.getUint32(8, true)
  const textLength = numbers.getUint32(12, true)
  if (version > containerVersion) return err(newer('container', version, containerVersion))
  if (version < 1 || textLength > longestHeader) return err(altered('its first bytes'))
  const headerEnd = preambleLength + textLength + digestLength
  if (source.size < headerEnd) return err(truncated(headerEnd, source.size))
  const bytes = new Uint8Array(headerEnd)
  if (!fill(source, 0, bytes)) return err(truncated(headerEnd, source.size))
  const sealed = bytes.subarray(0, headerEnd - digestLength)
  if (!createHash('sha256').update(sealed).digest().equals(bytes.subarray(sealed.length))) {
    return err(altered('its description does not match its digest'))
  }
  const header = parseHeader(new TextDecoder().decode(sealed.subarray(preambleLength)), headerEnd)
  if (!header.ok) return header
  if (source.size < header.value.length) return err(truncated(header.value.length, source.size))
  if (source.size > header.value.length) return err(altered('something follows its end'))
  if (!gapsAreZero(source, header.value, headerEnd)) return err(altered('between its sections'))
  return ok({ ...header.value, seal: sealOf(bytes) })
}

function gapsAreZero(source: ByteSource, header: Header, headerEnd: number): boolean {
  let end = headerEnd
  for (const { offset, length } of header.sections) {
    const gap = new Uint8Array(offset - end)
    if (!fill(source, end, gap) || gap.some((byte) => byte !== 0)) return false
    end = offset + length
  }
  return true
}

function savedOf(source: ByteSource, header: Header): Saved {
  const places = new Map(header.sections.map((place) => [place.name, place]))
  return {
    kind: header.kind,
    version: header.version,
    about: header.about,
    length: header.length,
    sections: header.sections,
    lengthOf: (name) => places.get(name)?.length ?? null,
    load(name, into) {
      const place = places.get(name)
      if (place === undefined) {
        return err(problem('missing-section', `The file has no part "${shown(name)}". Build it anew.`))
      }
      const destination = into ?? new Uint8Array(place.length)
      if (destination.length !== place.length) throw new RangeError('The destination is not as long as the section')
      return guard(() => readInto(source, place, destination))
    },
    check() {
      const scratch = new Uint8Array(stepLength)
      for (const place of header.sections) {
        const read = guard(() => readThrough(source, place, scratch))
        if (!read.ok) return read
      }
      return ok(undefined)
    },
  }
}

function readInto(source: ByteSource, place: SectionPlace, into: Uint8Array): Result<Uint8Array, SavedProblem> {
  const hash = createHash('sha256')
  let offset = place.offset
  for (const step of stepsOf(into)) {
    if (!fill(source, offset, step)) return err(truncated(place.offset + place.length, offset))
    hash.update(step)
    offset += step.length
  }
  return hash.digest('hex') === place.sha256 ? ok(into) : err(damagedPart(place))
}

function readThrough(source: ByteSource, place: SectionPlace, scratch: Uint8Array): Result<void, SavedProblem> {
  const hash = createHash('sha256')
  for (let done = 0; done < place.length; done += scratch.length) {
    const step = scratch.subarray(0, Math.min(scratch.length, place.length - done))
    if (!fill(source, place.offset + done, step)) return err(truncated(place.offset + place.length, source.size))
    hash.update(step)
  }
  return hash.digest('hex') === place.sha256 ? ok(undefined) : err(damagedPart(place))
}

/** A medium that fails is an expected outcome. */
function guard<T>(work: () => Result<T, SavedProblem>): Result<T, SavedProblem> {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) throw error
    return err(problem('unreadable', `The file cannot be read: ${error instanceof Error ? error.message : 'unknown'}.`))
  }
}

const damagedPart = (place: SectionPlace) => altered(`the part "${shown(place.name)}" does not match its digest`)
const shown = (text: string) => JSON.stringify(text.slice(0, 60)).slice(1, -1)
