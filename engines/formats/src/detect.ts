import { headOf } from './head.ts'
import type { LooksLike } from './looks-like.ts'
import type { FormatId, Reader } from './reader.ts'
import { readers } from './readers.ts'

/** By content alone. `ambiguous` is a question to a person: nothing is guessed in silence. */
export type Detection =
  | { readonly kind: 'known'; readonly format: FormatId; readonly certain: boolean }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly FormatId[]; readonly looksLike: LooksLike }
  | { readonly kind: 'unknown'; readonly looksLike: LooksLike }

export function detect(bytes: Uint8Array, among: readonly Reader[] = readers): Detection {
  const head = headOf(bytes)
  const fits = among.map((reader) => ({ format: reader.id, fit: reader.detect(head) }))
  const certain = fits.filter(({ fit }) => fit === 'certain')
  const candidates = (certain.length > 0 ? certain : fits.filter(({ fit }) => fit === 'possible')).map(
    ({ format }) => format,
  )
  const [only] = candidates
  if (only === undefined) return { kind: 'unknown', looksLike: head.looksLike }
  if (candidates.length > 1) return { kind: 'ambiguous', candidates, looksLike: head.looksLike }
  return { kind: 'known', format: only, certain: certain.length > 0 }
}
