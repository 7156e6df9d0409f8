import type { BodyOf, judgeAttribution } from '@tandem/contract'
import type { Referral, ThreeValued } from '../../data/types.ts'
import { nothingPicked, type Picked } from './record-picker.tsx'

export type Given = BodyOf<typeof judgeAttribution>
export type LineKind = Given['lines'][number]['kind'] | ''

/** What stands in the form. */
export interface Draft {
  readonly answer: Picked
  readonly kind: LineKind
  readonly line: Picked
  readonly event: string
  readonly reference: string
  readonly samePerson: ThreeValued
  readonly checks: Given['checks']
}

export const emptyDraft: Draft = {
  answer: nothingPicked,
  kind: '',
  line: nothingPicked,
  event: '',
  reference: '',
  samePerson: 'not said',
  checks: {
    sharedPremises: 'not said',
    otherUsers: 'not said',
    addressTranslation: 'not said',
    anonymiser: 'not said',
  },
}

/** What was chosen so far; what is not chosen is not given, and comes back as a doubt. */
export function givenBy(
  draft: Draft,
  use: Given['use'],
  answer: Referral | undefined,
  line: Referral | undefined,
): Given {
  const answered = answer?.people.find(({ index }) => String(index) === draft.answer.person)
  return {
    use,
    answer:
      answer === undefined || answered === undefined
        ? null
        : {
            referral: answer.item.id,
            person: answered.index,
            name: answered.names.length === 0 ? null : 0,
            address: answered.addresses.length === 0 ? null : 0,
          },
    lines: lineBy(draft, line),
    checks: draft.checks,
  }
}

function lineBy(
  { kind, line: picked, event, reference, samePerson }: Draft,
  record: Referral | undefined,
): Given['lines'] {
  if (kind === '') return []
  if (kind === 'observation')
    return reference.trim().length < 3 ? [] : [{ kind, reference: reference.trim(), samePerson }]
  if (record === undefined || picked.person === '') return []
  const place = { referral: record.item.id, person: Number(picked.person) }
  if (kind !== 'other address use') return [{ kind, ...place }]
  return event === '' ? [] : [{ kind, ...place, event: Number(event) }]
}
