import type { ArgsDef } from 'citty'
import type { Command, Entry, Group, Lazy } from './command.ts'
import { isGroup } from './command.ts'
import { groups } from './commands.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { failure, usageFailure } from './failure.ts'
import { commandHelp, groupHelp, overview } from './help.ts'
import { nearest } from './nearest.ts'
import { makeOutput, type Output } from './output.ts'

const top: Readonly<Record<string, Entry>> = Object.assign({}, ...groups.map(({ commands }) => commands))

const wantsHelp = (words: readonly string[]): boolean =>
  beforeDashes(words).some((word) => word === '--help' || word === '-h')
const beforeDashes = (words: readonly string[]): readonly string[] => {
  const end = words.indexOf('--')
  return end < 0 ? words : words.slice(0, end)
}

/** One call of `tandem`. Never throws: what goes wrong is one line and an exit code. */
export async function run(words: readonly string[]): Promise<ExitCode> {
  const output = makeOutput(beforeDashes(words).includes('--json'), {
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
  })
  // Whoever reads us may stop reading (`| head`): that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  try {
    return await walk(words, output)
  } catch (error) {
    const isUsage = error instanceof Error && error.name === 'CLIError'
    if (isUsage) return output.fail(usageFailure(withoutColour(error.message)))
    const words = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'
    return output.fail({
      exit: exitCodes.refused,
      code: 'TANDEM-BUG-001',
      says: `An error of ours, nothing you did: ${words}`,
    })
  }
}

async function walk(words: readonly string[], output: Output): Promise<ExitCode> {
  const [first] = words
  if (first === undefined || first === '--help' || first === '-h' || first === 'help')
    return help(words.slice(1), output)
  if (first === '--version' || first === '-v') return walk(['version', ...words.slice(1)], output)
  let children = top
  let path: string[] = []
  for (const [index, word] of words.entries()) {
    if (word.startsWith('-')) break
    const entry = children[word]
    if (entry === undefined || !Object.hasOwn(children, word)) return unknown(word, path, children, output)
    path = [...path, word]
    const rest = words.slice(index + 1)
    const lazy = isGroup(entry) ? alone(entry, rest) : entry
    if (lazy !== null) {
      const command = await lazy.load()
      if (wantsHelp(rest)) return print(commandHelp(path, command), output)
      const wrong = misused(rest, command, path)
      if (wrong !== null) return output.fail(usageFailure(wrong))
      process.title = `tandem ${path.join(' ')}`
      return await command.execute(rest, output)
    }
    if (isGroup(entry)) children = entry.children
  }
  if (path.length === 0) return unknown(first, path, children, output)
  if (wantsHelp(words)) return print(groupHelp(path, children), output)
  return output.fail(usageFailure(`Say which: tandem ${path.join(' ')} ${Object.keys(children).join(' | ')}`))
}

/** A group's own command: meant when no child is named and no help is asked for. */
function alone({ alone, things }: Group, rest: readonly string[]): Lazy | null {
  const [first = '-'] = rest
  const isMeant = (first.startsWith('-') || things?.test(first) === true) && !wantsHelp(rest)
  return isMeant && alone !== undefined ? alone : null
}

async function help(path: readonly string[], output: Output): Promise<ExitCode> {
  const named = path.filter((word) => !word.startsWith('-'))
  return named.length === 0 ? print(overview(groups), output) : walk([...named, '--help'], output)
}

function print(text: string, output: Output): ExitCode {
  output.text(text)
  return exitCodes.done
}

function unknown(
  word: string,
  path: readonly string[],
  children: Readonly<Record<string, Entry>>,
  output: Output,
): ExitCode {
  const meant = nearest(word, Object.keys(children))
  const called = ['tandem', ...path].join(' ')
  const hint = meant === null ? `Look at: ${called} --help` : `Did you mean "${called} ${meant}"?`
  return output.fail(failure(exitCodes.usage, `There is no command "${[...path, word].join(' ')}". ${hint}`))
}

/** Options that do not exist, options without their value, and words too many. */
function misused(words: readonly string[], command: Command, path: readonly string[]): string | null {
  const options = Object.entries(command.args).filter(([, { type }]) => type !== 'positional')
  const positionals = Object.values(command.args).filter(({ type }) => type === 'positional').length
  let plain = 0
  const given = new Set<string>()
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    if (word === '--') {
      plain += words.length - index - 1
      break
    }
    if (!word.startsWith('-') || word === '-') {
      plain++
      continue
    }
    const [written = '', value] = word.split(/=(.*)/s)
    const name = written.replace(/^--?/, '')
    const option = options.find(([each, { type }]) => each === name || (type === 'boolean' && name === `no-${each}`))
    if (option === undefined) {
      const meant = nearest(
        name,
        options.map(([each]) => each),
      )
      const hint = meant === null ? `Look at: tandem ${path.join(' ')} --help` : `Did you mean --${meant}?`
      return `tandem ${path.join(' ')} has no option ${written}. ${hint}`
    }
    given.add(option[0])
    if (isText(option[1])) {
      const next = words[index + 1]
      if (value === '' || (value === undefined && (next === undefined || next.startsWith('--'))))
        return `${written} needs a value.`
      if (value === undefined) index++
    }
  }
  if (plain > positionals && command.rest === undefined)
    return `Too many words. Look at: tandem ${path.join(' ')} --help`
  const needed = Object.entries(command.args).filter(
    ([, { type, required }]) => type === 'positional' && required === true,
  )
  const missing = [
    ...needed.slice(plain).map(([name]) => name.toUpperCase()),
    ...options.filter(([name, { required }]) => required === true && !given.has(name)).map(([name]) => `--${name}`),
  ]
  return missing.length === 0 ? null : `Missing: ${missing.join(', ')}. Look at: tandem ${path.join(' ')} --help`
}

const isText = ({ type }: ArgsDef[string]): boolean => type === 'string' || type === 'enum'

// citty colours the names in its messages by rules of its own.
const withoutColour = (text: string): string => text.replaceAll(/\p{Cc}\[\d+m/gu, '')
