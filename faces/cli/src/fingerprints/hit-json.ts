import type { Explanation } from '@tandem/fingerprints'

/** One hit as one flat object; everything an officer may be asked about it stands in it. */
export function hitAsJson({ list, entry, matching, reliable, words }: Explanation): object {
  const { by, ...details } = matching
  return {
    list: list.name,
    version: list.version,
    entry: entry.entry,
    entryId: entry.entryId,
    category: entry.category,
    by,
    ...(by === 'exact' ? { distance: 0 } : {}),
    ...details,
    entryQuality: entry.quality,
    reliable,
    words,
  }
}
