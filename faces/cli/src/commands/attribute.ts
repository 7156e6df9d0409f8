import { type BodyOf, routes } from '@tandem/contract'
import { lineOf, linesHelp, placeOf, showAttribution, showDoubts, showUse } from '../attribution-words.ts'
import type { Client } from '../client.ts'
import { allOf, command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import { referralId } from '../find-referral.ts'
import type { Output } from '../output.ts'
import { cellOptions, signedIn } from '../place.ts'

type Given = BodyOf<typeof routes.judgeAttribution>
type Checks = Given['checks']

const check = (what: string) =>
  ({ type: 'string', valueHint: 'yes|no', description: `${what} (default: not said)` }) as const

export const propose = command({
  summary: 'Proposes whose line a reported use of an address was. Nothing is typed: places in records are named.',
  args: {
    use: { type: 'positional', required: true, description: 'R-12.1.2: referral, person, use of an address' },
    answer: { type: 'string', valueHint: 'R-15.1', description: 'the provider’s answer in the cell, and which row' },
    name: { type: 'string', valueHint: 'N', description: 'which name of that row (default 1, 0: none)' },
    address: { type: 'string', valueHint: 'N', description: 'which postal address of that row (default 1, 0: none)' },
    line: { type: 'string', valueHint: 'LINE', description: `a second line, may be given several times: ${linesHelp}` },
    'shared-premises': check('whether the line is in shared premises'),
    'other-users': check('whether others could use the line'),
    'address-translation': check('whether the provider shares the address between customers'),
    anonymiser: check('whether the address belongs to a VPN or a proxy'),
    because: { type: 'string', valueHint: 'TEXT', description: 'why; needed unless --look' },
    override: { type: 'string', valueHint: 'TEXT', description: 'why it shall be cleared in spite of its doubts' },
    look: { type: 'boolean', description: 'tells the doubts and proposes nothing' },
    ...cellOptions,
  },
  async run(args, output, words) {
    const checks = checksOf(args)
    if (checks === null) return output.fail(usageFailure('A check is yes or no; without it, it was not made.'))
    if (args.look !== true && args.because === undefined)
      return output.fail(usageFailure('Say why with --because, or only --look.'))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const given = await givenOf(client.value, args, allOf(words, 'line'), checks)
    if (!given.ok) return output.fail(given.error)
    if (args.look === true) {
      const judged = await client.value.call(routes.judgeAttribution, { body: given.value })
      if (!judged.ok) return output.fail(judged.error)
      if (output.json) output.object(judged.value)
      else {
        showDoubts(judged.value.doubts, output)
        showUse(judged.value, output)
      }
      return exitCodes.done
    }
    const done = await client.value.call(routes.proposeAttribution, {
      body: { ...given.value, reason: args.because ?? '', override: args.override ?? null },
    })
    if (!done.ok) return output.fail(done.error)
    if (output.json) output.object(done.value)
    else {
      showDoubts(done.value.doubts, output)
      showUse(done.value, output)
      output.line(`${done.value.says} (attribution ${done.value.attribution})`)
    }
    return exitCodes.done
  },
})

type Wanted = Readonly<Record<'use', string>> & {
  readonly answer?: string | undefined
  readonly name?: string | undefined
  readonly address?: string | undefined
}

async function givenOf(
  client: Client,
  { use, answer, name, address }: Wanted,
  lines: readonly string[],
  checks: Checks,
) {
  const place = await placeOf(client, use)
  if (!place.ok) return place
  const answered = answer === undefined ? null : await placeOf(client, answer)
  if (answered?.ok === false) return answered
  const told: Given['lines'] = []
  for (const written of lines) {
    const line = await lineOf(client, written)
    if (!line.ok) return line
    told.push(line.value)
  }
  const given: Given = {
    use: place.value,
    answer:
      answered === null
        ? null
        : {
            referral: answered.value.referral,
            person: answered.value.person,
            name: which(name),
            address: which(address),
          },
    lines: told,
    checks,
  }
  return { ok: true as const, value: given }
}

/** Counted from 1; 0 is none of them. */
const which = (given: string | undefined): number | null => (given === '0' ? null : Number(given ?? '1') - 1)

function checksOf(args: Readonly<Record<string, unknown>>): Checks | null {
  const of = (name: string) => args[name] ?? 'not said'
  const all = ['shared-premises', 'other-users', 'address-translation', 'anonymiser'].map(of)
  const [sharedPremises, otherUsers, addressTranslation, anonymiser] = all.map((said) =>
    said === 'yes' || said === 'no' || said === 'not said' ? said : null,
  )
  if (!sharedPremises || !otherUsers || !addressTranslation || !anonymiser) return null
  return { sharedPremises, otherUsers, addressTranslation, anonymiser }
}

export const show = command({
  summary: 'Attributions of a referral, or all that wait for a second person: doubts first.',
  args: {
    what: { type: 'positional', required: false, description: 'number of a referral, or id of an attribution' },
    ...cellOptions,
  },
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    if (args.what !== undefined && args.what.length === 36) {
      const one = await client.value.call(routes.showAttribution, { params: { id: args.what } })
      if (!one.ok) return output.fail(one.error)
      return tell([one.value], output)
    }
    const referral = args.what === undefined ? null : await referralId(client.value, args.what.replace(/^R-/i, ''))
    if (referral?.ok === false) return output.fail(referral.error)
    const all = await client.value.call(routes.allAttributions, {
      query: referral === null ? {} : { referral: referral.value },
    })
    if (!all.ok) return output.fail(all.error)
    return tell(all.value.attributions, output)
  },
})

function tell(all: readonly Parameters<typeof showAttribution>[0][], output: Output) {
  if (all.length === 0 && !output.json) output.line('No attribution.')
  for (const each of all) {
    if (output.json) output.object(each)
    else {
      showAttribution(each, output)
      output.line('')
    }
  }
  return exitCodes.done
}

const named = {
  id: { type: 'positional', required: true, description: 'id of the attribution' },
  ...cellOptions,
} as const

export const settle = command({
  summary: 'Clears or refuses, as the second person, what another attributed.',
  args: {
    ...named,
    number: { type: 'string', required: true, valueHint: 'N', description: 'the referral’s number, typed as a check' },
    reason: { type: 'string', required: true, valueHint: 'TEXT', description: 'your own reason, as second person' },
    clear: { type: 'boolean', description: 'clear it' },
    refuse: { type: 'boolean', description: 'refuse it' },
  },
  async run(args, output) {
    const number = Number(args.number.replace(/^(R-|#)/i, ''))
    if (!Number.isSafeInteger(number) || number < 1)
      return output.fail(usageFailure('Type the number of the referral.'))
    // Nobody clears by leaving something out.
    if ((args.clear === true) === (args.refuse === true))
      return output.fail(usageFailure('Say either --clear or --refuse.'))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const done = await client.value.call(routes.settleAttribution, {
      params: { id: args.id },
      body: { approve: args.clear === true, number, reason: args.reason },
    })
    if (!done.ok) return output.fail(done.error)
    const { state, doubts } = done.value
    if (output.json) output.object(done.value)
    else output.line(`It is ${state}.${doubts.length === 0 ? '' : ` Doubts that belong to it: ${doubts.join(', ')}.`}`)
    return exitCodes.done
  },
})

const gradings = ['recordable', 'reportable', 'not decided'] as const

export const correct = command({
  summary: 'Opens an error record: the attribution is shown as in error from then on. Nothing is deleted.',
  args: {
    ...named,
    what: { type: 'string', required: true, valueHint: 'TEXT', description: 'what was wrong' },
    cause: { type: 'string', required: true, valueHint: 'TEXT', description: 'how it came about' },
    impact: { type: 'string', required: true, valueHint: 'TEXT', description: 'what came of it, for whom' },
    told: { type: 'string', valueHint: 'WHO', description: 'who was told, may be given several times' },
    grading: { type: 'string', valueHint: 'GRADING', description: `${gradings.join(', ')} (default: not decided)` },
  },
  async run(args, output, words) {
    const grading = gradings.find((each) => each === (args.grading ?? 'not decided'))
    if (grading === undefined) return output.fail(failure(exitCodes.usage, `A grading is ${gradings.join(', ')}.`))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const done = await client.value.call(routes.correctAttribution, {
      params: { id: args.id },
      body: { what: args.what, cause: args.cause, impact: args.impact, told: allOf(words, 'told'), grading },
    })
    if (!done.ok) return output.fail(done.error)
    if (output.json) output.object(done.value)
    else output.line(`${done.value.says} (${done.value.error})`)
    return exitCodes.done
  },
})
