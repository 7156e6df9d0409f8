import { createReadStream, statSync } from 'node:fs'
import { routes } from '@tandem/contract'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure } from '../failure.ts'
import { cellOptions, signedIn } from '../place.ts'
import { accountWords, bytesWords } from '../words.ts'

export default command({
  summary: 'Loads a list file, all or nothing, as the new current version. Referrals held are matched again.',
  args: {
    file: { type: 'positional', required: true, description: 'VICS or CAID JSON, or CSV of hashes' },
    name: { type: 'string', required: true, description: 'name of the list' },
    publisher: { type: 'string', required: true, description: 'who publishes it' },
    ...cellOptions,
  },
  async run(args, output) {
    const state = statSync(args.file, { throwIfNoEntry: false })
    if (state?.isFile() !== true) return output.fail(failure(exitCodes.refused, `${args.file} is no file.`))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const stream = createReadStream(args.file)
    let sent = 0
    stream.on('data', (chunk) => {
      sent += chunk.length
      output.progress(`${args.file}: ${bytesWords(sent)} of ${bytesWords(state.size)}`)
    })
    const loaded = await client.value.call(routes.loadList, {
      query: { name: args.name, publisher: args.publisher },
      stream,
    })
    output.progress(null)
    if (!loaded.ok) return output.fail(loaded.error)
    const { account, format, version, unchanged, setAside } = loaded.value
    if (output.json) output.object(loaded.value)
    else {
      output.line(
        unchanged
          ? `${args.name}: this file was loaded before; nothing changed.`
          : `${args.name} version ${version} (${format}): ${accountWords(account)}.`,
      )
      for (const { place, says, code } of setAside) output.line(`  ${place}: set aside: ${says} [${code}]`, 'yellow')
    }
    return account.setAside > 0 ? exitCodes.partly : exitCodes.done
  },
})
