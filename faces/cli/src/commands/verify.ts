import { readFile } from 'node:fs/promises'
import { reportLines, verifyBundle } from '@tandem/ledger'
import { command } from '../command.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'

const exits: Readonly<Record<string, ExitCode>> = {
  proved: exitCodes.done,
  'in part': exitCodes.partly,
  refused: exitCodes.refused,
}

export default command({
  summary: 'Checks a bundle offline: what it proves and what not. No cell is needed.',
  args: {
    trust: {
      type: 'string',
      valueHint: 'FILE',
      description: 'keys that you have from the agencies, not from the bundle',
    },
  },
  rest: 'BUNDLE',
  more: `Exit code 0: proved with your keys. 5: it holds together, but its keys came with it. 1: refused.
The same verifier stands alone in tools/verify.mjs; a second one, written apart, is tools/verify.py.`,
  async run(args, output) {
    const [path, ...more] = args._
    if (path === undefined || more.length > 0) return output.fail(usageFailure('Name one bundle.'))
    const bundle = await textOf(path)
    const trust = args.trust === undefined ? null : await textOf(args.trust)
    if (bundle === null || (args.trust !== undefined && trust === null))
      return output.fail(failure(exitCodes.refused, `${bundle === null ? path : args.trust} cannot be read as text.`))
    const report = verifyBundle(bundle, trust)
    if (output.json) output.object(report)
    else for (const line of reportLines(report)) output.line(line)
    return exits[report.verdict] ?? exitCodes.refused
  },
})

async function textOf(path: string): Promise<string | null> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path))
  } catch {
    return null
  }
}
