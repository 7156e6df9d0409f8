import type { Row } from '@tandem/store'

type Hit = Omit<Row<'hit/of_referral'>, 'listed'>

export function presentHit(row: Hit) {
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
    distance: row.distance,
    threshold: row.threshold,
    quality: row.quality,
    reliable: reliabilityOf(row),
    foundAt: row.found_at,
    replaced: row.state === 'replaced' || row.ended === 'replaced',
    withdrawn: row.state === 'withdrawn' || row.ended === 'withdrawn',
    withdrawReason: row.state === 'withdrawn' ? row.end_reason : row.ended === 'withdrawn' ? row.ended_because : null,
    note: row.note,
  }
}

type Judged = Pick<
  Hit,
  'kind' | 'quality' | 'distance' | 'threshold' | 'state' | 'end_reason' | 'ended' | 'ended_because' | 'note'
>

/** An exact digest is; a perceptual hash from a quality of 50 on (PDQ), where its list says one. */
export function reliabilityOf({ kind, quality }: Judged): 'yes' | 'no' | 'not said' {
  if (kind !== 'pdq') return 'yes'
  if (quality === null) return 'not said'
  return quality >= 50 ? 'yes' : 'no'
}

/** Other files of the same digest can be made on purpose: MD5 since 2004, SHA-1 since 2017 (SHAttered). */
const forgeable: ReadonlyMap<string, string> = new Map([
  ['md5', 'MD5'],
  ['sha1', 'SHA-1'],
])

function equalDigest(kind: string): string[] {
  const name = forgeable.get(kind)
  if (name === undefined) return ['The digests are equal: the bytes of the file are those of the listed one.']
  return [
    'The digests are equal: the bytes of the file are those of the listed one, unless somebody forged them.',
    `${name} can be forged: other bytes with the same value can be made.`,
  ]
}

/** What an officer may say of it, and no more. */
export function saysOfHit(row: Judged): string[] {
  const says =
    row.kind === 'pdq'
      ? [
          row.distance === 0
            ? 'The two perceptual hashes are equal: the pictures look alike; their bytes may differ.'
            : `${row.distance} of 256 bits differ; up to ${row.threshold} count as alike. Different pictures can look alike to it.`,
        ]
      : equalDigest(row.kind)
  const reliable = reliabilityOf(row)
  if (reliable === 'no') says.push(`Quality ${row.quality} of 100: not reliable. It is shown and counts for nothing.`)
  if (reliable === 'not said') says.push('The list does not say the quality of its hash.')
  if (row.state === 'withdrawn') says.push(`The list is withdrawn: ${row.end_reason ?? 'no reason is given'}.`)
  if (row.state === 'replaced') says.push('A newer version has replaced this version of the list.')
  if (row.ended === 'withdrawn') says.push(`This entry is withdrawn: ${row.ended_because ?? 'no reason is given'}.`)
  if (row.ended === 'replaced') says.push('This entry was changed: a newer form of it stands on the list.')
  if (row.note !== null) says.push(`The list says of this entry: ${row.note}.`)
  says.push('A hit is a lead, never a verdict: the list is only as good as whoever keeps it.')
  return says
}
