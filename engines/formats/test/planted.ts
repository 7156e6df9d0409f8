/** Beginnings of media, built from bytes: headers that every program recognises, and noise behind. No picture is inside. */
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')

/** Noise that repeats exactly: xorshift with a fixed start. */
export function noise(length: number, seed = 1): Buffer {
  const out = Buffer.alloc(length)
  let state = seed
  for (let at = 0; at < length; at += 1) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    out[at] = state & 255
  }
  return out
}

const withNoise = (header: string, length = 600): Buffer =>
  Buffer.concat([latin1(header), noise(length, header.length + 7)])

export const planted: Readonly<Record<string, Buffer>> = {
  'image/jpeg': withNoise('\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xdb\0\x43\0'),
  'image/png': withNoise('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0'),
  'image/gif': withNoise('GIF89a\x10\0\x10\0\xf7\0\0'),
  'image/webp': withNoise('RIFF\x24\x02\0\0WEBPVP8 '),
  'image/bmp': withNoise('BM\x66\x02\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x10\0\0\0\x10\0\0\0\x01\0\x18\0'),
  'image/tiff': withNoise('II*\0\x08\0\0\0'),
  'image/heic': withNoise('\0\0\0\x18ftypheic\0\0\0\0mif1heic'),
  'image/avif': withNoise('\0\0\0\x1cftypavif\0\0\0\0mif1avif'),
  'video/mp4': withNoise('\0\0\0\x20ftypisom\0\0\x02\0isomiso2'),
  'video/quicktime': withNoise('\0\0\0\x14ftypqt  \0\0\x02\0qt  '),
  'video/x-msvideo': withNoise('RIFF\x24\x02\0\0AVI LIST'),
  'video/x-matroska': withNoise('\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01'),
  'image/vnd.adobe.photoshop': withNoise('8BPS\0\x01\0\0\0\0\0\0\0\x03'),
  'image/vnd.microsoft.icon': withNoise('\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0'),
}

export const plantedOther: Readonly<Record<string, Buffer>> = {
  'application/pdf': withNoise('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'),
  'application/zip': withNoise('PK\x03\x04\x14\0\x06\0\x08\0'),
  'application/x-ole-storage': withNoise('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
  'application/gzip': withNoise('\x1f\x8b\x08\0\0\0\0\0'),
  'image/svg+xml': latin1(
    '<?xml version="1.0"?>\n<!-- test -->\n<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
  ),
}
