import { Refusal } from '@tandem/core'
import { readIp } from '@tandem/identifiers'
import type { Row, Transaction } from '@tandem/store'
import { type HeldRecord, openRecord } from '../sealed-record.ts'

/** A record that an attribution is copied from or rests on. */
export interface Source {
  readonly row: Row<'attribution/records'>
  readonly record: HeldRecord
}

/** Every one of them, or a refusal: one that is hidden looks absent, and one that was erased says so. */
export async function sourcesOf(tx: Transaction, referrals: readonly string[]): Promise<(referral: string) => Source> {
  const wanted = [...new Set(referrals)]
  const rows = await tx.run('attribution/records', { referrals: wanted })
  await tx.vault.unlock(rows.map(({ referral_id }) => referral_id))
  const found = new Map(
    rows.map((row) => [row.referral_id, { row, record: openRecord(tx, row.referral_id, row.record_sealed) }]),
  )
  return (referral) => {
    const source = found.get(referral)
    if (source === undefined) throw new Refusal('TANDEM-FIND-001')
    return source
  }
}

/** A file by its bytes: delivered again, by whomever, it is the same one. */
export const fileOf = ({ row }: Source): string => row.original_sha256.toString('hex')

export function personIn({ record }: Source, person: number): HeldRecord['people'][number] {
  const found = record.people[person]
  if (found === undefined) throw new Refusal('TANDEM-INPUT-001', 'the record tells of no such person')
  return found
}

export function eventIn(source: Source, person: number, event: number): ReturnType<typeof eventOf> {
  return eventOf(personIn(source, person), event)
}

function eventOf(
  person: HeldRecord['people'][number],
  event: number,
): HeldRecord['people'][number]['ipEvents'][number] {
  const found = person.ipEvents[event]
  if (found === undefined) throw new Refusal('TANDEM-INPUT-001', 'the person has no such use of an address')
  return found
}

/** The normal form that addresses are compared in; null: no address. */
export function normalAddress(written: string): string | null {
  const reading = readIp(written)
  return reading.ok ? (reading.value.mappedIpv4 ?? reading.value.address) : null
}
