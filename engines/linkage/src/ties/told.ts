import type { TieRelation } from '../subjects/events.ts'

/** Ties of things that two people have in common; `contact` is told of the two themselves. */
export type HeldRelation = Exclude<TieRelation, 'contact'>

/** How a person stands to what is held, as the referral says it; `named` among their payments: whose it is is not said. */
export const heldHows = {
  household: ['postal address', 'fixed line'],
  'shared file': ['uploaded', 'viral'],
  payment: ['own', 'paid to', 'named', 'wrote'],
} as const satisfies Readonly<Record<HeldRelation, readonly string[]>>
export type HeldHow = (typeof heldHows)[HeldRelation][number]

/** A file, a means of payment or a home in the hands of one record. */
export interface TieHolding {
  readonly record: string
  readonly relation: HeldRelation
  /** The name of the value: only equality is asked of it. */
  readonly value: string
  readonly how: HeldHow
}

/** How two people of one referral were in touch. The first of them sent, wrote or listed. */
export const contactHows = ['content', 'message', 'call', 'conversation', 'listed'] as const
export type ContactHow = (typeof contactHows)[number]

export interface TieContact {
  readonly one: string
  readonly other: string
  readonly how: ContactHow
  /** Values by which alone the other one is known there; it falls with the last of them. Empty: it rests on none. */
  readonly values: readonly string[]
}

export interface ToldTies {
  readonly holdings: readonly TieHolding[]
  readonly contacts: readonly TieContact[]
}

/**
 * More subjects than this cannot have a tie by one value: it is a file that went everywhere, a payment processor, an
 * institution. **Declared, not learned.** A home as many as may share its telephone; a file far more, for a ring that trades
 * it is what is looked for.
 */
export const mostTied = { household: 8, 'shared file': 50, payment: 20 } as const satisfies Record<HeldRelation, number>

/** In a conversation of more than so many, taking part says nothing of any two of them. */
export const mostParties = 20

/** Of a message to more than so many at once, being written to says nothing. **Declared, not learned.** */
export const mostRecipients = 20

/** In a list of more connections than this, being listed says nothing of any two. **Declared, not learned.** */
export const mostListed = 200
