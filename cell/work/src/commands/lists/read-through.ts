import { Refusal } from '@tandem/core'
import type { Account, ListEntryRecord, ListReading, Remark } from '@tandem/formats'

/** How many set-aside records an answer repeats; all of them are counted. */
const SHOWN = 50

export interface ReadThrough {
  readonly account: Account
  readonly setAside: readonly Remark[]
  /** What the reader says of the file as a whole. */
  readonly remarks: readonly Remark[]
}

/** All or nothing: a list that does not end well is refused, and the transaction with it. */
export async function readThrough(
  reading: ListReading,
  take: (record: ListEntryRecord) => Promise<void> | void,
): Promise<ReadThrough> {
  const setAside: Remark[] = []
  for (;;) {
    const step = await reading.next()
    if (step.done === true) {
      const end = step.value
      if (!end.complete) throw new Refusal('TANDEM-INPUT-003', end.reason.says)
      return { account: end.account, setAside, remarks: end.notes.remarks }
    }
    const entry = step.value
    if (entry.outcome === 'set-aside') {
      if (setAside.length < SHOWN) setAside.push({ ...entry.reason })
    } else await take(entry.record)
  }
}
