import { captionZone, headerKey, type ReturnColumn, type ReturnProfile } from './profile.ts'

/** A header that a profile knows: which cell is which, and what its caption says. */
export interface MatchedHeader {
  readonly profile: ReturnProfile
  /** By position; null where the profile does not know the name. */
  readonly columns: readonly (ReturnColumn | null)[]
  readonly captions: readonly string[]
  readonly zones: readonly (string | null)[]
  readonly known: number
}

export function matchHeader(cells: readonly string[], profiles: readonly ReturnProfile[]): MatchedHeader[] {
  if (cells.length < 2) return []
  const keys = cells.map(headerKey)
  return profiles.flatMap((profile): MatchedHeader[] => {
    // Most rows are no header: this is asked of every row, so the cheap question comes first.
    if (profile.needs.some((need) => !need.startsWith('*') && !keys.includes(need))) return []
    const columns = keys.map((key) => profile.columns.find(({ names }) => names.includes(key)) ?? null)
    if (!profile.needs.every((need) => isMet(need, keys, columns))) return []
    const known = columns.filter((column) => column !== null).length
    return [{ profile, columns, captions: cells, zones: cells.map(captionZone), known }]
  })
}

/** `loginip` is a name; `*time` any column that means a time; `*customer|name` one of the two. */
function isMet(need: string, keys: readonly string[], columns: readonly (ReturnColumn | null)[]): boolean {
  if (!need.startsWith('*')) return keys.includes(need)
  return need
    .slice(1)
    .split('|')
    .some((meaning) => columns.some((column) => column?.is === meaning))
}

/** The profile that names its sender wins; else the one that knows most; two that know as much are a question. */
export function bestOf(matches: readonly MatchedHeader[]): MatchedHeader | readonly MatchedHeader[] | null {
  const named = matches.filter(({ profile }) => profile.distinctive)
  const pool = named.length > 0 ? named : matches
  const most = Math.max(0, ...pool.map(({ known }) => known))
  const best = pool.filter(({ known }) => known === most)
  const [only] = best
  if (only === undefined) return null
  return best.length === 1 ? only : best
}

/** A layout without a header row, told by the form of its cells. */
export function matchForms(
  cells: readonly string[],
  delimiter: string,
  profiles: readonly ReturnProfile[],
): MatchedHeader | null {
  for (const profile of profiles) {
    const form = profile.withoutHeader
    if (form === undefined || form.delimiter !== delimiter || cells.length < form.columns.length - 1) continue
    const fits = form.forms.every(({ at, is }) => {
      const cell = (cells[at] ?? '').trim()
      return is === 'milliseconds' ? /^1[0-9]{12}$/.test(cell) : /^[0-9A-Fa-f:.]{3,45}$/.test(cell) && /[.:]/.test(cell)
    })
    const [match] = fits ? matchHeader(form.columns, [profile]) : []
    if (match !== undefined) return match
  }
  return null
}
