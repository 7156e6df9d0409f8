import type { FieldKind } from '../table/field.ts'

/**
 * What is believed of a kind of field before any record is seen. **Declared, not measured**, and the same for every table:
 * each figure says what the kind is in life, none was fitted to a set. Shares are by level, from "the same" to "different".
 */
export interface Belief {
  /** How one person's two values agree. */
  readonly one: readonly number[]
  /** How those of two people of one household agree; null: as those of strangers. */
  readonly household: readonly (number | null)[] | null
  /** How those of two strangers agree, who stand in one table because somebody put them there. */
  readonly strangers: readonly number[] | null
  /** Holders thought of beside those who are seen: a value is drawn from far more than a small table shows. */
  readonly unseen: number
  /** The most that a level may say for one person, in bits; of all levels or of each. */
  readonly most: number | readonly number[]
  /** A thing of a home: the more records have one value, the less it tells one of the home from another. */
  readonly isShared?: boolean
}

const none = { household: null, strangers: null, unseen: 0, most: 20 } as const

const beliefs: Partial<Readonly<Record<FieldKind, Belief>>> = {
  /*
   * Levels: same, in order, known form, alike, initial, generation of one, only one, other family name, other given name, generation, different.
   * People write their name as it is two times of three; marriage and mistakes change the family name, the given name is
   * hardly ever another one. Of one person both records name a generation one time in five thousand and disagree once in
   * fifty of these. In a household the family name is shared and the given name is not; a father and a son of one name are
   * one in two hundred, and half of those have their generation written in one place. A table of people is made by asking for names, so that
   * names alike say less than their rarity outside: six bits at most, which links nobody by itself.
   */
  'full name': {
    one: [0.5, 0.155, 0.09, 0.12, 0.03, 0.01, 0.015, 0.04, 0.015, 4e-6, 0.024996],
    household: [0.005, 0.002, 0.004, 0.02, 0.004, 0.004, 0.02, 0.006, 0.7, 0.002, 0.233],
    strangers: [2e-4, 2e-4, 2e-4, 4e-4, 2e-4, 1e-4, 1e-3, 0.01, 0.01, 1e-4, 0.9776],
    unseen: 500,
    most: 6,
  },
  /*
   * Same, swapped, slip, month and year, year, ten years, different. A birth never changes; it is miswritten one time in
   * ten, and one of a hundred is somebody else's. One of fifty pairs in a household are twins or written like them. There are some 25,000 days to be born on.
   */
  date: {
    one: [0.885, 0.02, 0.05, 0.01, 0.01, 0.015, 0.01],
    household: [0.02, null, null, null, null, null, null],
    strangers: [4e-5, 2e-5, 3e-4, 2e-3, 0.012, 0.25, 0.735],
    unseen: 20_000,
    most: 20,
  },
  /*
   * Same, before the @, alike, different. People have several, and some share one at home. What stands before the @ is made
   * of the name, which is counted already: with another provider it is as often that of a namesake.
   */
  email: {
    one: [0.55, 0.05, 0.05, 0.35],
    household: [0.12, 0.01, 0.05, 0.82],
    strangers: [1e-5, 1e-4, 1e-3, 0.999],
    unseen: 20_000,
    most: [20, 0, 0, 0],
    isShared: true,
  },
  /* Same, prefix, last seven, slip, different. The telephone at home is everybody's. */
  phone: {
    one: [0.45, 0.08, 0.05, 0.02, 0.4],
    household: [0.35, 0.06, 0.04, 0.02, 0.53],
    strangers: [1e-5, 1e-5, 2e-5, 1e-4, 0.9998],
    unseen: 20_000,
    most: 20,
    isShared: true,
  },
  /* Same, house, unit, elsewhere, street, neighbour, town, different. People move, one record of
   * four; what one of a home writes agrees with another's as with his own. */
  'postal address': {
    one: [0.38, 0.27, 0.01, 0.06, 0.03, 0.005, 0.1, 0.145],
    household: [0.38, 0.27, 0.01, 0.06, 0.03, 0.005, 0.1, 0.145],
    strangers: [2e-5, 2e-4, 5e-5, 2e-5, 3e-4, 1e-3, 0.05, 0.9484],
    unseen: 20_000,
    most: 20,
    isShared: true,
  },
  /* Same, one slip, two slips, different. An issuer gives a number once; it is copied rightly nine times of ten. */
  identifier: {
    one: [0.9, 0.025, 0.025, 0.05],
    household: null,
    strangers: [1e-5, 1e-4, 1e-3, 0.9989],
    unseen: 100_000,
    most: 20,
  },
  /* Same, the same words, words more, much alike, alike, different. */
  organisation: {
    one: [0.5, 0.12, 0.2, 0.08, 0.05, 0.05],
    household: null,
    strangers: [1e-3, 2e-4, 3e-3, 2e-3, 5e-3, 0.9888],
    unseen: 500,
    most: 8,
  },
  category: { ...none, one: [0.92, 0.08] },
}

/** Of a kind of which nothing is declared: the same seven times of ten, different once, the rest evenly. */
export function beliefOf(kind: FieldKind, levels: number): Belief {
  const known = beliefs[kind]
  if (known !== undefined && known.one.length === levels - 1) return known
  const between = levels - 3
  const middle = new Array<number>(Math.max(0, between)).fill(0.2 / Math.max(1, between))
  return { ...none, one: [between > 0 ? 0.7 : 0.9, ...middle, 0.1] }
}

export const mostOf = ({ most }: Belief, level: number): number =>
  typeof most === 'number' ? most : (most[level - 1] ?? 20)

/** Where so many records have one value, how much of what is thought beside what is seen still counts: half with each. */
export const unseenShare = (count: number): number => 1 / 2 ** Math.max(0, count - 2)
