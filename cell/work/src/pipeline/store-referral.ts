import type { Mention, ReferralRecord, Remark } from '@tandem/formats'
import { newId, type Row, type Transaction } from '@tandem/store'
import { sealText } from '../sealed.ts'
import { sealRecord } from '../sealed-record.ts'
import { type Found, lookup } from './matcher.ts'
import { storable } from './storable.ts'

export interface NewReferral {
  readonly id: string
  readonly number: number
  readonly delivery: Row<'delivery/for_reading'>
  readonly format: string
  readonly place: string
  readonly record: ReferralRecord
  readonly remarks: readonly Remark[]
}

export interface StoredReferral extends NewReferral {
  /** Observables by mention, in the order of `record.mentions`. */
  readonly observables: readonly string[]
  readonly fingerprints: readonly Fingerprint[]
  readonly hits: readonly Found[]
}

export interface Fingerprint {
  readonly file: number
  readonly kind: string
  readonly value: Buffer
  readonly place: string
}

/** The referrals of one delivery, their mentions with observables, file digests and hits: few statements for all. */
export async function storeReferrals(
  tx: Transaction,
  delivery: Row<'delivery/for_reading'>,
  referrals: readonly NewReferral[],
): Promise<StoredReferral[]> {
  const [first] = referrals
  if (first === undefined) return []
  await insertReferrals(tx, delivery, first.format, referrals)
  const observables = await storeMentions(tx, delivery.operation_id, referrals)
  const fingerprints = new Map(referrals.map(({ id, record }) => [id, fingerprintsOf(record)]))
  const hits = await storeFingerprints(tx, delivery.operation_id, fingerprints)
  return referrals.map((referral) => ({
    ...referral,
    observables: observables.get(referral.id) ?? [],
    fingerprints: fingerprints.get(referral.id) ?? [],
    hits: hits.get(referral.id) ?? [],
  }))
}

async function insertReferrals(
  tx: Transaction,
  delivery: Row<'delivery/for_reading'>,
  format: string,
  referrals: readonly NewReferral[],
): Promise<void> {
  const records = referrals.map(({ record }) => record)
  const storableOrNull = (text: string | null): string | null => (text === null ? null : storable(text))
  await tx.run('referral/insert', {
    operation_id: delivery.operation_id,
    delivery_id: delivery.delivery_id,
    sender_id: delivery.sender_id,
    format,
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
    records_sealed: referrals.map(({ id, record, remarks }) => sealRecord(tx, id, { ...record, remarks })),
  })
}

async function storeMentions(
  tx: Transaction,
  operation: string,
  referrals: readonly NewReferral[],
): Promise<Map<string, string[]>> {
  const mentions = referrals.flatMap(({ id, record }) =>
    record.mentions.map((mention) => {
      const { kind, normal } = mention.identifier
      const token = tx.vault.token(kind, normal)
      return { ...mention, id: newId(), referral: id, people: record.people, token, key: keyOf(kind, token) }
    }),
  )
  if (mentions.length === 0) return new Map()
  const byKey = await observablesOf(tx, mentions)
  const observables = mentions.map(({ key }) => {
    const observable = byKey.get(key)
    if (observable === undefined) throw new Error('an observable that was just added is not there')
    return observable
  })
  await tx.run('mention/insert', {
    operation_id: operation,
    referrals: mentions.map(({ referral }) => referral),
    ids: mentions.map(({ id }) => id),
    observables,
    places: mentions.map(({ place }) => storable(place)),
    people: mentions.map(({ person }) => person),
    roles: mentions.map(({ person, people }) => (person === null ? null : (people[person]?.role ?? null))),
    strengths: mentions.map(({ identifier }) => identifier.strength),
    because: mentions.map(({ identifier }) => storable(identifier.because)),
    originals: mentions.map(({ id, original }) => sealText(tx, 'mention', 'original_sealed', id, original)),
  })
  const ofReferral = new Map<string, string[]>()
  for (const [at, { referral }] of mentions.entries()) {
    const known = ofReferral.get(referral)
    const observable = observables[at] ?? ''
    if (known === undefined) ofReferral.set(referral, [observable])
    else known.push(observable)
  }
  return ofReferral
}

/** The observable of each normal form, made where it is new. */
async function observablesOf(
  tx: Transaction,
  mentions: readonly (Mention & { readonly token: Buffer; readonly key: string })[],
): Promise<Map<string, string>> {
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
    normals: fresh.map(({ id, identifier }) => sealText(tx, 'observable', 'normal_sealed', id, identifier.normal)),
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

async function storeFingerprints(
  tx: Transaction,
  operation: string,
  byReferral: ReadonlyMap<string, readonly Fingerprint[]>,
): Promise<Map<string, Found[]>> {
  const all = [...byReferral].flatMap(([referral, own]) => own.map((each) => ({ ...each, referral })))
  if (all.length === 0) return new Map()
  await tx.run('fingerprint/insert', {
    operation_id: operation,
    referrals: all.map(({ referral }) => referral),
    files: all.map(({ file }) => file),
    kinds: all.map(({ kind }) => kind),
    values: all.map(({ value }) => value),
    places: all.map(({ place }) => storable(place)),
  })
  return Map.groupBy(await lookup(tx, operation, all), ({ referral }) => referral)
}

const keyOf = (kind: string, token: Buffer): string => `${kind} ${token.toString('hex')}`

const exact = new Map([
  ['md5', 16],
  ['sha1', 20],
  ['sha256', 32],
])

function fingerprintsOf(record: ReferralRecord): Fingerprint[] {
  return record.files.flatMap((file, index) =>
    file.hashes.flatMap(({ kind, value, place }) => {
      const bytes = Buffer.from(value, 'hex')
      return exact.get(kind) === bytes.length && value.length === bytes.length * 2
        ? [{ file: index, kind, value: bytes, place }]
        : []
    }),
  )
}
