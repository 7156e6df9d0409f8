import { createContext, type ReactNode, useContext } from 'react'
import { Hint, Pairs } from './hint.tsx'

type Rows = readonly (readonly [string, ReactNode])[]

/** What is true of every value of one report: who sent it, by which lane, when, under which law, how it is graded. */
const OfTheReport = createContext<Rows>([])

export const ProvenanceOf = ({ rows, children }: { rows: Rows; children: ReactNode }) => (
  <OfTheReport value={rows}>{children}</OfTheReport>
)

/** A value whose origin is one hover, or one arrow key, away: what is known of it alone, then of its whole report. */
export function Sourced({ rows, children }: { rows: Rows; children: ReactNode }) {
  const common = useContext(OfTheReport)
  return <Hint says={<Pairs of={[...rows, ...common]} />}>{children}</Hint>
}
