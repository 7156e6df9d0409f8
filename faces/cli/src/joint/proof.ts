import { setTimeout as sleep } from 'node:timers/promises'
import type { JointCell } from '@tandem/boot'
import { type ResponseOf, routes } from '@tandem/contract'
import { err, ok, type Result } from '@tandem/core'
import { openNote, readCheckpoint, readVerifierKey, type VerifierKey } from '@tandem/ledger'
import { exitCodes } from '../exit-codes.ts'
import { type Failure, failure } from '../failure.ts'
import { type JointDesk, signedInAs } from './desk.ts'

type Log = ResponseOf<typeof routes.logs>['logs'][number]

/** A checkpoint of one agency's log that the other agency's witness has cosigned, checked here with the pinned keys. */
export interface Proof {
  readonly agency: string
  readonly log: string
  readonly size: number
  readonly root: string
  readonly cosignedBy: string
  readonly note: string
}

const PATIENCE_MS = 60_000
const LOOK_MS = 500

const dutyManagers: Readonly<Record<string, string>> = { 'Crime Agency': 'a-duty', 'Signals Agency': 'b-duty' }

/** Waits until the other cell has cosigned. What an agency's own cell says of that is not believed: it is verified. */
export async function proofOf(desk: JointDesk, cell: JointCell, other: JointCell): Promise<Result<Proof, Failure>> {
  const client = await signedInAs(desk, dutyManagers[cell.agency] ?? '')
  if (!client.ok) return client
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const answer = await client.value.call(routes.logs, {})
    if (!answer.ok) return answer
    const log = answer.value.logs.find(({ name }) => name === cell.log)
    const proof = log === undefined ? null : provedBy(log, cell, other)
    if (proof !== null) return ok(proof)
    if (Date.now() > until) {
      const trouble = log?.witnesses.find(({ url }) => url !== null)?.trouble ?? 'it has no witness outside'
      const says = `The ledger of the ${cell.agency} is not cosigned by the ${other.agency}: ${trouble}.`
      return err(failure(exitCodes.refused, says))
    }
    await sleep(LOOK_MS)
  }
}

function provedBy({ note }: Log, cell: JointCell, other: JointCell): Proof | null {
  if (note === null) return null
  const [own, theirs] = [keysOf(cell.card.log.keys), keysOf(other.card.witness.keys)]
  const opened = openNote(note, [...own, ...theirs])
  if (!opened.ok) return null
  const signed = new Set(opened.value.signedBy.map(({ key }) => key))
  const read = readCheckpoint(opened.value.text)
  if (!read.ok || ![...own, ...theirs].every((key) => signed.has(key))) return null
  const { size, root } = read.value
  const cosignedBy = theirs[0]?.name ?? ''
  return { agency: cell.agency, log: cell.log, size, root: Buffer.from(root).toString('base64'), cosignedBy, note }
}

const keysOf = (lines: readonly string[]): VerifierKey[] =>
  lines.flatMap((line) => {
    const key = readVerifierKey(line)
    return key.ok ? [key.value] : []
  })
