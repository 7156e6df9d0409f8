import type { Mention, ReferralRecord, Remark } from '@tandem/formats'
import { newId, type Row, type Transaction } from '@tandem/store'
import { sealText } from '../sealed.ts'
import { sealRecord } from '../sealed-record.ts'
import { type Found, keepHits, lookup } from './matcher.ts'
import { storable } from './storable.ts'

export interface NewReferral {
  readonly id: string
  readonly delivery: Row<'delivery/for_reading'>
  readonly format: string
  readonly place: string
  readonly record: ReferralRecord
  readonly remarks: readonly Remark[]
}

/** Everything that can be made ready before the referral has its number. */
export interface ReadyReferral extends NewReferral {
  readonly recordSealed: Buffer
  readonly mentions: readonly ReadyMention[]
  readonly fingerprints: readonly Fingerprint[]
  readonly hits: readonly Found[]
}

export interface StoredReferral extends ReadyReferral {
  readonly number: number
}

interface ReadyMention extends Mention {
  readonly id: string
  readonly observable: string
  readonly role: string | null
  readonly originalSealed: Buffer
  readonly normalSealed: Buffer
}

export interface Fingerprint {
  readonly file: number
  readonly kind: string
  readonly value: Buffer
  readonly place: string
}

/**
 * From the number on, one delivery of an agency waits for the other; so what is slow comes before: normal forms,
 * sealing, the lists.
 */
export async function makeReady(tx: Transaction, referrals: readonly NewReferral[]): Promise<ReadyReferral[]> {
  const named = referrals.map(({ record }) =>
    record.mentions.map((mention) => {
      const { kind, normal } = mention.identifier
      const token = tx.vault.token(kind, normal)
      return { ...mention, token, key: keyOf(kind, token) }
    }),
  )
  const wanted = referrals.map(({ id, record }) => fingerprintsOf(record).map((each) => ({ ...each, referral: id })))
  const [observables, found] = await Promise.all([
    observablesOf(tx, named.flat()),
    lookup(tx, wanted.flat()),
    makeKeys(tx, referrals),
  ])
  const hits = Map.groupBy(found, ({ referral }) => referral)
  return referrals.map((referral, at) => ({
    ...referral,
    recordSealed: sealRecord(tx, referral.id, { ...referral.record, remarks: referral.remarks }),
    mentions: (named[at] ?? []).map((mention) => {
      const id = newId()
      const observable = observables.get(mention.key)
      if (observable === undefined) throw new Error('an observable that was just added is not there')
      const role = mention.person === null ? null : (referral.record.people[mention.person]?.role ?? null)
      const sealed = (column: string, text: string): Buffer => sealText(tx, referral.id, 'mention', column, id, text)
      const originalSealed = sealed('original_sealed', mention.original)
      const normalSealed = sealed('normal_sealed', mention.identifier.normal)
      return { ...mention, id, observable, role, originalSealed, normalSealed }
    }),
    fingerprints: wanted[at] ?? [],
    hits: hits.get(referral.id) ?? [],
  }))
}

async function makeKeys(tx: Transaction, referrals: readonly NewReferral[]): Promise<void> {
  const [first] = referrals
  const ids = referrals.map(({ id }) => id)
  if (first !== undefined) await tx.vault.create(first.delivery.operation_id, ids)
}

/** The referrals of one delivery, their mentions, file digests and hits: few statements for all. */
export async function storeReferrals(
  tx: Transaction,
  delivery: Row<'delivery/for_reading'>,
  referrals: readonly StoredReferral[],
): Promise<void> {
  if (referrals.length === 0) return
  const fingerprints = referrals.flatMap(({ id, fingerprints }) =>
    fingerprints.map((each) => ({ ...each, referral: id })),
  )
  await Promise.all([
    insertReferrals(tx, delivery, referrals),
    insertMentions(tx, delivery.operation_id, referrals),
    fingerprints.length > 0 &&
      tx.run('fingerprint/insert', {
        operation_id: delivery.operation_id,
        referrals: fingerprints.map(({ referral }) => referral),
        files: fingerprints.map(({ file }) => file),
        kinds: fingerprints.map(({ kind }) => kind),
        values: fingerprints.map(({ value }) => value),
        places: fingerprints.map(({ place }) => storable(place)),
      }),
    keepHits(
      tx,
      delivery.operation_id,
      referrals.flatMap(({ hits }) => hits),
    ),
  ])
}

async function insertReferrals(
  tx: Transaction,
  delivery: Row<'delivery/for_reading'>,
  referrals: readonly StoredReferral[],
): Promise<void> {
  const records = referrals.map(({ record }) => record)
  const storableOrNull = (text: string | null): string | null => (text === null ? null : storable(text))
  await tx.run('referral/insert', {
    operation_id: delivery.operation_id,
    delivery_id: delivery.delivery_id,
    sender_id: delivery.sender_id,
    formats: referrals.map(({ format }) => format),
    received_at: delivery.received_at,
    ids: referrals.map(({ id }) => id),
    numbers: referrals.map(({ number }) => number),
    places: referrals.map(({ place }) => storable(place)),
    references: records.map(({ reference }) => storableOrNull(reference)),
    incident_kinds: records.map(({ incidentKind }) => storableOrNull(incidentKind)),
    incident_ats: records.map(({ incidentAt }) => incidentAt?.instant ?? null),
    detected_ats: records.map(({ detectedAt }) => detectedAt?.instant ?? null),
    declared_priorities: records.map(({ declaredPriority }) => declaredPriority?.level ?? null),
    supplement_references: records.map(({ supplementTo }) => storableOrNull(supplementTo)),
    remarks: referrals.map(({ remarks }) => remarks.length),
    unknown_fields: records.map(({ unknownFields }) => unknownFields.length),
    people: records.map(({ people }) => people.length),
    files: records.map(({ files }) => files.length),
    records_sealed: referrals.map(({ recordSealed }) => recordSealed),
  })
}

async function insertMentions(tx: Transaction, operation: string, referrals: readonly StoredReferral[]): Promise<void> {
  const mentions = referrals.flatMap(({ id, mentions }) => mentions.map((each) => ({ ...each, referral: id })))
  if (mentions.length === 0) return
  await tx.run('mention/insert', {
    operation_id: operation,
    referrals: mentions.map(({ referral }) => referral),
    ids: mentions.map(({ id }) => id),
    observables: mentions.map(({ observable }) => observable),
    places: mentions.map(({ place }) => storable(place)),
    people: mentions.map(({ person }) => person),
    roles: mentions.map(({ role }) => role),
    strengths: mentions.map(({ identifier }) => identifier.strength),
    because: mentions.map(({ identifier }) => storable(identifier.because)),
    originals: mentions.map(({ originalSealed }) => originalSealed),
    normals: mentions.map(({ normalSealed }) => normalSealed),
  })
}

/** The observable of each normal form, made where it is new. */
async function observablesOf(
  tx: Transaction,
  mentions: readonly (Mention & { readonly token: Buffer; readonly key: string })[],
): Promise<Map<string, string>> {
  if (mentions.length === 0) return new Map()
  // One order for everyone, so that two deliveries with the same values never wait for each other in a circle.
  const distinct = [...new Map(mentions.map((each) => [each.key, each])).values()].sort((a, b) =>
    a.key < b.key ? -1 : 1,
  )
  const wanted = {
    kinds: distinct.map(({ identifier }) => identifier.kind),
    tokens: distinct.map(({ token }) => token),
  }
  const present = await tx.run('observable/find', wanted)
  const byKey = new Map(present.map((row) => [keyOf(row.kind, row.token), row.observable_id]))
  const fresh = distinct.filter(({ key }) => !byKey.has(key)).map((each) => ({ ...each, id: newId() }))
  if (fresh.length === 0) return byKey
  const kinds = fresh.map(({ identifier }) => identifier.kind)
  const tokens = fresh.map(({ token }) => token)
  const added = await tx.run('observable/add', {
    ids: fresh.map(({ id }) => id),
    kinds,
    tokens,
  })
  for (const row of added) byKey.set(keyOf(row.kind, row.token), row.observable_id)
  // Somebody else was faster with some of them.
  if (added.length < fresh.length) {
    for (const row of await tx.run('observable/find', { kinds, tokens })) {
      byKey.set(keyOf(row.kind, row.token), row.observable_id)
    }
  }
  return byKey
}

const keyOf = (kind: string, token: Buffer): string => `${kind} ${token.toString('hex')}`

/** Kinds that are matched, with their length in bytes. */
const matched = new Map([
  ['md5', 16],
  ['sha1', 20],
  ['sha256', 32],
  ['pdq', 32],
])

function fingerprintsOf(record: ReferralRecord): Fingerprint[] {
  return record.files.flatMap((file, index) =>
    file.hashes.flatMap(({ kind, value, place }) => {
      const bytes = Buffer.from(value, 'hex')
      return matched.get(kind) === bytes.length && value.length === bytes.length * 2
        ? [{ file: index, kind, value: bytes, place }]
        : []
    }),
  )
}
