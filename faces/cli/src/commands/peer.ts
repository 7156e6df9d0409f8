import { readFile } from 'node:fs/promises'
import {
  findRunning,
  introduced,
  listenForPeers,
  ownCard,
  type PeerCard,
  pinPeer,
  printOf,
  readCard,
  renewedCard,
  unpinPeer,
} from '@tandem/boot'
import type { Result } from '@tandem/core'
import { ask } from '../ask.ts'
import { command } from '../command.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import type { Output } from '../output.ts'
import { dataOption, folderOf } from '../place.ts'
import { portOf } from '../start-options.ts'
import { written } from './ledger-log.ts'

const agency = { type: 'positional', required: true, description: 'short name of the agency of this cell' } as const
const toOption = { to: { type: 'string', valueHint: 'FILE', description: 'write the card there' } } as const

export const card = command({
  summary: 'The card of an agency of this cell: its public keys, for an agency with a cell of its own.',
  args: { agency, ...toOption, ...dataOption },
  more: `Nothing in it is secret. Send it as you like, and compare the fingerprint by telephone: whoever could exchange the card
on its way cannot exchange your voice. Made when it is first asked for; the same each time.`,
  run: async (args, output) => tell(await ownCard(folderOf(args), args.agency, new Date()), args.to, output),
})

export const renew = command({
  summary:
    'A new certificate authority for an agency’s line. Its peers must pin the new card; until then they refuse it.',
  args: { agency, ...toOption, ...dataOption },
  more: 'For a key that may have been seen by others. A certificate that only nears its end is renewed by the cell itself.',
  async run(args, output) {
    const told = await tell(await renewedCard(folderOf(args), args.agency, new Date()), args.to, output)
    if (told === exitCodes.done) await tellRestart(args, output)
    return told
  },
})

async function tell(made: Result<PeerCard, string>, to: string | undefined, output: Output): Promise<ExitCode> {
  if (!made.ok) return output.fail(failure(exitCodes.refused, made.error))
  const text = JSON.stringify(made.value, null, 2)
  if (to !== undefined && !(await written(to, `${text}\n`)))
    return output.fail(failure(exitCodes.refused, `${to} is there already, or cannot be written.`))
  if (output.json) output.object({ card: made.value, fingerprint: printOf(made.value) })
  else {
    if (to === undefined) output.text(text)
    tellPrint(made.value, output)
  }
  return exitCodes.done
}

function tellPrint(made: PeerCard, output: Output): void {
  output.note(`Card of ${made.agency} (${made.mode}), to be compared by telephone:`)
  for (const line of printOf(made).match(/.{1,40}/g) ?? []) output.note(`  ${line.trim()}`)
}

export const add = command({
  summary: 'Pins the card of another agency’s cell, after its fingerprint was compared with its owner.',
  args: {
    agency,
    card: { type: 'positional', required: true, description: 'file with the other agency’s card' },
    url: { type: 'string', required: true, valueHint: 'URL', description: 'where its cell listens: https://HOST:PORT' },
    fingerprint: {
      type: 'string',
      valueHint: 'HEX',
      description: 'as its owner told it; else it is shown and asked for',
    },
    ...dataOption,
  },
  more: 'A card of the same agency replaces the one before. Both agencies pin each other; one alone is not heard.',
  async run(args, output) {
    const text = await readFile(args.card, 'utf8').catch(() => null)
    if (text === null) return output.fail(usageFailure(`${args.card} cannot be read.`))
    const read = readCard(text)
    if (!read.ok) return output.fail(failure(exitCodes.refused, read.error))
    tellPrint(read.value, output)
    const agreed = await isAgreed(read.value, args.fingerprint)
    if (agreed !== null) return output.fail(failure(exitCodes.refused, agreed))
    const pinned = await pinPeer(folderOf(args), args.agency, { url: args.url, card: read.value })
    if (!pinned.ok) return output.fail(failure(exitCodes.refused, pinned.error))
    if (output.json) output.object({ agency: args.agency, peer: read.value.name, done: pinned.value })
    else
      output.line(
        `${read.value.agency} is ${pinned.value === 'added' ? 'a peer' : 'a peer as before, with this card,'} of ${args.agency} at ${args.url}.`,
      )
    await tellRestart(args, output)
    return exitCodes.done
  },
})

/** Null: the card is the one that its owner has. */
async function isAgreed(given: PeerCard, told: string | undefined): Promise<string | null> {
  const bare = (text: string): string => text.toLowerCase().replaceAll(/[^0-9a-f]/g, '')
  if (told !== undefined)
    return bare(told) === bare(printOf(given))
      ? null
      : 'The fingerprint is another one. Nothing was pinned: call the other agency, and find out who changed the card.'
  const answer = await ask('Call the other agency on a number you know. Do they read out the same? (yes/no): ')
  return answer?.trim().toLowerCase() === 'yes'
    ? null
    : 'Nothing was pinned. Compare the fingerprint by telephone, then type yes, or give it as --fingerprint.'
}

export const remove = command({
  summary: 'Takes out a peer: from the next start it is not heard and not asked.',
  args: { agency, peer: { type: 'positional', required: true, description: 'its name' }, ...dataOption },
  async run(args, output) {
    const gone = await unpinPeer(folderOf(args), args.agency, args.peer)
    if (!gone.ok) return output.fail(failure(exitCodes.refused, gone.error))
    if (output.json) output.object({ agency: args.agency, removed: args.peer })
    else output.line(`${args.peer} is no peer of ${args.agency} any more.`)
    await tellRestart(args, output)
    return exitCodes.done
  },
})

export const listen = command({
  summary: 'The port at which peers knock. Without one this cell can ask others, and is not asked.',
  args: {
    host: { type: 'string', valueHint: 'ADDRESS', description: 'address of this machine (default 127.0.0.1)' },
    port: { type: 'string', valueHint: 'N', description: 'port (default 7443)' },
    off: { type: 'boolean', description: 'close it' },
    ...dataOption,
  },
  async run(args, output) {
    const port = portOf(args.port)
    if (!port.ok) return output.fail(port.error)
    const place = { host: args.host ?? '127.0.0.1', port: port.value ?? 7443 }
    const set = listenForPeers(folderOf(args), args.off === true ? null : place)
    if (!set.ok) return output.fail(failure(exitCodes.refused, set.error))
    if (output.json) output.object(args.off === true ? { listen: null } : { listen: place })
    else
      output.line(
        args.off === true
          ? 'No port is open to peers.'
          : `Peers knock at ${place.host}:${place.port}, once one is named.`,
      )
    await tellRestart(args, output)
    return exitCodes.done
  },
})

export const show = command({
  summary: 'What this cell’s agencies show to peers, and whom they pinned.',
  args: dataOption,
  more: 'How each line stands is on the health page and in "tandem doctor".',
  async run(args, output) {
    const all = await introduced(folderOf(args), new Date())
    if (!all.ok) return output.fail(failure(exitCodes.refused, all.error))
    const { listen: place, agencies } = all.value
    if (output.json) {
      output.object({ listen: place ?? null, agencies: agencies.map(({ card: _, ...rest }) => rest) })
      return exitCodes.done
    }
    output.line(place === undefined ? 'No port is open to peers.' : `Peers knock at ${place.host}:${place.port}.`)
    for (const { name, print, peers } of agencies) {
      output.line('')
      output.line(name, 'bold')
      output.line(`  shows ${print}`)
      for (const peer of peers) {
        output.line(`  trusts ${peer.agency}, ${peer.name} at ${peer.url}`)
        output.line(`         ${peer.print}`)
      }
    }
    if (agencies.length === 0) output.line('No peer is named: tandem peer card, tandem peer add.')
    return exitCodes.done
  },
})

async function tellRestart(place: { data?: string | undefined }, output: Output): Promise<void> {
  if ((await findRunning(folderOf(place))) !== null) output.note('This counts from the next start of the cell.')
}
