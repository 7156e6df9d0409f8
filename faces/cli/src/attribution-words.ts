import type { BodyOf, ResponseOf, routes } from '@tandem/contract'
import { err, ok, type Result } from '@tandem/core'
import type { Client } from './client.ts'
import { type Failure, usageFailure } from './failure.ts'
import { referralId } from './find-referral.ts'
import type { Output } from './output.ts'
import { instantWords } from './words.ts'

export type Attribution = ResponseOf<typeof routes.showAttribution>
type Given = BodyOf<typeof routes.judgeAttribution>
type Line = Given['lines'][number]

/** `R-12`, `R-12.2`, `R-12.2.3`: a referral, a person in it, a use of an address by that person; all counted from 1. */
export async function placeOf(
  client: Client,
  named: string,
): Promise<Result<{ referral: string; person: number; event: number }, Failure>> {
  const [, number, person = '1', event = '1'] =
    /^(?:R-|#)?(\d{1,15})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?$/i.exec(named) ?? []
  if (number === undefined || Number(person) < 1 || Number(event) < 1)
    return err(
      usageFailure(`"${named}" is no place: write R-12, R-12.2 for a person, R-12.2.3 for a use of an address.`),
    )
  const id = await referralId(client, number)
  return id.ok ? ok({ referral: id.value, person: Number(person) - 1, event: Number(event) - 1 }) : id
}

export const linesHelp =
  '"answer R-12.1", "use R-12.1.2", "account R-12.1", or "observed yes REFERENCE" (of the same person: yes, no, not-said)'

export async function lineOf(client: Client, written: string): Promise<Result<Line, Failure>> {
  const [kind = '', second = '', ...rest] = written.trim().split(/\s+/)
  if (kind === 'observed') {
    const samePerson = second === 'yes' || second === 'no' ? second : second === 'not-said' ? 'not said' : null
    const reference = rest.join(' ')
    if (samePerson === null || reference.length < 3) return err(usageFailure(`A line is ${linesHelp}.`))
    return ok({ kind: 'observation', reference, samePerson })
  }
  if (!['answer', 'use', 'account'].includes(kind) || rest.length > 0)
    return err(usageFailure(`A line is ${linesHelp}.`))
  const place = await placeOf(client, second)
  if (!place.ok) return place
  const { referral, person, event } = place.value
  if (kind === 'use') return ok({ kind: 'other address use', referral, person, event })
  return ok({ kind: kind === 'answer' ? 'other answer' : 'account in the name', referral, person })
}

/** Doubts before anything else. */
export function showDoubts(doubts: Attribution['doubts'], output: Output): void {
  output.line(doubts.length === 0 ? 'No doubt was found by the checks that were made.' : 'Doubts', 'bold')
  for (const { code, says, bars } of doubts) output.line(`  ${code}${bars ? ' (bars)' : ''}: ${says}`)
}

export function showUse({ use, attributed }: Pick<Attribution, 'use' | 'attributed'>, output: Output): void {
  if (use === null) output.line('Use of an address: (erased by law)')
  else
    output.line(
      `Copied use of an address: ${use.address}, ${use.port === null ? 'no port' : `port ${use.port}`}, ${use.time === null ? 'no time' : `${use.time.instant ?? 'no one instant'} (as written: ${use.time.original})`}, at ${use.place}`,
    )
  if (attributed !== null)
    output.line(
      `Copied from the answer: ${[attributed.name, attributed.address].filter((each) => each !== null).join(', ')}, at ${attributed.place}`,
    )
}

export function showAttribution(shown: Attribution, output: Output): void {
  output.line(
    `Attribution ${shown.id}, referral ${shown.number}: ${shown.inError ? 'IN ERROR, ' : ''}${shown.state}`,
    'bold',
  )
  for (const { what, cause, impact, told, grading, by, at } of shown.errors)
    output.line(
      `  Error (${grading}), ${by}, ${instantWords(at)}: ${what} Cause: ${cause} Impact: ${impact} Told: ${told.length === 0 ? 'nobody' : told.join('; ')}`,
    )
  showDoubts(shown.doubts, output)
  if (shown.stale) output.line('It would be judged otherwise now: it cannot be cleared, propose it anew.')
  showUse(shown, output)
  output.line(`Proposed by ${shown.by}, ${instantWords(shown.at)}: ${shown.reason}`)
  if (shown.override !== null) output.line(`In spite of doubts: ${shown.override}`)
  const { settled } = shown
  if (settled !== null) output.line(`Settled by ${settled.by}, ${instantWords(settled.at)}: ${settled.reason}`)
  output.line('')
  output.text(shown.inWords)
}
