import { askHidden, linesOfInput } from '../ask.ts'
import { command } from '../command.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { usageFailure } from '../failure.ts'
import { askCell, keyOptions } from '../key-cell.ts'
import type { Output } from '../output.ts'

export default command({
  summary: 'Takes the shares of an agency’s officers, one after the other, until its keys are open.',
  args: keyOptions,
  more: `Each officer types their own share; it is not shown and not kept. They need not come together: what was given stays
in the memory of the running cell. From a pipe: one share a line. Exit code 5: more shares are needed.`,
  async run(args, output) {
    const agency = args.agency ?? null
    const piped = process.stdin.isTTY === true ? null : await linesOfInput()
    if (piped?.length === 0) return output.fail(usageFailure('Give the shares at a terminal, or one a line in a pipe.'))
    let exit: ExitCode = exitCodes.partly
    for (let at = 0; ; at++) {
      const share = piped === null ? await askHidden('Share (not shown, empty to end): ') : (piped[at] ?? '')
      if (share === null || share === '') return exit
      const answer = await askCell(args, { ask: 'share', agency, share })
      // At a terminal a slip is typed again; a pipe has nobody who could.
      if (!answer.ok) {
        exit = output.fail(answer.error)
        if (piped !== null || answer.error.exit === exitCodes.unreachable) return exit
        continue
      }
      if (answer.value.answer !== 'share') continue
      tell(answer.value, output)
      if (answer.value.opened) return exitCodes.done
      exit = exitCodes.partly
    }
  },
})

interface Given {
  readonly officer: string
  readonly missing: number
  readonly opened: boolean
  readonly adopted: boolean
}

function tell(given: Given, output: Output): void {
  const { officer, missing, opened, adopted } = given
  if (output.json) output.object(given)
  else if (!opened) output.line(`Share of ${officer}. ${missing} more ${missing === 1 ? 'is' : 'are'} needed.`)
  else {
    output.line(`Share of ${officer}. The keys are open.`, 'green')
    if (adopted) output.line('The new shares are in force: the old ones open nothing any more. Destroy them.')
  }
}
