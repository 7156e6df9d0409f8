import { isUtf8 } from 'node:buffer'
import { err, ok, type Result } from '@tandem/core'
import { defaultJsonLimits, type JsonDocument, type JsonFault, type JsonLimits } from './node.ts'
import { TreeBuilder } from './tree.ts'
import { firstInvalidUtf8 } from './utf8.ts'

/** Well-formed JSON, with every broken rule of ours listed instead of ending the reading. */
export interface JsonReading extends JsonDocument {
  readonly ruleFaults: readonly JsonFault[]
}

/** Strict: anything that two programs could understand differently is refused. */
export function readJson(bytes: Uint8Array, limits: Partial<JsonLimits> = {}): Result<JsonDocument, JsonFault> {
  const reading = readJsonNotingRules(bytes, limits)
  if (!reading.ok) return reading
  const [fault] = reading.value.ruleFaults
  return fault === undefined ? reading : err(fault)
}

/** For files of many records, where a rule broken in one record must not lose the others. */
export function readJsonNotingRules(
  bytes: Uint8Array,
  limits: Partial<JsonLimits> = {},
): Result<JsonReading, JsonFault> {
  const all: JsonLimits = { ...defaultJsonLimits, ...limits }
  if (bytes.length > all.maxBytes) {
    return err({
      kind: 'limit',
      code: 'json-too-large',
      says: `larger than ${all.maxBytes} bytes`,
      offset: all.maxBytes,
    })
  }
  if (!isUtf8(bytes)) {
    return err({
      kind: 'encoding',
      code: 'json-not-utf-8',
      says: 'the bytes are not valid UTF-8; the sender must write the file again',
      offset: firstInvalidUtf8(bytes),
    })
  }
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const builder = new TreeBuilder(bytes, bom ? 3 : 0, all)
  const root = builder.document()
  if (root === null) return err(builder.fault)
  return ok({ root, notes: builder.notes, ruleFaults: builder.ruleFaults, bom })
}
