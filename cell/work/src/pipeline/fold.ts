import type { Transaction } from '@tandem/store'
import type { TriageScore } from '@tandem/triage'
import { storable } from './storable.ts'
import type { StoredReferral } from './store-referral.ts'

export interface Fold {
  readonly into: string
  readonly kind: 'supplement' | 'same incident' | 'viral copy'
  readonly because: string
}

interface Relation {
  readonly into: string
  readonly kind: Fold['kind'] | 'same account'
  readonly because: string
}

/** Two reports of one incident are made close to each other in time. */
const SAME_INCIDENT_HOURS = 48
/** A file is viral when so many earlier referrals name it. */
const VIRAL_FROM = 3

/** What the cell holds that the referrals of one delivery may belong to, looked up for all of them at once. */
export interface Earlier {
  readonly byReference: ReadonlyMap<string, readonly Numbered[]>
  readonly waiting: ReadonlyMap<string, readonly Numbered[]>
  readonly accounts: ReadonlyMap<string, readonly SharedAccount[]>
}

interface Numbered {
  readonly referral_id: string
  readonly number: number
}

interface SharedAccount {
  readonly other_id: string
  readonly number: number
  readonly shared: number
}

export async function findEarlier(tx: Transaction, referrals: readonly StoredReferral[]): Promise<Earlier> {
  const sender = referrals[0]?.delivery.sender_id
  const named = referrals.flatMap(({ record }) => [record.supplementTo ?? record.reference])
  const own = referrals.flatMap(({ record }) => [record.reference])
  const wanted = referrals.flatMap((referral) =>
    identifying(referral).map((observable) => ({ ...referral, observable })),
  )
  const byReference = await lookupBy(named, (references) =>
    sender === undefined ? [] : tx.run('fold/by_reference', { sender_id: sender, references }),
  )
  const waiting = await lookupBy(own, (references) =>
    sender === undefined ? [] : tx.run('fold/waiting_supplements', { sender_id: sender, references }),
  )
  const accounts =
    wanted.length === 0
      ? []
      : await tx.run('fold/same_account', {
          referrals: wanted.map(({ id }) => id),
          numbers: wanted.map(({ number }) => number),
          observables: wanted.map(({ observable }) => observable),
        })
  return { byReference, waiting, accounts: Map.groupBy(accounts, ({ referral_id }) => referral_id) }
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
function identifying({ record, observables }: StoredReferral): string[] {
  const own = record.mentions.flatMap(({ identifier, person }, at) => {
    const observable = observables[at]
    const reported = person !== null && record.people[person]?.role === 'reported'
    const identifies = identifier.kind === 'account' || identifier.kind === 'email' || identifier.kind === 'phone'
    return reported && identifies && identifier.strength !== 'weak' && observable !== undefined ? [observable] : []
  })
  return [...new Set(own)]
}

/**
 * Finds what this referral belongs to. Each rule is exact and says why; relations are kept for people to see, and at
 * most one earlier referral takes this one in. A referral that a person must see alone can always be released again.
 */
export async function findFold(
  tx: Transaction,
  referral: StoredReferral,
  own: TriageScore,
  earlier: Earlier,
): Promise<Fold | null> {
  const accounts = earlier.accounts.get(referral.id) ?? []
  const fold = supplementOf(referral, earlier) ?? (await findIncident(tx, referral, own, accounts))
  const same = accounts
    .filter((other) => fold?.kind === 'supplement' || other.other_id !== fold?.into)
    .map((other) => ({
      into: other.other_id,
      kind: 'same account' as const,
      because: `${other.shared} account, mail or phone of the reported person also in R-${other.number}`,
    }))
  await relate(tx, referral, fold === null ? same : [fold, ...same])
  return fold
}

async function findIncident(
  tx: Transaction,
  referral: StoredReferral,
  own: TriageScore,
  accounts: readonly SharedAccount[],
): Promise<Fold | null> {
  const others = await sameFiles(
    tx,
    referral,
    accounts.map(({ other_id }) => other_id),
  )
  const incident = others.find((other) => withinHours(referral.record.incidentAt?.instant ?? null, other.incident_at))
  if (incident !== undefined) {
    return {
      into: incident.referral_id,
      kind: 'same incident',
      because: `same account and ${incident.shared} same file(s) within ${SAME_INCIDENT_HOURS} hours as R-${incident.number}`,
    }
  }
  return accounts.length > 0 ? null : viralBundle(tx, referral, own)
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
export async function waitingSupplements(
  tx: Transaction,
  { record, delivery, id, number }: StoredReferral,
  { waiting }: Earlier,
): Promise<string[]> {
  const rows = record.reference === null ? [] : before(number, waiting.get(storable(record.reference)))
  for (const row of rows) {
    const because = `R-${row.number} came first and says it supplements this report`
    await relate(tx, { id: row.referral_id, delivery }, [{ into: id, kind: 'supplement', because }])
  }
  return rows.map((row) => row.referral_id)
}

const before = (number: number, rows: readonly Numbered[] = []): Numbered[] => rows.filter((row) => row.number < number)

async function sameFiles(tx: Transaction, { fingerprints }: StoredReferral, referrals: readonly string[]) {
  if (fingerprints.length === 0 || referrals.length === 0) return []
  return tx.run('fold/same_files', { referrals: [...referrals], ...namesOf(fingerprints) })
}

const namesOf = (fingerprints: StoredReferral['fingerprints']) => ({
  kinds: fingerprints.map(({ kind }) => kind),
  values: fingerprints.map(({ value }) => value),
})

/**
 * A viral copy brings no file that is not in the bundle already, is viral by its sender's own mark as the bundle is,
 * its account stands in no other referral, and by itself it would be P3 behind no gate: nothing that could be a child
 * at risk is folded away by a count. Another person with the same known file is another referral.
 */
async function viralBundle(tx: Transaction, referral: StoredReferral, own: TriageScore): Promise<Fold | null> {
  const { record, fingerprints } = referral
  const calm =
    own.factors.some(({ factor, value }) => factor === 'viralOrMeme' && value === 'yes') &&
    own.untilConfirmed === 'P3' &&
    own.openGates.length === 0 &&
    fingerprints.length > 0 &&
    record.people.every(({ role }) => role !== 'victim') &&
    record.narratives.every(({ about }) => about !== 'conversation')
  if (!calm) return null
  const copies = await tx.run('fold/viral_copies', {
    referral_id: referral.id,
    number: referral.number,
    ...namesOf(fingerprints),
  })
  const whole = copies.filter((other) => other.shared >= record.files.length && other.named === record.files.length)
  const canonical = whole.find((other) => other.merged_into === null)
  if (canonical === undefined || whole.length < VIRAL_FROM) return null
  return {
    into: canonical.referral_id,
    kind: 'viral copy',
    because: `the sender says it is viral, and ${whole.length} earlier viral referrals name its files, first R-${canonical.number}`,
  }
}

async function relate(
  tx: Transaction,
  { id, delivery }: Pick<StoredReferral, 'id' | 'delivery'>,
  relations: readonly Relation[],
): Promise<void> {
  if (relations.length === 0) return
  await tx.run('relation/insert', {
    operation_id: delivery.operation_id,
    from_id: id,
    to_ids: relations.map(({ into }) => into),
    kinds: relations.map(({ kind }) => kind),
    because: relations.map(({ because }) => because),
  })
}

function withinHours(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && Math.abs(Date.parse(a) - Date.parse(b)) <= SAME_INCIDENT_HOURS * 3_600_000
}
