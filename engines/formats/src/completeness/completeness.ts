import type { ReferralRecord } from '../record.ts'
import { type Offence, offenceOf } from './offence.ts'
import { questions } from './questions.ts'

/** `not held`: the sender declares that all it reasonably has is given, so an empty field says that it has nothing. */
export type AnswerState = 'given' | 'in part' | 'not held' | 'missing'

export interface Answered {
  readonly id: string
  readonly asks: string
  readonly essential: boolean
  readonly state: AnswerState
  /** What of it is missing, when a part is. */
  readonly lacks: string | null
  readonly request: string
}

export interface Completeness {
  readonly offence: Offence
  /** 0 to 100: the share of what is asked of this kind that has an answer; "not held" is one. It says nothing of urgency. */
  readonly score: number
  readonly answers: readonly Answered[]
}

const WEIGHT_ESSENTIAL = 3
const WEIGHT_USEFUL = 1

/** Reports by a sender to the cell. A chat, a box of mail or an archive has nobody who promised to say anything. */
const reportFormats: ReadonlySet<string> = new Set(['uk-csea-irp/1', 'ncmec-ispws', 'ncmec-cybertip-json'])

/** Null for what is no report. */
export function completenessOf(record: ReferralRecord): Completeness | null {
  if (!reportFormats.has(record.format)) return null
  const offence = offenceOf(record)
  const answers = questions
    .filter(({ of, applies }) => (of === null || of.includes(offence)) && applies?.(record) !== false)
    .map(({ id, asks, isEssential, request, look }): Answered => {
      const found = look(record)
      const known = { id, asks, essential: isEssential, request }
      if (found.is === 'given') return { ...known, state: 'given', lacks: null }
      if (record.allAvailableGiven === 'yes') {
        return { ...known, state: 'not held', lacks: found.is === 'part' ? found.lacks : null }
      }
      return found.is === 'part'
        ? { ...known, state: 'in part', lacks: found.lacks }
        : { ...known, state: 'missing', lacks: null }
    })
  const weightOf = ({ essential }: Answered): number => (essential ? WEIGHT_ESSENTIAL : WEIGHT_USEFUL)
  const asked = answers.reduce((sum, answer) => sum + weightOf(answer), 0)
  const got = answers.reduce((sum, answer) => sum + weightOf(answer) * share[answer.state], 0)
  return { offence, score: Math.round((100 * got) / asked), answers }
}

const share: Readonly<Record<AnswerState, number>> = { given: 1, 'in part': 0.5, 'not held': 1, missing: 0 }
