import { writeFile } from 'node:fs/promises'
import { type ResponseOf, routes } from '@tandem/contract'
import { type Command, command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure } from '../failure.ts'
import { cellOptions, signedIn } from '../place.ts'
import { count, instantWords } from '../words.ts'

type Log = ResponseOf<typeof routes.logs>['logs'][number]

const stateOf = ({ halted, behindSince, waiting, note }: Log): string => {
  if (halted !== null) return `STOPPED: ${halted.says}`
  if (behindSince !== null) return `${waiting} wait since ${instantWords(behindSince)}`
  return note === null ? 'nothing recorded yet' : 'sealed'
}

export const checkpoint: Command = command({
  summary: 'The newest checkpoint of each log: size, root, time. With a name, the signed note itself.',
  args: {
    log: { type: 'positional', required: false, description: 'name of a log, as the table shows it' },
    ...cellOptions,
  },
  more: 'Keep the note of a log: whoever holds an older one can tell when history was rewritten.',
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const answer = await client.value.call(routes.logs, {})
    if (!answer.ok) return output.fail(answer.error)
    const { logs } = answer.value
    if (args.log === undefined) {
      if (output.json) for (const log of logs) output.object(log)
      else
        output.table(logs, [
          { title: 'LOG', value: ({ name }) => name },
          { title: 'ENTRIES', value: ({ size }) => size, right: true },
          { title: 'WITNESSED', value: ({ witnessedSize }) => witnessedSize, right: true },
          { title: 'SIGNED', value: ({ signedAt }) => instantWords(signedAt) },
          { title: 'ROOT', value: ({ root }) => root?.slice(0, 16) ?? '' },
          { title: 'STATE', value: stateOf, paint: ({ halted }) => (halted === null ? 'plain' : 'red') },
        ])
      return logs.some(({ halted }) => halted !== null) ? exitCodes.refused : exitCodes.done
    }
    const log = logs.find(({ name }) => name === args.log)
    if (log === undefined || log.note === null)
      return output.fail(failure(exitCodes.refused, `There is no checkpoint of a log "${args.log}" that you may see.`))
    if (output.json) output.object(log)
    else output.text(log.note.trimEnd())
    return exitCodes.done
  },
})

export const witnesses: Command = command({
  summary: 'Who cosigns the checkpoints of each log, and who is silent.',
  args: cellOptions,
  more: 'Witnesses "in this cell" run on the same machine: against whoever owns it, only one outside helps.',
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const answer = await client.value.call(routes.logs, {})
    if (!answer.ok) return output.fail(answer.error)
    const rows = answer.value.logs.flatMap(({ name, note, witnesses }) =>
      witnesses.map((witness) => ({ log: name, isEmpty: note === null, ...witness })),
    )
    if (output.json) for (const row of rows) output.object(row)
    else
      output.table(rows, [
        { title: 'LOG', value: ({ log }) => log },
        { title: 'WITNESS', value: ({ name }) => name },
        { title: 'WHERE', value: ({ url }) => url ?? 'in this cell' },
        { title: 'COSIGNED', value: ({ size }) => size, right: true },
        { title: 'AT', value: ({ at }) => instantWords(at) },
        {
          title: 'STATE',
          value: ({ trouble, isEmpty }) => (isEmpty ? 'nothing to sign yet' : (trouble ?? 'cosigned the newest')),
        },
      ])
    return exitCodes.done
  },
})

export const keys: Command = command({
  summary: 'The keys and policies of the logs, as a file for "tandem verify --trust".',
  args: {
    ...cellOptions,
    to: { type: 'string', valueHint: 'FILE', description: 'write it there instead of printing it' },
  },
  more: 'Hand it to a reader by another way than the bundle; the fingerprints are for comparing by telephone.',
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const answer = await client.value.call(routes.logs, {})
    if (!answer.ok) return output.fail(answer.error)
    const { logs, trust } = answer.value
    if (args.to !== undefined && !(await written(args.to, trust)))
      return output.fail(failure(exitCodes.refused, `${args.to} is there already, or cannot be written.`))
    if (output.json) output.object(JSON.parse(trust))
    else if (args.to === undefined) output.text(trust.trimEnd())
    for (const { keys } of logs)
      for (const { fingerprint, name, kind } of keys) output.note(`${fingerprint}  ${name} (${kind})`)
    return exitCodes.done
  },
})

export const verify: Command = command({
  summary: 'Compares database, tiles, checkpoints and witnesses entry by entry, and each opening with its leaf.',
  args: cellOptions,
  more: 'Exit code 1 when something was changed: rollback, fork, edit, deletion, insertion, swap, truncation are named.',
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const answer = await client.value.call(routes.audit, {})
    if (!answer.ok) return output.fail(answer.error)
    let wrong = 0
    for (const log of answer.value.logs) {
      wrong += log.findings.length + log.openings.broken.length
      if (output.json) {
        output.object(log)
        continue
      }
      output.line(
        `${log.name}: ${count(log.entries, 'sealed entry').replace('entrys', 'entries')} compared, ${count(log.openings.checked, 'opening')} read.`,
      )
      for (const { says } of log.findings) output.line(`  ${says}`, 'red')
      for (const entry of log.openings.broken)
        output.line(`  What entry ${entry} says is not what was recorded.`, 'red')
    }
    if (wrong === 0) {
      output.note('Everything is as it was recorded.')
      return exitCodes.done
    }
    if (output.json) return exitCodes.refused
    return output.fail(
      failure(
        exitCodes.refused,
        `${count(wrong, 'finding')}: change nothing, keep the data folder, call the inspector.`,
      ),
    )
  },
})

/** Never over something that is there: a proof may be evidence. */
export async function written(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 })
    return true
  } catch {
    return false
  }
}
