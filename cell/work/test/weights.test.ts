import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { arrive, report } from './reports.ts'
import { type Desk, deskOf, openWork, type QueueItem, refusal, type TestWork } from './support.ts'

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null
const inForce = readFileSync(new URL('../../../engines/triage/src/weights/tandem-1.json', import.meta.url), 'utf8')

describe('weight sets are proposed and never put in force', () => {
  let work: TestWork
  let analyst: Desk
  let manager: Desk
  let several: QueueItem[] = []
  let infants: QueueItem[] = []
  const shown = (item: QueueItem | undefined) => ({ referral: item?.id ?? '', score: item?.score ?? 0 })

  /** The file in force with another name, and some of its text changed. */
  const fileWith = (name: string, ...changes: readonly (readonly [RegExp, string])[]) => {
    const text = changes.reduce(
      (all, [what, by]) => {
        assert.match(all, what)
        return all.replace(what, by)
      },
      inForce.replace('"id": "tandem-1"', `"id": "${name}"`),
    )
    const weights: { [key: string]: Json } = JSON.parse(text)
    return { from: 'file' as const, weights, why: 'written for a test' }
  }

  before(async () => {
    work = await openWork()
    analyst = await deskOf(work, work.founded.national.triageAnalyst)
    manager = await deskOf(work, work.founded.national.dutyManager)
    const reports = (annotation: string) => Array.from({ length: 6 }, () => report({ annotations: [annotation] }))
    several = await arrive(work, work.founded.national, ...reports('severalChildren'))
    infants = await arrive(work, work.founded.national, ...reports('infant'))
  })
  after(async () => {
    assert.deepEqual(work.problems, [])
    await work.close()
  })

  test('choices that are too few, undecided or taken back carry nothing, and nothing is stored', async () => {
    for (let at = 0; at < 6; at++) await analyst.chooseFirst(shown(several[at]), shown(infants[0]), 'one')
    await analyst.chooseFirst(shown(several[0]), shown(infants[1]), 'cannot say')
    const { choice } = await analyst.chooseFirst(shown(several[1]), shown(infants[1]), 'one')
    await analyst.withdrawChoice(choice)
    const answer = await manager.proposeWeights({ from: 'choices', name: 'trial-few' })
    assert.deepEqual(answer, { outcome: 'nothing', says: 'No factor differs in 20 choices.', choices: 6 })
    const { choices, proposals } = await manager.weights()
    assert.deepEqual(choices, { chosen: 6, cannotSay: 1, people: 1 })
    assert.deepEqual(proposals, [])
  })

  test('what was learned is stored with its replay under its own name, and not one rank moves', async () => {
    for (const one of several) for (const other of infants) await analyst.chooseFirst(shown(one), shown(other), 'other')
    const before = (await analyst.queue('all')).items
    const answer = await manager.proposeWeights({ from: 'choices', name: 'trial-2', why: 'what the desk chose' })
    assert.ok(answer.outcome === 'proposed')
    assert.match(answer.says, /Learned from 36 choices.*in force nowhere/)
    const { current, proposals } = await manager.weights()
    assert.equal(current.id, 'tandem-1')
    const [proposal] = proposals
    assert.ok(proposal !== undefined)
    assert.deepEqual(
      [proposal.weightSet, proposal.basedOn, proposal.origin, proposal.why, proposal.choices],
      ['trial-2', 'tandem-1', 'choices', 'what the desk chose', 36],
    )
    assert.ok(proposal.agreed.after > proposal.agreed.before)
    assert.ok(proposal.points.length > 0 && proposal.points.every(({ was, yes }) => Math.abs(yes - was) <= 100))
    assert.ok(proposal.points.every(({ factor }) => ['severalChildren', 'childIsInfant'].includes(factor)))
    assert.deepEqual(proposal.others, [])
    const { cases, raised, lowered, shifted, unchanged } = proposal.replay
    assert.equal(raised + lowered + shifted + unchanged, cases)
    assert.equal(cases, 12)
    const { weights } = await manager.weightSet(proposal.id)
    assert.equal(createHash('sha256').update(weights).digest('hex'), proposal.sha256)
    assert.match(weights, /"declaration":"Proposed from 36 choices/)

    const replay = await manager.replayWeights(proposal.id)
    assert.deepEqual(replay.counts, proposal.replay)
    const moved = [...replay.raised, ...replay.lowered, ...replay.shifted]
    assert.equal(moved.length, raised + lowered + shifted)
    assert.ok(moved.length > 0)
    for (const { number, childUrgency, offenderDanger } of moved) {
      const item = before.find((each) => each.number === number)
      assert.deepEqual([childUrgency.from, offenderDanger.from], [item?.childUrgency, item?.offenderDanger])
    }
    const now = (await analyst.queue('all')).items
    assert.deepEqual(now, before, 'neither learning nor replaying moved a rank')
    const { score } = await analyst.show(several[0]?.id ?? '')
    assert.equal(score.weightSet, 'tandem-1')
    const { entries } = await manager.ledger()
    const verbs = entries.map(({ verb }) => verb)
    for (const verb of ['weights.consider', 'weights.propose', 'weights.replay', 'weights.read', 'weights.list'])
      assert.ok(verbs.includes(verb), verb)
    const again = manager.proposeWeights({ from: 'choices', name: 'trial-2' })
    assert.equal(await refusal(again), 'TANDEM-STATE-002', 'a name stays with its numbers')
    assert.equal(await refusal(manager.proposeWeights({ from: 'choices', name: 'tandem-1' })), 'TANDEM-INPUT-001')
  })

  test('a file by hand is held to the laws, each fault with its field, and told by what differs', async () => {
    const says = async (body: ReturnType<typeof fileWith>): Promise<string> => {
      try {
        await manager.proposeWeights(body)
      } catch (error) {
        return error instanceof Error && 'detail' in error ? String(error.detail) : String(error)
      }
      return ''
    }
    assert.match(await says(fileWith('by-hand-1')), /says the same as tandem-1/)
    assert.match(await says(fileWith('by-hand-1', [/"yes": 400/, '"yes": -400'])), /never lowers/)
    assert.match(await says(fileWith('by-hand-1', [/"band"/, '"bond"'])), /bond is not a known field/)
    assert.match(await says(fileWith('tandem-1', [/"yes": 400/, '"yes": 425'])), /a new id/)
    const answer = await manager.proposeWeights(
      fileWith('by-hand-1', [/"yes": 400/, '"yes": 425'], [/"atLeast": 250/, '"atLeast": 225']),
    )
    assert.ok(answer.outcome === 'proposed')
    const proposal = (await manager.weights()).proposals.find(({ weightSet }) => weightSet === 'by-hand-1')
    assert.deepEqual(proposal?.others, ['thresholds'])
    assert.deepEqual(
      proposal?.points.map(({ was, yes }) => [was, yes]),
      [[400, 425]],
    )
    assert.equal(proposal?.why, 'written for a test')
  })

  test('a duty manager proposes; nobody else does, and another operation or agency sees nothing', async () => {
    assert.equal(await refusal(analyst.proposeWeights({ from: 'choices', name: 'trial-3' })), 'TANDEM-AUTH-002')
    assert.equal(await refusal(analyst.weights()), 'TANDEM-AUTH-002')
    const [proposal] = (await manager.weights()).proposals
    const { national, signals } = work.founded
    for (const person of [national.otherManager, signals.dutyManager]) {
      const stranger = await deskOf(work, person)
      const { choices, proposals } = await stranger.weights()
      assert.deepEqual([choices, proposals], [{ chosen: 0, cannotSay: 0, people: 0 }, []])
      assert.equal(await refusal(stranger.weightSet(proposal?.id ?? '')), 'TANDEM-FIND-001')
      assert.equal(await refusal(stranger.replayWeights(proposal?.id ?? '')), 'TANDEM-FIND-001')
      const own = await stranger.proposeWeights({ from: 'choices', name: 'trial-2' })
      assert.equal(own.outcome, 'nothing', 'a name that is hidden is not told by a refusal')
    }
  })
})
