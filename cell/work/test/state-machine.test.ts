import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { arrive, report } from './reports.ts'
import { type Desk, deskOf, openWork, type QueueItem, refusal, type TestWork } from './support.ts'

type Level = 'P1' | 'P2' | 'P3'
type State = 'open' | 'taken' | 'held' | 'merged' | 'declined' | 'closed'

/** What the desk must show: told again here, apart from the commands. */
interface Model {
  readonly state: State
  readonly by: string | null
  readonly into: number | null
  readonly confirmed: Level | null
  readonly effective: Level
}

interface Done {
  readonly decision: string
  readonly by: string
  readonly verb: string
  readonly before: Model
  undone: boolean
}

interface Referral {
  readonly id: string
  readonly declared: Level
  version: number
  model: Model
  readonly done: Done[]
}

const people = ['analyst', 'second', 'manager'] as const
type Person = (typeof people)[number]
const verbs = ['take', 'release', 'hold', 'merge', 'decline', 'close', 'priority', 'undo', 'stale take'] as const

const step = fc.record({
  verb: fc.constantFrom(...verbs),
  person: fc.constantFrom<Person>(...people),
  at: fc.nat(2),
  other: fc.nat(2),
  to: fc.constantFrom<Level>('P1', 'P2', 'P3'),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const working: readonly State[] = ['open', 'taken', 'held']
const atRest = { by: null, into: null } as const

describe('decisions in any order, by anybody', () => {
  let work: TestWork
  let desks: Record<Person, Desk>

  before(async () => {
    work = await openWork()
    const { national } = work.founded
    desks = {
      analyst: await deskOf(work, national.triageAnalyst),
      second: await deskOf(work, national.secondAnalyst),
      manager: await deskOf(work, national.dutyManager),
    }
  })
  after(() => work.close())

  test('the desk stands where a small model stands, and every decision can be undone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const referrals = await three()
        for (const each of steps) await play(referrals, each)
        await compare(referrals)
        await undoAll(referrals)
      }),
      { numRuns: 25 },
    )
  })

  async function three(): Promise<[Referral, Referral, Referral]> {
    // All declared alike: what a bundle gains by a merge is told in undo.test.ts.
    const levels: readonly Level[] = ['P3', 'P3', 'P3']
    const items = await arrive(work, work.founded.national, ...levels.map((level) => report({ level })))
    const made = items.map((item: QueueItem, at): Referral => {
      const declared = levels[at] ?? 'P3'
      const model: Model = { state: 'open', ...atRest, confirmed: null, effective: declared }
      return { id: item.id, declared, version: item.version, model, done: [] }
    })
    const [a, b, c] = made
    if (a === undefined || b === undefined || c === undefined) throw new Error('three reports make three referrals')
    return [a, b, c]
  }

  /** What the model says of a step: the next model, or the code of its refusal. */
  function expected(referral: Referral, other: Referral, { verb, person, other: to, to: level }: Step): Model | string {
    const { model } = referral
    const anothers = model.state === 'taken' && model.by !== person && person !== 'manager'
    const rest = { ...model, ...atRest }
    const works = working.includes(model.state)
    switch (verb) {
      case 'stale take':
        return 'TANDEM-STATE-001'
      case 'take':
        return model.state === 'open' || model.state === 'held'
          ? { ...rest, state: 'taken', by: person }
          : 'TANDEM-STATE-002'
      case 'release':
        if (model.state !== 'taken' && model.state !== 'held') return 'TANDEM-STATE-002'
        return anothers ? 'TANDEM-STATE-002' : { ...rest, state: 'open' }
      case 'hold':
        return works && !anothers ? { ...rest, state: 'held' } : 'TANDEM-STATE-002'
      case 'decline':
      case 'close':
        if (!works || anothers) return 'TANDEM-STATE-002'
        return model.effective === 'P1'
          ? 'TANDEM-STATE-004'
          : { ...rest, state: verb === 'close' ? 'closed' : 'declined' }
      case 'merge':
        if (referral === other) return 'TANDEM-INPUT-001'
        if (!works || !working.includes(other.model.state) || anothers) return 'TANDEM-STATE-002'
        return model.effective < other.model.effective ? 'TANDEM-STATE-002' : { ...rest, state: 'merged', into: to }
      case 'priority': {
        if (!works || anothers) return 'TANDEM-STATE-002'
        if (model.effective === level && model.confirmed === level) return 'TANDEM-STATE-002'
        if (model.effective === 'P1' && level !== 'P1') return 'proposed'
        const risen = level < model.effective
        const state = risen && model.state === 'held' ? 'open' : model.state
        return { ...model, state, confirmed: level, effective: level }
      }
      case 'undo':
        return 'played apart'
    }
  }

  async function play(referrals: readonly Referral[], each: Step): Promise<void> {
    const referral = referrals[each.at]
    const other = referrals[each.other]
    if (referral === undefined || other === undefined) return
    if (each.verb === 'undo') return undoLast(referrals, referral, each.person)
    const wanted = expected(referral, other, each)
    const { id, version } = referral
    const desk = desks[each.person]
    const until = new Date(Date.now() + 1_800_000).toISOString()
    const run = (): Promise<object> => {
      switch (each.verb) {
        case 'take':
          return desk.take(id, version)
        case 'stale take':
          return desk.take(id, version + 1)
        case 'release':
          return desk.release(id, version)
        case 'hold':
          return desk.hold(id, version, until)
        case 'merge':
          return desk.merge(id, version, other.id)
        case 'decline':
          return desk.decline(id, version)
        case 'close':
          return desk.close(id, version)
        default:
          return desk.setPriority(id, version, each.to)
      }
    }
    if (wanted === 'proposed') {
      // One proposal may wait already; either way nothing is lowered.
      await run().catch(() => {})
      return
    }
    if (typeof wanted === 'string') {
      assert.equal(await refusal(run()), wanted, JSON.stringify([each, referral]))
      return
    }
    const decided = await run()
    assert.ok('decision' in decided && typeof decided.decision === 'string')
    referral.done.push({
      decision: decided.decision,
      by: each.person,
      verb: each.verb,
      before: referral.model,
      undone: false,
    })
    referral.model = wanted
    if (each.verb === 'merge') await settleJobs()
    await refresh(referrals)
  }

  async function undoLast(referrals: readonly Referral[], referral: Referral, person: Person): Promise<void> {
    const last = referral.done.findLast(({ undone }) => !undone)
    if (last === undefined) return
    const { before, verb } = last
    const attempt = (): Promise<unknown> => desks[person].undo(last.decision)
    if (last.by !== person && person !== 'manager') {
      assert.equal(await refusal(attempt()), 'TANDEM-STATE-002')
      return
    }
    const restored = afterUndo(referral, verb, before)
    if (typeof restored === 'string') {
      assert.equal(await refusal(attempt()), restored)
      return
    }
    await attempt()
    last.undone = true
    referral.model = restored
    await settleJobs()
    await refresh(referrals)
  }

  function afterUndo({ model }: Referral, verb: string, before: Model): Model | string {
    if (verb !== 'priority') {
      const { state, by, into } = before
      const awake = state === 'held' && model.effective < before.effective
      return { ...model, state: awake ? 'open' : state, by, into }
    }
    const { confirmed, effective } = before
    if (model.effective === 'P1' && effective !== 'P1') return 'TANDEM-STATE-004'
    const risen = effective < model.effective
    return { ...model, confirmed, effective, state: risen && model.state === 'held' ? 'open' : model.state }
  }

  /** Steps of the machine (a bundle is ranked again) move versions, and nothing else here. */
  async function refresh(referrals: readonly Referral[]): Promise<void> {
    for (const referral of referrals) {
      const { rows } = await work.superuser.query<{ version: number }>(
        'SELECT version FROM tandem.triage_item WHERE referral_id = $1',
        [referral.id],
      )
      referral.version = rows[0]?.version ?? 0
    }
  }

  async function settleJobs(): Promise<void> {
    work.worker.nudge()
    await work.worker.idle()
  }

  async function compare(referrals: readonly Referral[]): Promise<void> {
    const names = new Map([
      [work.founded.national.triageAnalyst.person, 'analyst'],
      [work.founded.national.secondAnalyst.person, 'second'],
      [work.founded.national.dutyManager.person, 'manager'],
    ])
    for (const { id, model } of referrals) {
      const { item, related, decisions } = await desks.manager.show(id)
      const into = related.find(({ how }) => how === 'merged into')?.id ?? null
      const shown = {
        state: item.state,
        by: item.takenBy === null ? null : names.get(item.takenBy),
        into: into === null ? null : referrals.findIndex((other) => other.id === into),
        confirmed: item.priority.confirmed,
        effective: item.priority.effective,
      }
      assert.deepEqual(shown, model)
      const undone = decisions.filter((decision) => decision.undone).length
      assert.equal(undone, decisions.filter(({ undoes }) => undoes !== null).length)
    }
    assert.deepEqual(work.problems, [])
  }

  /** Backwards in time, until all stand where they began; what would lower a P1 is left to two people. */
  async function undoAll(referrals: readonly Referral[]): Promise<void> {
    for (let again = true; again; ) {
      again = false
      for (const referral of referrals) {
        const standing = referral.done.filter(({ undone }) => !undone).length
        await undoLast(referrals, referral, 'manager')
        again ||= referral.done.filter(({ undone }) => !undone).length < standing
      }
    }
    await compare(referrals)
    for (const { done, model, declared } of referrals) {
      const blocked = done.some(({ undone }) => !undone)
      if (!blocked) assert.deepEqual(model, { state: 'open', ...atRest, confirmed: null, effective: declared })
      else assert.equal(model.effective, 'P1')
    }
  }
})
