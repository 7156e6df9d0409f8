import type { PersonMentioned } from '@tandem/formats'
import type { Appearance } from '@tandem/linkage'
import type { Transaction } from '@tandem/store'
import { openText, sealText } from '../sealed.ts'

type Particulars = Pick<Appearance, 'names' | 'births'>

/** Names and dates of birth as written: compared when somebody looks, and never found by. */
export function sealParticulars(
  tx: Transaction,
  referral: string,
  appearance: string,
  person: PersonMentioned,
): Buffer {
  const births = person.dateOfBirth === null ? [] : [person.dateOfBirth]
  const particulars: Particulars = { names: person.names, births }
  return sealText(tx, referral, 'appearance', 'particulars_sealed', appearance, JSON.stringify(particulars))
}

/** The envelope is authenticated, so what opens is what was written here. Of an erased referral nothing is left. */
export function openParticulars(
  tx: Transaction,
  row: { readonly referral_id: string; readonly appearance_id: string; readonly particulars_sealed: Buffer },
): Particulars {
  const { referral_id: referral, appearance_id: id, particulars_sealed: sealed } = row
  if (tx.vault.isErased(referral)) return { names: [], births: [] }
  const particulars: Particulars = JSON.parse(openText(tx, referral, 'appearance', 'particulars_sealed', id, sealed))
  return particulars
}
