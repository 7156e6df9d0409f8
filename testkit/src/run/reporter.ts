import { inspect } from 'node:util'

/** One line a test that began, ended, passed or failed, for the process that runs the files. */
export type TestLine =
  | { readonly what: 'begun' | 'ended'; readonly name: string; readonly nesting: number }
  | { readonly what: 'passed' | 'skipped'; readonly name: string; readonly nesting: number; readonly suite: boolean }
  | {
      readonly what: 'failed'
      readonly name: string
      readonly nesting: number
      readonly suite: boolean
      readonly why: string
      readonly ofChildren: boolean
    }

interface Reported {
  readonly type: string
  readonly data: {
    readonly name?: string
    readonly nesting?: number
    readonly skip?: string | boolean
    readonly todo?: string | boolean
    readonly details?: {
      readonly type?: string
      readonly error?: { readonly cause?: unknown; readonly failureType?: string }
    }
  }
}

/** A reporter for `node --test-reporter`. Tests are told apart by name and depth, as their author sees them. */
export default async function* report(source: AsyncIterable<Reported>): AsyncGenerator<string> {
  for await (const { type, data } of source) {
    const line = lineOf(type, data)
    if (line !== null) yield `${JSON.stringify(line)}\n`
  }
}

function lineOf(type: string, data: Reported['data']): TestLine | null {
  const of = { name: data.name ?? '', nesting: data.nesting ?? 0 }
  const suite = data.details?.type === 'suite'
  if (type === 'test:dequeue') return { what: 'begun', ...of }
  if (type === 'test:complete') return { what: 'ended', ...of }
  if (type === 'test:pass') return { what: isSet(data.skip) || isSet(data.todo) ? 'skipped' : 'passed', ...of, suite }
  if (type !== 'test:fail') return null
  // A test marked as to do may fail; it is shown as not done, never as passed.
  if (isSet(data.todo)) return { what: 'skipped', ...of, suite }
  const error = data.details?.error
  return {
    what: 'failed',
    ...of,
    suite,
    why: wordsOf(error?.cause ?? error),
    ofChildren: error?.failureType === 'subtestsFailed',
  }
}

const isSet = (mark: string | boolean | undefined): boolean => mark !== undefined && mark !== false

const wordsOf = (cause: unknown): string =>
  typeof cause === 'string' ? cause : inspect(cause, { depth: 4, maxStringLength: 4_000 })
