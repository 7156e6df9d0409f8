import { Navigate, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { places } from '../../app/places.ts'
import { useTitle } from '../../app/title.ts'
import { changedIds } from '../../data/live.ts'
import { keepStand, standOf } from '../../data/neighbours.ts'
import { nameOfFilter, type QueueFilter } from '../../data/queries.ts'
import { settings } from '../../data/settings.ts'
import { useStore } from '../../data/small-store.ts'
import type { QueueItem } from '../../data/types.ts'
import { useDecisions } from '../../decide/use-decisions.ts'
import { useActions } from '../../keyboard/perform.ts'
import { Button } from '../../ui/button.tsx'
import { copyRows } from '../../ui/copy.tsx'
import { Keys } from '../../ui/keys.tsx'
import { Empty, Loading, Unread } from '../../ui/problem.tsx'
import { queueColumns } from './columns.ts'
import { GRID, Grid, rowHeight } from './grid.tsx'
import { PREVIEW, Preview } from './preview.tsx'
import { range } from './rows.ts'
import { Tabs } from './tabs.tsx'
import { useQueue } from './use-queue.ts'

export function TriagePage() {
  useTitle('Triage')
  const { view = 'queue', priority, lot } = useSearch({ from: '/' })
  const filter = useMemo(() => ({ view, priority, lot }), [view, priority, lot])
  const { may } = useDesk()
  if (!may.has('queue.read')) return <NoQueue />
  return <Triage key={nameOfFilter(filter)} filter={filter} />
}

const focus = (id: string) => document.getElementById(id)?.focus({ preventScroll: true })
const nothing: ReadonlySet<string> = new Set()

function Triage({ filter }: { filter: QueueFilter }) {
  const desk = useDesk()
  const navigate = useNavigate()
  const queue = useQueue(filter)
  const { rows, places, fresh, gone } = queue
  const { preview } = useStore(settings)
  const changed = useStore(changedIds)
  const [stand] = useState(() => standOf(filter))
  const [cursor, setCursor] = useState<string | null>(stand.cursor)
  const [selection, setSelection] = useState(nothing)
  const found = places.get(cursor ?? '') ?? -1
  const at = found < 0 ? (rows.length === 0 ? -1 : 0) : found
  const current = rows[at]

  const move = useCallback(
    (to: number) => {
      const next = rows[Math.max(0, Math.min(rows.length - 1, to))]
      if (next === undefined) return
      setCursor(next.id)
      keepStand(filter, { cursor: next.id })
    },
    [rows, filter],
  )
  const open = useCallback(
    (item: QueueItem | undefined) => {
      if (item === undefined) return
      keepStand(filter, { cursor: item.id })
      void navigate({ to: '/referral/$id', params: { id: item.id } })
    },
    [filter, navigate],
  )
  const toggle = useCallback((id: string) => {
    setSelection((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  }, [])
  const standsAt = useRef(at)
  useEffect(() => {
    standsAt.current = at
  }, [at])
  const extend = useCallback(
    (from: number, to: number) => setSelection((before) => new Set([...before, ...range(rows, from, to)])),
    [rows],
  )
  const point = useCallback(
    (index: number, how: 'move' | 'toggle' | 'range' | 'open') => {
      const item = rows[index]
      if (item === undefined) return
      if (how === 'open') return open(item)
      if (how === 'toggle') toggle(item.id)
      if (how === 'range') extend(standsAt.current, index)
      move(index)
      focus(GRID)
    },
    [rows, move, open, toggle, extend],
  )
  const selected = useMemo(
    () => (selection.size === 0 ? [] : rows.filter((row) => selection.has(row.id))),
    [rows, selection],
  )
  const targets = selected.length > 0 ? selected : current === undefined ? [] : [current]
  const pageRows = () => Math.max(1, Math.floor((document.getElementById(GRID)?.clientHeight ?? 600) / rowHeight()) - 2)

  useDecisions(desk, targets, (done) => {
    setSelection(nothing)
    const ids = new Set(done.map((item) => item.id))
    if (current !== undefined && ids.has(current.id)) move(nextOpen(rows, at, ids))
    setTimeout(() => focus(GRID), 0)
  })
  useActions({
    'list.next': () => move(at + 1),
    'list.previous': () => move(at - 1),
    'list.pageDown': () => move(at + pageRows()),
    'list.pageUp': () => move(at - pageRows()),
    'list.first': () => move(0),
    'list.last': () => move(rows.length - 1),
    'list.preview': () => (preview && matchMedia('(min-width: 60rem)').matches ? focus(PREVIEW) : open(current)),
    'list.back': () => (document.activeElement?.id === GRID ? setSelection(nothing) : focus(GRID)),
    'referral.open': () => open(current),
    'select.toggle': () => current && toggle(current.id),
    'select.down': () => {
      extend(at, at + 1)
      move(at + 1)
    },
    'select.up': () => {
      extend(at - 1 < 0 ? 0 : at - 1, at)
      move(at - 1)
    },
    'select.none': () => setSelection(nothing),
    'list.copy': () => {
      const columns = queueColumns.flatMap(({ says, value }) => (value === null ? [] : [{ says, value }]))
      void copyRows(
        columns.map((column) => column.says),
        targets.map((item) => columns.map((column) => column.value(item, desk.nameOf))),
      )
    },
    'show.refresh': () => void queue.refresh(),
  })
  const ready = queue.list.data !== undefined
  useEffect(() => {
    const nowhere: readonly (Element | null)[] = [null, document.body, document.getElementById('page')]
    if (ready && nowhere.includes(document.activeElement)) focus(GRID)
  }, [ready])

  return (
    <div className="triage">
      <h1 className="unseen-caption">Triage</h1>
      <div className="triage-tools">
        <Tabs filter={filter} counts={queue.counts} />
        <Selected items={selected} clear={() => setSelection(nothing)} />
        <Fresh howMany={fresh} gone={gone.size} refresh={() => void queue.refresh()} />
      </div>
      <div className={preview && current !== undefined ? 'triage-panes' : 'triage-panes triage-alone'}>
        {queue.list.isError ? (
          <Unread error={queue.list.error} again={() => void queue.list.refetch()} />
        ) : queue.list.data === undefined ? (
          <Loading what="the queue" />
        ) : rows.length === 0 ? (
          <NothingHere filter={filter} />
        ) : (
          <Grid
            rows={rows}
            total={queue.total}
            at={at}
            selection={selection}
            gone={gone}
            view={filter.view}
            changed={changed}
            nameOf={desk.nameOf}
            point={point}
            more={queue.more}
            loadMore={queue.loadMore}
            startAt={stand.offset}
            scrolled={(offset) => keepStand(filter, { offset })}
          />
        )}
        {preview && current !== undefined ? <Preview item={current} open={() => open(current)} /> : null}
      </div>
    </div>
  )
}

/** The next row that still waits for someone, below first; the row itself when there is none. */
function nextOpen(rows: readonly QueueItem[], at: number, done: ReadonlySet<string>): number {
  const below = rows.findIndex((row, index) => index > at && !done.has(row.id))
  return below < 0 ? at : below
}

function Selected({ items, clear }: { items: readonly QueueItem[]; clear: () => void }) {
  if (items.length === 0) return null
  return (
    <span className="pill" role="status">
      {items.length} selected; decision keys act on all
      <Button look="quiet" onClick={clear}>
        Select none <Keys of="Shift+x" />
      </Button>
    </span>
  )
}

/** New ones wait here instead of pushing rows away under a reader's eyes. */
function Fresh({ howMany, gone, refresh }: { howMany: number; gone: number; refresh: () => void }) {
  const says = [howMany > 0 ? `${howMany} new` : '', gone > 0 ? `${gone} gone` : ''].filter(Boolean).join(', ')
  return (
    <span aria-live="polite" className="fresh">
      {says === '' ? null : (
        <Button look="strong" onClick={refresh} aria-keyshortcuts="Shift+R">
          {says} · bring up to date <Keys of="Shift+r" />
        </Button>
      )}
    </span>
  )
}

/** A role that reads no referrals begins on the first page that it may read. */
function NoQueue() {
  const { may, role } = useDesk()
  const first = places.find((place) => may.has(place.needs))
  if (first !== undefined) return <Navigate to={first.path} replace />
  return (
    <>
      <h1 className="unseen-caption">Triage</h1>
      <Empty title={`There is no page for a ${role} in this version.`}>
        <p>You are signed in and nothing is wrong. Sign out in the settings.</p>
      </Empty>
    </>
  )
}

function NothingHere({ filter }: { filter: QueueFilter }) {
  const level = filter.priority === undefined ? '' : ` of ${filter.priority}`
  const of = `${level}${filter.lot === undefined ? '' : ' that was drawn by lot'}`
  const words: Record<QueueFilter['view'], string> = {
    queue: `No referral${of} waits in the queue.`,
    mine: `You have taken no referral${of}.`,
    held: `No referral${of} is held.`,
    ended: `No referral${of} has ended yet.`,
    all: `There is no referral${of} that you may see.`,
  }
  return (
    <Empty title={words[filter.view]}>
      <p>Your authority is in force, so this is the whole answer. New ones show here by themselves.</p>
    </Empty>
  )
}
