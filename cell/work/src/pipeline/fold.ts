import type { Transaction } from '@tandem/store'
import type { StoredReferral } from './store-referral.ts'

export interface Fold {
  readonly into: string
  readonly kind: 'supplement' | 'same incident' | 'viral copy'
  readonly because: string
}

interface SameAccount {
  readonly into: string
  readonly kind: 'same account'
  readonly because: string
}

/** Two reports of one incident are made close to each other in time. */
const SAME_INCIDENT_HOURS = 48
/** A file is viral when so many earlier referrals name it. */
const VIRAL_FROM = 3

/**
 * Finds what this referral belongs to. Each rule is exact and says why; relations are kept for people to see, and at
 * most one earlier referral takes this one in. A referral that a person must see alone can always be released again.
 */
export async function findFold(tx: Transaction, referral: StoredReferral): Promise<Fold | null> {
  const supplement = await supplementOf(tx, referral)
  if (supplement !== null) return supplement
  const accounts = await sameAccount(tx, referral)
  const files = await sameFiles(tx, referral)
  const incident = files.find(
    (other) =>
      accounts.has(other.referral_id) && withinHours(referral.record.incidentAt?.instant ?? null, other.incident_at),
  )
  if (incident !== undefined) {
    return relate<Fold>(tx, referral, {
      into: incident.referral_id,
      kind: 'same incident',
      because: `same account and ${incident.shared} same file(s) within ${SAME_INCIDENT_HOURS} hours as R-${incident.number}`,
    })
  }
  const viral = viralBundle(referral, files)
  if (viral !== null) return relate(tx, referral, viral)
  for (const [other, shared] of accounts) {
    await relate(tx, referral, {
      into: other,
      kind: 'same account',
      because: `${shared.shared} account, mail or phone of the reported person also in R-${shared.number}`,
    })
  }
  return null
}

async function supplementOf(tx: Transaction, { record, delivery, id }: StoredReferral): Promise<Fold | null> {
  const reference = record.supplementTo ?? record.reference
  if (reference === null) return null
  const [earlier] = await tx.run('fold/by_reference', { sender_id: delivery.sender_id, reference, referral_id: id })
  if (earlier === undefined) return null
  const because =
    record.supplementTo === null
      ? `the sender used the reference of R-${earlier.number} again`
      : `the sender says it supplements R-${earlier.number}`
  return relate<Fold>(tx, { id, delivery }, { into: earlier.referral_id, kind: 'supplement', because })
}

/** Supplements that were here before the report they add to. */
export async function waitingSupplements(tx: Transaction, { record, delivery, id }: StoredReferral): Promise<string[]> {
  if (record.reference === null) return []
  const rows = await tx.run('fold/waiting_supplements', {
    sender_id: delivery.sender_id,
    reference: record.reference,
    referral_id: id,
  })
  for (const row of rows) {
    await tx.run('relation/insert', {
      operation_id: delivery.operation_id,
      from_id: row.referral_id,
      to_id: id,
      kind: 'supplement',
      because: `R-${row.number} came first and says it supplements this report`,
    })
  }
  return rows.map((row) => row.referral_id)
}

async function sameAccount(tx: Transaction, { record, observables, id }: StoredReferral) {
  const own = record.mentions.flatMap(({ identifier, person }, at) => {
    const observable = observables[at]
    const reported = person !== null && record.people[person]?.role === 'reported'
    const identifies = identifier.kind === 'account' || identifier.kind === 'email' || identifier.kind === 'phone'
    return reported && identifies && identifier.strength !== 'weak' && observable !== undefined ? [observable] : []
  })
  if (own.length === 0) return new Map<string, { number: number; shared: number }>()
  const rows = await tx.run('fold/same_account', { referral_id: id, observables: [...new Set(own)] })
  return new Map(rows.map((row) => [row.referral_id, { number: row.number, shared: row.shared }]))
}

async function sameFiles(tx: Transaction, { fingerprints, id }: StoredReferral) {
  if (fingerprints.length === 0) return []
  return tx.run('fold/same_files', {
    referral_id: id,
    kinds: fingerprints.map(({ kind }) => kind),
    values: fingerprints.map(({ value }) => value),
  })
}

/**
 * A viral copy brings no file that is not in the bundle already, was not declared urgent and names no victim: known is
 * not urgent, but nothing that could be a child at risk is folded away by a count.
 */
function viralBundle(referral: StoredReferral, files: Awaited<ReturnType<typeof sameFiles>>): Fold | null {
  const { record } = referral
  const calm =
    (record.declaredPriority === null || record.declaredPriority.level === 'P3') &&
    record.files.length > 0 &&
    record.people.every(({ role }) => role !== 'victim') &&
    record.narratives.every(({ about }) => about !== 'conversation')
  if (!calm) return null
  const whole = files.filter((other) => other.shared >= record.files.length && other.named === record.files.length)
  const canonical = whole.find((other) => other.merged_into === null)
  if (canonical === undefined || whole.length < VIRAL_FROM) return null
  return {
    into: canonical.referral_id,
    kind: 'viral copy',
    because: `names no file that ${whole.length} earlier referrals do not name, first R-${canonical.number}`,
  }
}

async function relate<F extends Fold | SameAccount>(
  tx: Transaction,
  { id, delivery }: Pick<StoredReferral, 'id' | 'delivery'>,
  fold: F,
): Promise<F> {
  await tx.run('relation/insert', {
    operation_id: delivery.operation_id,
    from_id: id,
    to_id: fold.into,
    kind: fold.kind,
    because: fold.because,
  })
  return fold
}

function withinHours(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && Math.abs(Date.parse(a) - Date.parse(b)) <= SAME_INCIDENT_HOURS * 3_600_000
}
