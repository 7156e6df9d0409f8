import type { ReferralRecord } from '@tandem/formats'
import type { ContactHow, HeldHow, HeldRelation } from '@tandem/linkage'
import { contactsTold } from './contacts-told.ts'
import { filesTold, homesTold } from './holdings-told.ts'
import { paymentsTold } from './payments-told.ts'

/** What one person of a referral holds: `kind` and `normal` name the value; `written` is what officers read. */
export interface ToldHolding {
  readonly person: number
  readonly relation: HeldRelation
  readonly how: HeldHow
  readonly kind: string
  readonly normal: string
  readonly written: string
  /** Index into the files of the record: digests of one file are one file. */
  readonly file: number | null
  readonly at: string | null
}

export interface ToldContact {
  readonly one: number
  readonly other: number
  readonly how: ContactHow
  readonly times: number
  readonly first: string | null
  readonly last: string | null
}

/** Who took part in a conversation, a message or a list of so many that it ties nobody. */
export interface ToldCrowd {
  readonly person: number
  readonly how: Extract<ContactHow, 'conversation' | 'message' | 'listed'>
  readonly parties: number
}

export interface ToldByReferral {
  readonly holdings: readonly ToldHolding[]
  readonly contacts: readonly ToldContact[]
  readonly crowds: readonly ToldCrowd[]
}

/**
 * What a referral says of who holds what and who was in touch with whom. Nothing is guessed: what the sender does not give
 * to a person belongs to nobody. Whoever sent the report, and their staff, are tied to nobody.
 */
export function tiesTold(record: ReferralRecord): ToldByReferral {
  const isOutside = (person: number): boolean => {
    const role = record.people[person]?.role
    return role !== undefined && role !== 'reporter'
  }
  const holdings = [...homesTold(record), ...filesTold(record), ...paymentsTold(record)]
  const once = new Map(
    holdings
      .filter(({ person }) => isOutside(person))
      .map((each) => [`${each.person} ${each.relation} ${each.how} ${each.file} ${each.kind} ${each.normal}`, each]),
  )
  const { contacts, crowds } = contactsTold(record)
  return {
    holdings: [...once.values()],
    contacts: contacts.filter(({ one, other }) => one !== other && isOutside(one) && isOutside(other)),
    crowds: crowds.filter(({ person }) => isOutside(person)),
  }
}
