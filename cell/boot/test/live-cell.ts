import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Caller, handlers, lanesOf, receiveDelivery, sessionOf, signIn } from '@tandem/work'
import pg from 'pg'
import { answerAboutKeys } from '../src/control-keys.ts'
import type { KeyAnswer, KeyQuestion } from '../src/control-messages.ts'
import { DATABASE } from '../src/database.ts'
import { type DataFolder, dataFolder } from '../src/folders.ts'
import { initLive } from '../src/init.ts'
import { planShape, planTemplate } from '../src/init-plan.ts'
import { type OpenCell, openCell } from '../src/open-cell.ts'
import { atEnd, temporaryFolder } from './training-folder.ts'

export const issuer = 'https://login.agency.example'
export type Shares = readonly { readonly agency: string; readonly officer: string; readonly share: string }[]

/** Two agencies of one live cell, each with two duty managers and an analyst, who hold its shares: two of three. */
export async function makeLiveCell(
  t: TestContext,
  data = join(temporaryFolder(t, 'live-test-'), 'data'),
): Promise<{ folder: DataFolder; shares: Shares; glass: Shares }> {
  const template = planTemplate(new Date())
  const [agency, ...others] = template.agencies
  assert.ok(agency !== undefined)
  const second: typeof agency = {
    ...agency,
    name: 'Test Signals Agency',
    shortName: 'Signals Agency',
    people: agency.people.map((each) => ({ ...each, subject: `b-${each.subject}` })),
  }
  const plan = planShape.parse({ ...template, agencies: [agency, second, ...others] })
  const providers = plan.providers.map(({ clientSecretFile: _, ...provider }) => provider)
  const made = await initLive({
    data,
    plan: { ...plan, providers, passkeys: 'off', name: 'Test Joint Cell', origin: 'https://cell.example' },
    now: new Date(),
  })
  assert.ok(made.ok, made.ok ? '' : made.error)
  const sharesFor = (opens: 'records' | 'break-glass') => made.value.shares.filter((each) => each.opens === opens)
  return { folder: dataFolder(data, 'live'), shares: sharesFor('records'), glass: sharesFor('break-glass') }
}

export interface LiveCell {
  readonly open: OpenCell
  readonly problems: string[]
  ask(question: KeyQuestion): Promise<KeyAnswer>
  /** The shares of an agency's first officers, as many as are named. */
  unseal(agency: string, shares: Shares, count?: number): Promise<KeyAnswer>
  person(subject: string): Promise<Caller>
  deliver(agency: string, bytes: string, name?: string): Promise<string>
  sql<T extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<T[]>
  close(): Promise<void>
}

let keys = 0

export async function openLive(t: TestContext, folder: DataFolder): Promise<LiveCell> {
  const problems: string[] = []
  const opened = await openCell({ folder, birth: null, onProblem: (says) => problems.push(says) })
  assert.ok(opened.ok, opened.ok ? '' : opened.error)
  const open = opened.value
  const client = new pg.Client({ ...open.engine.connection, database: DATABASE })
  client.on('error', () => {})
  await client.connect()
  open.worker.start()
  let isClosed = false
  const close = async (): Promise<void> => {
    if (isClosed) return
    isClosed = true
    await client.end()
    await open.close()
  }
  atEnd(t, close)
  const ask = (question: KeyQuestion) => answerAboutKeys(open, folder, question)
  return {
    open,
    problems,
    ask,
    async unseal(agency, shares, count = 2) {
      let last: KeyAnswer = { answer: 'refused', says: 'no share' }
      for (const { share } of shares.filter((each) => each.agency === agency).slice(0, count))
        last = await ask({ ask: 'share', agency, share })
      return last
    },
    async person(subject) {
      const { token } = await signIn(open.cell, { issuer, subject }, false)
      const session = await sessionOf(open.cell, token)
      assert.ok(session !== null)
      return { credential: { kind: 'session', login: session.login, token } }
    },
    async deliver(agency, bytes, name = 'test.json') {
      const lane = (await lanesOf(open.cell)).find((each) => each.agency === agency && each.kind === 'command')
      assert.ok(lane !== undefined)
      const receipt = await receiveDelivery(
        open.cell,
        { lane: lane.lane, sender: lane.sender, idempotencyKey: `live-test-${++keys}`, name },
        once(bytes),
      )
      open.worker.nudge()
      await open.worker.idle()
      return receipt.delivery
    },
    sql: async (text, values = []) => (await client.query(text, [...values])).rows,
    close,
  }
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

const nothing = { params: undefined, query: undefined, body: undefined, stream: once('') }

/** What the tests do as a person, by the handlers that the server calls. */
export function deskOf({ open: { cell } }: LiveCell, caller: Caller) {
  const byId = (id: string) => ({ ...nothing, params: { id } })
  return {
    queue: () => handlers.queue(cell, caller, { ...nothing, query: { view: 'all', limit: 100 } }),
    show: (id: string) => handlers.show(cell, caller, byId(id)),
    words: (id: string, places: string[]) => handlers.narratives(cell, caller, { ...byId(id), body: { places } }),
    note: (id: string, text: string) => handlers.note(cell, caller, { ...byId(id), body: { text } }),
    close: (id: string, version: number, reason: string) =>
      handlers.close(cell, caller, { ...byId(id), body: { version, outcome: 'no further action', reason } }),
    setPriority: (id: string, version: number, to: 'P1' | 'P2' | 'P3', reason: string) =>
      handlers.setPriority(cell, caller, { ...byId(id), body: { version, to, reason } }),
    safeguard: (id: string, need: string) => handlers.safeguard(cell, caller, { ...byId(id), body: { need } }),
    closeTrack: (id: string, outcome: string) => handlers.closeTrack(cell, caller, { ...byId(id), body: { outcome } }),
    erase: (id: string, version: number, reason: string) =>
      handlers.erase(cell, caller, { ...byId(id), body: { version, reason } }),
    pending: () => handlers.pending(cell, caller, nothing),
    settle: (id: string, number: number, reason: string) =>
      handlers.settle(cell, caller, { ...byId(id), body: { approve: true, number, reason } }),
    search: (text: string) => handlers.search(cell, caller, { ...nothing, body: { text } }),
    deliveries: () => handlers.allDeliveries(cell, caller, { ...nothing, query: { limit: 100 } }),
    health: () => handlers.health(cell, caller, nothing),
    subject: (id: string) => handlers.showSubject(cell, caller, byId(id)),
    mergeSubjects: (one: { id: string; version: number }, other: { id: string; version: number }, reason: string) =>
      handlers.mergeSubjects(cell, caller, { ...nothing, body: { one, other, reason, evidence: [], expiresAt: null } }),
    proposeAttribution: (body: Parameters<typeof handlers.proposeAttribution>[2]['body']) =>
      handlers.proposeAttribution(cell, caller, { ...nothing, body }),
    settleAttribution: (id: string, number: number, reason: string) =>
      handlers.settleAttribution(cell, caller, { ...byId(id), body: { approve: true, number, reason } }),
    disagree: (id: string, score: number, reason: string) =>
      handlers.disagree(cell, caller, { ...byId(id), body: { score, direction: 'higher', reason } }),
    proposeWeights: (name: string, why: string) =>
      handlers.proposeWeightSet(cell, caller, {
        ...nothing,
        body: { from: 'file', weights: weightFile(name), why },
      }),
    correctAttribution: (id: string, what: string) =>
      handlers.correctAttribution(cell, caller, {
        ...byId(id),
        body: { what, cause: what, impact: what, told: [what], grading: 'recordable' },
      }),
    setAside: (id: string, version: number, observable: string, reason: string) =>
      handlers.setAsideValue(cell, caller, { ...byId(id), body: { version, observable, reason } }),
  }
}

/** The set in force under another name, with one number of another height. */
function weightFile(name: string): Record<string, unknown> {
  const here = new URL('../../../engines/triage/src/weights/tandem-1.json', import.meta.url)
  const file: Record<string, unknown> = JSON.parse(readFileSync(here, 'utf8'))
  return { ...file, id: name, declaration: 'Written for a test.', band: { from: -300, to: 925 } }
}

/** The code and detail of a refusal; any other failure fails the test. */
export async function refusal(action: Promise<unknown>): Promise<string> {
  try {
    await action
  } catch (error) {
    if (error instanceof Error && 'code' in error && /^TANDEM-/.test(String(error.code)))
      return `${error.code}${'detail' in error && error.detail !== undefined ? ` ${error.detail}` : ''}`
    throw error
  }
  throw new Error('nothing was refused')
}
