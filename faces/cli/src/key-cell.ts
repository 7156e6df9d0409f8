import { askKeys, findRunning, type KeyAnswer, type KeyQuestion } from '@tandem/boot/attach'
import { err, ok, type Result } from '@tandem/core'
import { exitCodes } from './exit-codes.ts'
import { type Failure, failure } from './failure.ts'
import { dataOption, folderOf, type Place } from './place.ts'

export const keyOptions = {
  ...dataOption,
  agency: { type: 'string', valueHint: 'NAME', description: 'short name of the agency whose keys are meant' },
} as const

/** Keys are opened in the memory of the running cell, and only from its own machine. */
export async function askCell(
  place: Pick<Place, 'data'>,
  question: KeyQuestion,
): Promise<Result<Exclude<KeyAnswer, { answer: 'refused' }>, Failure>> {
  const folder = folderOf(place)
  const answer = (await findRunning(folder)) === null ? null : await askKeys(folder, question)
  if (answer === null) {
    const says = `No cell runs on ${folder.root}. Start it first: tandem start --data ${folder.root}`
    return err(failure(exitCodes.unreachable, says))
  }
  return answer.answer === 'refused' ? err(failure(exitCodes.refused, answer.says)) : ok(answer)
}
