// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual table are placed by the script, which real table rows do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the row in use
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys; clicks are for the mouse alone
// biome-ignore-all lint/a11y/noStaticElementInteractions: the tick is for the mouse; the row says aria-selected, the key is x
import { memo } from 'react'
import { cellNow } from '../../data/clock.ts'
import type { QueueItem } from '../../data/types.ts'
import { revealed } from '../../text/safe.ts'
import { Safe } from '../../text/safe-text.tsx'
import { utc } from '../../text/time.ts'
import { Axis } from '../../ui/axis.tsx'
import { ByLot } from '../../ui/lot.tsx'
import { Priority, PriorityTriple } from '../../ui/priority.tsx'
import { Countdown } from '../../ui/when.tsx'
import { sentence, whoHas } from './columns.ts'
import { reasonAlone } from './rows.ts'

interface Props {
  readonly item: QueueItem
  readonly index: number
  readonly top: number
  readonly current: boolean
  readonly selected: boolean
  readonly gone: boolean
  readonly dimmed: boolean
  readonly changed: boolean
  readonly nameOf: (id: string) => string
  readonly point: (index: number, how: 'move' | 'toggle' | 'range' | 'open') => void
}

export const rowId = (id: string): string => `row-${id}`

export const Row = memo(function Row(props: Props) {
  const { item, index, top, current, selected, gone, dimmed, changed, nameOf, point } = props
  const classes = [
    'q-row',
    current ? 'q-current' : '',
    selected ? 'q-selected' : '',
    dimmed ? 'q-dimmed' : '',
    `q-${item.unread}`,
  ]
  return (
    <div
      id={rowId(item.id)}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-label={revealed(sentence(item, nameOf))}
      className={classes.join(' ')}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => point(index, event.shiftKey ? 'range' : event.ctrlKey ? 'toggle' : 'move')}
      onDoubleClick={() => point(index, 'open')}
    >
      <Cell at={1} name="mark">
        <MarkCell
          selected={selected}
          unread={changed && item.unread === 'read' ? 'changed' : item.unread}
          toggle={() => point(index, 'toggle')}
        />
      </Cell>
      <Cell at={2} name="number">
        {item.number}
      </Cell>
      <Cell at={3} name="priority">
        <Priority level={item.priority.effective} big />
      </Cell>
      <Cell at={4} name="triple">
        <PriorityTriple of={item.priority} />
      </Cell>
      <Cell at={5} name="act">
        {item.actBy === null || dimmed ? <span className="none">–</span> : <Countdown to={item.actBy} />}
      </Cell>
      <Cell at={6} name="child">
        <Axis value={item.childUrgency} />
      </Cell>
      <Cell at={7} name="danger">
        <Axis value={item.offenderDanger} />
      </Cell>
      <Cell at={8} name="because">
        <SafeguardingTag state={item.safeguarding} />
        <ByLot item={item} />
        {item.disagreed === null ? null : <span className="tag">you: {item.disagreed}</span>}
        <Safe text={reasonAlone(item)} />
      </Cell>
      <Cell at={9} name="sender">
        <Safe text={item.sender} />
      </Cell>
      <Cell at={10} name="kind">
        {item.incidentKind === null ? <span className="none">not said</span> : <Safe text={item.incidentKind} />}
      </Cell>
      <NumberCell at={11} name="people" value={item.people} />
      <NumberCell at={12} name="files" value={item.files} />
      <NumberCell at={13} name="hits" value={item.hits} />
      <NumberCell at={14} name="folded" value={item.folded} />
      <Cell at={15} name="received">
        {utc(item.receivedAt, true, cellNow())}
      </Cell>
      <Cell at={16} name="who">
        {gone && item.state === 'open' ? (
          <span className="none">left this view</span>
        ) : (
          <Who item={item} nameOf={nameOf} />
        )}
      </Cell>
    </div>
  )
})

function Cell({ at, name, children }: { at: number; name: string; children: React.ReactNode }) {
  return (
    <div role="gridcell" aria-colindex={at} className={`q-cell q-${name}`}>
      {children}
    </div>
  )
}

function NumberCell({ at, name, value }: { at: number; name: string; value: number }) {
  return (
    <Cell at={at} name={name}>
      {value === 0 ? <span className="none">0</span> : value}
    </Cell>
  )
}

const unreadSign: Readonly<Record<QueueItem['unread'], string>> = { new: '●', changed: '◐', read: '' }

function MarkCell({
  selected,
  unread,
  toggle,
}: {
  selected: boolean
  unread: QueueItem['unread']
  toggle: () => void
}) {
  return (
    <>
      <span
        aria-hidden="true"
        className={selected ? 'tick tick-on' : 'tick'}
        onClick={(event) => {
          event.stopPropagation()
          toggle()
        }}
      >
        {selected ? '✓' : ''}
      </span>
      <span aria-hidden="true" className="unread" title={unread}>
        {unreadSign[unread]}
      </span>
    </>
  )
}

function SafeguardingTag({ state }: { state: QueueItem['safeguarding'] }) {
  if (state === 'none') return null
  return (
    <span className={state === 'overdue' ? 'tag tag-urgent' : 'tag'} title={`Safeguarding ${state}`}>
      SG{state === 'overdue' ? ' overdue' : state === 'closed' ? ' closed' : ''}
    </span>
  )
}

function Who({ item, nameOf }: { item: QueueItem; nameOf: (id: string) => string }) {
  const who = whoHas(item, nameOf)
  if (who === '') return <span className="none">–</span>
  if (item.state === 'held' && item.heldUntil !== null) return <>held to {utc(item.heldUntil, true, cellNow())}</>
  return (
    <span className={who === 'you' ? 'mine' : ''} title={revealed(who)}>
      {who}
    </span>
  )
}
