import type { Limits } from '../reader.ts'

export interface TextLine {
  /** From 1. */
  readonly number: number
  readonly text: string
}

export interface TextFile {
  readonly lines: readonly TextLine[]
  /** Bytes that are no text of the encoding stand as U+FFFD. */
  readonly damaged: boolean
}

/**
 * UTF-8, or UTF-16 where a byte order mark says so. Lines end with LF or CR LF; CR alone ends them only where the file
 * has no LF at all, since a message may hold one.
 */
export function readLines(bytes: Uint8Array): TextFile {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  const text = new TextDecoder(encoding).decode(bytes)
  const lines = text.split(text.includes('\n') ? '\n' : '\r').map((line, index) => ({
    number: index + 1,
    text: line.endsWith('\r') ? line.slice(0, -1) : line,
  }))
  if (lines.at(-1)?.text === '') lines.pop()
  return { lines, damaged: !isValid(bytes, encoding) }
}

function isValid(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

export type LineLimits = Pick<Limits, 'maxRecords' | 'maxLineLength' | 'maxStringLength'>
