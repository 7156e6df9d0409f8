import type { ActionId } from '../keyboard/actions.ts'

/** The pages of the desk, in the order of the navigation. Titles never hold a value of a record. A role sees those it may read. */
export const places = [
  { path: '/', title: 'Triage', go: 'go.triage', needs: 'queue.read' },
  { path: '/subjects', title: 'Subjects', go: 'go.subjects', needs: 'subject.read' },
  { path: '/safeguarding', title: 'Safeguarding', go: 'go.safeguarding', needs: 'safeguarding.read' },
  { path: '/approvals', title: 'Approvals', go: 'go.approvals', needs: 'proposal.settle' },
  { path: '/deconfliction', title: 'Deconfliction', go: 'go.deconfliction', needs: 'deconfliction.read' },
  { path: '/lists', title: 'Lists', go: 'go.lists', needs: 'list.read' },
  { path: '/weights', title: 'Weights', go: 'go.weights', needs: 'weights.read' },
  { path: '/authorities', title: 'Authorities', go: 'go.authorities', needs: 'authority.read' },
  { path: '/intake', title: 'Intake', go: 'go.deliveries', needs: 'delivery.read' },
  { path: '/ledger', title: 'Ledger', go: 'go.ledger', needs: 'ledger.read' },
  { path: '/oversight', title: 'Oversight', go: 'go.oversight', needs: 'deconfliction.inspect' },
  { path: '/health', title: 'Health', go: 'go.health', needs: 'health.read' },
] as const satisfies readonly { path: string; title: string; go: ActionId; needs: string }[]
