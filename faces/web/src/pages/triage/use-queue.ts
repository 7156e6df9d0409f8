import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { changedIds } from '../../data/live.ts'
import { client, type QueueFilter, queueHeadQuery, queueQuery } from '../../data/queries.ts'
import { changeItem } from '../../decide/items.ts'
import { belongs, newsOf, rowKeeper, totalOf } from './rows.ts'

const noNews = { fresh: 0, gone: new Set<string>(), newer: [] }

/** The rows as the reader has them, and beside them what has changed since: brought in only when asked. */
export function useQueue(filter: QueueFilter) {
  const list = useInfiniteQuery(queueQuery(filter))
  const head = useQuery(queueHeadQuery(filter))
  const { data } = list
  const [keep] = useState(rowKeeper)
  const rows = useMemo(() => keep(data?.pages ?? []), [keep, data])
  const headItems = head.data?.items
  const news = useMemo(
    () => (data === undefined || headItems === undefined ? noNews : newsOf(rows, headItems)),
    [data, rows, headItems],
  )
  useEffect(() => {
    // In place: the row keeps where it stands. What the reader has not read yet stays marked so.
    for (const item of news.newer) changeItem(item.id, () => item)
  }, [news.newer])
  // A row whose own state says why it left needs no notice.
  const gone = useMemo(
    () => new Set([...news.gone].filter((id) => belongs(filter.view, rows.list[rows.places.get(id) ?? -1]))),
    [rows, news.gone, filter.view],
  )
  const { fetchNextPage } = list
  const loadMore = useCallback(() => void fetchNextPage({ cancelRefetch: false }), [fetchNextPage])
  const refresh = useCallback(() => {
    changedIds.set(new Set())
    return Promise.all([
      client.resetQueries({ queryKey: queueQuery(filter).queryKey }),
      client.invalidateQueries({ queryKey: ['queue-head'] }),
    ])
  }, [filter])
  const counts = head.data?.counts ?? data?.pages[0]?.counts
  const more: 'none' | 'waiting' | 'loading' = !list.hasNextPage
    ? 'none'
    : list.isFetchingNextPage
      ? 'loading'
      : 'waiting'
  return {
    rows: rows.list,
    places: rows.places,
    fresh: news.fresh,
    gone,
    counts,
    more,
    loadMore,
    refresh,
    total: totalOf(counts, filter),
    list,
    head,
  }
}
