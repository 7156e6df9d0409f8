/** What the first bytes say a thing is. `fixed` counts the bytes the signature fixes: how little chance it leaves. */
export interface Magic {
  readonly type: string
  readonly group: 'media' | 'container' | 'active'
  readonly fixed: number
}

type Signature = readonly [type: string, group: Magic['group'], offset: number, bytes: string]

// `bytes` is Latin-1. Order matters only where one signature begins another.
const signatures: readonly Signature[] = [
  ['image/png', 'media', 0, '\x89PNG\r\n\x1a\n'],
  ['image/x-jng', 'media', 0, '\x8bJNG\r\n\x1a\n'],
  ['video/x-mng', 'media', 0, '\x8aMNG\r\n\x1a\n'],
  ['image/gif', 'media', 0, 'GIF87a'],
  ['image/gif', 'media', 0, 'GIF89a'],
  ['image/tiff', 'media', 0, 'II*\0'],
  ['image/tiff', 'media', 0, 'MM\0*'],
  ['image/tiff', 'media', 0, 'II+\0'],
  ['image/tiff', 'media', 0, 'MM\0+'],
  ['image/x-olympus-orf', 'media', 0, 'IIRO'],
  ['image/x-panasonic-rw2', 'media', 0, 'IIU\0'],
  ['image/vnd.adobe.photoshop', 'media', 0, '8BPS\0'],
  ['image/jp2', 'media', 0, '\0\0\0\x0cjP  \r\n'],
  ['image/jp2', 'media', 0, '\xff\x4f\xff\x51'],
  ['image/jxl', 'media', 0, '\0\0\0\x0cJXL \r\n'],
  ['image/vnd.ms-dds', 'media', 0, 'DDS |\0\0\0'],
  ['image/x-exr', 'media', 0, 'v/1\x01'],
  ['image/x-xcf', 'media', 0, 'gimp xcf '],
  ['image/vnd.djvu', 'media', 0, 'AT&TFORM'],
  ['image/bpg', 'media', 0, 'BPG\xfb'],
  ['image/x-qoi', 'media', 0, 'qoif\0'],
  ['image/wmf', 'media', 0, '\xd7\xcd\xc6\x9a'],
  ['video/x-matroska', 'media', 0, '\x1a\x45\xdf\xa3'],
  ['video/x-flv', 'media', 0, 'FLV\x01'],
  ['video/x-ms-asf', 'media', 0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11'],
  ['video/mpeg', 'media', 0, '\0\0\x01\xba'],
  ['video/mpeg', 'media', 0, '\0\0\x01\xb3'],
  ['video/quicktime', 'media', 4, 'moov'],
  ['video/quicktime', 'media', 4, 'mdat'],
  ['video/quicktime', 'media', 4, 'wide'],
  ['audio/ogg', 'media', 0, 'OggS\0'],
  ['audio/flac', 'media', 0, 'fLaC\0'],
  ['audio/amr', 'media', 0, '#!AMR'],
  ['application/x-shockwave-flash', 'active', 0, 'CWS\x0a'],
  ['application/zip', 'container', 0, 'PK\x03\x04'],
  ['application/zip', 'container', 0, 'PK\x05\x06'],
  ['application/zip', 'container', 0, 'PK\x07\x08'],
  ['application/gzip', 'container', 0, '\x1f\x8b\x08'],
  ['application/x-bzip2', 'container', 4, '1AY&SY'],
  ['application/x-xz', 'container', 0, '\xfd7zXZ\0'],
  ['application/zstd', 'container', 0, '\x28\xb5\x2f\xfd'],
  ['application/x-lz4', 'container', 0, '\x04\x22\x4d\x18'],
  ['application/x-7z-compressed', 'container', 0, '7z\xbc\xaf\x27\x1c'],
  ['application/vnd.rar', 'container', 0, 'Rar!\x1a\x07'],
  ['application/x-ole-storage', 'container', 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['application/vnd.ms-cab-compressed', 'container', 0, 'MSCF\0\0\0\0'],
  ['application/vnd.sqlite3', 'container', 0, 'SQLite format 3\0'],
  ['application/x-tar', 'container', 257, 'ustar'],
  ['application/x-executable', 'active', 0, '\x7fELF'],
  ['application/pdf', 'active', 0, '%PDF-'],
  ['application/rtf', 'active', 0, '{\\rtf'],
  ['application/postscript', 'active', 0, '%!PS-Adobe'],
]

/** Looks at up to 512 bytes. */
export function magicOf(head: Uint8Array): Magic | null {
  const text = latin1(head)
  for (const [type, group, offset, bytes] of signatures) {
    if (text.startsWith(bytes, offset)) return { type, group, fixed: bytes.length }
  }
  return (
    jpeg(head, text) ??
    isoBox(text) ??
    riff(text) ??
    bitmap(head, text) ??
    icon(head) ??
    id3(head, text) ??
    drawing(text)
  )
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 512)).toString('latin1')

const media = (type: string, fixed: number): Magic => ({ type, group: 'media', fixed })

const namedSegment = /^(?:JFIF|JFXX|AVI1|Exif\0|http:|ICC_PROF|MPF\0|Adobe|Photosh|Ducky|FPXR)/

/** FF D8 FF and a marker; the shape of the first segment makes it certain. */
function jpeg(head: Uint8Array, text: string): Magic | null {
  const [a, b, c, marker = 0] = head
  if (a !== 0xff || b !== 0xd8 || c !== 0xff || marker < 0xc0 || marker === 0xff) return null
  const length = (head[4] ?? 0) * 256 + (head[5] ?? 0)
  const named = namedSegment.test(text.slice(6, 16))
  const table =
    (marker === 0xdb && (length - 2) % 65 === 0 && length > 2) || (marker === 0xc0 && (length === 11 || length === 17))
  const chained = length >= 2 && length < 400 && head[4 + length] === 0xff && (head[5 + length] ?? 0) >= 0xc0
  return media('image/jpeg', named || table || chained ? 8 : 4)
}

/** ISO base media (MP4, MOV, HEIC, AVIF, 3GP): a box `ftyp` first, of a small size. */
function isoBox(text: string): Magic | null {
  if (!text.startsWith('ftyp', 4) || !text.startsWith('\0\0')) return null
  const brand = text.slice(8, 12)
  if (/^(?:hei|hev|mif1|msf1)/.test(brand)) return media('image/heic', 6)
  if (/^avi[fs]/.test(brand)) return media('image/avif', 6)
  return media(brand === 'qt  ' ? 'video/quicktime' : 'video/mp4', 6)
}

function riff(text: string): Magic | null {
  if (!/^(?:RIFF|RIFX|FORM)/.test(text)) return null
  const kind = text.slice(8, 12)
  if (kind === 'WEBP') return media('image/webp', 8)
  if (kind === 'AVI ') return media('video/x-msvideo', 8)
  if (kind === 'WAVE' || kind === 'AIFF' || kind === 'AIFC') return media('audio/wav', 8)
  return null
}

/** BM, two reserved words of zero, and a header of a known size. */
function bitmap(head: Uint8Array, text: string): Magic | null {
  if (!text.startsWith('BM') || !text.startsWith('\0\0\0\0', 6)) return null
  const known = [12, 16, 40, 52, 56, 64, 108, 124].includes(head[14] ?? 0) && text.startsWith('\0\0\0', 15)
  return known ? media('image/bmp', 10) : null
}

/** Icon or cursor: a count, and a first entry whose reserved byte is zero. */
function icon(head: Uint8Array): Magic | null {
  const [a, b, kind, c, count = 0, high, , , , reserved] = head
  if (a !== 0 || b !== 0 || (kind !== 1 && kind !== 2) || c !== 0 || high !== 0 || reserved !== 0) return null
  return count > 0 && count < 64 ? media('image/vnd.microsoft.icon', 5) : null
}

function id3(head: Uint8Array, text: string): Magic | null {
  const [, , , version = 9, revision, flags = 255] = head
  if (!text.startsWith('ID3') || version > 4 || revision !== 0 || (flags & 0x0f) !== 0) return null
  return media('audio/mpeg', 5)
}

/** A drawing in text: SVG, or a portable bitmap. */
function drawing(text: string): Magic | null {
  const start = text.replace(/^\xef\xbb\xbf/, '').trimStart()
  if (/^<svg[\s>]/i.test(start)) return media('image/svg+xml', 8)
  if (/^<[?!]/.test(start) && /<(?:[a-z]+:)?svg[\s>]/i.test(rootOf(start))) return media('image/svg+xml', 8)
  if (/^P[1-6]\s+(?:#.*\s+)*\d{1,6}\s+\d{1,6}\s/.test(start)) return media('image/x-portable-anymap', 4)
  return null
}

/** From the first element on: prolog, comments and document type are passed over. */
function rootOf(text: string): string {
  let rest = text
  for (;;) {
    const mark = rest.startsWith('<?') ? '?>' : rest.startsWith('<!--') ? '-->' : rest.startsWith('<!') ? '>' : null
    if (mark === null) return rest.slice(0, 64)
    const at = rest.indexOf(mark)
    if (at < 0) return ''
    rest = rest.slice(at + mark.length).trimStart()
  }
}
