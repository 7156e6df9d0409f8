import assert from 'node:assert/strict'
import type { UkCseaIrpReport } from '@tandem/formats'
import { handlers } from '@tandem/work'
import { arrive, report, type Told } from './reports.ts'
import { type Desk, type QueueItem, streamOf, type TestWork } from './support.ts'

type User = NonNullable<UkCseaIrpReport['contentSender']>
export type TiesScene = ReturnType<typeof tiesScene>

/** Reports whose people are tied, and what one analyst is told of them. */
export function tiesScene(work: TestWork, analyst: Desk) {
  let number = 0
  const comes = async (
    told: Told,
    user: Partial<User> = {},
    more: Partial<UkCseaIrpReport> = {},
    agency = work.founded.national,
  ): Promise<QueueItem> => {
    const account = told.account ?? `tied.${++number}`
    const made = report({ ...told, account })
    const [item] = await arrive(work, agency, { ...made, ...more, contentSender: { ...made.contentSender, ...user } })
    return item ?? assert.fail('the report did not arrive')
  }
  const subjectOf = async (referral: string, person = 0): Promise<string> => {
    const { rows } = await work.superuser.query<{ subject_id: string }>(
      'SELECT subject_id FROM tandem.appearance WHERE referral_id = $1 AND person = $2',
      [referral, person],
    )
    return rows[0]?.subject_id ?? ''
  }
  const tiesOf = async (referral: string, person = 0) => (await analyst.subject(await subjectOf(referral, person))).ties
  /** Relation, who and why. */
  const told = async (referral: string, person = 0) =>
    (await tiesOf(referral, person)).ties.map(({ relation, other, direction, reasons }) => ({
      ...{ relation, other: other.label, direction },
      says: reasons.map(({ says }) => says),
    }))
  const around = async (kind: 'subject' | 'referral' | 'value', id: string, kinds?: string) =>
    handlers.chartAround(work.cell, await work.as(work.founded.national.triageAnalyst), {
      params: { kind, id },
      query: { limit: 100, ...(kinds === undefined ? {} : { kinds }) },
      body: undefined,
      stream: streamOf(new Uint8Array()),
    })
  return { comes, subjectOf, tiesOf, told, around }
}
