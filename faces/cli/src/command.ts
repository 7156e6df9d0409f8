import { type ArgsDef, type ParsedArgs, parseArgs } from 'citty'
import type { ExitCode } from './exit-codes.ts'
import type { Output } from './output.ts'

export interface Command {
  readonly summary: string
  readonly args: ArgsDef
  /** What further words without a dash are called; without it there may be none. */
  readonly rest?: string
  readonly more?: string
  execute(words: readonly string[], output: Output): Promise<ExitCode>
}

interface Definition<A extends ArgsDef> {
  readonly summary: string
  readonly args: A
  readonly rest?: string
  /** Shown below the options in the help. */
  readonly more?: string
  /** `words` as typed: `allOf` takes from them the values of an option that may be given several times. */
  run(args: ParsedArgs<A>, output: Output, words: readonly string[]): Promise<ExitCode>
}

const common = {
  json: { type: 'boolean', description: 'one JSON object a line, for machines' },
} as const satisfies ArgsDef

/** One command: its options are told once, and parsed, checked and explained from here. */
export function command<const A extends ArgsDef>(definition: Definition<A>): Command {
  const { run, ...told } = definition
  return {
    ...told,
    args: { ...definition.args, ...common },
    execute: (words, output) => run(parseArgs<A>([...words], { ...definition.args, ...common }), output, words),
  }
}

export interface Group {
  readonly summary: string
  /** What the group's name does alone. */
  readonly alone?: Lazy
  /** A first word that is no child and is meant for that command: the name of a thing. */
  readonly things?: RegExp
  readonly children: Readonly<Record<string, Entry>>
}

export interface Lazy {
  readonly summary: string
  /** In the overview it stands in the row of that command. */
  readonly toldWith?: string
  /** A command is read from disk when it is called, so that `read` needs no database driver. */
  readonly load: () => Promise<Command>
}

export type Entry = Lazy | Group

export const isGroup = (entry: Entry): entry is Group => 'children' in entry

/** Every value of an option, in order; the parser alone would keep the last and forget the others. */
export function allOf(words: readonly string[], option: string): string[] {
  return words.flatMap((word, at) => {
    if (word.startsWith(`--${option}=`)) return [word.slice(option.length + 3)]
    const next = words[at + 1]
    return word === `--${option}` && next !== undefined ? [next] : []
  })
}
