import { isUtf8 } from 'node:buffer'
import type { Remark } from '../record.ts'

/** Code page 437, upper half: what a ZIP name is written in unless it says UTF-8 (APPNOTE appendix D). */
const upper =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

export const cp437 = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : (upper[byte - 128] ?? '?'))).join('')

export const utf8Name = (bytes: Uint8Array): string | null =>
  isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8') : null

export const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 128)

/** A name that would leave its folder, were anything ever written under it. */
export function nameRemarks(name: string): Omit<Remark, 'place'>[] {
  const parts = name.split(/[\\/]/)
  const remarks: Omit<Remark, 'place'>[] = []
  if (parts.includes('..') || /^[\\/]|^[A-Za-z]:/.test(name)) {
    remarks.push({
      code: 'name-escapes',
      says: 'The name points outside the archive; it is only a name here, nothing is written.',
    })
  }
  if (name.includes('\\'))
    remarks.push({ code: 'name-backslash', says: 'The name holds back-slashes; it is kept as written.' })
  for (let at = 0; at < name.length; at += 1) {
    if (name.charCodeAt(at) < 32) {
      remarks.push({ code: 'name-control', says: 'The name holds control characters.' })
      break
    }
  }
  if (name === '') remarks.push({ code: 'name-empty', says: 'The member has no name.' })
  return remarks
}
