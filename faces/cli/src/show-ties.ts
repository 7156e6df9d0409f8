import type { Subject } from './find-subject.ts'
import { count, instantWords } from './words.ts'

type Tie = Subject['ties']['ties'][number]
type Contradiction = Subject['contradictions'][number]

/** One tie: what kind, to whom, and every reason on a line of its own. */
export function tieLines({ relation, other, direction, reasons, moreReasons }: Tie): string[] {
  const way = relation !== 'payment' || direction === 'both' ? '' : direction === 'out' ? ' to' : ' from'
  const roles = other.toldAs.map(({ role, times }) => (times === 1 ? role : `${role} (${times})`))
  const toldAs = roles.length === 0 ? 'role not said' : `told as ${roles.join(', ')}`
  return [
    `${relation}${way} ${other.label}, ${toldAs}`,
    ...reasons.map(
      ({ says, referrals, from, to }) =>
        `    ${says} (${referrals.map(({ number }) => `R-${number}`).join(', ')}${spanOf(from, to)})`,
    ),
    ...(moreReasons === 0 ? [] : [`    and ${count(moreReasons, 'more reason')}, not listed`]),
  ]
}

function spanOf(from: string | null, to: string | null): string {
  if (from === null) return ''
  return to === null || to === from ? `; ${instantWords(from)}` : `; ${instantWords(from)} to ${instantWords(to)}`
}

/** Which decisions stand against each other, with the ids by which one of them is taken back. */
export function contradictionLine({ apart, joined }: Contradiction, decisions: Subject['decisions']): string {
  const named = (id: string): string => {
    const about = decisions.find((each) => each.id === id)
    return about === undefined ? id : `${about.verb} by ${about.by}, ${about.about.join('; ')} (undo: ${id})`
  }
  return `${named(apart)}, against ${joined.map(named).join(' and ')}: they stay apart until one is taken back`
}
