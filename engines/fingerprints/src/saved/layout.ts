import { createHash } from 'node:crypto'
import type { Json } from '@tandem/core'

/*
 * The saved form, version 1. All numbers are little-endian.
 *
 *   0   8  magic
 *   8   4  container version
 *  12   4  length of the header text
 *  16   n  header text: JSON { kind, version, about, length, sections: [{ name, offset, length, sha256 }] }
 *   .  32  SHA-256 over all bytes before it
 *   .      each section begins at the next multiple of 64; the bytes between are zero
 *
 * The file ends with its last section (or with the header, when there is none).
 */

/** A byte above 127, both line ends and a stop character: what a text-mode copy damages (as in PNG, section 5.2). */
export const magic = Uint8Array.of(0x8b, 0x46, 0x50, 0x53, 0x0d, 0x0a, 0x1a, 0x0a)
export const containerVersion = 1
export const preambleLength = 16
export const digestLength = 32
/** A cache line: every typed array can be viewed at a section's start. */
export const alignment = 64
/** Reads, writes and digests go in steps of this size: node:fs and node:crypto refuse 2 GiB at once. */
export const stepLength = 4 * 1024 * 1024
/** A header is a short text; a longer one is no header, and reading it would let a file choose our memory. */
export const longestHeader = 16 * 1024 * 1024

export type JsonObject = { readonly [key: string]: Json }

export interface SectionPlace {
  readonly name: string
  readonly offset: number
  readonly length: number
  readonly sha256: string
}

export interface Header {
  readonly kind: string
  readonly version: number
  readonly about: JsonObject
  readonly length: number
  readonly sections: readonly SectionPlace[]
}

/** Of a whole header, in hex: its digest stands at its end. */
export const sealOf = (header: Uint8Array): string => Buffer.from(header.subarray(-digestLength)).toString('hex')

export const alignUp = (offset: number): number => Math.ceil(offset / alignment) * alignment

export const sha256 = (bytes: Uint8Array): string => {
  const hash = createHash('sha256')
  for (const step of stepsOf(bytes)) hash.update(step)
  return hash.digest('hex')
}

export function* stepsOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += stepLength) yield bytes.subarray(start, start + stepLength)
}
