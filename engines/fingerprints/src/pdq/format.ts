/** Formats that are decoded: pictures made of pixels, nothing that draws, runs or fetches. */
export type PictureFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'tiff' | 'avif'

type What = 'picture' | 'video' | 'else'

export type Sniffed =
  | { readonly kind: 'picture'; readonly format: PictureFormat }
  /** Known by its first bytes, but not decoded here; `name` is what an officer would call it. */
  | { readonly kind: 'other'; readonly name: string; readonly what: What }
  | { readonly kind: 'unknown' }

/** As many bytes as `sniff` needs. */
export const SNIFF_BYTES = 512

const picture = (format: PictureFormat): Sniffed => ({ kind: 'picture', format })
const other = (name: string, what: What): Sniffed => ({ kind: 'other', name, what })

type Signature = readonly [at: number, bytes: string, Sniffed]

const signatures: readonly Signature[] = [
  [0, '\xff\xd8\xff', picture('jpeg')],
  [0, '\x89PNG\r\n\x1a\n', picture('png')],
  [0, 'GIF87a', picture('gif')],
  [0, 'GIF89a', picture('gif')],
  [8, 'WEBP', picture('webp')],
  [0, 'II*\0', picture('tiff')],
  [0, 'MM\0*', picture('tiff')],
  [0, 'II+\0', picture('tiff')],
  [0, 'MM\0+', picture('tiff')],
  [4, 'ftypavif', picture('avif')],
  [4, 'ftypavis', picture('avif')],
  [4, 'ftyphei', other('a HEIC photograph', 'picture')],
  [4, 'ftyphev', other('a HEIC photograph', 'picture')],
  [4, 'ftypmif1', other('a HEIF photograph', 'picture')],
  [4, 'ftypcrx', other('a Canon raw photograph', 'picture')],
  [0, 'BM', other('a Windows bitmap (BMP)', 'picture')],
  [0, '\0\0\x01\0', other('an icon (ICO)', 'picture')],
  [0, '8BPS', other('a Photoshop file', 'picture')],
  [0, '\0\0\0\x0cjP  \r\n', other('a JPEG 2000 picture', 'picture')],
  [0, '\0\0\0\x0cJXL \r\n', other('a JPEG XL picture', 'picture')],
  [0, '\xff\x0a', other('a JPEG XL picture', 'picture')],
  [0, '%PDF', other('a PDF document', 'else')],
  [0, '%!PS', other('a PostScript document', 'else')],
  [0, 'PK\x03\x04', other('a ZIP archive or office document', 'else')],
  [0, 'Rar!', other('a RAR archive', 'else')],
  [0, '7z\xbc\xaf\x27\x1c', other('a 7-Zip archive', 'else')],
  [4, 'ftyp', other('a video (MP4 family)', 'video')],
  [0, '\x1aE\xdf\xa3', other('a video (Matroska or WebM)', 'video')],
  [8, 'AVI ', other('a video (AVI)', 'video')],
  [0, '\0\0\x01\xba', other('a video (MPEG)', 'video')],
  [0, '\0\0\x01\xb3', other('a video (MPEG)', 'video')],
  [0, 'FLV\x01', other('a video (Flash)', 'video')],
  [0, '0&\xb2u\x8ef\xcf\x11', other('a video or sound (Windows Media)', 'video')],
  [0, 'RIFF', other('a RIFF file (such as WAV)', 'else')],
]

/** What the first bytes say. Names and declared types are not asked: they are easily wrong. */
export function sniff(start: Uint8Array): Sniffed {
  const text = Buffer.from(start.buffer, start.byteOffset, Math.min(start.length, SNIFF_BYTES)).toString('latin1')
  // Some AVIF files name the general brand first and their own among the compatible ones.
  if (/^....ftypmif1.{4}(?:.{4}){0,10}avif/s.test(text)) return picture('avif')
  for (const [at, bytes, sniffed] of signatures) if (text.startsWith(bytes, at)) return sniffed
  if (isTransportStream(text)) return other('a video (MPEG transport stream)', 'video')
  if (/^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!doctype|svg|html)/i.test(text)) {
    return /<svg/i.test(text) ? other('an SVG drawing', 'else') : other('an XML or web page', 'else')
  }
  return { kind: 'unknown' }
}

/** Packets of 188 bytes that begin with 0x47 (ISO/IEC 13818-1), each after a time of four bytes where a camera wrote them. */
const isTransportStream = (text: string): boolean =>
  [
    [0, 188, 376],
    [4, 196, 388],
  ].some((places) => places.every((at) => text[at] === 'G'))
