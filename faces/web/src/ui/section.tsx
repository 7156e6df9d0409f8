import { type ReactNode, useId } from 'react'

/** A named part of a page, with a count where it holds many. */
export function Section({
  title,
  count,
  aside,
  children,
}: {
  title: string
  count?: number
  aside?: ReactNode
  children: ReactNode
}) {
  const id = useId()
  return (
    <section className="section" aria-labelledby={id}>
      <header className="section-head">
        <h2 id={id}>{title}</h2>
        {count === undefined ? null : <span className="section-count">{count}</span>}
        <span className="spread" />
        {aside}
      </header>
      {children}
    </section>
  )
}
