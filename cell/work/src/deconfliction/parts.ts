import { randomBytes } from 'node:crypto'
import {
  type Commitment,
  type Compute,
  type NoAnswer,
  type RunProblem,
  runProblems,
  type SideTools,
} from '@tandem/blind'
import { type Json, Refusal } from '@tandem/core'
import { type Credential, newId, type Store, type Transaction } from '@tandem/store'
import type { Sequencer } from '../log/sequencer.ts'
import { type LineProblem, lineProblems } from '../peers/line.ts'
import type { OwnName, PeerAgency, Peers } from '../peers/peers.ts'
import { COMMIT, commitObject, isReceipt, receiptOf } from './receipt.ts'

export interface RunOptions {
  /** The heavy work; a pool of threads in a cell. */
  readonly compute: Compute
  /** How long the other machine may take for its next message, once its people have agreed. */
  readonly patienceMilliseconds: number
  /** How often the side that asks looks for an answer while the people of the other side decide. */
  readonly pollMilliseconds: number
  /** Questions that one agency may put to one of ours in so many hours; each padded place of a list is one. */
  readonly questions: number
  readonly hours: number
  readonly onProblem: (says: string) => void
}

export interface RunParts {
  readonly store: Store
  readonly ledger: Sequencer
  readonly peers: Peers
  readonly options: RunOptions
}

/** One run of one side, as the machine works on it. */
export interface RunPlace {
  readonly id: string
  readonly agency: string
  readonly operation: string
  /** The rights of whoever decided: they end with the authority. */
  readonly credential: Credential
  readonly side: 'asker' | 'holder'
  readonly peer: PeerAgency
  readonly own: OwnName
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Both sides must stand in the same epoch: a month by UTC. */
export const epochOf = (now: number): string => new Date(now).toISOString().slice(0, 7)

export function sideTools({ store, ledger, options }: RunParts, place: RunPlace): SideTools {
  return {
    chance: (length) => new Uint8Array(randomBytes(length)),
    compute: options.compute,
    sign: place.own.sign,
    verifyPeer: place.peer.verify,
    patience: options.patienceMilliseconds,
    isRecorded: async (committed) => isReceipt(committed, place.peer.logKeys),
    async record(run: string, { size, root }: Commitment) {
      const recorded = await store.within(place.credential, async (tx) => {
        await tx.run('deconfliction/commit', {
          run_id: place.id,
          run: Buffer.from(run, 'hex'),
          size,
          root: Buffer.from(root),
        })
        await notifyRun(tx, place.operation, place.id)
        return tx.record(COMMIT, commitObject({ run, side: place.side, size, root: hex(root) }))
      })
      const receipt = await receiptOf(store, ledger, place.agency, recorded)
      if (receipt === null) throw new Error('the own ledger gives no proof of the commitment')
      return receipt
    },
  }
}

export async function notifyRun(tx: Transaction, operation: string, run: string): Promise<void> {
  await tx.run('outbox/add', { operation_id: operation, topic: 'deconfliction', subject_id: run })
}

export interface FoundHit {
  readonly kind: string
  readonly reference: string
  readonly outputs: readonly string[]
}

/** How a run ends, as it is kept. */
export interface Ending {
  readonly state: 'answered' | 'no answer'
  readonly outcome: Json
  readonly record?: string
  readonly hits?: readonly FoundHit[]
}

export const withoutAnswer = ({ why, theirReason, says }: Pick<NoAnswer, 'why' | 'theirReason' | 'says'>): Ending => ({
  state: 'no answer',
  outcome: { is: 'no answer', why, theirReason, says },
})

export const unanswered = (why: RunProblem): Ending =>
  withoutAnswer({ why, theirReason: null, says: notClear(runProblems[why]) })

const ofLine: Record<LineProblem, RunProblem> = {
  unreachable: 'silent',
  silent: 'silent',
  untrusted: 'signature',
  refused: 'refused',
  malformed: 'malformed',
}
export const lineFailed = (problem: LineProblem): Ending =>
  withoutAnswer({ why: ofLine[problem], theirReason: null, says: notClear(lineProblems[problem]) })

export const notClear = (says: string): string => `${says} This is no answer: it does not say that nothing is held.`

/** Writes down how a run ended, once. Where the authority has lapsed meanwhile, that it ended is written all the same. */
export async function endRun(
  { store }: RunParts,
  place: Pick<RunPlace, 'id' | 'credential'>,
  ending: Ending,
): Promise<void> {
  const write = (tx: Transaction) => writeEnding(tx, place.id, ending)
  try {
    await store.within(place.credential, write)
  } catch (error) {
    if (!(error instanceof Refusal) || !error.code.startsWith('TANDEM-LAW-')) throw error
    // Without an authority nothing that was found may be looked at any more.
    await store.within(place.credential, (tx) => writeEnding(tx, place.id, unanswered('stopped')), { reach: 'frame' })
  }
}

/** `worker`: what writes it down is the run's own job, and ends with it. */
export async function writeEnding(
  tx: Transaction,
  id: string,
  ending: Ending,
  by: 'machine' | 'worker' = 'machine',
): Promise<void> {
  if (ending.record !== undefined) await tx.vault.unlock([id])
  const sealed =
    ending.record === undefined
      ? null
      : tx.vault.seal(
          { record: id, table: 'deconfliction', column: 'record_sealed', row: id },
          Buffer.from(ending.record, 'utf8'),
        )
  const [ended] = await tx.run('deconfliction/end', {
    run_id: id,
    state: ending.state,
    outcome: JSON.stringify(ending.outcome),
    record_sealed: sealed,
  })
  if (ended === undefined) {
    tx.record('deconfliction.end', { run: id, state: 'ended before' })
    return
  }
  const hits = ending.hits ?? []
  if (hits.length > 0)
    await tx.run('deconfliction/add_hits', {
      operation_id: ended.operation_id,
      run_id: id,
      numbers: hits.map((_, at) => at + 1),
      kinds: hits.map(({ kind }) => kind),
      references: hits.map(({ reference }) => reference),
      outputs: hits.map(({ outputs }) => JSON.stringify(outputs)),
    })
  if (ended.job_id !== null && by === 'machine') await tx.run('job/finish', { job_id: ended.job_id })
  await notifyRun(tx, ended.operation_id, id)
  tx.record('deconfliction.end', { run: id, outcome: ending.outcome })
}

/** The rights under which a run goes on; a worker takes them up when nobody ended the run in time. */
export async function holdRights(
  tx: Transaction,
  run: string,
  until: string,
  kind: 'deconfliction' | 'lookup grant' = 'deconfliction',
): Promise<string> {
  const job = newId()
  await tx.run('job/hold', {
    job_id: job,
    kind,
    subject_id: run,
    until: new Date(Date.parse(until) + 600_000).toISOString(),
  })
  return job
}

/** Nobody has leased it yet; when a worker does, the rights are that worker's and no longer the machine's. */
export const heldBy = (job: string): Credential => ({ kind: 'job', job, attempt: 0 })
