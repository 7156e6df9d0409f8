import { type LoadedContext, loadContextFolder, noContext } from '@tandem/boot/ip-context'
import { type ContextHolding, type IpJudgement, lackingIn, readContextTime } from '@tandem/formats'
import { readIp, readPort } from '@tandem/identifiers'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import type { Output } from '../output.ts'
import { tellJudgement } from '../tell-ip.ts'
import { count } from '../words.ts'

export default command({
  summary: 'Was this address Tor, VPN, shared or private at that time, and is a subscriber request meaningful?',
  args: {
    at: { type: 'string', description: 'the time, best with its zone: 2026-03-29T01:30:00Z' },
    zone: { type: 'string', description: 'when the time has none: +01:00, UTC, Europe/London' },
    'day-order': {
      type: 'enum',
      options: ['day-month', 'month-day', 'open'],
      description: 'of a date like 03/04/2026',
    },
    data: { type: 'string', description: 'folder with Tor files, range lists, delegations, databases' },
    'to-port': { type: 'string', description: 'port that the connection went to, when known' },
    'retention-months': { type: 'string', description: 'how long providers keep records (12)' },
  },
  rest: 'ADDRESS[:PORT]',
  more: `Offline: nothing is stored, sent or asked. DIR may hold Tor consensuses and exit lists, CIDR, AS and geofeed lists, MISP warning
lists, registry delegations, country tables and MMDB databases, packed with gzip or not; each is known by its content.
What a bare list is about is said in DIR/ip-context.json: {"files":{"vpn.txt":{"kind":"vpn","asOf":"2026-08-22"}}}.
The answer names every file that it rests on with its SHA-256, and what was lacking. See docs/ip-context.md.`,
  async run(args, output) {
    const [address, ...others] = args._
    if (address === undefined || others.length > 0)
      return output.fail(usageFailure('Name one address, with its port or without.'))
    const reading = readIp(address)
    if (!reading.ok) return output.fail(usageFailure(`That is no IP address: ${reading.error.says}.`))
    const port = args['to-port'] === undefined ? null : readPort(args['to-port'])
    if (port !== null && !port.ok) return output.fail(usageFailure(`--to-port: ${port.error.says}.`))
    const months = args['retention-months'] ?? '12'
    if (!/^\d{1,3}$/.test(months)) return output.fail(usageFailure('--retention-months is a number of months.'))
    const time =
      args.at === undefined ? noTime : readContextTime(args.at, args.zone ?? null, dayOrder(args['day-order']))
    if (time.doubt === 'time-invalid') {
      return output.fail(usageFailure('That time cannot be read. Write it like 2026-03-29T01:30:00Z, or with --zone.'))
    }
    const loaded =
      args.data === undefined
        ? ({ ok: true, value: noContext } as const)
        : await loadContextFolder(args.data, (name) => output.progress(`reading ${name}`))
    output.progress(null)
    if (!loaded.ok) return output.fail(failure(exitCodes.refused, loaded.error))
    const judgement = loaded.value.context.judge({
      address,
      time,
      now: Date.now(),
      retentionMonths: Number(months),
      ...(port === null ? {} : { destinationPort: port.value }),
    })
    tell(judgement, loaded.value, output)
    return isPartly(judgement, loaded.value) ? exitCodes.partly : exitCodes.done
  },
})

const noTime = { claim: null, doubt: 'time-missing', instants: [], isToTheSecond: false } as const

const dayOrder = (written: string | undefined) =>
  written === 'day-month' || written === 'month-day' ? written : 'open'

const asideIn = ({ account }: ContextHolding): number => Math.max(account.lines.setAside, account.records.setAside)

const isPartly = ({ tor }: IpJudgement, { refused, holdings }: LoadedContext): boolean =>
  tor?.verdict === 'refused' || refused.length > 0 || holdings.some((holding) => asideIn(holding) > 0)

function tell(judgement: IpJudgement, { holdings, refused, context }: LoadedContext, output: Output): void {
  const lacking = lackingIn(holdings)
  if (output.json) {
    output.object({ ...judgement, data: { tor: context.tor, files: holdings, refused, lacking } })
    return
  }
  tellJudgement(judgement, output)
  output.line('')
  output.line('Data', 'bold')
  for (const holding of holdings) {
    const { file, format, asOf, database, kinds } = holding
    const what = [database ?? format, kinds.join(', '), asOf === null ? 'undated' : `as of ${asOf}`].filter(
      (part) => part !== '',
    )
    const aside = asideIn(holding)
    output.line(
      `  ${file.name}: ${what.join(', ')}; ${count(holding.account.records.accepted, 'record')}${aside === 0 ? '' : `, ${aside} set aside`}`,
    )
    output.line(`    sha256 ${file.sha256}`, 'dim')
    for (const { place, says, code } of [...holding.account.remarks, ...holding.account.reasons.slice(0, 3)]) {
      output.line(`    ${place}: ${says} [${code}]`, 'yellow')
    }
  }
  for (const { name, says, code } of refused) output.line(`  ${name}: not used: ${says} [${code}]`, 'yellow')
  if (context.tor.first !== null) {
    output.line(
      `  Tor: ${count(context.tor.consensuses, 'consensus').replace('consensuss', 'consensuses')} from ${context.tor.first} to ${context.tor.last}, ${count(context.tor.exitLists, 'exit list')}`,
    )
  }
  if (lacking.length > 0) output.line(`  Lacking: ${lacking.join('; ')}.`)
}
