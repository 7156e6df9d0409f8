// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual table are placed by the script, which real table rows do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the row in use
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { QueueItem, View } from '../../data/types.ts'
import { queueColumns } from './columns.ts'
import { Row, rowId } from './row.tsx'
import { belongs } from './rows.ts'

interface Props {
  readonly rows: readonly QueueItem[]
  readonly total: number | null
  readonly at: number
  readonly selection: ReadonlySet<string>
  readonly gone: ReadonlySet<string>
  readonly view: View
  readonly changed: ReadonlySet<string>
  readonly nameOf: (id: string) => string
  readonly point: (index: number, how: 'move' | 'toggle' | 'range' | 'open') => void
  readonly more: 'none' | 'waiting' | 'loading'
  readonly loadMore: () => void
  readonly startAt: number
  readonly scrolled: (offset: number) => void
}

export const GRID = 'queue-grid'
/** Ask for more before the reader comes to the end. */
const AHEAD = 120

/** Sizes follow the reader's own font size. */
const rem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
export const rowHeight = (): number => Math.round(rem() * 1.875)

/** A virtual grid: only the rows in sight exist, but it tells how many there are and where each stands. */
export function Grid(props: Props) {
  const { rows, at, more, loadMore, total } = props
  const scroller = useRef<HTMLDivElement>(null)
  const height = rowHeight()
  const virtual = useVirtualizer({
    count: rows.length + (more === 'none' ? 0 : 1),
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
    scrollMargin: height,
    scrollPaddingStart: height,
    scrollPaddingEnd: height,
    initialOffset: props.startAt,
    onChange: (instance) => props.scrolled(instance.scrollOffset ?? 0),
  })
  const shown = virtual.getVirtualItems()
  const lastShown = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (more === 'waiting' && lastShown > rows.length - AHEAD) loadMore()
  }, [more, lastShown, rows.length, loadMore])
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
  }, [at, virtual])
  const current = rows[at]
  const exists = current !== undefined && shown.some((each) => each.index === at)
  return (
    <div
      ref={scroller}
      id={GRID}
      className="q-grid"
      role="grid"
      tabIndex={0}
      aria-label="Referrals"
      aria-multiselectable="true"
      aria-rowcount={total === null ? -1 : total + 1}
      aria-colcount={queueColumns.length}
      {...(exists ? { 'aria-activedescendant': rowId(current.id) } : {})}
    >
      <div role="rowgroup" className="q-head-group">
        <div role="row" aria-rowindex={1} className="q-row q-head" tabIndex={-1}>
          {queueColumns.map((column, index) => (
            <div
              key={column.id}
              role="columnheader"
              aria-colindex={index + 1}
              aria-label={column.says}
              title={column.says}
              className={`q-cell q-${column.id}`}
            >
              {column.head === '' ? <span className="unseen-caption">{column.says}</span> : null}
              {column.id === 'triple' ? (
                <span className="triple">
                  {column.head.split(' ').map((word) => (
                    <span key={word}>{word}</span>
                  ))}
                </span>
              ) : (
                column.head
              )}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="q-body" style={{ height: virtual.getTotalSize() }}>
        {shown.map((each) => {
          const item = rows[each.index]
          const top = each.start - height
          if (item === undefined) return <Waiting key="more" top={top} index={each.index} />
          return (
            <Row
              key={item.id}
              item={item}
              index={each.index}
              top={top}
              current={each.index === at}
              selected={props.selection.has(item.id)}
              gone={props.gone.has(item.id)}
              dimmed={props.gone.has(item.id) || !belongs(props.view, item)}
              changed={props.changed.has(item.id)}
              nameOf={props.nameOf}
              point={props.point}
            />
          )
        })}
      </div>
    </div>
  )
}

function Waiting({ top, index }: { top: number; index: number }) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="q-row q-waiting"
      tabIndex={-1}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" className="q-cell">
        Loading more …
      </div>
    </div>
  )
}
