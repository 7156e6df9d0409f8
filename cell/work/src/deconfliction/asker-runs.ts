import {
  type AskerOutcome,
  type AskerState,
  type AskerTools,
  ask,
  askerHears,
  askerProgress,
  askerStops,
  askerWaits,
  type Progress,
  type RunRequest,
} from '@tandem/blind'
import type { Row } from '@tandem/store'
import { openText } from '../sealed.ts'
import { keepAsker } from './audit-record.ts'
import { entriesOf, kindOf, toEngine } from './entries.ts'
import { type KeptQuestion, sealQuestion } from './kept-question.ts'
import {
  type Ending,
  endRun,
  epochOf,
  hex,
  lineFailed,
  type RunParts,
  type RunPlace,
  sideTools,
  unanswered,
  withoutAnswer,
} from './parts.ts'
import { termsOf } from './terms.ts'
import { type Question, questionBytes, readAnswer } from './wire.ts'

interface Live {
  readonly place: RunPlace
  progress: Progress
  isStopping: boolean
  wake: () => void
}

/** Runs that agencies of this cell have asked for. They drive: each message brings back the next one. */
export class AskerRuns {
  readonly #parts: RunParts
  readonly #live = new Map<string, Live>()
  readonly #driving = new Set<Promise<void>>()
  #isClosing = false

  constructor(parts: RunParts) {
    this.#parts = parts
  }

  begin(place: RunPlace): void {
    this.#work(place, (live) => this.#drive(live))
  }

  /** A question that was on its way when this machine ended: the people of the other side may still decide on it. */
  resume(place: RunPlace, question: KeptQuestion): void {
    this.#work(place, (live) => this.#goOn(live, question, this.#tools(place), true))
  }

  #tools(place: RunPlace): AskerTools {
    return { ...sideTools(this.#parts, place), isKeyKnown: (key) => this.#isKeyKnown(place, key) }
  }

  #work(place: RunPlace, work: (live: Live) => Promise<void>): void {
    const live: Live = { place, progress: { done: 0, of: 1 }, isStopping: false, wake: () => {} }
    this.#live.set(place.id, live)
    const driving = work(live)
      .catch((error: unknown) => this.#failed(live, error))
      .finally(() => {
        this.#live.delete(place.id)
        this.#driving.delete(driving)
      })
    this.#driving.add(driving)
  }

  live(): Iterable<string> {
    return this.#live.keys()
  }

  progress(id: string): Progress | null {
    return this.#live.get(id)?.progress ?? null
  }

  /** False: no such run is at work here. */
  stop(id: string): boolean {
    const live = this.#live.get(id)
    if (live === undefined) return false
    live.isStopping = true
    live.wake()
    return true
  }

  /** Resolves when every run that is at work has ended. */
  async settled(): Promise<void> {
    while (this.#driving.size > 0) await Promise.all(this.#driving)
  }

  /** What is being compared ends without an answer; a question that waits for people is left as it is kept. */
  async close(): Promise<void> {
    this.#isClosing = true
    for (const live of this.#live.values()) live.wake()
    await this.settled()
  }

  async #failed(live: Live, error: unknown): Promise<void> {
    const { onProblem } = this.#parts.options
    onProblem(`deconfliction ${live.place.id}: ${error instanceof Error ? error.message : 'unknown'}`)
    await endRun(this.#parts, live.place, unanswered('stopped')).catch(() => {
      onProblem(
        `deconfliction ${live.place.id}: its end could not be written; it ends without an answer at the next start`,
      )
    })
  }

  async #drive(live: Live): Promise<void> {
    const { place } = live
    const { store } = this.#parts
    const tools = this.#tools(place)
    const [request, entries] = await store.within(place.credential, async (tx) => {
      const row = await tx.one('deconfliction/for_running', { run_id: place.id })
      await tx.vault.unlock([place.id])
      const terms = termsOf(openText(tx, place.id, 'deconfliction', 'terms_sealed', place.id, row.terms_sealed))
      const text = openText(
        tx,
        place.id,
        'deconfliction',
        'entries_sealed',
        place.id,
        row.entries_sealed ?? Buffer.of(),
      )
      tx.record('deconfliction.send', { run: place.id, peer: place.peer.name })
      return [requestOf(place, row, terms, tools.chance(32)), entriesOf(text)] as const
    })
    const begun = await ask(request, entries.map(toEngine), tools, Date.now())
    if (!begun.ok) return endRun(this.#parts, place, unanswered(begun.error))
    const { state, send } = begun.value
    if (state.at !== 'asking') throw new Error('a run begins with a request')
    const { digest } = state
    await store.within(place.credential, async (tx) => {
      await tx.vault.unlock([place.id])
      await tx.run('deconfliction/sent', {
        run_id: place.id,
        digest: Buffer.from(digest, 'hex'),
        record_sealed: sealQuestion(tx, place.id, { state, send }),
      })
      tx.record('deconfliction.request', { run: place.id, digest })
    })
    await this.#goOn(live, { state, send }, tools, false)
  }

  async #goOn(live: Live, { state, send }: KeptQuestion, tools: AskerTools, wasHeard: boolean): Promise<void> {
    if (state.at !== 'asking') throw new Error('only a question that nobody has answered yet goes on')
    const thread = new Uint8Array(Buffer.from(state.digest, 'hex'))
    const ending = await this.#converse(live, state, send, thread, tools, wasHeard)
    if (ending !== null) await endRun(this.#parts, live.place, ending)
  }

  async #converse(
    live: Live,
    begun: AskerState,
    first: Uint8Array | null,
    thread: Uint8Array,
    tools: AskerTools,
    heardBefore: boolean,
  ): Promise<Ending | null> {
    const { pollMilliseconds, patienceMilliseconds } = this.#parts.options
    const { peer } = live.place
    let state = begun
    let question: Question = first === null ? { is: 'poll', thread } : { is: 'message', bytes: first }
    let failingSince: number | null = null
    let wasHeard = heardBefore
    for (;;) {
      state = askerWaits(state, Date.now())
      if (this.#isClosing && state.at === 'asking') return null
      if (live.isStopping || this.#isClosing) {
        const stopped = await askerStops(state, tools)
        await this.#lastWord(live, stopped.send)
        state = stopped.state
      }
      if (state.at === 'over') return endingOf(state.outcome)
      const came = await this.#parts.peers.line.ask(peer, 'deconfliction', questionBytes(question))
      if (!came.ok) {
        if (came.error !== 'unreachable' && came.error !== 'silent') return lineFailed(came.error)
        failingSince ??= Date.now()
        // People who were asked have until the request expires; a machine that was never reached, or that left in the
        // middle, has less.
        const isPatient = state.at === 'asking' && wasHeard
        if (!isPatient && Date.now() - failingSince > patienceMilliseconds) return lineFailed(came.error)
        await pause(live, pollMilliseconds)
        continue
      }
      failingSince = null
      const answer = readAnswer(came.value)
      if (answer === null) return unanswered('malformed')
      wasHeard = true
      if (answer.is === 'over') return unanswered('silent')
      if (answer.is === 'waiting') {
        question = { is: 'poll', thread }
        await pause(live, pollMilliseconds)
        continue
      }
      const step: Awaited<ReturnType<typeof askerHears>> = await askerHears(state, answer.bytes, tools, Date.now())
      state = step.state
      live.progress = askerProgress(state)
      if (state.at === 'over') {
        await this.#lastWord(live, step.send)
        return endingOf(state.outcome)
      }
      question = step.send === null ? { is: 'poll', thread } : { is: 'message', bytes: step.send }
    }
  }

  /** A refusal for the other side, which needs no answer. */
  async #lastWord(live: Live, send: Uint8Array | null): Promise<void> {
    if (send === null) return
    await this.#parts.peers.line.ask(live.place.peer, 'deconfliction', questionBytes({ is: 'message', bytes: send }))
  }

  async #isKeyKnown(place: RunPlace, publicKey: string): Promise<boolean> {
    return this.#parts.store.within(place.credential, async (tx) => {
      const key = { peer: place.peer.name, public_key: Buffer.from(publicKey, 'hex') }
      const [fresh] = await tx.run('deconfliction/know_key', key)
      tx.record('deconfliction.key', { run: place.id, publicKey, fresh: fresh !== undefined })
      return fresh === undefined
    })
  }
}

function requestOf(
  { own, peer }: RunPlace,
  row: Row<'deconfliction/for_running'>,
  { operation, authority, purpose, grid }: ReturnType<typeof termsOf>,
  nonce: Uint8Array,
): RunRequest {
  const now = Date.now()
  return {
    version: 1,
    suite: 'ristretto255-SHA512',
    asker: own.name,
    holder: peer.name,
    operation,
    authority,
    purpose,
    kinds: row.kinds.map(kindOf).sort(),
    mostAsked: row.most_asked,
    mostHeld: row.most_held,
    epoch: epochOf(now),
    grid,
    issuedAt: now,
    expiresAt: Date.parse(row.expires_at),
    nonce: hex(nonce),
    approvals: [
      { person: row.made_by, role: 'requester', at: Date.parse(row.made_at) },
      { person: row.decided_by ?? '', role: 'approver', at: Date.parse(row.decided_at ?? row.made_at) },
    ],
  }
}

function endingOf(outcome: AskerOutcome): Ending {
  if (outcome.is === 'no answer') return withoutAnswer(outcome)
  const { hits, asked, held, alarms, record } = outcome
  return {
    state: 'answered',
    outcome: {
      is: 'answered',
      hits: hits.length,
      asked,
      held,
      alarms: alarms.map(({ code, says }) => ({ code, says })),
    },
    record: keepAsker(record),
    hits,
  }
}

/** Some time, or less where somebody stops the run. */
const pause = (live: Live, milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    live.wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
