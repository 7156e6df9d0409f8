import type { ArgsDef } from 'citty'
import { type Command, type Entry, isGroup } from './command.ts'
import type { CommandGroup } from './commands.ts'

const columns = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join('\n')
}

export function overview(groups: readonly CommandGroup[]): string {
  const all = groups.flatMap(({ commands }) => namesOf(commands))
  const width = Math.max(...all.map(([name]) => name.length))
  const parts = groups.map(
    ({ title, commands }) =>
      `${title}\n${namesOf(commands)
        .map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}`)
        .join('\n')}`,
  )
  return `Tandem: the desk of a joint operations cell.

${parts.join('\n\n')}

Each command: tandem <command> --help. Machines: --json. Exit codes: 0 done, 1 refused or failed,
2 wrong usage, 3 no cell answers, 4 not signed in or not allowed, 5 partly done.`
}

/** One row a command, or a few that belong together: the overview fits on one screen. */
function namesOf(commands: Readonly<Record<string, Entry>>): (readonly [string, string])[] {
  const entries = Object.entries(commands)
  return entries
    .filter(([, entry]) => isGroup(entry) || entry.toldWith === undefined)
    .map(([name, entry]) => {
      const others = entries.flatMap(([other, each]) => (!isGroup(each) && each.toldWith === name ? [other] : []))
      const children = isGroup(entry) && Object.keys(entry.children).length <= 4 ? Object.keys(entry.children) : []
      return [[`${name} ${children.join('|')}`.trimEnd(), ...others].join(', '), entry.summary]
    })
}

export function groupHelp(path: readonly string[], children: Readonly<Record<string, Entry>>): string {
  const rows = Object.entries(children).map(([name, { summary }]) => [name, summary] as const)
  return `Use: tandem ${path.join(' ')} <command>\n\n${columns(rows)}`
}

export function commandHelp(path: readonly string[], command: Command): string {
  const options = Object.entries(command.args).filter(([, { type }]) => type !== 'positional')
  const positionals = Object.entries(command.args).filter(([, { type }]) => type === 'positional')
  const words = [
    ...positionals.map(([name, { required }]) => (required === false ? `[${name.toUpperCase()}]` : name.toUpperCase())),
    ...(command.rest === undefined ? [] : [`[${command.rest}...]`]),
  ]
  const parts = [`${command.summary}\n\nUse: ${['tandem', ...path, ...words].join(' ')} [options]`]
  const told = positionals.flatMap(([name, { description }]) =>
    description === undefined ? [] : [[name.toUpperCase(), description] as const],
  )
  if (told.length > 0) parts.push(columns(told))
  parts.push(columns(options.map(([name, option]) => [`--${written(name, option)}`, described(option)] as const)))
  if (command.more !== undefined) parts.push(command.more)
  return parts.join('\n\n')
}

function written(name: string, option: ArgsDef[string]): string {
  if (option.type === 'boolean') return option.default === true ? `no-${name}` : name
  return `${name} ${('valueHint' in option && option.valueHint) || 'TEXT'}`
}

function described(option: ArgsDef[string]): string {
  const says = option.type === 'boolean' && option.default === true ? option.negativeDescription : option.description
  const choice = option.type === 'enum' && option.options !== undefined ? ` (${option.options.join(', ')})` : ''
  return `${says ?? ''}${choice}${option.required === true ? ' (needed)' : ''}`
}
