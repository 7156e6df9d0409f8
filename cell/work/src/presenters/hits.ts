import type { Row } from '@tandem/store'

export function presentHit(row: Row<'hit/of_referral'>) {
  return {
    id: row.hit_id,
    file: row.file,
    kind: row.kind,
    value: row.value.toString('hex'),
    place: row.place,
    list: row.list,
    publisher: row.publisher,
    version: row.version,
    entry: row.entry,
    category:
      row.category === null || row.category_scheme === null
        ? null
        : { scheme: row.category_scheme, value: row.category },
    foundAt: row.found_at,
    withdrawn: row.state === 'withdrawn',
    withdrawReason: row.state === 'withdrawn' ? row.end_reason : null,
  }
}
