import { verifyBundle } from './verify-file.ts'
import { type BundleVerdict, reportLines } from './words.ts'

/** What the command line of the offline verifier needs of the world around it. */
export interface OfflineWorld {
  /** Null when there is no such file or it is not UTF-8 text. */
  readonly read: (path: string) => string | null
  readonly print: (line: string) => void
  readonly complain: (line: string) => void
}

export const bundleExitCodes: { readonly [verdict in BundleVerdict]: number } = {
  proved: 0,
  'in part': 5,
  refused: 1,
}

const usage = 'Use: verify BUNDLE [--trust FILE] [--json]'

/** Gives the exit code; 2 when the command was not written in the agreed form. */
export function runOffline(given: readonly string[], world: OfflineWorld): number {
  const words = [...given]
  const isJsonAsked = take(words, '--json')
  const at = words.indexOf('--trust')
  const [, trustPath] = at < 0 ? [] : words.splice(at, 2)
  const [path, ...more] = words
  if (path === undefined || more.length > 0 || (at >= 0 && trustPath === undefined)) {
    world.complain(usage)
    return 2
  }
  const bundle = world.read(path)
  const trust = trustPath === undefined ? null : world.read(trustPath)
  if (bundle === null || (trustPath !== undefined && trust === null)) {
    world.complain(`${bundle === null ? path : trustPath} cannot be read.`)
    return 2
  }
  const report = verifyBundle(bundle, trust)
  if (isJsonAsked) world.print(JSON.stringify(report))
  else for (const line of reportLines(report)) world.print(line)
  return bundleExitCodes[report.verdict]
}

function take(words: string[], word: string): boolean {
  const at = words.indexOf(word)
  if (at >= 0) words.splice(at, 1)
  return at >= 0
}
