import { deserialize, serialize } from 'node:v8'
import type { AskerState } from '@tandem/blind'
import type { Transaction } from '@tandem/store'

/** A question on its way: all that the side that asks needs to go on when it was started anew meanwhile. */
export interface KeptQuestion {
  readonly state: AskerState
  readonly send: Uint8Array | null
}

/** Raised whenever the state of the engine takes another shape: what an older version kept is then not gone on with. */
const FORM = 1

const placeOf = (run: string) => ({ record: run, table: 'deconfliction', column: 'record_sealed', row: run })

/** Inputs, salts and scalars are in it: sealed under the key of the run, which has been fetched. */
export const sealQuestion = (tx: Transaction, run: string, question: KeptQuestion): Buffer =>
  tx.vault.seal(placeOf(run), serialize({ form: FORM, question }))

/** The envelope is authenticated, so what opens is what this cell wrote. */
export function openQuestion(tx: Transaction, run: string, envelope: Buffer): KeptQuestion {
  const kept: { form: unknown; question: KeptQuestion } = deserialize(tx.vault.open(placeOf(run), envelope))
  if (kept.form !== FORM) throw new Error('a question of another version of the cell cannot go on')
  return kept.question
}
