import { identifiersIn, type ReferralRecord } from '@tandem/formats'
import type { HeldHow } from '@tandem/linkage'
import type { ToldHolding } from './told.ts'

/** A card is known by its brand and last four digits alone: too many have those. */
const kinds: ReadonlySet<string> = new Set(['iban', 'wallet', 'lightning', 'transaction'])

/**
 * What a payment is called is free text of the sender. Only these plain words say that it is the user's own, or that the
 * user paid into it; whatever else stands there may mean the other side (`sender wallet`, `paid to user`) and is `named`.
 */
const own =
  /^(?:payments?|payment method|bank details|(?:(?:own|registered|payment|payout|bank|current|savings|debit|credit|prepaid|crypto|cryptocurrency|bitcoin|btc|ethereum|eth|monero|xmr|lightning) )*(?:account|wallet|card|payout|iban)(?: (?:address|number|no|details|iban|last four))*)$/
const destination =
  /^(?:(?:money )?(?:paid|pays|sent|transferred|transfer|payment) to|payee|recipient|beneficiary|destination)(?: (?:bank|account|wallet|iban|address|number))*$/

const howOf = (kind: string): HeldHow => {
  const words = kind
    .toLowerCase()
    .replace(/^payments?: ?(?=.)/, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return own.test(words) ? 'own' : destination.test(words) ? 'paid to' : 'named'
}

/** Means of payment, and how each person stands to them: as their own, as what they paid into, or in words they wrote. */
export function paymentsTold(record: ReferralRecord): ToldHolding[] {
  if (!record.mentions.some(({ identifier }) => kinds.has(identifier.kind))) return []
  const details = (record.details ?? []).flatMap(({ kind, value, person }) =>
    person === null || !/^payments?\b/i.test(kind)
      ? []
      : identifiersIn(value).flatMap(({ identifier }) => holding(person, howOf(kind), identifier, null)),
  )
  const said = new Set(details.map(nameOf))
  const named = record.mentions
    .flatMap(({ person, identifier }) => (person === null ? [] : holding(person, 'named', identifier, null)))
    .filter((each) => !said.has(nameOf(each)))
  const wrote = record.narratives.flatMap(({ author, text, at }) =>
    author === null
      ? []
      : identifiersIn(text).flatMap(({ identifier }) => holding(author, 'wrote', identifier, at?.instant ?? null)),
  )
  // Whose it is stands before that somebody also wrote it down.
  const stated = [...details, ...named]
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
