import { type ExitCode, exitCodes } from './exit-codes.ts'
import { run } from './run.ts'

export { exitCodes, run }

/** One call of the program: it ends when the command has ended, whatever is still open. */
export async function main(words: readonly string[]): Promise<never> {
  const code: ExitCode = await run(words)
  for (const stream of [process.stdout, process.stderr]) await new Promise((written) => stream.write('', written))
  process.exit(code)
}
