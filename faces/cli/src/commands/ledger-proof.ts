import { routes } from '@tandem/contract'
import { ok, type Result } from '@tandem/core'
import type { Client } from '../client.ts'
import { type Command, command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Failure, failure, usageFailure } from '../failure.ts'
import { referralId } from '../find-referral.ts'
import { cellOptions, signedIn } from '../place.ts'
import { count, instantWords } from '../words.ts'
import { written } from './ledger-log.ts'

export const proof: Command = command({
  summary: 'Where one entry stands in its log, checked against a signed checkpoint.',
  args: {
    entry: { type: 'positional', required: true, description: 'id of the entry' },
    ...cellOptions,
    to: { type: 'string', valueHint: 'FILE', description: 'write the proof there (C2SP tlog-proof)' },
  },
  more: 'Exit code 5 while the entry waits to be sealed, 1 when the proof does not hold.',
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const answer = await client.value.call(routes.proof, { params: { id: args.entry } })
    if (!answer.ok) return output.fail(answer.error)
    const { index, state, included, checkpoint, witnesses, proof, agency, leafHash } = answer.value
    if (args.to !== undefined && proof !== null && !(await written(args.to, proof)))
      return output.fail(failure(exitCodes.refused, `${args.to} is there already, or cannot be written.`))
    if (output.json) output.object(answer.value)
    else if (checkpoint === null)
      output.line(`The entry of ${agency} is recorded and waits to be sealed: ask again in a moment.`)
    else {
      output.line(`Entry ${index} of ${checkpoint.size} in the log of ${agency}: leaf ${leafHash.slice(0, 16)}…`)
      output.line(
        included === true ? 'The proof leads to the signed root.' : 'THE PROOF DOES NOT LEAD TO THE SIGNED ROOT.',
        included === true ? 'plain' : 'red',
      )
      for (const { name, at } of witnesses) output.line(`Witness ${name} saw it on ${instantWords(at)}.`)
      if (state === 'sealed') output.line('Not enough witnesses have cosigned it yet.')
    }
    if (included === false) return exitCodes.refused
    return checkpoint === null ? exitCodes.partly : exitCodes.done
  },
})

export const bundle: Command = command({
  summary: 'A sealed file with entries and their proofs, which a stranger checks offline.',
  args: {
    ...cellOptions,
    about: { type: 'string', required: true, valueHint: 'TEXT', description: 'what it is about, for its reader' },
    to: { type: 'string', required: true, valueHint: 'FILE', description: 'the bundle; nothing is written over' },
    'trust-to': { type: 'string', valueHint: 'FILE', description: 'the keys, to hand over by another way' },
    referral: { type: 'string', valueHint: 'NUMBER', description: 'every entry about this referral that you may open' },
  },
  rest: 'ENTRY',
  more: 'Check it: tandem verify FILE --trust FILE. Exit code 5 when an entry could not go in yet.',
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const about = args.referral === undefined ? ok([]) : await entriesAbout(client.value, args.referral)
    if (!about.ok) return output.fail(about.error)
    const wanted = [...new Set([...args._, ...about.value])]
    if (wanted.length === 0)
      return output.fail(usageFailure('Name entries by their ids, or a referral with --referral.'))
    if (wanted.length > 1000) return output.fail(usageFailure('A bundle takes at most 1000 entries.'))
    const answer = await client.value.call(routes.bundle, { body: { entries: wanted, about: args.about } })
    if (!answer.ok) return output.fail(answer.error)
    const { file, trust, records, notYet, notFound } = answer.value
    const trustTo = args['trust-to']
    for (const [path, text] of [
      [args.to, file],
      ...(trustTo === undefined ? [] : [[trustTo, trust] as const]),
    ] as const)
      if (!(await written(path, text)))
        return output.fail(failure(exitCodes.refused, `${path} is there already, or cannot be written.`))
    if (output.json) output.object({ file: args.to, trust: trustTo ?? null, records, notYet, notFound })
    else {
      output.line(`${args.to}: ${count(records, 'record')} with proofs, sealed.`)
      if (notYet.length > 0) output.line(`Not cosigned yet, left out: ${notYet.join(', ')}`)
      if (notFound.length > 0) output.line(`Not there, or not for you: ${notFound.join(', ')}`)
    }
    return notYet.length + notFound.length === 0 ? exitCodes.done : exitCodes.partly
  },
})

/** Every entry about a referral that this person may open, page by page. */
async function entriesAbout(client: Client, number: string): Promise<Result<string[], Failure>> {
  const referral = await referralId(client, number)
  if (!referral.ok) return referral
  const found: string[] = []
  let before: string | undefined
  for (;;) {
    const answer = await client.call(routes.entries, { query: { referral: referral.value, limit: 500, before } })
    if (!answer.ok) return answer
    found.push(...answer.value.entries.map(({ id }) => id))
    if (answer.value.next === null) return ok(found)
    before = answer.value.next
  }
}
