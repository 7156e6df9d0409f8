import { type Found, type IdentifierKind, revealConfusables } from '@tandem/identifiers'
import type { Transaction } from '@tandem/store'
import { openText } from '../sealed.ts'
import { openNormal } from '../sealed-normal.ts'

/** Mentions in place, and where else this officer may see the same value mentioned. */
export async function presentMentions(tx: Transaction, referral: string) {
  const rows = await tx.run('mention/of_referral', { referral_id: referral })
  const elsewhere = await tx.run('mention/also_in', {
    referral_id: referral,
    observables: [...new Set(rows.map((row) => row.observable_id))],
  })
  await tx.vault.unlock([referral])
  const originalOf = (row: (typeof rows)[number]): string =>
    openText(tx, referral, 'mention', 'original_sealed', row.mention_id, row.original_sealed)
  return [...rows].sort(byPersonAndPlace).map((row) => ({
    id: row.mention_id,
    kind: row.kind,
    original: originalOf(row),
    looksLike: looksLikeOf(row.kind, originalOf(row)),
    normal: openNormal(tx, referral, row),
    place: row.place,
    person: row.person,
    strength: row.strength,
    because: row.because,
    alsoIn: elsewhere
      .filter((other) => other.observable_id === row.observable_id)
      .map((other) => ({ id: other.referral_id, number: other.number })),
  }))
}

interface Stands {
  readonly person: number | null
  readonly place: string
}

const order = new Intl.Collator('en', { numeric: true })

/** As a reader goes through a report: person after person, each in the order of its fields; what is nobody's comes last. */
const byPersonAndPlace = (a: Stands, b: Stands): number =>
  (a.person ?? Number.MAX_SAFE_INTEGER) - (b.person ?? Number.MAX_SAFE_INTEGER) || order.compare(a.place, b.place)

export const presentFound = ({ identifier: { kind, normal, strength, because }, original, start, end }: Found) => ({
  start,
  end,
  kind,
  normal,
  strength,
  because,
  looksLike: looksLikeOf(kind, original),
})

const names: ReadonlySet<string> = new Set<IdentifierKind>(['account', 'handle', 'email', 'domain', 'url'])

/** What a reader takes a name for, when that is something else: letters of another script, marks nobody sees. */
function looksLikeOf(kind: string, original: string): string | null {
  if (!names.has(kind)) return null
  const { odd, looksLike } = revealConfusables(original)
  return odd.length > 0 && looksLike !== original ? looksLike : null
}
