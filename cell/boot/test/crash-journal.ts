/** What the cell under attack tells the process outside, one JSON line each. Written only after the answer was given. */
export type Told =
  | { readonly told: 'ready'; readonly postmaster: number; readonly settings: { readonly [name: string]: string } }
  | { readonly told: 'database is back'; readonly postmaster: number }
  | { readonly told: 'delivering'; readonly key: string }
  | { readonly told: 'delivered'; readonly key: string; readonly delivery: string; readonly sha256: string }
  | { readonly told: 'decided'; readonly decision: string; readonly verb: string; readonly referral: string }
  | { readonly told: 'noted'; readonly note: string; readonly referral: string }
  | { readonly told: 'problem'; readonly says: string }

/** Everything that was acknowledged in the whole run, kept outside the cell. */
export interface Journal {
  readonly deliveries: Map<string, { readonly delivery: string; readonly sha256: string }>
  readonly decisions: Map<string, { readonly verb: string; readonly referral: string }>
  readonly notes: Map<string, { readonly referral: string }>
  /** Sent, and no answer came: sent again after the restart, with the same key. */
  readonly unanswered: Set<string>
  readonly problems: string[]
}

export const emptyJournal = (): Journal => ({
  deliveries: new Map(),
  decisions: new Map(),
  notes: new Map(),
  unanswered: new Set(),
  problems: [],
})

export function keep(journal: Journal, told: Told): void {
  switch (told.told) {
    case 'delivering':
      journal.unanswered.add(told.key)
      break
    case 'delivered':
      journal.unanswered.delete(told.key)
      journal.deliveries.set(told.key, told)
      break
    case 'decided':
      journal.decisions.set(told.decision, told)
      break
    case 'noted':
      journal.notes.set(told.note, told)
      break
    case 'problem':
      journal.problems.push(told.says)
  }
}
