import { err, ok, type Result } from '@tandem/core'
import { askHidden, linesOfInput } from '../ask.ts'
import { allOf, command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Failure, usageFailure } from '../failure.ts'
import { askCell, keyOptions } from '../key-cell.ts'
import { dataOption } from '../place.ts'
import { instantWords } from '../words.ts'

export const show = command({
  summary: 'Whether each agency’s keys are open, who opens them, and where copies lie. No key is shown.',
  args: dataOption,
  more: 'Exit code 0: every agency is open. 5: at least one is sealed.',
  async run(args, output) {
    const answer = await askCell(args, { ask: 'states' })
    if (!answer.ok) return output.fail(answer.error)
    if (answer.value.answer !== 'states') return exitCodes.refused
    const { states, copies } = answer.value
    if (output.json) output.object({ states, copies })
    else {
      output.table(states, [
        { title: 'AGENCY', value: ({ name }) => name },
        { title: 'STATE', value: ({ state }) => state, paint: ({ state }) => (state === 'open' ? 'green' : 'red') },
        {
          title: 'OPENED BY',
          value: ({ holder, threshold, officers, module }) =>
            holder === 'officers'
              ? `${threshold} of ${officers.join(', ')}${module === null ? '' : `, with the module ${module}`}`
              : 'this machine itself',
        },
        {
          title: 'MISSING',
          value: ({ missing, given }) => (given.length === 0 ? missing : `${missing} (given: ${given.join(', ')})`),
          right: true,
        },
        { title: 'ROTATION', value: ({ rotation }) => rotation, right: true },
      ])
      if (copies.length > 0) output.line('')
      for (const { place, at } of copies)
        output.line(`Copy of the keys: ${place}, renewed ${instantWords(at)}. What was erased since is still in it.`)
    }
    return states.every(({ state }) => state === 'open') ? exitCodes.done : exitCodes.partly
  },
})

export const seal = command({
  summary: 'Closes an agency’s keys at once: nothing of it can be read until its officers bring their shares again.',
  args: keyOptions,
  async run(args, output) {
    const answer = await askCell(args, { ask: 'seal', agency: args.agency ?? null })
    if (!answer.ok) return output.fail(answer.error)
    if (output.json) output.object(answer.value)
    else output.line('Sealed. Its officers open it again: tandem unseal')
    return exitCodes.done
  },
})

export const rotate = command({
  summary: 'Makes a new key-encryption key and wraps every key anew. No sealed byte is changed.',
  args: {
    ...keyOptions,
    operations: { type: 'boolean', description: 'replace the keys of the operations too (longer: every record’s key)' },
  },
  more: `Needs the officers' shares, though the keys are open: the root wraps the new key. From a pipe: one share a line.
Afterwards renew the copy of the keys: tandem backup --keys-to DIR`,
  async run(args, output) {
    const agency = args.agency ?? null
    const given = await sharesOf(args)
    if (!given.ok) return output.fail(given.error)
    const operations = args.operations === true
    const answer = await askCell(args, { ask: 'rotate', agency, operations, shares: given.value })
    if (!answer.ok) return output.fail(answer.error)
    if (answer.value.answer !== 'rotated') return exitCodes.refused
    const { agency: name, rotation, rewrapped } = answer.value
    if (output.json) output.object({ agency: name, rotation, rewrapped })
    else {
      output.line(
        `The keys of ${name} are of rotation ${rotation} now; ${rewrapped} keys of records were wrapped anew.`,
      )
      output.line(
        'Copies of the keys from before still open what they opened: renew them (tandem backup --keys-to DIR).',
      )
    }
    return exitCodes.done
  },
})

export const shares = command({
  summary:
    'Makes new shares of an agency’s root for named officers, printed once. The old ones go when the new were used.',
  args: {
    ...keyOptions,
    threshold: { type: 'string', valueHint: 'M', description: 'how many officers open the keys together' },
    officer: { type: 'string', valueHint: 'NAME', description: 'who holds a share; once for each officer' },
    module: {
      type: 'string',
      valueHint: 'LIBRARY',
      description: 'let a hardware module hold the root: its PKCS#11 library',
    },
    token: { type: 'string', valueHint: 'LABEL', description: 'the token of that module' },
    'module-tool': {
      type: 'string',
      valueHint: 'PATH',
      description: 'pkcs11-tool of OpenSC, where it is not in the PATH',
    },
  },
  more: `Needs the shares of the present officers, unless this machine holds the root. The old way in stays until M of the new shares have opened the keys once (tandem unseal): nobody is shut out by a
sheet that was lost. A cell of an older Tandem gets its first shares so. With --module and --token the root is a new key inside
a hardware module that never leaves it; its PIN is asked for once (from a pipe: the first line), and the shares open the PIN.`,
  async run(args, output, words) {
    const threshold = Number(args.threshold)
    const officers = allOf(words, 'officer')
    if (!Number.isInteger(threshold) || threshold < 2 || officers.length < threshold)
      return output.fail(
        usageFailure(
          'Say how many are needed (--threshold M, two or more) and name at least as many: --officer NAME --officer NAME.',
        ),
      )
    if ((args.module === undefined) !== (args.token === undefined))
      return output.fail(usageFailure('A module is named by both: --module LIBRARY --token LABEL.'))
    const lines = process.stdin.isTTY === true ? null : await linesOfInput()
    const module = args.module === undefined ? ok(undefined) : await moduleOf(args, lines)
    if (!module.ok) return output.fail(module.error)
    const given = await sharesOf(args, lines)
    if (!given.ok) return output.fail(given.error)
    const agency = args.agency ?? null
    const question = { ask: 'new shares', agency, threshold, officers, shares: given.value } as const
    const answer = await askCell(args, { ...question, ...(module.value === undefined ? {} : { module: module.value }) })
    if (!answer.ok) return output.fail(answer.error)
    if (answer.value.answer !== 'shares') return exitCodes.refused
    if (output.json) output.object(answer.value)
    else {
      output.line(`SHARES OF ${answer.value.agency}: ${threshold} of ${officers.length} officers.`, 'bold')
      output.line('Printed this once and kept nowhere. Each officer writes down their own, and nobody else sees it.')
      for (const { officer, share } of answer.value.shares) {
        output.line('')
        output.line(`  for ${officer}:`)
        for (const line of share.match(/.{1,60}/g) ?? []) output.line(`    ${line}`)
      }
      output.line('')
      output.line(
        `Now bring ${threshold} of them once: tandem unseal --agency "${answer.value.agency}". Until then the old way in stays.`,
      )
    }
    return exitCodes.done
  },
})

interface ModuleOptions {
  readonly module?: string | undefined
  readonly token?: string | undefined
  readonly 'module-tool'?: string | undefined
}

/** `lines`: of a pipe; the PIN is the first one and is taken from them. */
async function moduleOf(options: ModuleOptions, lines: string[] | null) {
  const { module: library = '', token = '' } = options
  const pin = lines === null ? await askHidden(`PIN of the module ${token} (not shown): `) : (lines.shift() ?? null)
  if (pin === null || pin === '')
    return err(usageFailure('The PIN of the module is needed, at a terminal or as the first line of a pipe.'))
  return ok({ library, token, tool: options['module-tool'] ?? 'pkcs11-tool', pin })
}

/** The shares of the officers who hold the root now; none where this machine holds it. `lines`: of a pipe that was read. */
async function sharesOf(
  place: { data?: string | undefined; agency?: string | undefined },
  lines: readonly string[] | null = null,
): Promise<Result<string[], Failure>> {
  const states = await askCell(place, { ask: 'states' })
  if (!states.ok) return states
  const wanted = place.agency?.toLowerCase()
  const state =
    states.value.answer === 'states'
      ? states.value.states.find(({ name }) => wanted === undefined || name.toLowerCase() === wanted)
      : undefined
  const threshold = state?.threshold ?? 0
  if (threshold === 0) return ok([])
  const given = process.stdin.isTTY === true ? await typed(threshold) : [...(lines ?? (await linesOfInput()))]
  return given.length > 0 ? ok(given) : err(usageFailure('Give the shares at a terminal, or one a line in a pipe.'))
}

async function typed(threshold: number): Promise<string[]> {
  const given: string[] = []
  while (given.length < threshold) {
    const share = await askHidden(`Share ${given.length + 1} of ${threshold} (not shown): `)
    if (share === null || share === '') return []
    given.push(share)
  }
  return given
}
