import type { ReactNode } from 'react'
import { asProblem, isLackOfAuthority } from '../data/problem.ts'
import { perform } from '../keyboard/perform.ts'
import { Button } from './button.tsx'

/** One line an officer can act on; code and reference for whoever helps. */
export function ProblemLine({ error }: { error: unknown }) {
  const problem = asProblem(error)
  return (
    <p className="problem" role="alert">
      <span aria-hidden="true" className="problem-sign">
        !
      </span>
      <span>
        {problem.message} {problem.detail === undefined ? null : <span className="dim">{problem.detail} </span>}
        <span className="problem-code">
          {problem.code}
          {problem.reference === '' ? '' : ` · ${problem.reference}`}
        </span>
      </span>
    </p>
  )
}

/** In place of what could not be read. Without an authority in force an empty list would lie, so it is said. */
export function Unread({ error, again }: { error: unknown; again?: () => void }) {
  if (isLackOfAuthority(error)) return <NoAuthority error={error} />
  return (
    <div className="empty">
      <ProblemLine error={error} />
      {again === undefined ? null : <Button onClick={again}>Try again</Button>}
    </div>
  )
}

function NoAuthority({ error }: { error: unknown }) {
  const problem = asProblem(error)
  const purpose = problem.code === 'TANDEM-LAW-002'
  return (
    <div className="empty" role="alert">
      <h2>{purpose ? 'No purpose is in force' : 'No authority is in force'}</h2>
      <p>
        {problem.message} Nothing is shown here until then; this does not mean that there is nothing. Receipts go on:
        what arrives is kept and waits.
      </p>
      <p className="problem-code">{problem.code}</p>
      <Button look="strong" onClick={() => perform('show.standing')}>
        Choose operation, authority and purpose
      </Button>
    </div>
  )
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {children}
    </div>
  )
}

export const Loading = ({ what }: { what: string }) => (
  <p className="loading" role="status">
    Loading {what} …
  </p>
)
