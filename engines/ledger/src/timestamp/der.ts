/** One element of DER, X.690 section 10: definite and shortest lengths only. */
export interface Der {
  readonly tag: number
  readonly content: Buffer
  /** Tag, length and content. */
  readonly whole: Buffer
}

export const derTags = {
  integer: 0x02,
  octets: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** Thrown by the readers below and caught at the border of the module. */
export class DerError extends Error {}

/** The elements that these bytes are, one behind the other, to the last byte. */
export function readDer(bytes: Buffer): Der[] {
  const elements: Der[] = []
  for (let at = 0; at < bytes.length; ) {
    const element = readElement(bytes, at)
    elements.push(element)
    at += element.whole.length
  }
  return elements
}

function readElement(bytes: Buffer, at: number): Der {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new DerError('no element of DER')
  const more = first < 0x80 ? 0 : first & 0x7f
  if (first === 0x80 || more > 4) throw new DerError('a length that DER does not allow')
  const length = more === 0 ? first : bytes.subarray(at + 2, at + 2 + more).reduce((sum, byte) => sum * 256 + byte, 0)
  if (more > 0 && (length < 0x80 || length < 256 ** (more - 1))) throw new DerError('a length that is not the shortest')
  const start = at + 2 + more
  if (start + length > bytes.length) throw new DerError('cut short')
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) }
}

/** The only element of these bytes, with this tag. */
export function onlyDer(bytes: Buffer, tag: number): Der {
  const [only, ...more] = readDer(bytes)
  if (only?.tag !== tag || more.length > 0) throw new DerError('not the one element that belongs here')
  return only
}

export function childOf(parent: Der, at: number, tag: number): Der {
  const child = readDer(parent.content)[at]
  if (child?.tag !== tag) throw new DerError('an element is missing')
  return child
}

/** `1.2.840.113549.1.7.2`. */
export function oidOf(element: Der): string {
  if (element.tag !== derTags.oid || element.content.length === 0) throw new DerError('no object identifier')
  const arcs: number[] = []
  let value = 0
  for (const byte of element.content) {
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      arcs.push(value)
      value = 0
    }
  }
  const [first = 0, ...rest] = arcs
  const top = Math.min(2, Math.floor(first / 40))
  return [top, first - 40 * top, ...rest].join('.')
}

/** GeneralizedTime as RFC 3161 allows it, UTC, as RFC 3339 text with the fraction as it was. */
export function timeOf({ tag, content }: Der): string {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d*[1-9])?Z$/.exec(content.toString('latin1'))
  if (tag !== derTags.generalizedTime || match === null) throw new DerError('no time in UTC')
  const [, year, month, day, hour, minute, second, fraction = ''] = match
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`
  if (Number.isNaN(Date.parse(text))) throw new DerError('no time that exists')
  return text
}
