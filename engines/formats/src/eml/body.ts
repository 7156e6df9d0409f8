import { createHash } from 'node:crypto'
import { textOfBytes } from './header.ts'

export interface Body {
  readonly bytes: Buffer
  readonly fault: string | null
}

/** Undoes the transfer encoding of a body that holds one character a byte. */
export function decodeBody(raw: string, encoding: string): Body {
  if (encoding === 'base64') {
    const damaged = /[^A-Za-z0-9+/=\s]/.test(raw)
    return { bytes: Buffer.from(raw, 'base64'), fault: damaged ? 'signs that base64 does not know' : null }
  }
  if (encoding === 'quoted-printable') {
    const damaged = /=(?![0-9A-Fa-f]{2}|[ \t]*\r?\n|[ \t]*$)/.test(raw)
    const plain = withoutTrailingBlanks(raw)
      .replace(/=\r?\n/g, '')
      .replace(/=$/, '')
      .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    return { bytes: Buffer.from(plain, 'latin1'), fault: damaged ? 'signs that quoted-printable does not know' : null }
  }
  const known = encoding === '' || /^(?:7bit|8bit|binary)$/.test(encoding)
  return { bytes: Buffer.from(raw, 'latin1'), fault: known ? null : 'a transfer encoding that no standard names' }
}

/** RFC 2045 section 6.7 rule 3: blanks at the end of a line were added on the way. */
function withoutTrailingBlanks(raw: string): string {
  if (!/[ \t]\r?\n/.test(raw)) return raw
  return raw
    .split('\n')
    .map((line) => {
      const cut = line.endsWith('\r') ? '\r' : ''
      let end = line.length - cut.length
      while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end -= 1
      return `${line.slice(0, end)}${cut}`
    })
    .join('\n')
}

export interface DecodedText {
  readonly text: string
  readonly fault: string | null
}

/** The text of a body in its character set; none or a wrong one is said, never passed over. */
export function textOf(bytes: Buffer, charset: string | undefined): DecodedText {
  const name = (charset ?? 'us-ascii').trim().toLowerCase()
  if (/^(?:us-ascii|ascii|ansi_x3\.4-1968|unknown-8bit|)$/.test(name)) {
    const ascii = bytes.every((byte) => byte < 0x80)
    const text = textOfBytes(bytes.toString('latin1'))
    return { text, fault: ascii ? null : 'letters beyond ASCII without a character set: UTF-8 or else Windows-1252' }
  }
  try {
    const text = new TextDecoder(name).decode(bytes)
    return { text, fault: text.includes('\ufffd') ? `bytes that ${name.slice(0, 40)} does not know` : null }
  } catch {
    const text = textOfBytes(bytes.toString('latin1'))
    return { text, fault: 'a character set that is not known: read as UTF-8 or else Windows-1252' }
  }
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** What the guard leaves in place of a picture. */
export const strippedMark = /\[stripped media sha256=([0-9a-f]{64}) length=([0-9]{1,15}) type=([^\]\s]{1,100})\]/
