import {
  allAttributions,
  allAuthorities,
  allDeliveries,
  allDisagreements,
  allLists,
  allLookups,
  allRuns,
  allWeights,
  auditSlice,
  choicesBetween,
  entries,
  health,
  inspectLookups,
  inspectRanks,
  inspectRuns,
  listHits,
  logs,
  openTracks,
  pending,
  proof,
  queue,
  rankedSubjects,
  replayWeightSet,
  show,
  showDelivery,
  showRun,
  showSubject,
  standing,
} from '@tandem/contract'
import { infiniteQueryOptions, MutationCache, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query'
import { call } from './client.ts'
import { setCellTime } from './clock.ts'
import { codeOf, isLackOfAuthority } from './problem.ts'
import { watchSession } from './session.ts'
import type { Priority, View } from './types.ts'

/** A refusal stays a refusal; only silence is worth asking again. */
const retry = (failures: number, error: unknown): boolean => codeOf(error) === 'DESK-002' && failures < 3

/** Access dies with its authority: what was read under it leaves the screen too, and is asked for anew. */
function forgetWithAuthority(error: unknown): void {
  watchSession(error)
  if (!isLackOfAuthority(error)) return
  void client.resetQueries({
    predicate: ({ queryKey, state }) => queryKey[0] !== 'standing' && state.data !== undefined,
  })
}

export const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: forgetWithAuthority }),
  mutationCache: new MutationCache({ onError: watchSession }),
  defaultOptions: { queries: { retry, refetchOnWindowFocus: false, staleTime: 30_000 }, mutations: { retry: false } },
})

export const PAGE = 200
/** Who scrolls on wants much: fewer, greater parts. The most that the cell gives. */
const MORE = 1000

export const standingQuery = queryOptions({
  queryKey: ['standing'],
  queryFn: async () => {
    const now = await call(standing, {})
    setCellTime(now.now)
    return now
  },
  refetchInterval: 60_000,
})

export interface QueueFilter {
  readonly view: View
  readonly priority: Priority | undefined
  /** Only what was drawn by lot. */
  readonly lot: 'drawn' | undefined
}

/** The same words for the same rows. */
export const nameOfFilter = ({ view, priority, lot }: QueueFilter): string =>
  `${view} ${priority ?? 'any'} ${lot ?? 'all'}`

const asked = (filter: QueueFilter, limit: number) => ({
  view: filter.view,
  limit,
  ...(filter.priority === undefined ? {} : { priority: filter.priority }),
  ...(filter.lot === undefined ? {} : { lot: filter.lot }),
})

/** The rows on the page. Never refetched by itself: rows must not jump under a reader's cursor. */
export const queueQuery = (filter: QueueFilter) =>
  infiniteQueryOptions({
    queryKey: ['queue', nameOfFilter(filter)],
    queryFn: ({ pageParam }) =>
      call(queue, {
        query: { ...asked(filter, pageParam === '' ? PAGE : MORE), ...(pageParam === '' ? {} : { after: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 5 * 60_000,
    refetchOnReconnect: false,
    // Comparing 100,000 rows after each part would cost more than drawing them.
    structuralSharing: false,
  })

/** The head of the same list, fresh after each change: gives the counts, and tells what is new. */
export const queueHeadQuery = (filter: QueueFilter) =>
  queryOptions({
    queryKey: ['queue-head', nameOfFilter(filter)],
    queryFn: () => call(queue, { query: asked(filter, PAGE) }),
  })

export const referralQuery = (id: string) =>
  queryOptions({
    queryKey: ['referral', id],
    queryFn: () => call(show, { params: { id } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })

export type SubjectView = 'all' | 'linked'
/** Never refetched by itself: rows must not jump under a reader's cursor. */
export const subjectsQuery = (view: SubjectView) =>
  infiniteQueryOptions({
    queryKey: ['subjects', view],
    queryFn: ({ pageParam }) =>
      call(rankedSubjects, { query: { view, limit: 100, ...(pageParam === '' ? {} : { after: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    staleTime: 30_000,
  })

export const subjectQuery = (id: string) =>
  queryOptions({
    queryKey: ['subject', id],
    queryFn: () => call(showSubject, { params: { id } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })

export const listsQuery = queryOptions({ queryKey: ['lists'], queryFn: () => call(allLists, {}) })
/** Each part is an entry in the ledger: read when it is asked for, and not again by itself. */
export const listHitsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['list-hits', id],
    queryFn: ({ pageParam }) => call(listHits, { params: { id }, query: pageParam === '' ? {} : { after: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
export const authoritiesQuery = queryOptions({ queryKey: ['authorities'], queryFn: () => call(allAuthorities, {}) })
export const deliveriesQuery = queryOptions({
  queryKey: ['deliveries'],
  queryFn: () => call(allDeliveries, { query: { limit: 500 } }),
})
export const deliveryQuery = (id: string) =>
  queryOptions({ queryKey: ['deliveries', id], queryFn: () => call(showDelivery, { params: { id } }) })
export const tracksQuery = queryOptions({ queryKey: ['tracks'], queryFn: () => call(openTracks, {}) })
export const proposalsQuery = queryOptions({ queryKey: ['proposals'], queryFn: () => call(pending, {}) })
/** Those of one referral, or all that wait for a second person. */
export const attributionsQuery = (referral?: string) =>
  queryOptions({
    queryKey: ['attributions', referral ?? 'waiting'],
    queryFn: () => call(allAttributions, { query: referral === undefined ? {} : { referral } }),
  })
export const choicesQuery = (one: string, other: string) =>
  queryOptions({
    queryKey: ['choices', one, other],
    queryFn: () => call(choicesBetween, { params: { one, other } }),
  })
export const weightsQuery = queryOptions({ queryKey: ['weights'], queryFn: () => call(allWeights, {}) })
export const disagreementsQuery = queryOptions({
  queryKey: ['weights', 'disagreements'],
  queryFn: () => call(allDisagreements, { query: {} }),
  staleTime: 0,
})
export const sliceQuery = queryOptions({
  queryKey: ['weights', 'slice'],
  queryFn: () => call(auditSlice, {}),
  staleTime: 0,
})
export const ranksInspectionQuery = queryOptions({
  queryKey: ['ranks-inspection'],
  queryFn: () => call(inspectRanks, {}),
  staleTime: 0,
})
/** Each replay is an entry in the ledger: made when it is asked for, and not again by itself. */
export const replayQuery = (id: string) =>
  queryOptions({
    queryKey: ['replay', id],
    queryFn: () => call(replayWeightSet, { params: { id } }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
export const runsQuery = queryOptions({ queryKey: ['runs'], queryFn: () => call(allRuns, {}) })
/** A draw of the inspector is no change of this agency's, and nobody tells it: the page asks again when it is opened. */
export const lookupsQuery = queryOptions({
  queryKey: ['lookups'],
  queryFn: () => call(allLookups, {}),
  staleTime: 0,
})
/** While the machines compare, progress is looked at now and then; each look is an entry in the ledger. */
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['run', id],
    queryFn: () => call(showRun, { params: { id } }),
    refetchInterval: (query) => (query.state.data?.run.state === 'running' ? 2_000 : false),
  })
/** No change of another agency's operation is told to the inspector: the page asks again when it is opened. */
export const inspectionQuery = queryOptions({
  queryKey: ['inspection'],
  queryFn: () => call(inspectRuns, {}),
  staleTime: 0,
  refetchInterval: 60_000,
})
export const lookupInspectionQuery = queryOptions({
  queryKey: ['lookup-inspection'],
  queryFn: () => call(inspectLookups, {}),
  staleTime: 0,
  refetchInterval: 60_000,
})
export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: () => call(health, {}),
  refetchInterval: 30_000,
})

/** Checkpoints come every second or so; reading them is no entry. */
export const logsQuery = queryOptions({ queryKey: ['logs'], queryFn: () => call(logs, {}), refetchInterval: 5_000 })

export const proofQuery = (id: string) =>
  queryOptions({ queryKey: ['proof', id], queryFn: () => call(proof, { params: { id } }), gcTime: 0, staleTime: 0 })

export const ledgerQuery = (referral: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['ledger', referral ?? 'all'],
    queryFn: ({ pageParam }) =>
      call(entries, {
        query: {
          limit: PAGE,
          ...(pageParam === '' ? {} : { before: pageParam }),
          ...(referral === undefined ? {} : { referral }),
        },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    gcTime: 0,
  })
