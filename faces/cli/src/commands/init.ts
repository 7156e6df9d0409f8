import { initLive, type LiveCell, type LivePlan, planTemplate, readPlan } from '@tandem/boot'
import { err, ok, type Result } from '@tandem/core'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Failure, failure, usageFailure } from '../failure.ts'
import type { Output } from '../output.ts'
import { databaseOption, portOf, portOption } from '../start-options.ts'

export default command({
  summary: 'Makes a live cell: no example, no printed sign-ins, your own OpenID provider. Never convertible.',
  args: {
    live: {
      type: 'boolean',
      description: 'needed, so that nobody makes one by accident (training cells: tandem start)',
    },
    plan: {
      type: 'string',
      valueHint: 'FILE',
      description: 'agencies, founding officers, authorities, senders (JSON)',
    },
    'plan-template': { type: 'boolean', description: 'print a plan to fill in' },
    data: { type: 'string', valueHint: 'DIR', description: 'a new data folder' },
    name: { type: 'string', description: 'name of the cell' },
    origin: { type: 'string', valueHint: 'URL', description: 'what browsers see, such as https://cell.example' },
    ...portOption,
    'provider-name': { type: 'string', description: 'what the sign-in page calls the provider' },
    'provider-issuer': { type: 'string', valueHint: 'URL', description: 'OpenID issuer of the provider' },
    'client-id': { type: 'string', description: 'this cell at the provider' },
    'client-secret-file': { type: 'string', valueHint: 'FILE', description: 'its secret, if it has one' },
    passkeys: { type: 'enum', options: ['off', 'required'], description: 'a passkey as second factor' },
    ...databaseOption,
  },
  more: `API keys of senders are printed once: the cell keeps only their digests. Then: tandem start --data DIR`,
  async run(args, output) {
    if (args['plan-template'] === true) {
      output.text(JSON.stringify(planTemplate(new Date()), null, 2))
      return exitCodes.done
    }
    if (args.live !== true) return output.fail(usageFailure('Say --live. A training cell needs no init: tandem start'))
    if (args.data === undefined || args.plan === undefined) {
      return output.fail(
        usageFailure(
          'Name a new folder (--data DIR) and a plan (--plan FILE). A form to fill in: tandem init --plan-template',
        ),
      )
    }
    const read = readPlan(args.plan)
    if (!read.ok) return output.fail(failure(exitCodes.refused, read.error))
    const port = portOf(args.port)
    if (!port.ok) return output.fail(port.error)
    const plan = withOptions(read.value, { ...args, portNumber: port.value })
    if (!plan.ok) return output.fail(plan.error)
    output.progress('making the cell')
    const made = await initLive({
      data: args.data,
      plan: plan.value,
      now: new Date(),
      ...(args.database === undefined ? {} : { databaseUrl: args.database }),
    })
    output.progress(null)
    if (!made.ok) return output.fail(failure(exitCodes.refused, made.error))
    if (output.json) output.object(made.value)
    else tell(made.value, output)
    return exitCodes.done
  },
})

interface Options {
  readonly name?: string | undefined
  readonly origin?: string | undefined
  readonly passkeys?: string | undefined
  readonly portNumber: number | undefined
  readonly 'provider-name'?: string | undefined
  readonly 'provider-issuer'?: string | undefined
  readonly 'client-id'?: string | undefined
  readonly 'client-secret-file'?: string | undefined
}

function withOptions(plan: LivePlan, options: Options): Result<LivePlan & { name: string; origin: string }, Failure> {
  const name = options.name ?? plan.name
  const origin = options.origin ?? plan.origin
  if (name === undefined || origin === undefined)
    return err(usageFailure('Name the cell (--name) and its address (--origin), here or in the plan.'))
  if (!URL.canParse(origin)) return err(usageFailure('--origin is an address such as https://cell.example.'))
  const issuer = options['provider-issuer']
  const clientId = options['client-id']
  if ((issuer === undefined) !== (clientId === undefined))
    return err(usageFailure('--provider-issuer and --client-id go together.'))
  if (issuer !== undefined && !URL.canParse(issuer))
    return err(usageFailure('--provider-issuer is an address such as https://login.example.'))
  const secret = options['client-secret-file']
  const given =
    issuer === undefined || clientId === undefined
      ? []
      : [
          {
            name: options['provider-name'] ?? new URL(issuer).hostname,
            issuer,
            clientId,
            ...(secret === undefined ? {} : { clientSecretFile: secret }),
          },
        ]
  const passkeys = options.passkeys === 'off' || options.passkeys === 'required' ? options.passkeys : plan.passkeys
  const others = plan.providers.filter((each) => given.every((named) => named.issuer !== each.issuer))
  return ok({
    ...plan,
    name,
    origin,
    passkeys,
    port: options.portNumber ?? plan.port,
    providers: [...given, ...others],
  })
}

function tell(made: LiveCell, output: Output): void {
  output.line(`${made.name} is made: a live cell of ${made.agencies.join(', ')} in ${made.dataFolder}.`, 'bold')
  output.line(`At your provider allow this redirect address: ${made.redirectUri}`)
  if (made.apiKeys.length > 0) {
    output.line('')
    output.line('API keys of the senders, printed this once:')
    output.table(made.apiKeys, [
      { title: 'AGENCY', value: ({ agency }) => agency },
      { title: 'SENDER', value: ({ sender }) => sender },
      { title: 'KEY', value: ({ key }) => key },
    ])
  }
  tellShares(made, output)
  output.line('')
  output.line(`Keep a copy of the keys apart: tandem backup --data ${made.dataFolder} --keys-to DIR`)
  output.line(`Start it: tandem start --data ${made.dataFolder}`)
  output.line(`Then open it with the officers' shares: tandem unseal --agency NAME --data ${made.dataFolder}`)
}

/** One paper an officer: nobody should carry home another one's. */
function tellShares({ shares, officers }: LiveCell, output: Output): void {
  for (const { agency, threshold, holders } of officers) {
    output.line('')
    output.line(`SHARES OF ${agency}: ${threshold} of ${holders} officers open its records, at every start.`, 'bold')
    output.line('Printed this once and kept nowhere. Each officer writes down their own, and nobody else sees it.')
    for (const opens of ['records', 'break-glass'] as const) {
      const these = shares.filter((each) => each.agency === agency && each.opens === opens)
      if (these.length > 0 && opens === 'break-glass') {
        output.line('')
        output.line(
          `For break-glass, with officers of the other agency, when ${agency} cannot open its records itself:`,
        )
      }
      for (const { officer, share } of these) {
        output.line('')
        output.line(`  for ${officer}:`)
        for (const line of share.match(/.{1,60}/g) ?? []) output.line(`    ${line}`)
      }
    }
  }
}
