import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import type { HeldAppearance } from '../src/linkage/load.ts'
import { MOST_JOINED, MOST_WEIGHED, weighedTogether } from '../src/linkage/weighed-together.ts'
import { arrive, report } from './reports.ts'
import { type Desk, deskOf, openWork, refusal, type TestWork } from './support.ts'

const appearance = (id: number, component: string, values: readonly string[]): HeldAppearance => ({
  ...{ appearance_id: String(id), operation_id: '', referral_id: '', person: 0, role: 'reported', number: id },
  ...{ component_id: component, subject_id: component, received_at: '', particulars_sealed: Buffer.alloc(0) },
  appearance: {
    ...{ id: String(id), referral: '', received: 0, names: [], births: [] },
    values: values.map((value) => ({ kind: 'account', value, at: null, port: null })),
  },
})

test('everybody is weighed once, together with whoever shares a value while there are not too many', () => {
  const letter = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
  const held = fc
    .array(fc.tuple(letter, fc.array(fc.constantFrom('1', '2', '3', '4'), { maxLength: 2 })), { maxLength: 30 })
    .map((rows) => rows.map(([component, values], id) => appearance(id, component, values)))
  fc.assert(
    fc.property(held, fc.integer({ min: 1, max: 12 }), fc.nat(9), (all, most, one) => {
      const joined = [{ one: String(one), other: '1' }]
      const partsOf = (rows: readonly HeldAppearance[]) => weighedTogether(rows, new Set(['account 4']), joined, most)
      const parts = partsOf(all)
      const ids = (rows: readonly HeldAppearance[]): string[] => rows.map(({ appearance_id }) => appearance_id)
      assert.deepEqual(parts.flatMap(ids).sort(), ids(all).sort())
      for (const part of parts) {
        const components = new Set(part.map(({ component_id }) => component_id))
        const isJoined = part.some(({ appearance_id }) => appearance_id === '1' || appearance_id === String(one))
        assert.ok(part.length <= most || (isJoined && components.size <= 2))
        // A component is torn only where it is too large by itself.
        for (const each of all) {
          const own = all.filter(({ component_id }) => component_id === each.component_id)
          if (components.has(each.component_id) && own.length <= most) assert.ok(part.includes(each))
        }
      }
      assert.deepEqual(
        partsOf([...all].reverse())
          .map(ids)
          .map(sorted)
          .sort(),
        parts.map(ids).map(sorted).sort(),
      )
    }),
    { numRuns: 1000 },
  )
})

const sorted = (ids: string[]): string[] => ids.sort()

describe('more referrals of one account than can be weighed together', () => {
  let work: TestWork
  let analyst: Desk
  before(async () => {
    work = await openWork()
    analyst = await deskOf(work, work.founded.national.triageAnalyst)
  })
  after(async () => {
    assert.deepEqual(work.problems, [])
    await work.close()
  })

  const subjects = async (): Promise<{ id: string; version: number; appearances: number }[]> => {
    const { rows } = await work.superuser.query<{ id: string; version: number; appearances: number }>(
      'SELECT subject_id AS id, version, appearances FROM tandem.subject WHERE appearances > 0 ORDER BY appearances DESC',
    )
    return rows
  }
  const sizes = async (): Promise<number[]> => (await subjects()).map(({ appearances }) => appearances)
  const many = (count: number) => Array.from({ length: count }, () => report({ account: 'prolific.user' }))

  test('are linked among themselves, the page says that there is more, and a person may join them', async () => {
    await arrive(work, work.founded.national, ...many(MOST_WEIGHED - 10))
    await arrive(work, work.founded.national, ...many(30))
    await arrive(work, work.founded.national, ...many(5))
    assert.deepEqual(await sizes(), [MOST_WEIGHED, 25])
    const [full, rest] = await subjects()
    if (full === undefined || rest === undefined) assert.fail()
    const alarms = async (id: string): Promise<string> => (await analyst.subject(id)).alarms.join()
    assert.match(await alarms(full.id), /25 more appearances hang on its values and were not weighed with it/)
    assert.match(await alarms(rest.id), /400 more appearances/)
    const merged = await analyst.mergeSubjects(full, rest)
    assert.deepEqual(await sizes(), [MOST_WEIGHED + 25])
    assert.doesNotMatch(await alarms(full.id), /more appearances/)
    await analyst.undoLink(merged.decision)
    assert.deepEqual(await sizes(), [MOST_WEIGHED, 25])
    const again = await subjects()
    const [one, other] = again
    if (one === undefined || other === undefined) assert.fail()
    await work.superuser.query('UPDATE tandem.subject SET appearances = $1 WHERE subject_id = $2', [
      MOST_JOINED - MOST_WEIGHED + 1,
      other.id,
    ])
    assert.equal(await refusal(analyst.mergeSubjects(one, other)), 'TANDEM-STATE-002')
  })
})
