import type { Row, Transaction } from '@tandem/store'
import type { Ranked } from './rank.ts'
import { storable } from './storable.ts'
import type { StoredReferral } from './store-referral.ts'

export interface Fold {
  readonly into: string
  readonly kind: 'supplement' | 'same incident' | 'viral copy'
  readonly because: string
}

export interface Relation {
  readonly from: string
  readonly into: string
  readonly kind: Fold['kind'] | 'same account'
  readonly because: string
}

/** Two reports of one incident are made close to each other in time. */
const SAME_INCIDENT_HOURS = 48
/** A file is viral when so many earlier referrals name it. */
const VIRAL_FROM = 3

/** A fresh referral with its own rank. */
export interface Fresh {
  readonly referral: StoredReferral
  readonly rank: Ranked
}

/** What the cell holds that the referrals of one delivery may belong to, looked up for all of them at once. */
export interface Earlier {
  readonly byReference: ReadonlyMap<string, readonly Numbered[]>
  readonly waiting: ReadonlyMap<string, readonly Numbered[]>
  readonly accounts: ReadonlyMap<string, readonly Row<'fold/same_account'>[]>
  readonly files: ReadonlyMap<string, readonly Row<'fold/same_files'>[]>
  readonly viral: ReadonlyMap<string, readonly Row<'fold/viral_copies'>[]>
}

interface Numbered {
  readonly referral_id: string
  readonly number: number
}

/** What does not depend on a rank. */
export async function findEarlier(
  tx: Transaction,
  referrals: readonly StoredReferral[],
): Promise<Omit<Earlier, 'viral'>> {
  const sender = referrals[0]?.delivery.sender_id
  const named = referrals.flatMap(({ record }) => [record.supplementTo ?? record.reference])
  const own = referrals.flatMap(({ record }) => [record.reference])
  const wanted = referrals.flatMap((each) => identifying(each).map((observable) => ({ ...each, observable })))
  const [byReference, waiting, sameAccount] = await Promise.all([
    lookupBy(named, (references) =>
      sender === undefined ? [] : tx.run('fold/by_reference', { sender_id: sender, references }),
    ),
    lookupBy(own, (references) =>
      sender === undefined ? [] : tx.run('fold/waiting_supplements', { sender_id: sender, references }),
    ),
    wanted.length === 0
      ? []
      : tx.run('fold/same_account', {
          referrals: wanted.map(({ id }) => id),
          numbers: wanted.map(({ number }) => number),
          observables: wanted.map(({ observable }) => observable),
        }),
  ])
  const accounts = Map.groupBy(sameAccount, ({ referral_id }) => referral_id)
  return { byReference, waiting, accounts, files: await sameFiles(tx, referrals, sameAccount) }
}

/** The earlier copies of what is calm, viral by its own mark and of an account that stands in no other referral. */
export async function findViral(
  tx: Transaction,
  fresh: readonly Fresh[],
  accounts: Earlier['accounts'],
): Promise<Earlier['viral']> {
  const viral = fresh.filter((each) => !accounts.has(each.referral.id) && isCalmAndViral(each))
  return viralCopies(
    tx,
    viral.map(({ referral }) => referral),
  )
}

async function sameFiles(
  tx: Transaction,
  referrals: readonly StoredReferral[],
  pairs: readonly Row<'fold/same_account'>[],
) {
  const asked = new Set(pairs.map(({ referral_id }) => referral_id))
  const files = referrals.flatMap(({ id, fingerprints }) =>
    asked.has(id) ? fingerprints.map((each) => ({ ...each, id })) : [],
  )
  const rows =
    files.length === 0
      ? []
      : await tx.run('fold/same_files', {
          referrals: pairs.map(({ referral_id }) => referral_id),
          others: pairs.map(({ other_id }) => other_id),
          file_referrals: files.map(({ id }) => id),
          kinds: files.map(({ kind }) => kind),
          values: files.map(({ value }) => value),
        })
  return Map.groupBy(rows, ({ referral_id }) => referral_id)
}

async function viralCopies(tx: Transaction, referrals: readonly StoredReferral[]) {
  const files = referrals.flatMap(({ id, number, fingerprints }) =>
    fingerprints.map((each) => ({ ...each, id, number })),
  )
  const rows =
    files.length === 0
      ? []
      : await tx.run('fold/viral_copies', {
          referrals: files.map(({ id }) => id),
          numbers: files.map(({ number }) => number),
          kinds: files.map(({ kind }) => kind),
          values: files.map(({ value }) => value),
        })
  return Map.groupBy(rows, ({ referral_id }) => referral_id)
}

async function lookupBy<R extends { readonly reference: string }>(
  names: readonly (string | null)[],
  look: (references: string[]) => Promise<R[]> | R[],
): Promise<Map<string, R[]>> {
  const references = [...new Set(names.filter((name) => name !== null).map(storable))]
  const rows = references.length === 0 ? [] : await look(references)
  return Map.groupBy(rows, ({ reference }) => reference)
}

/** Observables that identify the reported person: an account, mail or phone, not an address that many share. */
function identifying({ mentions }: StoredReferral): string[] {
  const own = mentions.flatMap(({ identifier, role, observable }) => {
    const identifies = identifier.kind === 'account' || identifier.kind === 'email' || identifier.kind === 'phone'
    return role === 'reported' && identifies && identifier.strength !== 'weak' ? [observable] : []
  })
  return [...new Set(own)]
}

/**
 * Finds what this referral belongs to. Each rule is exact and says why; relations are kept for people to see, and at
 * most one earlier referral takes this one in. A referral that a person must see alone can always be released again.
 * `isFolded`: whether a referral has been folded by this very delivery.
 */
export function findFold(
  { referral }: Fresh,
  earlier: Earlier,
  isFolded: (referral: string) => boolean,
): { readonly fold: Fold | null; readonly relations: readonly Relation[] } {
  const accounts = earlier.accounts.get(referral.id) ?? []
  const fold =
    supplementOf(referral, earlier) ?? sameIncident(referral, earlier) ?? viralBundle(referral, earlier, isFolded)
  const same = accounts
    .filter((other) => fold?.kind === 'supplement' || other.other_id !== fold?.into)
    .map((other) => ({
      from: referral.id,
      into: other.other_id,
      kind: 'same account' as const,
      because: `${other.shared} account, mail or phone of the reported person also in R-${other.number}`,
    }))
  return { fold, relations: fold === null ? same : [{ from: referral.id, ...fold }, ...same] }
}

/** The same account and a same file, close to each other in time. */
function sameIncident({ id, record }: StoredReferral, { files }: Earlier): Fold | null {
  const at = record.incidentAt?.instant ?? null
  const incident = (files.get(id) ?? []).find((other) => withinHours(at, other.incident_at))
  if (incident === undefined) return null
  return {
    into: incident.other_id,
    kind: 'same incident',
    because: `same account and ${incident.shared} same file(s) within ${SAME_INCIDENT_HOURS} hours as R-${incident.number}`,
  }
}

function supplementOf({ record, number }: StoredReferral, { byReference }: Earlier): Fold | null {
  const reference = record.supplementTo ?? record.reference
  const [first] = reference === null ? [] : before(number, byReference.get(storable(reference)))
  if (first === undefined) return null
  const because =
    record.supplementTo === null
      ? `the sender used the reference of R-${first.number} again`
      : `the sender says it supplements R-${first.number}`
  return { into: first.referral_id, kind: 'supplement', because }
}

/** Supplements that were here before the report they add to. */
export function waitingSupplements({ record, id, number }: StoredReferral, { waiting }: Earlier): Relation[] {
  const rows = record.reference === null ? [] : before(number, waiting.get(storable(record.reference)))
  return rows.map((row) => ({
    from: row.referral_id,
    into: id,
    kind: 'supplement',
    because: `R-${row.number} came first and says it supplements this report`,
  }))
}

const before = (number: number, rows: readonly Numbered[] = []): Numbered[] => rows.filter((row) => row.number < number)

/**
 * A viral copy brings no file that is not in the bundle already, is viral by its sender's own mark as the bundle is,
 * its account stands in no other referral, and by itself it would be P3 behind no gate: nothing that could be a child
 * at risk is folded away by a count. Another person with the same known file is another referral.
 */
function isCalmAndViral({ referral: { record, fingerprints }, rank: { score } }: Fresh): boolean {
  return (
    score.factors.some(({ factor, value }) => factor === 'viralOrMeme' && value === 'yes') &&
    score.untilConfirmed === 'P3' &&
    score.openGates.length === 0 &&
    fingerprints.length > 0 &&
    record.people.every(({ role }) => role !== 'victim') &&
    record.narratives.every(({ about }) => about !== 'conversation')
  )
}

function viralBundle(
  { id, record }: StoredReferral,
  { viral }: Earlier,
  isFolded: (referral: string) => boolean,
): Fold | null {
  const files = record.files.length
  const whole = (viral.get(id) ?? []).filter((other) => other.shared >= files && other.named === files)
  const canonical = whole.find((other) => other.merged_into === null && !isFolded(other.other_id))
  if (canonical === undefined || whole.length < VIRAL_FROM) return null
  return {
    into: canonical.other_id,
    kind: 'viral copy',
    because: `the sender says it is viral, and ${whole.length} earlier viral referrals name its files, first R-${canonical.number}`,
  }
}

function withinHours(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && Math.abs(Date.parse(a) - Date.parse(b)) <= SAME_INCIDENT_HOURS * 3_600_000
}
