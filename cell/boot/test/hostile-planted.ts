import { createHash } from 'node:crypto'

/** Small but whole pictures of one colour, made here, each with a marker that stands nowhere else. No file holds one. */
export const markerOf = (name: string): Buffer =>
  Buffer.concat([1, 2].map((part) => createHash('sha256').update(`planted ${name} ${part}`).digest()))

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([latin1(type), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** PNG, annex D. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

export function png(marker: Uint8Array): Buffer {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
  // One grey pixel, zlib "stored".
  const pixel = Buffer.from([0x78, 0x01, 0x01, 2, 0, 0xfd, 0xff, 0, 0x80, 0x00, 0x82, 0x00, 0x81])
  const text = Buffer.concat([latin1('Comment\0'), marker])
  return Buffer.concat([
    latin1('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', header),
    chunk('tEXt', text),
    chunk('IDAT', pixel),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export function gif(marker: Uint8Array): Buffer {
  const comment = Buffer.concat([Buffer.from([0x21, 0xfe, marker.length]), marker, Buffer.from([0])])
  const picture = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b])
  return Buffer.concat([
    latin1('GIF89a'),
    Buffer.from([1, 0, 1, 0, 0x80, 0, 0, 0x80, 0x80, 0x80, 0, 0, 0]),
    comment,
    picture,
  ])
}

/** Baseline JPEG of one grey block, with the marker in its comment segment. */
export function jpeg(marker: Uint8Array): Buffer {
  const segment = (code: number, data: Uint8Array): Buffer => {
    const head = Buffer.from([0xff, code, 0, 0])
    head.writeUInt16BE(data.length + 2, 2)
    return Buffer.concat([head, data])
  }
  const lengths = Buffer.alloc(16)
  lengths[0] = 1
  const table = (kind: number): Buffer => segment(0xc4, Buffer.concat([Buffer.from([kind]), lengths, Buffer.from([0])]))
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.concat([latin1('JFIF\0'), Buffer.from([1, 1, 0, 0, 1, 0, 1, 0, 0])])),
    segment(0xfe, marker),
    segment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)])),
    segment(0xc0, Buffer.from([8, 0, 8, 0, 8, 1, 1, 0x11, 0])),
    table(0x00),
    table(0x10),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x3f, 0xff, 0xd9]),
  ])
}

const kinds = { jpeg, png, gif } as const

export interface Planted {
  readonly name: string
  readonly bytes: Buffer
  readonly marker: Buffer
}

/** Each kind of picture in each way a careless or malicious sender may send it. */
export function plantedFiles(): Planted[] {
  return Object.entries(kinds).flatMap(([kind, make]) =>
    Object.entries(hidings).map(([hiding, hide]) => {
      const marker = markerOf(`${kind} ${hiding}`)
      return { name: `${kind} ${hiding}`, bytes: Buffer.from(hide(make(marker), kind)), marker }
    }),
  )
}

const report = (more: { readonly [field: string]: unknown }): unknown => ({
  urn: 'TEST-PLANTED',
  provider: { name: 'Test Service Ltd', platform: 'Testgram' },
  priority: { level: 'P3' },
  detectedAt: '2026-05-04T09:12:33Z',
  contentSender: { id: '7' },
  ...more,
})

const inReports = (...reports: unknown[]): string => JSON.stringify({ profile: 'uk-csea-irp/1', reports })
const wrapped = (text: string, every: number): string => text.replace(new RegExp(`.{${every}}`, 'g'), '$&\n')

const hidings: { readonly [name: string]: (picture: Buffer, kind: string) => string | Buffer } = {
  plain: (picture) => picture,
  'renamed to .json': (picture) => Buffer.concat([Buffer.from('  \n'), picture]),
  'behind a text': (picture) => Buffer.concat([Buffer.from('{"urn":"TEST"}\n'), picture]),
  'base64 in JSON': (picture) => inReports(report({ description: picture.toString('base64') })),
  'base64 in an unknown field': (picture) => inReports(report({ thumbnail: { data: picture.toString('base64') } })),
  'base64 as a key': (picture) => inReports(report({ [picture.toString('base64')]: 1 })),
  'data URL': (picture, kind) =>
    inReports(report({ description: `see data:image/${kind};base64,${picture.toString('base64')} here` })),
  'url-safe base64': (picture) => inReports(report({ description: picture.toString('base64url') })),
  hex: (picture) => inReports(report({ description: picture.toString('hex') })),
  'base64 in XML': (picture) =>
    `<?xml version="1.0"?><report><additionalInfo>${picture.toString('base64')}</additionalInfo></report>`,
  'base64 in lines in XML': (picture) =>
    `<?xml version="1.0"?><report><additionalInfo>\n${wrapped(picture.toString('base64'), 76)}\n</additionalInfo></report>`,
  'base64 in CSV': (picture) => `md5,thumbnail\n${'0'.repeat(31)}1,${picture.toString('base64')}\n`,
  'split over JSON lines': (picture) => inReports(report({ description: wrapped(picture.toString('base64'), 60) })),
  'in the second of three reports': (picture) =>
    inReports(
      report({}),
      report({ urn: 'TEST-PLANTED-2', description: picture.toString('base64') }),
      report({ urn: 'TEST-PLANTED-3' }),
    ),
  'as a list of numbers': (picture) => inReports(report({ raw: [...picture] })),
}
