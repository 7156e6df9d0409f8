import type { ReferralRecord, Remark } from '@tandem/formats'
import { newId, type Row, type Transaction } from '@tandem/store'
import { sealText } from '../sealed.ts'
import { sealRecord } from '../sealed-record.ts'
import { lookup } from './matcher.ts'
import { storable } from './read-delivery.ts'

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
}

export interface Fingerprint {
  readonly file: number
  readonly kind: string
  readonly value: Buffer
  readonly place: string
}

/** The referral itself, its mentions with their observables, its file digests and their hits. */
export async function storeReferral(tx: Transaction, referral: NewReferral): Promise<StoredReferral> {
  const { record, delivery } = referral
  await tx.run('referral/insert', {
    operation_id: delivery.operation_id,
    referral_id: referral.id,
    number: referral.number,
    delivery_id: delivery.delivery_id,
    sender_id: delivery.sender_id,
    place: storable(referral.place),
    format: referral.format,
    reference: record.reference === null ? null : storable(record.reference),
    incident_kind: record.incidentKind === null ? null : storable(record.incidentKind),
    received_at: delivery.received_at,
    incident_at: record.incidentAt?.instant ?? null,
    detected_at: record.detectedAt?.instant ?? null,
    declared_priority: record.declaredPriority?.level ?? null,
    supplement_reference: record.supplementTo === null ? null : storable(record.supplementTo),
    remarks: storableJson(referral.remarks),
    unknown_fields: storableJson(record.unknownFields),
    people: record.people.length,
    files: record.files.length,
    record_sealed: sealRecord(tx, referral.id, record),
  })
  const observables = await storeMentions(tx, referral)
  const fingerprints = fingerprintsOf(record)
  if (fingerprints.length > 0) {
    await tx.run('fingerprint/insert', {
      operation_id: delivery.operation_id,
      referral_id: referral.id,
      files: fingerprints.map(({ file }) => file),
      kinds: fingerprints.map(({ kind }) => kind),
      values: fingerprints.map(({ value }) => value),
      places: fingerprints.map(({ place }) => storable(place)),
    })
    await lookup(
      tx,
      delivery.operation_id,
      fingerprints.map((each) => ({ ...each, referral: referral.id })),
    )
  }
  return { ...referral, observables, fingerprints }
}

async function storeMentions(tx: Transaction, { id, delivery, record }: NewReferral): Promise<string[]> {
  if (record.mentions.length === 0) return []
  const wanted = record.mentions.map(({ identifier }) => ({
    kind: identifier.kind,
    normal: identifier.normal,
    token: tx.vault.token(identifier.kind, identifier.normal),
  }))
  // One order for everyone, so that two deliveries with the same values never wait for each other in a circle.
  const distinct = [...new Map(wanted.map((each) => [keyOf(each.kind, each.token), each])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, each]) => each)
  const ids = distinct.map(() => newId())
  await tx.run('observable/add', {
    ids,
    kinds: distinct.map(({ kind }) => kind),
    tokens: distinct.map(({ token }) => token),
    normals: distinct.map(({ normal }, at) => sealText(tx, 'observable', 'normal_sealed', ids[at] ?? '', normal)),
  })
  const found = await tx.run('observable/find', {
    kinds: distinct.map(({ kind }) => kind),
    tokens: distinct.map(({ token }) => token),
  })
  const byKey = new Map(found.map((row) => [keyOf(row.kind, row.token), row.observable_id]))
  const observables = wanted.map(({ kind, token }) => {
    const observable = byKey.get(keyOf(kind, token))
    if (observable === undefined) throw new Error('an observable that was just added is not there')
    return observable
  })
  const mentionIds = record.mentions.map(() => newId())
  await tx.run('mention/insert', {
    operation_id: delivery.operation_id,
    referral_id: id,
    ids: mentionIds,
    observables,
    places: record.mentions.map(({ place }) => storable(place)),
    people: record.mentions.map(({ person }) => person),
    roles: record.mentions.map(({ person }) => (person === null ? null : (record.people[person]?.role ?? null))),
    strengths: record.mentions.map(({ identifier }) => identifier.strength),
    because: record.mentions.map(({ identifier }) => storable(identifier.because)),
    originals: record.mentions.map(({ original }, at) =>
      sealText(tx, 'mention', 'original_sealed', mentionIds[at] ?? '', original),
    ),
  })
  return observables
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

const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === 'string' ? storable(each) : each))
