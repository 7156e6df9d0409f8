import {
  type Approval,
  type Entry,
  entryKinds,
  type HolderState,
  type HolderTools,
  holderAccepts,
  holderHears,
  holderHearsRequest,
  holderProgress,
  holderRefuses,
  holderWaits,
  type Progress,
  type RunProblem,
  type RunRequest,
  readFrame,
} from '@tandem/blind'
import { type Credential, newId } from '@tandem/store'
import type { Peer } from '../peers/line.ts'
import { keepHolder } from './audit-record.ts'
import { MOST_PLACES } from './entries.ts'
import {
  type Ending,
  endRun,
  epochOf,
  heldBy,
  hex,
  notifyRun,
  type RunParts,
  type RunPlace,
  sideTools,
  withoutAnswer,
} from './parts.ts'
import { termsText } from './terms.ts'
import { type Answer, answerBytes, readQuestion } from './wire.ts'

interface Live {
  place: RunPlace
  state: HolderState
  /** What waits for the next poll. */
  out: Uint8Array | null
  /** The last message and its answer: an answer that was lost on its way is given again, and nothing is done twice. */
  last: { readonly question: string; readonly answer: Answer } | null
  hasEnded: boolean
}

/** More requests of one agency that nobody has decided on are not taken. */
const MOST_WAITING = 50

/** Requests of other agencies: received by a lane, decided on by people, answered message by message. */
export class HolderRuns {
  readonly #parts: RunParts
  readonly #live = new Map<string, Live>()
  readonly #turns = new Map<string, Promise<unknown>>()
  #timer: NodeJS.Timeout | null = null

  constructor(parts: RunParts) {
    this.#parts = parts
  }

  live(): string[] {
    return [...this.#live.values()].filter(({ state }) => state.at !== 'deciding').map(({ place }) => place.id)
  }

  progress(id: string): Progress | null {
    const live = this.#byId(id)
    return live === undefined || live.state.at === 'deciding' ? null : holderProgress(live.state)
  }

  /** The door: one question of a peer that the connection has proved. Null: it is refused. */
  async hear(peer: Peer, body: Uint8Array): Promise<Uint8Array | null> {
    const question = readQuestion(body)
    const known = this.#parts.peers.peersOf(peer.agency).find(({ name }) => name === peer.name)
    const own = this.#parts.peers.ownOf(peer.agency)
    if (question === null || known === undefined || own === null) return null
    const frame = question.is === 'message' ? readFrame(question.bytes) : null
    if (question.is === 'message' && frame === null) return null
    const thread = question.is === 'poll' ? question.thread : frame?.thread
    if (thread === undefined) return null
    const key = `${peer.agency} ${peer.name} ${hex(thread)}`
    const answer = await this.#inTurn(key, async (): Promise<Answer | null> => {
      const live = this.#live.get(key) ?? (await this.#revive(key, peer, thread))
      if (question.is === 'poll') return live === null ? { is: 'over' } : said(live)
      if (live !== null) return this.#next(live, question.bytes)
      return frame?.kind === 'request' ? this.#receive(key, peer, question.bytes) : { is: 'over' }
    })
    return answer === null ? null : answerBytes(answer)
  }

  /** A person of this side said yes: the entries that may be met are fixed. */
  async accept(
    id: string,
    credential: Credential,
    approvals: readonly Approval[],
    entries: readonly Entry[],
  ): Promise<boolean> {
    return this.#decided(id, async (live) => {
      live.place = { ...live.place, credential }
      const step = await holderAccepts(live.state, approvals, entries, this.#tools(live.place), Date.now())
      live.state = step.state
      live.out = step.send
    })
  }

  /** A person of this side said no, or ends the run. */
  async refuse(id: string, why: RunProblem): Promise<boolean> {
    return this.#decided(id, async (live) => {
      const step = await holderRefuses(live.state, why, this.#tools(live.place))
      live.state = step.state
      live.out = step.send
    })
  }

  /** Brings a request back that was received before this start. */
  async find(id: string, peer: Peer, digest: Uint8Array): Promise<boolean> {
    if (this.#byId(id) !== undefined) return true
    const key = `${peer.agency} ${peer.name} ${hex(digest)}`
    return (await this.#inTurn(key, () => this.#revive(key, peer, digest))) !== null
  }

  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    for (const live of this.#live.values()) {
      if (live.state.at === 'deciding' || live.state.at === 'over') continue
      live.state = (await holderRefuses(live.state, 'stopped', this.#tools(live.place))).state
      await this.#finishOrTell(live)
    }
    this.#live.clear()
  }

  #byId(id: string): Live | undefined {
    return [...this.#live.values()].find(({ place }) => place.id === id)
  }

  async #decided(id: string, decide: (live: Live) => Promise<void>): Promise<boolean> {
    const [key, live] = [...this.#live].find(([, { place }]) => place.id === id) ?? []
    if (key === undefined || live === undefined) return false
    await this.#inTurn(key, async () => {
      await decide(live)
      await this.#finish(live)
    })
    return true
  }

  async #receive(key: string, peer: Peer, bytes: Uint8Array): Promise<Answer | null> {
    const place = await this.#placeOf(newId(), peer)
    if (place === null) return null
    const tools = this.#tools(place)
    const step = await holderHearsRequest(bytes, tools, Date.now())
    if (step.state.at !== 'deciding') return step.send === null ? null : { is: 'message', bytes: step.send }
    const state = step.state
    const { request } = state
    const refuse = async (why: RunProblem): Promise<Answer | null> => {
      const { send } = await holderRefuses(state, why, tools)
      return send === null ? null : { is: 'message', bytes: send }
    }
    // The connection says who speaks; nobody asks in another's name.
    if (request.asker !== peer.name) return refuse('other-run')
    const waiting = [...this.#live.values()].filter(
      (each) => each.place.peer.name === peer.name && each.state.at === 'deciding',
    )
    if (waiting.length >= MOST_WAITING) return refuse('quota')
    if (!(await this.#write(place, request, bytes, state.digest))) return refuse('repeated')
    this.#live.set(key, { place, state, out: null, last: null, hasEnded: false })
    this.#arm()
    return { is: 'waiting' }
  }

  /** False: the same request was received before. */
  async #write(place: RunPlace, request: RunRequest, bytes: Uint8Array, digest: string): Promise<boolean> {
    const { id } = place
    const { store } = this.#parts
    return store.within(
      place.credential,
      async (tx) => {
        const operation = tx.standing.operation
        if (operation === null) return false
        const seal = (column: string, plain: Uint8Array): Buffer =>
          tx.vault.seal({ record: id, table: 'deconfliction', column, row: id }, plain)
        await tx.vault.create(operation, [id])
        const { approvals, authority, purpose, grid, expiresAt } = request
        const terms = { operation: request.operation, authority, purpose, grid, approvals: [...approvals] }
        const [row] = await tx.run('deconfliction/receive', {
          operation_id: operation,
          run_id: id,
          peer: place.peer.name,
          kinds: [...request.kinds],
          most_asked: request.mostAsked,
          most_held: request.mostHeld,
          terms_sealed: seal('terms_sealed', Buffer.from(termsText(terms), 'utf8')),
          request_sealed: seal('request_sealed', bytes),
          digest: Buffer.from(digest, 'hex'),
          expires_at: new Date(expiresAt).toISOString(),
        })
        tx.record('deconfliction.receive', { run: id, peer: place.peer.name, digest, repeated: row === undefined })
        if (row !== undefined) await notifyRun(tx, operation, id)
        return row !== undefined
      },
      { reach: 'frame' },
    )
  }

  /** What was received before this start: still to be decided on; or its answer was lost with the memory of then. */
  async #revive(key: string, peer: Peer, digest: Uint8Array): Promise<Live | null> {
    const place = await this.#placeOf('', peer)
    if (place === null) return null
    const { store } = this.#parts
    const found = await store.within(
      place.credential,
      async (tx) => {
        const [row] = await tx.run('deconfliction/by_digest', { peer: peer.name, digest: Buffer.from(digest) })
        if (row === undefined || row.request_sealed === null) return null
        await tx.vault.unlock([row.run_id])
        const at = { record: row.run_id, table: 'deconfliction', column: 'request_sealed', row: row.run_id }
        tx.record('deconfliction.revive', { run: row.run_id })
        return { ...row, request: new Uint8Array(tx.vault.open(at, row.request_sealed)) }
      },
      { reach: 'frame' },
    )
    if (found === null) return null
    const tools = { ...this.#tools({ ...place, id: found.run_id }), isNewRequest: async () => true }
    const { state } = await holderHearsRequest(found.request, tools, Date.now())
    const live: Live = { place: { ...place, id: found.run_id }, state, out: null, last: null, hasEnded: false }
    if (state.at !== 'deciding') return null
    if (found.state !== 'received') {
      // Decided on, and what was agreed is gone: there is no answer any more, and the other side hears so.
      const why = found.state === 'refused' ? 'refused' : found.state === 'running' ? 'stopped' : 'repeated'
      const step = await holderRefuses(state, why, tools)
      live.state = step.state
      live.out = step.send
      live.hasEnded = found.state !== 'running'
      if (found.job_id !== null) live.place = { ...live.place, credential: heldBy(found.job_id) }
      await this.#finishOrTell(live)
    }
    this.#live.set(key, live)
    this.#arm()
    return live
  }

  async #next(live: Live, bytes: Uint8Array): Promise<Answer | null> {
    const question = hex(bytes)
    if (live.last?.question === question) return live.last.answer
    // The same request again, after an answer that was lost; once the run has gone on it is answered no more.
    if (readFrame(bytes)?.kind === 'request') return live.last === null ? said(live) : { is: 'over' }
    const tools = this.#tools(live.place)
    let send: Uint8Array | null
    try {
      const step = await holderHears(live.state, bytes, tools, Date.now())
      live.state = step.state
      send = step.send
    } catch (error) {
      this.#parts.options.onProblem(
        `deconfliction ${live.place.id}: ${error instanceof Error ? error.message : 'unknown'}`,
      )
      const step = await holderRefuses(live.state, 'stopped', tools)
      live.state = step.state
      send = step.send
    }
    live.out = null
    const answer: Answer = send === null ? { is: 'over' } : { is: 'message', bytes: send }
    live.last = { question, answer }
    // The last word leaves only when what the run left is on disk.
    await this.#finish(live)
    return answer
  }

  async #finish(live: Live): Promise<void> {
    if (live.state.at !== 'over' || live.hasEnded) return
    const { outcome } = live.state
    const ending: Ending =
      outcome.is === 'no answer'
        ? withoutAnswer(outcome)
        : {
            state: 'answered',
            outcome: { is: 'answered', asked: outcome.record.asked },
            record: keepHolder(outcome.record),
          }
    await endRun(this.#parts, live.place, ending)
    live.hasEnded = true
  }

  /** What cannot be written now is written by the next look, or at the next start; nobody waits for it. */
  async #finishOrTell(live: Live): Promise<void> {
    try {
      await this.#finish(live)
    } catch (error) {
      const says = error instanceof Error ? error.message : 'unknown'
      this.#parts.options.onProblem(`deconfliction ${live.place.id}: its end could not be written yet: ${says}`)
    }
  }

  #tools(place: RunPlace): HolderTools {
    const { options, store } = this.#parts
    return {
      ...sideTools(this.#parts, place),
      name: place.own.name,
      epoch: epochOf(Date.now()),
      kinds: entryKinds,
      mostAsked: MOST_PLACES,
      // Written with the request itself, where two copies at once meet in the database.
      isNewRequest: async () => true,
      takeQuota: (_, questions) =>
        store.within(place.credential, async (tx) => {
          const quota = { peer: place.peer.name, questions, allowed: options.questions, hours: options.hours }
          const [row] = await tx.run('gate/take_questions', quota)
          const left = row?.left_over ?? null
          tx.record('deconfliction.quota', { run: place.id, questions, left })
          return left !== null
        }),
    }
  }

  /** A lane of the agency receives: a request belongs to its operation, as a delivery would. */
  async #placeOf(id: string, peer: Peer): Promise<RunPlace | null> {
    const { peers, store } = this.#parts
    const [known, own] = [peers.peersOf(peer.agency).find(({ name }) => name === peer.name), peers.ownOf(peer.agency)]
    const lanes = await store.gate('gate/lanes', {}, 'tandem_ingest')
    const lane = lanes.find(({ agency_id, kind }) => agency_id === peer.agency && kind === 'endpoint')
    if (known === undefined || own === null || lane === undefined) return null
    const credential: Credential = { kind: 'lane', lane: lane.lane_id }
    const operation = await store.within(credential, async (tx) => tx.standing.operation, { reach: 'frame' })
    if (operation === null) return null
    return { id, agency: peer.agency, operation, credential, side: 'holder', peer: known, own }
  }

  #inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const done = (this.#turns.get(key) ?? Promise.resolve()).then(work, work)
    const tail = done.catch(() => {})
    this.#turns.set(key, tail)
    void tail.then(() => {
      if (this.#turns.get(key) === tail) this.#turns.delete(key)
    })
    return done
  }

  /** A peer that is late, or a request that ran out, ends here too. */
  #arm(): void {
    if (this.#timer !== null || this.#live.size === 0) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      void this.#sweep().finally(() => this.#arm())
    }, 1_000)
    this.#timer.unref()
  }

  async #sweep(): Promise<void> {
    for (const [key, live] of [...this.#live]) {
      await this.#inTurn(key, async () => {
        live.state = holderWaits(live.state, Date.now())
        await this.#finishOrTell(live)
        // What has ended is kept for a while in case its last word was lost on the way.
        if (live.hasEnded && live.out === null && live.last === null) this.#live.delete(key)
      })
    }
    const ended = [...this.#live].filter(([, { hasEnded }]) => hasEnded)
    for (const [key] of ended.slice(0, Math.max(0, ended.length - 100))) this.#live.delete(key)
  }
}

const said = ({ out, last, state }: Live): Answer =>
  out !== null
    ? { is: 'message', bytes: out }
    : state.at === 'deciding'
      ? { is: 'waiting' }
      : (last?.answer ?? { is: 'over' })
