import assert from 'node:assert/strict'
import { IpContextBuilder } from '@tandem/formats'
import { Worker } from '@tandem/jobs'
import { newId } from '@tandem/store'
import {
  foundCell,
  type TestAgency,
  type TestCell,
  type TestDatabase,
  type TestPerson,
  testDatabase,
  testLogs,
} from '@tandem/testkit'
import {
  type Caller,
  type Cell,
  handlers,
  ipContextOf,
  jobKindsOf,
  LogFolder,
  type Receipt,
  Runs,
  receiveDelivery,
  Sequencer,
  type SequencerOptions,
} from '@tandem/work'
import type pg from 'pg'
import { MemoryDisk } from './memory-disk.ts'

export interface TestWork {
  readonly database: TestDatabase
  readonly founded: TestCell
  readonly cell: Cell
  readonly worker: Worker
  /** Files of the logs, by agency. */
  readonly disks: ReadonlyMap<string, MemoryDisk>
  /** Sees every row: what the tests compare with. */
  readonly superuser: pg.Client
  /** What the worker could not do. */
  readonly problems: string[]
  as(person: TestPerson): Promise<Caller>
  /** One delivery to an agency's command lane; its jobs are done when this resolves. */
  deliver(
    agency: TestAgency,
    bytes: Uint8Array,
    options?: { name?: string; sender?: string; key?: string },
  ): Promise<Receipt>
  senderOf(agency: TestAgency, name: string): Promise<string>
  close(): Promise<void>
}

const noFiles = new IpContextBuilder().build()

/** A founded cell with its worker, on a database of its own. */
export async function openWork(options: Pick<SequencerOptions, 'timestamps'> = {}): Promise<TestWork> {
  const database = await testDatabase()
  const founded = await foundCell(database)
  const superuser = await database.superuser()
  const { store } = founded
  const logs = testLogs(founded)
  for (const { agency, name, origin } of logs)
    await store.log((run) => run('log/add', { cell_id: founded.cell, agency_id: agency, name, origin }))
  const disks = new Map(logs.map(({ agency }) => [agency, new MemoryDisk()]))
  const ledger = new Sequencer({
    store,
    logs,
    folderOf: ({ agency }) => new LogFolder(disks.get(agency) ?? new MemoryDisk()),
    ...options,
  })
  const cell: Cell = {
    store,
    name: 'Training cell (example)',
    mode: 'training',
    version: '0.0.0',
    database: 'test',
    limits: { deliveryBytes: 64 * 1024 * 1024, listBytes: 64 * 1024 * 1024 },
    ipContext: ipContextOf(() => noFiles, Date.now),
    ledger,
    deconfliction: new Runs({ store, ledger, local: [] }),
    checks: async () => [],
    keys: () => [],
  }
  const problems: string[] = []
  const worker = new Worker(store, jobKindsOf(cell), {
    concurrency: 1,
    pollMilliseconds: 50,
    onError: (job, error) => problems.push(`${job.kind}: ${error instanceof Error ? error.stack : String(error)}`),
  })
  worker.start()
  const callers = new Map<string, Promise<Caller>>()
  const senders = new Map<string, Promise<string>>()
  const senderOf = (agency: TestAgency, name: string): Promise<string> => {
    const key = `${agency.agency} ${name}`
    const sender = senders.get(key) ?? addSender(superuser, founded.cell, agency.agency, name)
    senders.set(key, sender)
    return sender
  }
  return {
    database,
    founded,
    cell,
    worker,
    disks,
    superuser,
    problems,
    senderOf,
    as(person) {
      const caller = callers.get(person.person) ?? founded.session(person).then((credential) => ({ credential }))
      callers.set(person.person, caller)
      return caller
    },
    async deliver(agency, bytes, { name = 'delivery', sender, key = newId() } = {}) {
      const receipt = await receiveDelivery(
        cell,
        {
          lane: agency.lanes.command,
          sender: sender === undefined ? agency.sender.sender : await senderOf(agency, sender),
          idempotencyKey: key,
          name,
        },
        streamOf(bytes),
      )
      worker.nudge()
      await worker.idle()
      return receipt
    },
    async close() {
      await worker.stop()
      await ledger.stop()
      await database.close()
    },
  }
}

export async function* streamOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function addSender(superuser: pg.Client, cell: string, agency: string, name: string): Promise<string> {
  const sender = newId()
  await superuser.query(
    `INSERT INTO tandem.sender (cell_id, agency_id, sender_id, name, kind) VALUES ($1, $2, $3, $4, 'provider')`,
    [cell, agency, sender, name],
  )
  return sender
}

export type Shown = Awaited<ReturnType<typeof handlers.show>>
export type QueueItem = Awaited<ReturnType<typeof handlers.queue>>['items'][number]

interface ShownScore {
  readonly referral: string
  readonly score: number
}
type AttributionBody = Parameters<typeof handlers.judgeAttribution>[2]['body']

const nothing = { params: undefined, query: undefined, body: undefined, stream: streamOf(new Uint8Array()) }

/** The handlers as a person calls them, without what the contract parses for them. */
export function desk(work: Pick<TestWork, 'cell'>, caller: Caller) {
  const { cell } = work
  const byId = (id: string) => ({ ...nothing, params: { id } })
  return {
    show: (id: string) => handlers.show(cell, caller, byId(id)),
    queue: (view: 'queue' | 'mine' | 'held' | 'ended' | 'all' = 'queue', limit = 1000, after?: string) =>
      handlers.queue(cell, caller, { ...nothing, query: { view, limit, ...(after === undefined ? {} : { after }) } }),
    drawn: (view: 'queue' | 'ended' | 'all' = 'queue', limit = 1000, after?: string) =>
      handlers.queue(cell, caller, {
        ...nothing,
        query: { view, limit, lot: 'drawn', ...(after === undefined ? {} : { after }) },
      }),
    auditSlice: () => handlers.auditSlice(cell, caller, nothing),
    inspectRanks: () => handlers.inspectRanks(cell, caller, nothing),
    take: (id: string, version: number) => handlers.take(cell, caller, { ...byId(id), body: { version } }),
    release: (id: string, version: number) => handlers.release(cell, caller, { ...byId(id), body: { version } }),
    hold: (id: string, version: number, until: string) =>
      handlers.hold(cell, caller, { ...byId(id), body: { version, until, reason: 'wait for an answer' } }),
    merge: (id: string, version: number, into: string) =>
      handlers.merge(cell, caller, { ...byId(id), body: { version, into, reason: 'the same report' } }),
    decline: (id: string, version: number) =>
      handlers.decline(cell, caller, { ...byId(id), body: { version, reason: 'nothing to do here' } }),
    close: (id: string, version: number, outcome: 'no further action' | 'passed to a force' = 'no further action') =>
      handlers.close(cell, caller, { ...byId(id), body: { version, outcome, reason: 'nothing more can be done' } }),
    setPriority: (id: string, version: number, to: 'P1' | 'P2' | 'P3') =>
      handlers.setPriority(cell, caller, { ...byId(id), body: { version, to, reason: 'seen and judged' } }),
    settle: (id: string, number: number, approve = true) =>
      handlers.settle(cell, caller, { ...byId(id), body: { number, approve, reason: 'read again and agreed' } }),
    explainHit: (id: string) => handlers.explainHit(cell, caller, byId(id)),
    pending: () => handlers.pending(cell, caller, nothing),
    undo: (decision: string) => handlers.undo(cell, caller, { ...byId(decision), body: {} }),
    note: (id: string, text: string) => handlers.note(cell, caller, { ...byId(id), body: { text } }),
    safeguard: (id: string) =>
      handlers.safeguard(cell, caller, { ...byId(id), body: { need: 'a child may need protection' } }),
    acknowledge: (id: string) => handlers.acknowledge(cell, caller, { ...byId(id), body: {} }),
    closeTrack: (id: string) =>
      handlers.closeTrack(cell, caller, { ...byId(id), body: { outcome: 'the child is safe' } }),
    openTracks: () => handlers.openTracks(cell, caller, nothing),
    openNarratives: (id: string, places: string[]) =>
      handlers.narratives(cell, caller, { ...byId(id), body: { places } }),
    openNarrative: (id: string, place: string) =>
      handlers.narratives(cell, caller, { ...byId(id), body: { places: [place] } }),
    search: (text: string) => handlers.search(cell, caller, { ...nothing, body: { text } }),
    deliveries: (limit = 1000) => handlers.allDeliveries(cell, caller, { ...nothing, query: { limit } }),
    delivery: (id: string) => handlers.showDelivery(cell, caller, byId(id)),
    lists: () => handlers.allLists(cell, caller, nothing),
    loadList: (
      name: string,
      publisher: string,
      bytes: Uint8Array,
      more: { environment?: string; profile?: string; mode?: 'whole' | 'changes' } = {},
    ) => handlers.loadList(cell, caller, { ...nothing, query: { name, publisher, ...more }, stream: streamOf(bytes) }),
    listHits: (id: string, limit = 200, after?: string) =>
      handlers.listHits(cell, caller, { ...byId(id), query: { limit, ...(after === undefined ? {} : { after }) } }),
    withdrawEntry: (id: string, entry: string) =>
      handlers.withdrawEntry(cell, caller, { ...byId(id), body: { entry, reason: 'a mistake' } }),
    saveListProfile: (name: string, profile: unknown) =>
      handlers.saveListProfile(cell, caller, { ...nothing, body: { name, profile } }),
    listProfiles: () => handlers.listProfiles(cell, caller, nothing),
    withdrawList: (id: string) =>
      handlers.withdrawList(cell, caller, { ...byId(id), body: { reason: 'the publisher took it back' } }),
    authorities: () => handlers.allAuthorities(cell, caller, nothing),
    createAuthority: (operation: string, startsAt: string, expiresAt: string) =>
      handlers.createAuthority(cell, caller, {
        ...nothing,
        body: {
          operation,
          kind: 'statutory receipt',
          act: 'Online Safety Act 2023',
          section: '66',
          issuer: 'Test Issuer',
          scope: 'Reports received by the desk',
          necessity: 'Reports must be assessed',
          proportionality: 'Only what was reported is read',
          startsAt,
          expiresAt,
        },
      }),
    cancelAuthority: (id: string) =>
      handlers.cancelAuthority(cell, caller, { ...byId(id), body: { reason: 'no longer necessary' } }),
    createPurpose: (operation: string) =>
      handlers.createPurpose(cell, caller, { ...nothing, body: { operation, code: 'review', task: 'Look again' } }),
    choose: (operation: string, authority: string, purpose: string) =>
      handlers.choose(cell, caller, { ...nothing, body: { operation, authority, purpose } }),
    standing: () => handlers.standing(cell, caller, nothing),
    ledger: (query: { before?: string; referral?: string; limit?: number } = {}) =>
      handlers.entries(cell, caller, { ...nothing, query: { limit: 200, ...query } }),
    logs: () => handlers.logs(cell, caller, nothing),
    proof: (id: string) => handlers.proof(cell, caller, byId(id)),
    bundle: (entries: string[], about = 'for a test') =>
      handlers.bundle(cell, caller, { ...nothing, body: { entries, about } }),
    audit: () => handlers.audit(cell, caller, nothing),
    subjects: (view: 'all' | 'linked' = 'linked', limit = 500, after?: string) =>
      handlers.rankedSubjects(cell, caller, {
        ...nothing,
        query: { view, limit, ...(after === undefined ? {} : { after }) },
      }),
    subject: (id: string) => handlers.showSubject(cell, caller, byId(id)),
    pair: (one: string, other: string) => handlers.explainPair(cell, caller, { ...nothing, params: { one, other } }),
    mergeSubjects: (
      one: { id: string; version: number },
      other: { id: string; version: number },
      expiresAt: string | null = null,
    ) =>
      handlers.mergeSubjects(cell, caller, {
        ...nothing,
        body: {
          one,
          other,
          reason: 'the same voice in both',
          evidence: ['exhibit TEST/5f0c9a52-11b1-4c5e-9f0e-3a1b2c3d4e5f'],
          expiresAt,
        },
      }),
    splitSubject: (id: string, version: number, apart: string[]) =>
      handlers.splitSubject(cell, caller, {
        ...byId(id),
        body: { version, apart, reason: 'two brothers share the mailbox', evidence: [], expiresAt: null },
      }),
    setAside: (id: string, version: number, observable: string) =>
      handlers.setAsideValue(cell, caller, {
        ...byId(id),
        body: { version, observable, reason: 'the telephone of a hostel' },
      }),
    undoLink: (decision: string) =>
      handlers.undoLinkDecision(cell, caller, { ...byId(decision), body: { reason: 'it was a mistake' } }),
    judgeAttribution: (body: AttributionBody) => handlers.judgeAttribution(cell, caller, { ...nothing, body }),
    proposeAttribution: (body: AttributionBody, override: string | null = null) =>
      handlers.proposeAttribution(cell, caller, {
        ...nothing,
        body: { ...body, reason: 'the line of the suspect', override },
      }),
    attributions: (referral?: string) =>
      handlers.allAttributions(cell, caller, { ...nothing, query: referral === undefined ? {} : { referral } }),
    attribution: (id: string) => handlers.showAttribution(cell, caller, byId(id)),
    settleAttribution: (id: string, number: number, approve = true) =>
      handlers.settleAttribution(cell, caller, {
        ...byId(id),
        body: { approve, number, reason: 'read the records myself' },
      }),
    correctAttribution: (id: string) =>
      handlers.correctAttribution(cell, caller, {
        ...byId(id),
        body: {
          what: 'the wrong house was named',
          cause: 'the answer was read an hour off',
          impact: 'a search at a home of strangers',
          told: ['the oversight body', 'the household'],
          grading: 'reportable',
        },
      }),
    disagree: (id: string, score: number, direction: 'higher' | 'lower', reason?: string) =>
      handlers.disagree(cell, caller, {
        ...byId(id),
        body: { score, direction, ...(reason === undefined ? {} : { reason }) },
      }),
    withdrawDisagreement: (id: string) => handlers.withdrawDisagreement(cell, caller, { ...byId(id), body: {} }),
    disagreements: (limit = 200) => handlers.allDisagreements(cell, caller, { ...nothing, query: { limit } }),
    chooseFirst: (one: ShownScore, other: ShownScore, first: 'one' | 'other' | 'cannot say') =>
      handlers.chooseFirst(cell, caller, { ...nothing, body: { one, other, first } }),
    choicesBetween: (one: string, other: string) =>
      handlers.choicesBetween(cell, caller, { ...nothing, params: { one, other } }),
    withdrawChoice: (id: string) => handlers.withdrawChoice(cell, caller, { ...byId(id), body: {} }),
    weights: () => handlers.allWeights(cell, caller, nothing),
    weightSet: (id: string) => handlers.showWeights(cell, caller, byId(id)),
    proposeWeights: (body: Parameters<typeof handlers.proposeWeightSet>[2]['body']) =>
      handlers.proposeWeightSet(cell, caller, { ...nothing, body }),
    replayWeights: (id: string) => handlers.replayWeightSet(cell, caller, byId(id)),
    runs: () => handlers.allRuns(cell, caller, nothing),
    run: (id: string) => handlers.showRun(cell, caller, byId(id)),
    proposeRun: (body: Partial<Parameters<typeof handlers.proposeRun>[2]['body']> & { peer: string }) =>
      handlers.proposeRun(cell, caller, {
        ...nothing,
        body: {
          kinds: ['email'],
          events: [],
          purpose: 'Whether the other agency holds an interest before an arrest',
          hours: 24,
          mostHeld: 1024,
          desk: 'Desk for tests',
          ...body,
        },
      }),
    decideRun: (id: string, approve = true) =>
      handlers.decideRun(cell, caller, { ...byId(id), body: { approve, reason: 'read and agreed' } }),
    acceptRun: (id: string, events: Parameters<typeof handlers.acceptRun>[2]['body']['events'] = []) =>
      handlers.acceptRun(cell, caller, {
        ...byId(id),
        body: { reason: 'lawful and needed', desk: 'Their desk for tests', events },
      }),
    refuseRun: (id: string) =>
      handlers.refuseRun(cell, caller, { ...byId(id), body: { reason: 'not under this authority' } }),
    stopRun: (id: string) => handlers.stopRun(cell, caller, byId(id)),
    proposeRelease: (id: string, hits: string[]) =>
      handlers.proposeRelease(cell, caller, {
        ...byId(id),
        body: { hits, desk: 'Our desk for tests', reason: 'they must be told' },
      }),
    decideRelease: (id: string, approve = true) =>
      handlers.decideRelease(cell, caller, { ...byId(id), body: { approve, reason: 'agreed' } }),
    inspectRuns: () => handlers.inspectRuns(cell, caller, nothing),
    lookups: () => handlers.allLookups(cell, caller, nothing),
    proposeGrant: (body: Partial<Parameters<typeof handlers.proposeGrant>[2]['body']> & { peer: string }) =>
      handlers.proposeGrant(cell, caller, {
        ...nothing,
        body: { kinds: ['email'], lookups: 10, hours: 24, purpose: 'Before acting at night', ...body },
      }),
    decideGrant: (id: string, approve = true) =>
      handlers.decideGrant(cell, caller, { ...byId(id), body: { approve, reason: 'read and agreed' } }),
    acceptGrant: (id: string) =>
      handlers.acceptGrant(cell, caller, {
        ...byId(id),
        body: { reason: 'lawful and needed', desk: 'Their desk for tests' },
      }),
    refuseGrant: (id: string) =>
      handlers.refuseGrant(cell, caller, { ...byId(id), body: { reason: 'not under this authority' } }),
    takeGrant: (id: string) => handlers.takeGrant(cell, caller, byId(id)),
    endGrant: (id: string) => handlers.endGrant(cell, caller, byId(id)),
    lookUp: (grant: string, value: string, kind: Parameters<typeof handlers.lookUp>[2]['body']['kind'] = 'email') =>
      handlers.lookUp(cell, caller, { ...nothing, body: { grant, kind, value, reason: 'about to act' } }),
    inspectLookups: () => handlers.inspectLookups(cell, caller, nothing),
    askLookupAudit: (grant: string, count: number) =>
      handlers.askLookupAudit(cell, caller, { ...byId(grant), body: { count } }),
    openLookupAudit: (id: string) => handlers.openLookupAudit(cell, caller, byId(id)),
    askAudit: (id: string, count: number) => handlers.askAudit(cell, caller, { ...byId(id), body: { count } }),
    openAudit: (id: string) => handlers.openAudit(cell, caller, byId(id)),
    health: () => handlers.health(cell, caller, nothing),
  }
}

export type Desk = ReturnType<typeof desk>
export const deskOf = async (work: TestWork, person: TestPerson): Promise<Desk> => desk(work, await work.as(person))

/** The code of a refusal; any other failure fails the test. */
export async function refusal(action: Promise<unknown>): Promise<string> {
  try {
    await action
  } catch (error) {
    if (error instanceof Error && 'code' in error && /^TANDEM-/.test(String(error.code))) return String(error.code)
    throw error
  }
  throw new Error('nothing was refused')
}

/** Each of these is refused with this code, one after the other. */
export async function everyRefused(code: string, attempts: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const attempt of attempts) assert.equal(await refusal(attempt()), code, String(attempt))
}
