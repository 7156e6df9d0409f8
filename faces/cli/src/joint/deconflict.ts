import { setTimeout as sleep } from 'node:timers/promises'
import { type ResponseOf, routes } from '@tandem/contract'
import { err, ok, type Result } from '@tandem/core'
import type { Client } from '../client.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Failure, failure } from '../failure.ts'
import { type JointDesk, signedInAs } from './desk.ts'

/** What one side knows when the run is over: lines for people, in the words that its own desk uses. */
export interface Learned {
  readonly agency: string
  readonly lines: readonly string[]
}

type Shown = ResponseOf<typeof routes.showRun>

const PATIENCE_MS = 180_000
const LOOK_MS = 1_000
const kinds = ['account', 'email', 'phone', 'domain'] as const
const asksAt = 'Crime Agency joint desk, extension 100 (example)'
const holdsAt = 'Signals Agency joint desk, extension 200 (example)'
const why = 'Joint training run over the example operation.'
const mostHeld = 2 ** 15
const mostReleased = 2

/** A deconfliction between the two cells by the steps of officers: `asks` asks what `holds` holds, two people each time. */
export async function deconflict(
  asks: JointDesk,
  holds: JointDesk,
  progress: (says: string) => void,
): Promise<Result<readonly Learned[], Failure>> {
  const people = await Promise.all([
    signedInAs(asks, 'a-triage'),
    signedInAs(asks, 'a-duty'),
    signedInAs(holds, 'b-duty'),
  ])
  const [analyst, manager, other] = people
  if (!analyst.ok) return analyst
  if (!manager.ok) return manager
  if (!other.ok) return other
  const earlier = await other.value.call(routes.allRuns)
  if (!earlier.ok) return earlier
  const known = new Set(earlier.value.runs.map(({ id }) => id))
  progress(`the ${asks.agency} asks`)
  const asked = await ask(analyst.value, manager.value, holds.agency)
  if (!asked.ok) return asked
  progress(`the ${holds.agency} decides`)
  const taken = await accept(other.value, known)
  if (!taken.ok) return taken
  const ended = await until(
    analyst.value,
    asked.value.run,
    ({ run }) => run.outcome !== null,
    (shown) => {
      const { progress: at } = shown.run
      progress(at === null ? 'the machines compare' : `the machines compare: ${at.done} of ${at.of}`)
    },
  )
  if (!ended.ok) return ended
  progress('two people release what may be told')
  const released = await release(analyst.value, manager.value, ended.value)
  if (!released.ok) return released
  const here = await analyst.value.call(routes.showRun, { params: { id: asked.value.run } })
  if (!here.ok) return here
  const there = await other.value.call(routes.showRun, { params: { id: taken.value } })
  if (!there.ok) return there
  return ok([
    { agency: asks.agency, lines: wordsOfAsker(here.value, asked.value.left) },
    { agency: holds.agency, lines: wordsOfHolder(there.value) },
  ])
}

/** One proposes, another one approves. */
async function ask(analyst: Client, manager: Client, whom: string) {
  const all = await analyst.call(routes.allRuns)
  if (!all.ok) return all
  const peer = all.value.peers.find(({ label }) => label === whom) ?? all.value.peers[0]
  if (peer === undefined) return err(refused('No other agency can be asked: the line is not there.'))
  const body = { peer: peer.name, kinds: [...kinds], events: [], purpose: why, hours: 24, mostHeld, desk: asksAt }
  const proposed = await analyst.call(routes.proposeRun, { body })
  if (!proposed.ok) return proposed
  const { run, left } = proposed.value
  const sent = await manager.call(routes.decideRun, { params: { id: run }, body: { approve: true, reason: why } })
  return sent.ok ? ok({ run, left }) : sent
}

/** The request that came now: one that was left unanswered before is left as it is. */
async function accept(other: Client, known: ReadonlySet<string>): Promise<Result<string, Failure>> {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const all = await other.call(routes.allRuns)
    if (!all.ok) return all
    const run = all.value.runs.find(({ id, state }) => state === 'received' && !known.has(id))
    if (run !== undefined) {
      const body = { reason: why, desk: holdsAt, events: [] }
      const accepted = await other.call(routes.acceptRun, { params: { id: run.id }, body })
      return accepted.ok ? ok(run.id) : accepted
    }
    if (Date.now() > end) return err(refused('The request did not arrive. The lines are on the health page.'))
    await sleep(LOOK_MS)
  }
}

async function until(
  client: Client,
  id: string,
  isThere: (shown: Shown) => boolean,
  tell: (shown: Shown) => void,
): Promise<Result<Shown, Failure>> {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const shown = await client.call(routes.showRun, { params: { id } })
    if (!shown.ok || isThere(shown.value)) return shown
    if (Date.now() > end) return err(refused('The run has not ended in three minutes: see the deconfliction page.'))
    tell(shown.value)
    await sleep(LOOK_MS)
  }
}

async function release(analyst: Client, manager: Client, { run, hits }: Shown): Promise<Result<void, Failure>> {
  const chosen = hits.slice(0, mostReleased).map(({ reference }) => reference)
  if (chosen.length === 0) return ok(undefined)
  const body = { hits: chosen, desk: asksAt, reason: why }
  const proposed = await analyst.call(routes.proposeRelease, { params: { id: run.id }, body })
  if (!proposed.ok) return proposed
  const params = { id: proposed.value.release }
  const decided = await manager.call(routes.decideRelease, { params, body: { approve: true, reason: why } })
  if (!decided.ok) return decided
  return decided.value.state === 'sent'
    ? ok(undefined)
    : err(refused(decided.value.says ?? 'The release was not sent.'))
}

function wordsOfAsker(
  { run, hits, releases, commitment }: Shown,
  left: readonly { says: string; count: number }[],
): string[] {
  const { outcome } = run
  return [
    `asked about ${run.entries ?? 0} entries (${run.kinds.join(', ')})${left.length === 0 ? '' : `; left out ${left.map(({ count, says }) => `${count}: ${says}`).join(' ')}`}`,
    outcome?.says ?? 'no outcome',
    ...(outcome?.alarms ?? []).map(({ says }) => `alarm: ${says}`),
    ...hits.map(({ kind, shown }) => `held there too: ${kind} ${shown}`),
    ...releases.map(
      ({ entries, pointers }) => `released ${entries.length} of them; pointer to: ${pointers.join(', ') || 'nobody'}`,
    ),
    ...committed(commitment),
  ]
}

function wordsOfHolder({ run, releases, commitment }: Shown): string[] {
  return [
    `was asked by ${run.peer}: ${run.purpose} Authority: ${run.authority}`,
    `at most ${run.mostAsked} entries were asked about; of them it learned nothing but their number`,
    ...releases.flatMap(({ entries, desk }) => [
      `was told of ${entries.length} of its own entries: ${entries.map(({ kind, shown }) => `${kind} ${shown}`).join(', ')}`,
      `may talk to: ${desk}`,
    ]),
    ...committed(commitment),
  ]
}

const committed = (commitment: Shown['commitment']): string[] =>
  commitment === null
    ? []
    : [
        `its ledger holds the list that it committed to: ${commitment.size} places, root ${commitment.root.slice(0, 16)}…`,
      ]

const refused = (says: string): Failure => failure(exitCodes.refused, says)
