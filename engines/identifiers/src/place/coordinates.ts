import { ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'

export interface CoordinatesReading {
  readonly identifier: Identifier
  readonly latitude: number
  readonly longitude: number
  /** Digits after the point as written (decimal form): three are about a hundred metres. */
  readonly decimals: number | null
}

/** WGS 84 degrees, as `51.50740,-0.12780` (also `geo:` of RFC 5870) or as degrees, minutes, seconds with compass letters. */
export function readCoordinates(written: string): Result<CoordinatesReading, IdentifierRefusal> {
  if (written.length > 96) return refuse('coordinates-length', 'longer than any coordinates')
  const text = written.trim().replace(/^geo:/i, '')
  const decimal = /^([+-]?[0-9]{1,3}(?:\.([0-9]{1,15}))?)[,;\s]\s*([+-]?[0-9]{1,3}(?:\.([0-9]{1,15}))?)(?:;.*)?$/.exec(
    text,
  )
  if (decimal !== null) {
    const [, latitude = '', before = '', longitude = '', after = ''] = decimal
    return inRange(Number(latitude), Number(longitude), Math.min(before.length, after.length))
  }
  const parts = /[,;]/.test(text) ? text.split(/[,;]\s*/) : text.split(/(?<=[A-Za-z])\s+(?=[0-9])/)
  if (parts.length !== 2) return refuse('coordinates-form', 'not two coordinates')
  const [first, second] = parts.map(withLetter)
  if (first === undefined || second === undefined || first === null || second === null) {
    return refuse('coordinates-form', 'degrees, minutes and seconds with N, S, E or W are needed, minutes below 60')
  }
  if (first.axis === second.axis)
    return refuse('coordinates-letters', 'one must be north or south, the other east or west')
  const [latitude, longitude] = first.axis === 'NS' ? [first.degrees, second.degrees] : [second.degrees, first.degrees]
  return inRange(latitude, longitude, null)
}

function inRange(latitude: number, longitude: number, decimals: number | null) {
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
    return refuse('coordinates-range', 'latitude beyond 90 or longitude beyond 180 degrees')
  }
  // Cameras and apps write zeros when they know nothing; the point lies in the sea.
  if (latitude === 0 && longitude === 0) return refuse('coordinates-zero', 'zero and zero stand for no position')
  const identifier: Identifier = {
    kind: 'coordinates',
    normal: `${plain(latitude)},${plain(longitude)}`,
    strength: 'form',
    because: decimals === null ? 'degrees with compass letters, in range' : 'decimal degrees, in range',
  }
  return ok<CoordinatesReading>({ identifier, latitude, longitude, decimals })
}

/** At most six decimals, a tenth of a metre: what is finer is no statement about a place. */
const plain = (degrees: number): string => String(Number(degrees.toFixed(6)) + 0)

function withLetter(text: string): { axis: 'NS' | 'EW'; degrees: number } | null {
  const form =
    /^([NSEW])?\s*([0-9]{1,3}(?:\.[0-9]{1,10})?)\s*(?:°|º|deg)?\s*(?:([0-9]{1,2}(?:\.[0-9]{1,10})?)\s*(?:'|′|’|min)?\s*(?:([0-9]{1,2}(?:\.[0-9]{1,10})?)\s*(?:"|″|”|''|sec)?)?)?\s*([A-Z])?$/i
  const match = form.exec(text.trim())
  if (match === null) return null
  const [, before, degrees = '', minutes = '0', seconds = '0', after] = match
  const letter = (before ?? after ?? '').toUpperCase()
  if (before !== undefined && after !== undefined) return null
  // Real exports hold reference letters that are none; such a pair has no meaning.
  if (!/^[NSEW]$/.test(letter) || Number(minutes) >= 60 || Number(seconds) >= 60) return null
  const size = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600
  return { axis: /[NS]/.test(letter) ? 'NS' : 'EW', degrees: /[SW]/.test(letter) ? -size : size }
}
