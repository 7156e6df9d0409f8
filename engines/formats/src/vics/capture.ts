/**
 * Copies one JSON value out of a stream of chunks. Scalars end at the next delimiter, strings at their quote,
 * containers when their depth returns to zero. The value of a key named `Miniature` is a picture: it is passed over
 * unread and `null` stands in its place.
 */
export interface Capture {
  readonly offset: number
  readonly limit: number
  readonly maxDepth: number
  /** Null once a limit was passed. */
  kept: Uint8Array | null
  keys: number
  longNumber: boolean
  done: boolean
  mode: 'start' | 'scalar' | 'string' | 'container'
  depth: number
  inString: boolean
  escaped: boolean
  digits: number
  /** How much of `Miniature` the present string has matched; -1 when it is another. */
  matched: number
  /** The last token was the string `Miniature`. */
  pictureKey: boolean
  skip: null | { mode: 'start' | 'scalar' | 'container'; depth: number; inString: boolean; escaped: boolean }
  size: number
}

const PICTURE_KEY = new TextEncoder().encode('Miniature')
const NULL = new TextEncoder().encode('null')
const EMPTY = new Uint8Array(0)

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a

export function newCapture(offset: number, limit: number, maxDepth: number): Capture {
  return {
    offset,
    limit,
    maxDepth,
    kept: EMPTY,
    keys: 0,
    longNumber: false,
    done: false,
    mode: 'start',
    depth: 0,
    inString: false,
    escaped: false,
    digits: 0,
    matched: -1,
    pictureKey: false,
    skip: null,
    size: 0,
  }
}

/** Scans from `index`; returns where it stopped. `capture.done` says whether the value is complete. */
export function scanCapture(capture: Capture, chunk: Uint8Array, index: number): number {
  let at = index
  if (capture.mode === 'start') {
    const byte = chunk[at] ?? 0
    capture.mode = byte === 0x7b || byte === 0x5b ? 'container' : byte === QUOTE ? 'string' : 'scalar'
    if (capture.mode === 'string') {
      at++
      keep(capture, chunk, at - 1, at)
    }
  }
  if (capture.mode === 'scalar') return scanScalar(capture, chunk, at)
  if (capture.mode === 'string') return scanString(capture, chunk, at)
  while (at < chunk.length && !capture.done) {
    at = capture.skip === null ? scanContainer(capture, chunk, at) : skipPicture(capture, capture.skip, chunk, at)
  }
  return at
}

const isDelimiter = (byte: number): boolean =>
  byte === 0x2c || byte === 0x7d || byte === 0x5d || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

function scanScalar(capture: Capture, chunk: Uint8Array, from: number): number {
  let at = from
  while (at < chunk.length && !isDelimiter(chunk[at] ?? 0)) at++
  keep(capture, chunk, from, at)
  if (at < chunk.length) finish(capture)
  return at
}

function scanString(capture: Capture, chunk: Uint8Array, from: number): number {
  let at = from
  while (at < chunk.length) {
    const byte = chunk[at++]
    if (capture.escaped) capture.escaped = false
    else if (byte === BACKSLASH) capture.escaped = true
    else if (byte === QUOTE) {
      keep(capture, chunk, from, at)
      finish(capture)
      return at
    }
  }
  keep(capture, chunk, from, at)
  return at
}

/** The hot loop: state lives in local variables and goes back to the capture at the end of the chunk. */
function scanContainer(capture: Capture, chunk: Uint8Array, from: number): number {
  let { inString, escaped, matched, pictureKey, depth, digits, keys } = capture
  const length = chunk.length
  let at = from
  let stop = false
  while (at < length && !stop) {
    const byte = chunk[at++] ?? 0
    if (inString) {
      if (escaped) {
        escaped = false
        matched = -1
      } else if (byte === QUOTE) {
        inString = false
        pictureKey = matched === PICTURE_KEY.length
      } else if (byte === BACKSLASH) {
        escaped = true
        matched = -1
      } else if (matched >= 0) {
        matched = byte === PICTURE_KEY[matched] ? matched + 1 : -1
      }
      continue
    }
    if (byte >= 0x30 && byte <= 0x39) {
      if (++digits > 15) capture.longNumber = true
      continue
    }
    digits = 0
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue
    if (byte === QUOTE) {
      inString = true
      matched = 0
    } else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > capture.maxDepth) drop(capture)
    } else if (byte === 0x7d || byte === 0x5d) {
      stop = --depth === 0
      if (stop) capture.done = true
    } else if (byte === COLON) {
      keys++
      if (pictureKey) {
        capture.skip = { mode: 'start', depth: 0, inString: false, escaped: false }
        stop = true
      }
    }
    pictureKey = false
  }
  capture.inString = inString
  capture.escaped = escaped
  capture.matched = matched
  capture.pictureKey = pictureKey
  capture.depth = depth
  capture.digits = digits
  capture.keys = keys
  keep(capture, chunk, from, at)
  if (capture.skip !== null) keep(capture, NULL, 0, NULL.length)
  if (capture.done) finish(capture)
  return at
}

function skipPicture(capture: Capture, skip: NonNullable<Capture['skip']>, chunk: Uint8Array, from: number): number {
  let at = from
  while (at < chunk.length) {
    const byte = chunk[at] ?? 0
    if (skip.inString) {
      at++
      if (skip.escaped) skip.escaped = false
      else if (byte === BACKSLASH) skip.escaped = true
      else if (byte === QUOTE) {
        skip.inString = false
        if (skip.depth === 0) return leave(capture, at)
      }
      continue
    }
    if (skip.mode === 'scalar') {
      if (isDelimiter(byte)) return leave(capture, at)
      at++
      continue
    }
    at++
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue
    if (byte === QUOTE) {
      skip.mode = 'container'
      skip.inString = true
    } else if (byte === 0x7b || byte === 0x5b) {
      skip.mode = 'container'
      skip.depth++
    } else if (skip.mode === 'container' && (byte === 0x7d || byte === 0x5d)) {
      if (--skip.depth === 0) return leave(capture, at)
    } else if (skip.mode === 'start') {
      // A missing value (`"Miniature":,`) leaves the delimiter where it is; a bare word is passed over.
      if (isDelimiter(byte)) return leave(capture, at - 1)
      skip.mode = 'scalar'
    }
  }
  return at
}

function leave(capture: Capture, at: number): number {
  capture.skip = null
  return at
}

/** Copies, because the owner of the chunk may reuse its memory. One allocation when the value lies in one chunk. */
function keep(capture: Capture, chunk: Uint8Array, from: number, to: number): void {
  if (capture.kept === null || from === to) return
  const size = capture.size + to - from
  if (size > capture.limit) {
    drop(capture)
    return
  }
  if (size > capture.kept.length) {
    const larger = new Uint8Array(capture.size === 0 ? size : Math.max(size, 2 * capture.kept.length))
    larger.set(capture.kept.subarray(0, capture.size))
    capture.kept = larger
  }
  capture.kept.set(chunk.subarray(from, to), capture.size)
  capture.size = size
}

function drop(capture: Capture): void {
  capture.kept = null
}

function finish(capture: Capture): void {
  capture.done = true
  if (capture.kept !== null) capture.kept = capture.kept.subarray(0, capture.size)
}
