import { createRootRoute, createRoute, createRouter, Link } from '@tanstack/react-router'
import { asProblem } from '../data/problem.ts'
import { type Priority, priorityNames, type View, viewNames } from '../data/types.ts'
import { ApprovalsPage } from '../pages/approvals/page.tsx'
import { AuthoritiesPage } from '../pages/authorities/page.tsx'
import { ComparePage } from '../pages/compare/page.tsx'
import { DeconflictionPage } from '../pages/deconfliction/page.tsx'
import { RunPage } from '../pages/deconfliction/run.tsx'
import { DeliveriesPage } from '../pages/deliveries/page.tsx'
import { HealthPage } from '../pages/health/page.tsx'
import { LedgerPage } from '../pages/ledger/page.tsx'
import { ListsPage } from '../pages/lists/page.tsx'
import { OversightPage } from '../pages/oversight/page.tsx'
import { ReferralPage } from '../pages/referral/page.tsx'
import { SafeguardingPage } from '../pages/safeguarding/page.tsx'
import { SearchPage } from '../pages/search/page.tsx'
import { SubjectsPage } from '../pages/subjects/page.tsx'
import { SubjectPage } from '../pages/subjects/subject.tsx'
import { TriagePage } from '../pages/triage/page.tsx'
import { WeightsPage } from '../pages/weights/page.tsx'
import { Empty, ProblemLine } from '../ui/problem.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => (
    <Empty title="There is no such page">
      <p>
        <Link to="/">Go to triage</Link>
      </p>
    </Empty>
  ),
})

export interface TriageSearch {
  readonly view?: View
  readonly priority?: Priority
  readonly lot?: 'drawn'
}

/** Only names of views and ids of records stand in an address, never a selector. */
const triage = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: TriagePage,
  validateSearch: (given: Record<string, unknown>): TriageSearch => {
    const view = viewNames.find((each) => each === given.view)
    const priority = priorityNames.find((each) => each === given.priority)
    return {
      ...(view === undefined ? {} : { view }),
      ...(priority === undefined ? {} : { priority }),
      ...(given.lot === 'drawn' ? { lot: given.lot } : {}),
    }
  },
})

const referral = createRoute({ getParentRoute: () => root, path: '/referral/$id', component: ReferralPage })
const ledger = createRoute({
  getParentRoute: () => root,
  path: '/ledger',
  component: LedgerPage,
  validateSearch: (given: Record<string, unknown>): { referral?: string } =>
    typeof given.referral === 'string' ? { referral: given.referral } : {},
})
const safeguarding = createRoute({ getParentRoute: () => root, path: '/safeguarding', component: SafeguardingPage })
const approvals = createRoute({ getParentRoute: () => root, path: '/approvals', component: ApprovalsPage })
const lists = createRoute({ getParentRoute: () => root, path: '/lists', component: ListsPage })
const weights = createRoute({ getParentRoute: () => root, path: '/weights', component: WeightsPage })
const authorities = createRoute({ getParentRoute: () => root, path: '/authorities', component: AuthoritiesPage })
const deliveries = createRoute({ getParentRoute: () => root, path: '/intake', component: DeliveriesPage })
const deconfliction = createRoute({ getParentRoute: () => root, path: '/deconfliction', component: DeconflictionPage })
const run = createRoute({ getParentRoute: () => root, path: '/deconfliction/$id', component: RunPage })
const oversight = createRoute({ getParentRoute: () => root, path: '/oversight', component: OversightPage })
const health = createRoute({ getParentRoute: () => root, path: '/health', component: HealthPage })
const compare = createRoute({ getParentRoute: () => root, path: '/compare/$one/$other', component: ComparePage })
const subjects = createRoute({ getParentRoute: () => root, path: '/subjects', component: SubjectsPage })
const subject = createRoute({ getParentRoute: () => root, path: '/subject/$id', component: SubjectPage })
const search = createRoute({ getParentRoute: () => root, path: '/search', component: SearchPage })

export const router = createRouter({
  routeTree: root.addChildren([
    triage,
    referral,
    subjects,
    subject,
    compare,
    safeguarding,
    approvals,
    deconfliction,
    run,
    oversight,
    lists,
    weights,
    authorities,
    deliveries,
    ledger,
    health,
    search,
  ]),
  defaultErrorComponent: ({ error }) => (
    <div className="empty">
      <ProblemLine error={error} />
      <p className="dim">{asProblem(error).code === 'DESK-001' ? 'The rest of the desk still works.' : null}</p>
    </div>
  ),
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
