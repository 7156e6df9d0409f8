import type { explainHit as route } from '@tandem/contract'
import { type Band, plans, ringOrder } from '@tandem/fingerprints'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { presentHit, saysOfHit } from '../../presenters/hits.ts'

export const explainHit: Handler<typeof route> = (cell, caller, { params }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'referral.read')
    const row = await tx.one('hit/show', { hit_id: params.id })
    tx.record('hit.read', { hit: row.hit_id, referral: row.referral_id })
    const bands = row.kind === 'pdq' ? plans['ring-16'].bands : []
    return {
      ...presentHit(row),
      referral: row.referral_id,
      number: row.referral,
      listed: row.listed.toString('hex'),
      position: row.number,
      dialect: 'not said',
      variant: 'as sent',
      bands: bands.map((band, number) => ({
        band: number,
        bits: bitsOf(band),
        differing: bitsOf(band).filter((bit) => bitAt(row.value, bit) !== bitAt(row.listed, bit)),
      })),
      says: saysOfHit(row),
    }
  })

/** Numbers of the PDQ bits of one band. */
const bitsOf = ({ from, width }: Band): number[] => [...ringOrder.subarray(from, from + width)]

/** Bit 0 is the lowest bit of the last byte. */
const bitAt = (hash: Buffer, bit: number): number => ((hash[31 - (bit >> 3)] ?? 0) >> (bit & 7)) & 1
