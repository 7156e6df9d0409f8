import { identifiersIn, type ReferralRecord } from '@tandem/formats'
import type { HeldHow } from '@tandem/linkage'
import type { ToldHolding } from './told.ts'

/** A card is known by its brand and last four digits alone: too many have those. */
const kinds: ReadonlySet<string> = new Set(['iban', 'wallet', 'lightning', 'transaction'])

/** The sender's own words for where money went; anything else among a user's payments is that user's own. */
const destination =
  /\b(?:paid|pays|sent|transferred|transfer|payment)[ -]to\b|\b(?:payee|recipient|beneficiary|destination)\b/i

/** Means of payment, and how each person stands to them: as their own, as what they paid into, or in words they wrote. */
export function paymentsTold(record: ReferralRecord): ToldHolding[] {
  if (!record.mentions.some(({ identifier }) => kinds.has(identifier.kind))) return []
  const own = record.mentions.flatMap(({ person, identifier }) =>
    person === null ? [] : holding(person, 'own', identifier, null),
  )
  const details = (record.details ?? []).flatMap(({ kind, value, person }) =>
    person === null || !/^payments?\b/i.test(kind)
      ? []
      : identifiersIn(value).flatMap(({ identifier }) =>
          holding(person, destination.test(kind) ? 'paid to' : 'own', identifier, null),
        ),
  )
  const wrote = record.narratives.flatMap(({ author, text, at }) =>
    author === null
      ? []
      : identifiersIn(text).flatMap(({ identifier }) => holding(author, 'wrote', identifier, at?.instant ?? null)),
  )
  // Whose it is stands before that somebody also wrote it down.
  const stated = [...details, ...own]
  const known = new Set(stated.map(nameOf))
  return [
    ...stated,
    ...new Map(wrote.filter((each) => !known.has(nameOf(each))).map((each) => [nameOf(each), each])).values(),
  ]
}

const nameOf = ({ person, kind, normal }: ToldHolding): string => `${person} ${kind} ${normal}`

const holding = (
  person: number,
  how: HeldHow,
  { kind, normal }: { readonly kind: string; readonly normal: string },
  at: string | null,
): ToldHolding[] =>
  kinds.has(kind) ? [{ person, relation: 'payment', how, kind, normal, written: normal, file: null, at }] : []
