import { type LinkLine, sidesOf, type Tie } from '@tandem/linkage'
import { contactReasons } from './contact-reasons.ts'
import { heldReasons } from './held-reasons.ts'
import type { LoadedTies } from './load.ts'

/** One reason of a tie, from the side of the subject that was asked about. */
export interface ReasonOfTie {
  readonly direction: 'out' | 'in' | 'both'
  /** In words, with what officers read of the value. */
  readonly says: (written: string) => string
  readonly observable: string | null
  readonly referrals: readonly { readonly id: string; readonly number: number }[]
  readonly from: string | null
  readonly to: string | null
}

/** The reasons of a tie, each value once with everybody on either side who holds it. */
export function reasonsOf(
  tie: Tie,
  records: ReadonlySet<string>,
  loaded: Pick<LoadedTies, 'holders' | 'contactsBetween' | 'subjectOf'>,
  /** What officers read of each value. */
  written: ReadonlyMap<string, string>,
): ReasonOfTie[] {
  const sides = tie.links.flatMap(({ one, other, lines }) => {
    const isOne = records.has(one)
    return lines.map((line): Side => {
      const [first, second] = sidesOf(line.level)
      return {
        ...{ line, mine: isOne ? one : other, theirs: isOne ? other : one },
        ...{ myHow: isOne ? first : second, theirHow: isOne ? second : first },
      }
    })
  })
  return tie.relation === 'contact' ? contactReasons(sides, loaded) : heldReasons(sides, tie.relation, loaded, written)
}

/** One line of a tie, from the side of the subject that was asked about. */
export interface Side {
  readonly line: LinkLine
  readonly mine: string
  readonly theirs: string
  readonly myHow: string
  readonly theirHow: string
}
