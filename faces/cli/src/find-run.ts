import { type ResponseOf, routes } from '@tandem/contract'
import { err, ok, type Result } from '@tandem/core'
import type { Client } from './client.ts'
import { exitCodes } from './exit-codes.ts'
import { type Failure, failure, usageFailure } from './failure.ts'

export type RunLine = ResponseOf<typeof routes.allRuns>['runs'][number]

/** A run by its id, or by the end of it that a list shows: eight characters are enough in practice. */
export async function findRun(client: Client, given: string): Promise<Result<RunLine, Failure>> {
  if (!/^[0-9a-f-]{4,36}$/.test(given)) return err(usageFailure('Name the run by the id that the list shows.'))
  const all = await client.call(routes.allRuns)
  if (!all.ok) return all
  const found = all.value.runs.filter(({ id }) => id.endsWith(given))
  const [run] = found
  if (run === undefined) return err(failure(exitCodes.refused, 'There is no such run, or it is not for you.'))
  return found.length === 1 ? ok(run) : err(usageFailure('Several runs end like this: give more of the id.'))
}

export const shortRun = (id: string): string => id.slice(-8)

/** Where a run stands, in one word more than its state where that could be misread. */
export function runWords({ side, state, progress, outcome, expired }: RunLine): string {
  if (outcome?.is === 'answered') {
    const { hits } = outcome
    return hits === null ? 'answered' : hits === 0 ? 'answered, no hits (not "clear")' : `answered, ${hits} hits`
  }
  if (outcome !== null) return `no answer (${outcome.why})`
  if (state === 'running' && progress !== null) return `running, ${progress.done} of ${progress.of}`
  if (expired && (state === 'proposed' || state === 'received')) return `${state}, expired`
  if (state === 'waiting') return 'sent, waits for their people'
  if (state === 'received') return 'received: decide'
  return side === 'asker' && state === 'proposed' ? 'proposed: waits for a second person' : state
}
