import { stripText } from '../guard/index.ts'
import { refusalOf } from '../guard/whole-file.ts'
import type { Limits } from '../reader.ts'
import type { Narrative, Place } from '../record.ts'
import type { ItemDraft } from './item.ts'
import { decodeText, foreignSays } from './text.ts'

/** How many bytes of a text body are kept: what is behind them is digested and counted, and the item says so. */
export const keptBytes = (limits: Limits): number => 4 * limits.maxStringLength

export interface Body {
  /** The first bytes, at most `keptBytes`. */
  readonly head: Uint8Array
  readonly length: number
}

/**
 * Text becomes narratives; everything else is dropped, and only its digest (taken by the caller) stays. What the source
 * calls it does not count: a picture that is called text is a picture.
 */
export function takeBody(draft: ItemDraft, body: Body, about: Narrative['about'], place: Place, limits: Limits): void {
  if (body.length === 0) return
  const refusal = refusalOf(body.head)
  if (refusal !== null) {
    draft.remark('body-dropped', `${body.length} bytes of ${refusal.type} were not kept; the digest is.`, place)
    return
  }
  const whole = body.head.length === body.length
  const { text, foreign } = decodeText(whole ? body.head : wholeCharacters(body.head))
  if (foreign) draft.remark('not-utf-8', foreignSays, place)
  if (!whole)
    draft.remark('text-cut', `Only the first ${body.head.length} of ${body.length} bytes of text are kept.`, place)
  const stripped = stripText(text)
  if (stripped.count > 0)
    draft.remark('media-stripped', 'Encoded media inside the text were replaced by digests.', place)
  for (let at = 0; at < stripped.text.length; at += limits.maxStringLength) {
    draft.narrative(about, stripped.text.slice(at, at + limits.maxStringLength), place)
  }
}

function wholeCharacters(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > 0 && end > bytes.length - 4 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1
  return end > 0 && (bytes[end - 1] ?? 0) >= 0xc0 ? bytes.subarray(0, end - 1) : bytes
}
