import type { AnyRecord, Entry, ItemRecord, ReferralRecord } from '@tandem/formats'
import type { Job } from '@tandem/jobs'
import { newId, type Row, type Transaction } from '@tandem/store'
import { lotsDrawn } from '@tandem/triage'
import { readingBox } from '../reading/index.ts'
import { type Gathered, gatherItems } from './gather-items.ts'
import { lotOfReferral } from './lot.ts'
import { placeOnDesk } from './place-on-desk.ts'
import { loadPayload } from './receive.ts'
import { storable } from './storable.ts'
import { makeReady, storeReferrals } from './store-referral.ts'

/** Reads one delivery into referrals, set-aside records and an account that adds up; then folds, matches, ranks. */
export async function readDelivery(tx: Transaction, job: Job): Promise<void> {
  const [delivery, bytes] = await Promise.all([
    tx.one('delivery/for_reading', { delivery_id: job.subject }),
    loadPayload(tx, job.subject),
  ])
  const { entries, account, format } = await readingBox.read(bytes, delivery.container !== null)
  const setAside: { place: string; code: string; says: string }[] = []
  const referrals: Gathered[] = []
  const items: Kept<ItemRecord>[] = []
  let remarked = 0
  for (const entry of entries) {
    if (entry.outcome === 'set-aside') setAside.push({ ...entry.reason, place: entry.place })
    else if (isList(entry)) {
      const says = 'This is an entry of a hash list. Load the file as a list instead.'
      setAside.push({ place: entry.place, code: 'list-entry', says })
    } else {
      if (entry.outcome === 'remarked') remarked++
      if (isItem(entry)) items.push(entry)
      else if (isReferral(entry)) {
        const remarks = entry.outcome === 'remarked' ? entry.remarks : []
        referrals.push({ place: entry.place, record: entry.record, remarks })
      }
    }
  }
  referrals.push(...gatherItems(items))
  // Ids rise with the numbers, so that the order of a file is the order on the desk.
  const ids = referrals.map(() => newId()).sort()
  const fresh = referrals.map((referral, index) => ({
    ...referral,
    id: ids[index] ?? newId(),
    delivery,
    format: referral.record.format,
  }))
  const [ready] = await Promise.all([
    makeReady(tx, fresh),
    closeAccount(tx, delivery, format, account.records, remarked, setAside),
  ])
  const low = await takeIn(tx, delivery, ready)
  tx.record('delivery.read', {
    delivery: job.subject,
    referrals: ids,
    // The draw of the audit slice, so that it cannot be made anew to somebody's liking: every lot, also of what ranks high, and
    // of what the border was and what was in the draw.
    lots: ids.map((id) => lotOfReferral(tx, id)),
    low: ids.map((id) => low.has(id)),
    drawnBelow: lotsDrawn,
    records: account.records,
    setAside: setAside.length,
  })
  if (ready.length > 0) await tx.run('job/insert', { job_id: newId(), kind: 'link', subject_id: job.subject })
}

/** Stores them and gives them their places; those that rank low come back. */
async function takeIn(
  tx: Transaction,
  delivery: Row<'delivery/for_reading'>,
  ready: Awaited<ReturnType<typeof makeReady>>,
): Promise<ReadonlySet<string>> {
  if (ready.length === 0) return new Set()
  const { last } = await tx.one('referral/next_numbers', { how_many: ready.length })
  const stored = ready.map((referral, index) => ({ ...referral, number: last - ready.length + 1 + index }))
  // Asked together, in this order: what places a referral reads what stores it.
  const [, low] = await Promise.all([storeReferrals(tx, delivery, stored), placeOnDesk(tx, stored)])
  return low
}

/** In = accepted + remarked + set aside, told before the first referral is stored and committed with the last. */
async function closeAccount(
  tx: Transaction,
  delivery: Row<'delivery/for_reading'>,
  format: string | null,
  records: number,
  remarked: number,
  setAside: readonly { readonly place: string; readonly code: string; readonly says: string }[],
): Promise<void> {
  await Promise.all([
    setAside.length > 0 &&
      tx.run('delivery/add_set_aside', {
        operation_id: delivery.operation_id,
        delivery_id: delivery.delivery_id,
        numbers: setAside.map((_, index) => index),
        places: setAside.map(({ place }) => storable(place)),
        codes: setAside.map(({ code }) => storable(code)),
        says: setAside.map(({ says }) => storable(says)),
      }),
    tx.run('delivery/finish', {
      delivery_id: delivery.delivery_id,
      state: 'read',
      format,
      records,
      accepted: records - remarked - setAside.length,
      remarked,
      set_aside: setAside.length,
      reason_code: null,
      reason: null,
    }),
    tx.run('outbox/add', {
      operation_id: delivery.operation_id,
      topic: 'queue',
      subject_id: delivery.delivery_id,
    }),
  ])
}

type Kept<T> = Exclude<Entry<T>, { outcome: 'set-aside' }>

const isList = (entry: Kept<AnyRecord>): boolean => entry.record.kind === 'list-entry'

function isItem(entry: Kept<AnyRecord>): entry is Kept<ItemRecord> {
  return entry.record.kind === 'item'
}

function isReferral(entry: Kept<AnyRecord>): entry is Kept<ReferralRecord> {
  return entry.record.kind === 'referral'
}
