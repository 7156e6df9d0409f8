/** Something in the counts of a run that a person must look at. It changes no result by itself. */
export interface Alarm {
  readonly code: 'canary-held' | 'canary-asked' | 'many-hits' | 'few-hits' | 'unknown-release'
  readonly says: string
}

/** A real overlap of more than half of a long list is rare; a list made of every possible number hits always. */
const manyHits = { from: 100, share: 0.5 }
/** Honest questions hit far more often than one in ten thousand; questions that walk through a range do not. */
const fewHits = { from: 10_000, share: 1e-4 }

export function askerAlarms(counts: {
  readonly asked: number
  readonly hits: number
  readonly canaries: number
}): Alarm[] {
  const alarms: Alarm[] = []
  if (counts.canaries > 0) {
    alarms.push({
      code: 'canary-held',
      says: 'The other side holds values that nobody can have: its list may be made up. Ask oversight to open it.',
    })
  }
  if (counts.asked >= manyHits.from && counts.hits / counts.asked > manyHits.share) {
    alarms.push({
      code: 'many-hits',
      says: 'More than half of the entries are held on the other side. Check for a made-up list before you act.',
    })
  }
  return alarms
}

/** What the holder can tell, which never sees a hit: only how much was asked and how much was released to it. */
export function holderAlarms(counts: {
  readonly asked: number
  readonly released: number
  readonly canaries: number
  readonly unknown: number
}): Alarm[] {
  const alarms: Alarm[] = []
  if (counts.canaries > 0) {
    alarms.push({
      code: 'canary-asked',
      says: 'A hit on a value that nobody can have was released: the other side asked through a range of values.',
    })
  }
  if (counts.asked >= fewHits.from && counts.released / counts.asked < fewHits.share) {
    alarms.push({
      code: 'few-hits',
      says: 'Very many questions and next to no results: this looks like a walk through a range. Ask for an audit.',
    })
  }
  if (counts.unknown > 0) {
    alarms.push({ code: 'unknown-release', says: 'A hit was released that this side never answered.' })
  }
  return alarms
}
