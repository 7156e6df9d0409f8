// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual table are placed by the script, which real table rows do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the row in use
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useNames } from '../../app/desk.ts'
import type { LedgerEntry } from '../../data/types.ts'
import { changesOf } from '../../text/changes.ts'
import { revealed } from '../../text/safe.ts'
import { Safe } from '../../text/safe-text.tsx'
import { utc } from '../../text/time.ts'
import { spaced } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { useOneStop } from '../../ui/one-stop.ts'
import { rowHeight } from '../triage/grid.tsx'

interface Props {
  readonly rows: readonly LedgerEntry[]
  readonly more: boolean
  readonly busy: boolean
  readonly loadMore: () => void
  /** Shows where an entry stands in its log. */
  readonly prove: (entry: LedgerEntry) => void
}

const heads = ['At (UTC)', 'Who', 'Agency', 'Verb', 'Object', 'In the log', 'Fits its leaf'] as const
const AHEAD = 60

export function EntryTable({ rows, more, busy, loadMore, prove }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  useOneStop(scroller, '.l-proof')
  const height = rowHeight()
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 16,
    scrollMargin: height,
  })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (more && !busy && last > rows.length - AHEAD) loadMore()
  }, [more, busy, last, rows.length, loadMore])
  return (
    <div
      ref={scroller}
      className="l-table"
      role="table"
      tabIndex={0}
      aria-label="Ledger entries"
      aria-rowcount={more ? -1 : rows.length + 1}
    >
      <div role="rowgroup" className="q-head-group">
        <div role="row" aria-rowindex={1} className="l-row l-head" tabIndex={-1}>
          {heads.map((head) => (
            <div key={head} role="columnheader" className="q-cell">
              {head}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="q-body" style={{ height: virtual.getTotalSize() }}>
        {shown.map((each) => {
          const entry = rows[each.index]
          return entry === undefined ? null : (
            <Entry key={entry.id} of={entry} index={each.index} top={each.start - height} prove={prove} />
          )
        })}
      </div>
    </div>
  )
}

interface EntryProps {
  readonly of: LedgerEntry
  readonly index: number
  readonly top: number
  readonly prove: Props['prove']
}

function Entry({ of, index, top, prove }: EntryProps) {
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      className={of.fits ? 'l-row' : 'l-row l-unfit'}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="cell" className="q-cell">
        <time dateTime={of.at} title={of.at}>
          {utc(of.at).replace(' UTC', '')}
        </time>
      </div>
      <div role="cell" className="q-cell">
        <Safe text={of.who} />
      </div>
      <div role="cell" className="q-cell" title={revealed(of.agency)}>
        <Safe text={of.agency} />
      </div>
      <div role="cell" className="q-cell l-verb">
        <Safe text={spaced(of.verb)} />
      </div>
      <div role="cell" className="q-cell">
        <What of={of.object} />
      </div>
      <div role="cell" className="q-cell">
        <Button look="quiet" className="cell-button l-proof" title={`Leaf ${of.leafHash}`} onClick={() => prove(of)}>
          {of.place === null ? 'waits' : `${of.place} · proof`}
        </Button>
      </div>
      <div role="cell" className="q-cell">
        {of.fits ? '✓ fits' : <span className="tag tag-alarm">does not fit</span>}
      </div>
    </div>
  )
}

const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(value)

const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{32,}$/i.test(value)

const brief = (value: unknown): string => {
  if (isId(value)) return value.slice(-6)
  if (isHash(value)) return `${value.slice(0, 10)}…`
  if (Array.isArray(value)) return `${value.length}`
  return revealed(typeof value === 'string' ? value : JSON.stringify(value))
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the entry is about: ids by their ends, long lists by their length; the whole in the title. */
function What({ of }: { of: unknown }) {
  const names = useNames()
  if (!isRecord(of)) return <Safe text={JSON.stringify(of) ?? 'nothing'} />
  const { before, after, ...rest } = of
  const isChange = isRecord(before) && isRecord(after)
  return (
    <span className="l-object" title={revealed(JSON.stringify(of)).slice(0, 2000)}>
      {Object.entries(isChange ? rest : of).map(([name, value]) => (
        <span key={name}>
          <span className="dim">{spaced(revealed(name))}</span>{' '}
          {name === 'referral' && isId(value) ? (
            <Link to="/referral/$id" params={{ id: value }}>
              {brief(value)}
            </Link>
          ) : (
            <code>{brief(value)}</code>
          )}
        </span>
      ))}
      {isChange ? changesOf(before, after, names).map((change) => <span key={change}>{change}</span>) : null}
    </span>
  )
}
