import { magicOf } from './magic.ts'
import type { GuardRefusal } from './outcome.ts'

const words = {
  media: [
    'media-file',
    'the file is a picture, film or sound; send its fingerprints and the report, never the material',
  ],
  container: ['container', 'the file is an archive or office container; send the report itself, unpacked'],
  active: ['active-content', 'the file can carry active content; send the report as data'],
} as const

/** Refuses a file that is no text: whole media, containers, programs, or raw media bytes inside. */
export function refusalOf(bytes: Uint8Array): GuardRefusal | null {
  const magic = magicOf(skipBlanks(bytes)) ?? magicOf(bytes) ?? pdfWithin(bytes) ?? onlyWhole(bytes)
  if (magic !== null) {
    const [code, says] = words[magic.group]
    return { code, type: magic.type, says }
  }
  const inside = rawMediaInside(bytes)
  if (inside !== null) {
    return { code: 'media-inside', type: inside, says: 'raw bytes of a picture, film or archive stand inside the file' }
  }
  if (hasBinaryBlock(bytes)) {
    return {
      code: 'binary',
      type: 'application/octet-stream',
      says: 'the file is binary data of an unknown kind, not text',
    }
  }
  return null
}

function skipBlanks(bytes: Uint8Array): Uint8Array {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (at < 4096 && [0x20, 0x0a, 0x0d, 0x09, 0x00].includes(bytes[at] ?? 1)) at += 1
  return bytes.subarray(at)
}

/** Readers of PDF look for its header in the first 1024 bytes (ISO 32000-1, annex H). */
function pdfWithin(bytes: Uint8Array): { type: string; group: 'active' } | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(1024, bytes.length)).toString('latin1')
  return /^%PDF-\d/m.test(head) ? { type: 'application/pdf', group: 'active' } : null
}

/** Signatures too short for anything but the start of a file. */
function onlyWhole(bytes: Uint8Array): { type: string; group: 'media' } | null {
  const [a, b = 0] = bytes
  if (a === 0xff && (b & 0xe0) === 0xe0 && b !== 0xff && b !== 0xfe) return { type: 'audio/mpeg', group: 'media' }
  if (a === 0x47 && bytes[188] === 0x47 && bytes[376] === 0x47) return { type: 'video/mp2t', group: 'media' }
  if (a === 0xff && b === 0x0a) return { type: 'image/jxl', group: 'media' }
  // Half of its signature: a picture that was cut off there is one all the same.
  if (Buffer.from(bytes.subarray(0, 4)).toString('latin1') === '\x89PNG') return { type: 'image/png', group: 'media' }
  return null
}

// None of these is valid UTF-8 text or survives in a text editor.
const raw: readonly (readonly [type: string, bytes: string])[] = [
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['video/x-matroska', '\x1a\x45\xdf\xa3'],
  ['application/zip', 'PK\x03\x04'],
  ['video/mp4', '\0ftyp'],
  ['image/tiff', 'II*\0'],
  ['image/tiff', 'MM\0*'],
]

/** First letters of WEBP, AVI and WAVE. */
const riffKinds: ReadonlySet<number> = new Set([0x57, 0x41])

function rawMediaInside(bytes: Uint8Array): string | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const [type, signature] of raw) if (buffer.includes(signature, 0, 'latin1')) return type
  for (let at = buffer.indexOf('RIFF'); at >= 0; at = buffer.indexOf('RIFF', at + 4)) {
    const magic = riffKinds.has(bytes[at + 8] ?? 0) ? magicOf(bytes.subarray(at, at + 16)) : null
    if (magic !== null && hasControl(bytes, at + 4, at + 64)) return magic.type
  }
  for (let at = buffer.indexOf('GIF8'); at >= 0; at = buffer.indexOf('GIF8', at + 4)) {
    if (bytes[at + 5] === 0x61 && hasControl(bytes, at + 6, at + 32)) return 'image/gif'
  }
  return null
}

function hasControl(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < Math.min(to, bytes.length); at += 1) if (isControl(bytes[at] ?? 0x20)) return true
  return false
}

const isControl = (byte: number): boolean =>
  byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32) || byte === 127

/** One block of 4 KiB in which more than one byte in twenty is a control character. */
function hasBinaryBlock(bytes: Uint8Array): boolean {
  for (let start = 0; start < bytes.length; start += 4096) {
    const end = Math.min(start + 4096, bytes.length)
    let controls = 0
    for (let at = start; at < end; at += 1) if (isControl(bytes[at] ?? 0x20)) controls += 1
    if (controls > Math.max(16, (end - start) / 20)) return true
  }
  return false
}
