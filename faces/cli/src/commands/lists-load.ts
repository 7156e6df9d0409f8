import { createReadStream, statSync } from 'node:fs'
import { routes } from '@tandem/contract'
import { hashSharingEnvironments } from '@tandem/formats'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import type { Output } from '../output.ts'
import { cellOptions, signedIn } from '../place.ts'
import { accountWords, bytesWords } from '../words.ts'

export default command({
  summary: 'Loads list files, each all or nothing. Referrals held are matched again.',
  args: {
    name: { type: 'string', required: true, description: 'name of the list' },
    publisher: { type: 'string', required: true, description: 'who publishes it' },
    environment: {
      type: 'enum',
      options: [...hashSharingEnvironments],
      description: 'of a page of NCMEC Hash Sharing, which does not say it itself',
    },
    profile: { type: 'string', description: 'name of the saved profile to read a CSV by' },
    'category-scheme': { type: 'string', description: 'of a CSV: whose categories its category column holds' },
    'sixty-four': { type: 'enum', options: ['sha256', 'pdq'], description: 'of a CSV: what 64 digits are' },
    changes: { type: 'boolean', description: 'change the version in force, entry by entry' },
    whole: { type: 'boolean', description: 'the file is the whole list, also where its format is one of changes' },
    ...cellOptions,
  },
  rest: 'FILE',
  more: `FILE is VICS or CAID JSON, CSV of hashes, a page of NCMEC Hash Sharing (XML) or of ThreatExchange signals (JSON).
VICS and CSV are the whole list and make a new version; pages are changes of the version in force, and so is a CSV whose
profile agrees on tombstones. Several files are loaded in the order given, up to the first that fails.`,
  async run(args, output) {
    const files = args._
    if (files.length === 0) return output.fail(usageFailure('Name a file.'))
    if (args.changes === true && args.whole === true)
      return output.fail(usageFailure('Say --changes or --whole, not both.'))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const query: Query = {
      name: args.name,
      publisher: args.publisher,
      ...(args.environment === undefined ? {} : { environment: args.environment }),
      ...(args.profile === undefined ? {} : { profile: args.profile }),
      ...(args['category-scheme'] === undefined ? {} : { categoryScheme: args['category-scheme'] }),
      ...(args['sixty-four'] === undefined ? {} : { sixtyFour: args['sixty-four'] }),
      ...(args.changes === true ? { mode: 'changes' } : args.whole === true ? { mode: 'whole' } : {}),
    }
    let worst: ExitCode = exitCodes.done
    for (const file of files) {
      const code = await loadOne(file, query, client.value, output)
      if (code !== exitCodes.done && code !== exitCodes.partly) return code
      if (code === exitCodes.partly) worst = code
    }
    return worst
  },
})

type Query = Readonly<Record<string, string>> & { readonly name: string }

async function loadOne(file: string, query: Query, client: Client, output: Output): Promise<ExitCode> {
  const state = statSync(file, { throwIfNoEntry: false })
  if (state?.isFile() !== true) return output.fail(failure(exitCodes.refused, `${file} is no file.`))
  const stream = createReadStream(file)
  let sent = 0
  stream.on('data', (chunk) => {
    sent += chunk.length
    output.progress(`${file}: ${bytesWords(sent)} of ${bytesWords(state.size)}`)
  })
  const loaded = await client.call(routes.loadList, { query, stream })
  output.progress(null)
  if (!loaded.ok) return output.fail(loaded.error)
  const { account, changes, format, version, unchanged, setAside, remarks } = loaded.value
  if (output.json) output.object(loaded.value)
  else {
    const what =
      changes === null
        ? `version ${version}`
        : `version ${version}, change ${changes.number}: ${changes.added} added, ${changes.withdrawn} withdrawn, ${changes.replaced} replaced`
    output.line(
      unchanged
        ? `${query.name}: this file was loaded before; nothing changed.`
        : `${query.name} ${what} (${format}): ${accountWords(account)}.`,
    )
    for (const { place, says, code } of [
      ...setAside.map((each) => ({ ...each, says: `set aside: ${each.says}` })),
      ...remarks,
    ])
      output.line(`  ${place}: ${says} [${code}]`, 'yellow')
  }
  return account.setAside > 0 ? exitCodes.partly : exitCodes.done
}
