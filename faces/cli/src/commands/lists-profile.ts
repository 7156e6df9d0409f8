import { readFileSync } from 'node:fs'
import { routes } from '@tandem/contract'
import { headLength, parseHashCsvProfile, sniffHashCsv, writeHashCsvProfile } from '@tandem/formats'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure } from '../failure.ts'
import { cellOptions, signedIn } from '../place.ts'
import { instantWords } from '../words.ts'

export const draft = command({
  summary: 'Looks at a hash CSV and prints a profile of it; what it cannot know it asks. Nothing is stored or sent.',
  args: {
    file: { type: 'positional', required: true, description: 'CSV of hashes' },
    'category-scheme': { type: 'string', description: 'whose categories its category column holds' },
    'sixty-four': { type: 'enum', options: ['sha256', 'pdq'], description: 'what 64 digits are' },
  },
  more: 'Columns that only a person can name stand there with "is": "?" and a question: complete them, then save the profile.',
  async run(args, output) {
    const bytes = bytesOf(args.file)
    if (bytes === null) return output.fail(failure(exitCodes.refused, `${args.file} cannot be opened.`))
    const sixtyFour = args['sixty-four']
    const sniffed = sniffHashCsv(bytes.subarray(0, 8 * headLength + 1), {
      ...(sixtyFour === 'sha256' || sixtyFour === 'pdq' ? { sixtyFour } : {}),
      ...(args['category-scheme'] === undefined ? {} : { categoryScheme: args['category-scheme'] }),
    })
    if (sniffed.kind === 'profile') {
      output.text(writeHashCsvProfile(sniffed.profile))
      return exitCodes.done
    }
    if (sniffed.draft === undefined) {
      const says = sniffed.questions.map((question) => question.says).join(' ')
      return output.fail(failure(exitCodes.refused, `${args.file}: ${says}`))
    }
    output.text(writeHashCsvProfile(sniffed.draft))
    return exitCodes.partly
  },
})

export const save = command({
  summary: 'Saves a profile in the cell, under a name by which lists load --profile finds it.',
  args: {
    name: { type: 'positional', required: true, description: 'name of the profile' },
    file: { type: 'positional', required: true, description: 'the profile, as JSON' },
    ...cellOptions,
  },
  async run(args, output) {
    const bytes = bytesOf(args.file)
    if (bytes === null) return output.fail(failure(exitCodes.refused, `${args.file} cannot be opened.`))
    const parsed = parseHashCsvProfile(jsonOf(bytes))
    if (!parsed.ok) return output.fail(failure(exitCodes.refused, `${args.file}: ${parsed.error}`))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const saved = await client.value.call(routes.saveListProfile, { body: { name: args.name, profile: parsed.value } })
    if (!saved.ok) return output.fail(saved.error)
    if (output.json) output.object(saved.value)
    else output.line(`${saved.value.name}: saved as version ${saved.value.version}.`)
    return exitCodes.done
  },
})

export const show = command({
  summary: 'Saved profiles; with a name, the profile itself.',
  args: { name: { type: 'positional', required: false, description: 'name of one profile' }, ...cellOptions },
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const answer = await client.value.call(routes.listProfiles)
    if (!answer.ok) return output.fail(answer.error)
    const { profiles } = answer.value
    if (args.name !== undefined) {
      const named = profiles.find(({ name }) => name === args.name)
      const parsed = named === undefined ? null : parseHashCsvProfile(named.profile)
      if (parsed === null || !parsed.ok)
        return output.fail(failure(exitCodes.refused, `There is no profile "${args.name}".`))
      output.text(writeHashCsvProfile(parsed.value))
      return exitCodes.done
    }
    if (output.json) for (const profile of profiles) output.object(profile)
    else
      output.table(profiles, [
        { title: 'PROFILE', value: ({ name }) => name },
        { title: 'VERSION', value: ({ version }) => version, right: true },
        { title: 'SAVED', value: ({ savedAt }) => instantWords(savedAt) },
        { title: 'BY', value: ({ savedBy }) => savedBy },
      ])
    return exitCodes.done
  },
})

function bytesOf(file: string): Uint8Array | null {
  try {
    return readFileSync(file)
  } catch {
    return null
  }
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return null
  }
}
