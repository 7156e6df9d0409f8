import { err, type Json, ok, type Result } from '@tandem/core'
import { alignUp, type Header, type JsonObject, type SectionPlace } from './layout.ts'
import { altered, type SavedProblem } from './problem.ts'

/** Reads the header text strictly: its digest held, but whoever can write a digest can write nonsense too. */
export function parseHeader(text: string, headerEnd: number): Result<Header, SavedProblem> {
  const fields = parseJson(text)
  if (!isObject(fields)) return err(altered('its description cannot be read'))
  const { kind, version, about, length, sections } = fields
  if (typeof kind !== 'string' || kind === '') return err(altered('it does not say what it is'))
  if (!isCount(version) || version < 1) return err(altered('its version is not a number'))
  if (!isCount(length)) return err(altered('its length is not a number'))
  if (!isObject(about)) return err(altered('its description is incomplete'))
  if (!Array.isArray(sections)) return err(altered('its sections are not listed'))
  const places = readPlaces(sections, headerEnd)
  if (places === null) return err(altered('its sections do not lie one after the other'))
  const last = places.at(-1)
  if (length !== (last === undefined ? headerEnd : last.offset + last.length)) {
    return err(altered('its length does not fit its sections'))
  }
  return ok({ kind, version, about, length, sections: places })
}

function readPlaces(listed: readonly Json[], headerEnd: number): SectionPlace[] | null {
  const places: SectionPlace[] = []
  const names = new Set<string>()
  let end = headerEnd
  for (const item of listed) {
    if (!isObject(item)) return null
    const { name, offset, length, sha256 } = item
    if (typeof name !== 'string' || names.has(name)) return null
    if (!isCount(offset) || offset !== alignUp(end)) return null
    if (!isCount(length) || !Number.isSafeInteger(offset + length)) return null
    if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return null
    names.add(name)
    places.push({ name, offset, length, sha256 })
    end = offset + length
  }
  return places
}

function parseJson(text: string): Json | undefined {
  try {
    const parsed: Json = JSON.parse(text)
    return parsed
  } catch {
    return undefined
  }
}

const isCount = (value: Json | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
