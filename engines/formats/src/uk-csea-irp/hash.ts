import type { Place } from '../record.ts'
import type { Draft } from './draft.ts'
import type { Fields } from './fields.ts'

const forms: ReadonlyMap<string, RegExp> = new Map([
  ['md5', /^[0-9a-f]{32}$/],
  ['sha1', /^[0-9a-f]{40}$/],
  ['sha256', /^[0-9a-f]{64}$/],
  ['pdq', /^[0-9a-f]{64}$/],
  ['photodna', /^(?:[A-Za-z0-9+/]{192}|[0-9a-f]{288})$/],
])

const ofEmptyFile: ReadonlySet<string> = new Set([
  'd41d8cd98f00b204e9800998ecf8427e',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
])

/** Hashes that can be matched. What has the wrong length would match nothing, or the wrong thing: kept as a detail. */
export function readHashes(
  draft: Draft,
  lists: readonly Fields[],
  file: number,
): { kind: string; value: string; place: Place }[] {
  const usable: { kind: string; value: string; place: Place }[] = []
  for (const fields of lists) {
    const named = fields.text('algorithm')
    const written = fields.text('value')
    fields.finish()
    const place = fields.at('value')
    if (written === null || written.trim() === '') continue
    const kind = (named ?? '').toLowerCase().replace(/[-_ ]/g, '')
    const value = normalOf(kind, written.trim())
    const form = forms.get(kind)
    if (form === undefined)
      draft.remark(
        'enum-unknown',
        fields.at('algorithm'),
        'a hash algorithm outside the agreed list: kept, not matched',
      )
    else if (!form.test(value))
      draft.remark('hash-length', place, `not the length and alphabet of ${kind}: kept, not used as a hash`)
    else if (ofEmptyFile.has(value) || /^0+$/.test(value))
      draft.remark('hash-of-nothing', place, 'the hash of an empty file, or zeros: kept, not used')
    else {
      usable.push({ kind, value, place })
      continue
    }
    draft.detail(`hash as written${named === null ? '' : `: ${named}`}`, written, place, { file })
  }
  return usable
}

/** Hex in lower case; base64 as it is, since its case counts. */
const normalOf = (kind: string, value: string): string =>
  kind === 'photodna' && !/^[0-9A-Fa-f]{288}$/.test(value) ? value : value.toLowerCase()
