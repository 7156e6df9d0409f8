/** What the chart shows: plain data, as a page gives it. Identifiers are opaque; no selector is needed in them. */
export interface ChartNode {
  readonly id: string
  /** One of `nodeKinds`; another word is drawn as "other" and told by its own name. */
  readonly kind: string
  readonly label: string
  /** Neighbours that exist and are not shown. */
  readonly hidden: number
  /** Nodes of one group fold together first when there are too many to show. */
  readonly group?: string
  /** A remark on the value itself: `suppressed`, `generic` and the like. */
  readonly standing?: string
}

export interface ChartEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly kind: EdgeKind
  readonly weight?: number
  /** The reason, in words. */
  readonly label: string
  /** What a person decided of it. */
  readonly decided?: 'must-link' | 'cannot-link'
}

export interface ChartData {
  readonly nodes: readonly ChartNode[]
  readonly edges: readonly ChartEdge[]
}

export const nodeKinds = [
  'subject',
  'persona',
  'account',
  'phone',
  'email',
  'ip',
  'device',
  'hash',
  'payment',
  'referral',
] as const

export const edgeKinds = [
  'same-person',
  'same-account',
  'same-device',
  'household',
  'contact',
  'shared-file',
  'payment',
  'shared-payment',
  'mentions',
] as const
export type EdgeKind = (typeof edgeKinds)[number]

/** Links that say from whom to whom; the others hold both ways. */
export const isDirected = (kind: EdgeKind): boolean => kind === 'payment' || kind === 'mentions'

export interface SearchAround {
  /** Kinds of link to follow; empty: every kind. */
  readonly kinds: readonly EdgeKind[]
  readonly limit: number
  readonly direction: 'out' | 'in' | 'both'
}

/** A node as drawn: one of the data, or a group of them. */
export interface ShownNode extends ChartNode {
  readonly members?: readonly string[]
}

/** A link as drawn: one of the data, or several of one kind between two groups. */
export interface ShownEdge extends ChartEdge {
  readonly members?: readonly string[]
}

export interface Shown {
  readonly nodes: readonly ShownNode[]
  readonly edges: readonly ShownEdge[]
}
