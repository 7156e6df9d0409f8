import { revealed } from '../../text/safe.ts'

/** What would change, in words: field and value. */
export function Change({ of }: { of: Record<string, unknown> }) {
  const fields = Object.entries(of)
  return (
    <span className="change">
      {fields.map(([name, value]) => (
        <span key={name}>
          <span className="dim">{name}</span> {typeof value === 'string' ? revealed(value) : JSON.stringify(value)}
        </span>
      ))}
      {fields.length === 0 ? <span className="none">no field named</span> : null}
    </span>
  )
}
