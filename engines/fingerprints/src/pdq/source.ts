import { err, ok, type Result } from '@tandem/core'
import { type PictureFormat, SNIFF_BYTES, sniff } from './format.ts'
import { Gathered } from './gathered.ts'
import { type PictureRefusal, refusal, tooManyBytes } from './refusal.ts'

export type PictureSource = Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>

export interface PictureBytes {
  readonly format: PictureFormat
  readonly bytes: Uint8Array
  /** Overwrites the bytes if they are a copy made here. */
  readonly forget: () => void
}

export interface SourceLimits {
  readonly maxBytes: number
  readonly signal?: AbortSignal
}

/** All bytes of what its first bytes call a picture; anything else is refused before more is read. */
export async function readPicture(
  source: PictureSource,
  limits: SourceLimits,
): Promise<Result<PictureBytes, PictureRefusal>> {
  if (source instanceof Uint8Array) {
    if (source.length > limits.maxBytes) return err(tooManyBytes(limits.maxBytes))
    const format = formatOf(source)
    return format.ok ? ok({ format: format.value, bytes: source, forget: () => undefined }) : format
  }
  const gathered = new Gathered()
  let done: Result<PictureBytes, PictureRefusal> | null = null
  try {
    done = await gather(source, limits, gathered)
    return done
  } catch (error) {
    if (limits.signal?.aborted === true) return err(refusal('cancelled', 'Reading the file was stopped.'))
    const detail = error instanceof Error ? error.message : String(error)
    return err(refusal('unreadable', 'The file could not be read to its end; nothing is known of the rest.', detail))
  } finally {
    if (done?.ok !== true) gathered.forget()
  }
}

async function gather(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { maxBytes, signal }: SourceLimits,
  gathered: Gathered,
): Promise<Result<PictureBytes, PictureRefusal>> {
  let format: PictureFormat | null = null
  for await (const chunk of source) {
    if (signal?.aborted === true) return err(refusal('cancelled', 'Reading the file was stopped.'))
    if (gathered.length + chunk.length > maxBytes) return err(tooManyBytes(maxBytes))
    gathered.add(chunk)
    if (format === null && gathered.length >= SNIFF_BYTES) {
      const sniffed = formatOf(gathered.bytes())
      if (!sniffed.ok) return sniffed
      format = sniffed.value
    }
  }
  if (format === null) {
    const sniffed = formatOf(gathered.bytes())
    if (!sniffed.ok) return sniffed
    format = sniffed.value
  }
  return ok({ format, bytes: gathered.bytes(), forget: () => gathered.forget() })
}

function formatOf(start: Uint8Array): Result<PictureFormat, PictureRefusal> {
  if (start.length === 0) return err(refusal('empty', 'The file is empty: it has no bytes.'))
  const sniffed = sniff(start)
  if (sniffed.kind === 'picture') return ok(sniffed.format)
  if (sniffed.kind === 'unknown')
    return err(refusal('not-a-picture', 'The first bytes are those of no known kind of picture.'))
  return sniffed.what === 'picture'
    ? err(refusal('unsupported-format', `The file is ${sniffed.name}, which cannot be decoded here; convert a copy.`))
    : err(refusal('not-a-picture', `The file is ${sniffed.name}, not a picture made of pixels.`))
}
