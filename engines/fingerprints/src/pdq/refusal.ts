/** Why a file has no picture hash. `reason` is written for the officer who asks what became of the file. */
export interface PictureRefusal {
  readonly kind:
    | 'empty'
    | 'not-a-picture'
    | 'unsupported-format'
    | 'too-large'
    | 'truncated'
    | 'damaged'
    | 'timed-out'
    | 'cancelled'
    | 'unreadable'
    | 'no-decoder'
  readonly reason: string
  /** What the decoder or the source said, for support; never shown alone. */
  readonly detail?: string
}

export const refusal = (kind: PictureRefusal['kind'], reason: string, detail?: string): PictureRefusal =>
  detail === undefined ? { kind, reason } : { kind, reason, detail }

const inWords = new Intl.NumberFormat('en-GB')

export const tooManyBytes = (limit: number): PictureRefusal =>
  refusal('too-large', `The file is larger than the limit of ${inWords.format(limit)} bytes for one picture.`)

export const tooManyPixels = (width: number, height: number, limit: number): PictureRefusal =>
  refusal(
    'too-large',
    `The picture declares ${inWords.format(width)} x ${inWords.format(height)} pixels; the limit is ` +
      `${inWords.format(limit)}. A small file that declares a huge picture may be made to exhaust the machine.`,
  )

export const tooLongSide = (width: number, height: number, limit: number): PictureRefusal =>
  refusal(
    'too-large',
    `The picture declares ${inWords.format(width)} x ${inWords.format(height)} pixels; no side may exceed ` +
      `${inWords.format(limit)}.`,
  )

/** What the decoder says, sorted into what can be done about it. */
export function decoderRefusal(error: unknown, format: string): PictureRefusal {
  const detail = error instanceof Error ? error.message : String(error)
  const name = format.toUpperCase()
  if (/^timeout:/.test(detail))
    return refusal('timed-out', `Decoding the ${name} picture took longer than allowed.`, detail)
  if (/exceeds pixel limit/.test(detail))
    return refusal('too-large', `The ${name} picture declares more pixels than allowed.`, detail)
  if (
    /premature end|end of stream|unexpected end|truncated|end of file|not enough data|short read|read error/i.test(
      detail,
    )
  )
    return refusal(
      'truncated',
      `The ${name} picture breaks off before its end: the file was cut short, or only partly recovered.`,
      detail,
    )
  if (
    /unsupported image format|unable to find a codec|not supported|no decoding plugin|unsupported feature/i.test(detail)
  )
    return refusal('unsupported-format', `This kind of ${name} picture cannot be decoded here.`, detail)
  return refusal('damaged', `The ${name} picture is damaged: its data cannot be decoded.`, detail)
}
