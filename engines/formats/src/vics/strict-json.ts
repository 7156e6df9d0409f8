import type { Cut } from './cutter.ts'
import { decode } from './cutter.ts'
import { isObject, type JsonObject } from './media.ts'

export type ParsedCut =
  | { readonly ok: true; readonly value: JsonObject }
  /** `damaged`: the file as a whole is no longer what was sent. Otherwise only this record is set aside. */
  | { readonly ok: false; readonly code: CutProblem; readonly damaged: boolean }

export type CutProblem = 'record-over-limit' | 'not-utf8' | 'not-json' | 'duplicate-key' | 'not-an-object'

/** Strict JSON of one record: real UTF-8, no key twice, integers beyond 15 digits kept as their own text. */
export function parseCut(cut: Cut): ParsedCut {
  if (cut.bytes === null) return { ok: false, code: 'record-over-limit', damaged: false }
  const text = decode(cut.bytes)
  if (text === null) return { ok: false, code: 'not-utf8', damaged: false }
  let value: unknown
  try {
    value = JSON.parse(text)
    // Only then: quoting first would turn `{12:3}` into valid JSON.
    if (cut.longNumber) value = JSON.parse(quoteLongNumbers(text))
  } catch {
    return { ok: false, code: 'not-json', damaged: true }
  }
  if (!isObject(value)) return { ok: false, code: 'not-an-object', damaged: false }
  // Parsers disagree which of two equal keys wins: nobody may choose silently.
  if (countKeys(value) !== cut.keys) return { ok: false, code: 'duplicate-key', damaged: false }
  return { ok: true, value }
}

function countKeys(value: unknown): number {
  if (Array.isArray(value)) {
    let count = 0
    for (const element of value) if (typeof element === 'object') count += countKeys(element)
    return count
  }
  if (!isObject(value)) return 0
  const names = Object.keys(value)
  let count = names.length
  for (const name of names) {
    const inner = value[name]
    if (typeof inner === 'object') count += countKeys(inner)
  }
  return count
}

/** `{"MediaID":12345678901234567890}` → the same with the number as a string. */
export function quoteLongNumbers(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*/gs, (token) =>
    token.startsWith('"') || token.replace(/[^0-9]/g, '').length <= 15 ? token : `"${token}"`,
  )
}
