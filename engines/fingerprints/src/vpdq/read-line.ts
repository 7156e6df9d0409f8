import type { VpdqFrame } from './frame.ts'

export type ReadLine =
  | { readonly ok: true; readonly frame: VpdqFrame; readonly remarks: readonly string[] }
  | { readonly ok: false; readonly reason: string }

/** `frame,quality,hash,timestamp`, or `hash,quality,timestamp` as python-threatexchange exchanges it. */
export function readLine(line: string): ReadLine {
  const fields = line.split(',').map((field) => field.trim())
  if (fields.length < 3) return refuse(`has ${fields.length} fields where frame, quality, hash and timestamp belong`)
  const short = fields.length === 3
  const [frameText, qualityText = '', hash = '', timeText = ''] = short
    ? [null, fields[1], fields[0], fields[2]]
    : fields
  const frame = frameText === null ? null : wholeNumber(frameText)
  if (Number.isNaN(frame)) return refuse(`has no frame number: "${excerpt(frameText ?? '')}"`)
  const quality = wholeNumber(qualityText)
  if (!(quality <= 100)) return refuse(`has no quality between 0 and 100: "${excerpt(qualityText)}"`)
  if (!/^[0-9a-f]{64}$/i.test(hash)) return refuse(`has no PDQ hash of 64 hexadecimal digits: "${excerpt(hash)}"`)
  if (!/^\d{1,9}(\.\d{1,9})?$/.test(timeText)) return refuse(`has no time in seconds: "${excerpt(timeText)}"`)
  const remarks = fields.length > 4 ? [`has ${fields.length} fields; those after the fourth were not used`] : []
  return { ok: true, frame: { frame, quality, hash: hash.toLowerCase(), timestamp: Number(timeText) }, remarks }
}

const refuse = (reason: string): ReadLine => ({ ok: false, reason: `The line ${reason}.` })

/** Not a number when it is no whole number from 0 that fits; a list may be hostile. */
const wholeNumber = (text: string): number => (/^\d{1,12}$/.test(text) ? Number(text) : Number.NaN)

const excerpt = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}...` : text)
