import { isEqual } from '../bytes.ts'
import { type Commitment, isCommitted, type Opening, open } from '../commit/index.ts'
import { isCanary } from '../entries/canary.ts'
import type { AskerRecord } from '../run/asker.ts'
import { work } from '../run/compute.ts'

/** An entry of the asker's list, opened for oversight, with the scalar that hid it on its way. */
export interface AskerOpening extends Opening {
  readonly scalar: Uint8Array | null
}

/** `invented`: it is in no record of the side. `another`: what was sent is not what was committed. */
export type Finding = {
  readonly index: number
  readonly is: 'not-committed' | 'another' | 'invented' | 'canary'
}

export interface AuditResult {
  readonly opened: number
  /** Dummies and the control: they must be of their own kind and say nothing about a person. */
  readonly filling: number
  readonly findings: readonly Finding[]
}

export function openAsked(record: AskerRecord, indexes: readonly number[]): AskerOpening[] {
  return open(record.places, indexes).map((opening) => ({ ...opening, scalar: record.scalars[opening.index] ?? null }))
}

/**
 * Oversight opens a random sample of the asker's list. Each entry must be the committed one, must be what was sent
 * (`sent` is what the holder saw), and must stand in a case file (`isKnown`). With n openings, invented entries that
 * make up a share f of the list stay unseen with (1 - f)^n: 5 % and 100 openings, 0.6 %.
 */
export function auditAsked(
  openings: readonly AskerOpening[],
  commitment: Commitment,
  sent: readonly Uint8Array[],
  isKnown: (input: Uint8Array) => boolean,
): AuditResult {
  return result(openings, commitment, isKnown, (opening) => {
    const [element] = work({ do: 'blind', inputs: [opening.input], scalars: [opening.scalar] }) ?? []
    const seen = sent[opening.index]
    return element !== undefined && seen !== undefined && isEqual(element, seen)
  })
}

/** The holder's list: committed, and in a case file. Its outputs cannot be checked, because the key is gone. */
export const auditHeld = (
  openings: readonly Opening[],
  commitment: Commitment,
  isKnown: (input: Uint8Array) => boolean,
): AuditResult => result(openings, commitment, isKnown, () => true)

function result<T extends Opening>(
  openings: readonly T[],
  commitment: Commitment,
  isKnown: (input: Uint8Array) => boolean,
  isWhatWasSent: (opening: T) => boolean,
): AuditResult {
  const judge = (opening: T): Finding['is'] | null => {
    if (!isCommitted(opening, commitment)) return 'not-committed'
    if (!isWhatWasSent(opening)) return 'another'
    if (isFilling(opening.input)) return null
    if (isKnown(opening.input)) return null
    return isCanary(opening.input) ? 'canary' : 'invented'
  }
  return {
    opened: openings.length,
    filling: openings.filter(({ input }) => isFilling(input)).length,
    findings: openings.flatMap((opening) => {
      const is = judge(opening)
      return is === null ? [] : [{ index: opening.index, is }]
    }),
  }
}

const isFilling = (input: Uint8Array): boolean => /^(dummy|control)\0/.test(Buffer.from(input).toString('latin1'))
