import { readFileSync } from 'node:fs'
import { type BodyOf, type ResponseOf, routes } from '@tandem/contract'
import { err, ok, type Result } from '@tandem/core'
import type { Client } from '../client.ts'
import { type Command, command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Failure, failure, usageFailure } from '../failure.ts'
import { cellOptions, signedIn } from '../place.ts'
import { count, instantWords, points } from '../words.ts'

type Proposal = ResponseOf<typeof routes.allWeights>['proposals'][number]
type Counts = Proposal['replay']

const notInForce = 'None of it is in force: a weight set comes into force as a file of a release.'

const changesOf = ({ points: moved, others }: Proposal): string =>
  [
    ...moved.map(({ factor, axis, was, yes }) => `${factor} (${axis}) ${points(was)} to ${points(yes)}`),
    ...others,
  ].join('; ')

const countsOf = (of: Counts): string =>
  `Of ${of.cases} replayed (${of.open} open): ${of.raised} higher, ${of.lowered} lower, ${of.shifted} with another sum, ${of.unchanged} the same.`

export const list: Command = command({
  summary: 'The weight set in force, choices to learn from, and what was proposed. None of it is in force.',
  args: cellOptions,
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const answer = await client.value.call(routes.allWeights, {})
    if (!answer.ok) return output.fail(answer.error)
    const { current, choices, proposals } = answer.value
    if (output.json) {
      for (const proposal of proposals) output.object(proposal)
      output.object({ current, choices })
      return exitCodes.done
    }
    output.line(`In force: ${current.id}, SHA-256 ${current.sha256}`)
    output.table(proposals, [
      { title: 'SET', value: ({ weightSet }) => weightSet },
      { title: 'FROM', value: ({ origin }) => origin },
      {
        title: 'AGREES',
        value: ({ choices: all, agreed }) => (all === 0 ? '' : `${agreed.before} to ${agreed.after} of ${all}`),
      },
      { title: 'HIGHER', value: ({ replay }) => replay.raised, right: true },
      { title: 'LOWER', value: ({ replay }) => replay.lowered, right: true },
      { title: 'SHIFT', value: ({ replay }) => replay.shifted, right: true },
      { title: 'BY', value: ({ by }) => by },
      { title: 'AT', value: ({ at }) => instantWords(at) },
      { title: 'CHANGES', value: changesOf },
    ])
    output.note(
      `${count(choices.chosen, 'choice')} between two referrals to learn from, ${choices.cannotSay} undecided. ${notInForce}`,
    )
    return exitCodes.done
  },
})

export const propose: Command = command({
  summary: 'Proposes a weight set with a replay: from a file, or learned from choices. Nothing comes into force.',
  args: {
    file: { type: 'positional', required: false, description: 'a weight file with a new id' },
    'from-choices': { type: 'boolean', description: 'learn from the latest choices of the operation instead' },
    name: { type: 'string', description: 'of the learned set, such as tandem-2-trial' },
    why: { type: 'string', description: 'why; a file needs it' },
    ...cellOptions,
  },
  async run(args, output) {
    const body = bodyOf(args.file, args['from-choices'] === true, args.name, args.why)
    if (!body.ok) return output.fail(body.error)
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const done = await client.value.call(routes.proposeWeightSet, { body: body.value })
    if (!done.ok) return output.fail(done.error)
    const answer = done.value
    if (output.json) output.object(answer)
    else if (answer.outcome === 'nothing') output.line(`Nothing was proposed. ${answer.says}`)
    else output.line(`${answer.weightSet}: ${answer.says} ${countsOf(answer.replay)}`)
    return answer.outcome === 'nothing' ? exitCodes.partly : exitCodes.done
  },
})

function bodyOf(
  file: string | undefined,
  isLearned: boolean,
  name: string | undefined,
  why: string | undefined,
): Result<BodyOf<typeof routes.proposeWeightSet>, Failure> {
  if (isLearned === (file !== undefined)) return err(usageFailure('Name a FILE, or say --from-choices --name NAME.'))
  if (file === undefined) {
    if (name === undefined) return err(usageFailure('--from-choices needs --name.'))
    return ok({ from: 'choices', name, ...(why === undefined ? {} : { why }) })
  }
  if (name !== undefined) return err(usageFailure('The name of a set in a file is its id.'))
  if (why === undefined) return err(usageFailure('--why is missing: say why the numbers should change.'))
  try {
    const weights: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof weights === 'object' && weights !== null && !Array.isArray(weights))
      return ok({ from: 'file', weights: Object.fromEntries(Object.entries(weights)), why })
  } catch {
    // told below
  }
  return err(failure(exitCodes.refused, `${file} is not a readable JSON file of weights.`))
}

const named = { type: 'positional', required: true, description: 'name or id of a proposed set' } as const

async function proposalOf(client: Client, name: string): Promise<Result<Proposal, Failure>> {
  const answer = await client.call(routes.allWeights, {})
  if (!answer.ok) return answer
  const proposal = answer.value.proposals.find(({ id, weightSet }) => id === name || weightSet === name)
  if (proposal !== undefined) return ok(proposal)
  return err({ exit: exitCodes.refused, code: 'TANDEM-FIND-001', says: `No set ${name} was proposed here.` })
}

export const replay: Command = command({
  summary: 'What a proposed set would change in the open queue as it is now. Nothing moves.',
  args: { name: named, ...cellOptions },
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const proposal = await proposalOf(client.value, args.name)
    if (!proposal.ok) return output.fail(proposal.error)
    const answer = await client.value.call(routes.replayWeightSet, { params: { id: proposal.value.id } })
    if (!answer.ok) return output.fail(answer.error)
    const { counts, raised, lowered, shifted, against, weightSet } = answer.value
    const lines = [
      ...raised.map((each) => ({ ...each, how: 'higher' })),
      ...lowered.map((each) => ({ ...each, how: 'lower' })),
      ...shifted.map((each) => ({ ...each, how: 'other sum' })),
    ]
    if (output.json) {
      for (const line of lines) output.object(line)
      output.object({ weightSet, against, counts })
      return exitCodes.done
    }
    output.table(lines, [
      { title: 'NUMBER', value: ({ number }) => number, right: true },
      { title: 'WHAT', value: ({ how }) => how },
      { title: 'STANDS', value: ({ effective }) => effective },
      { title: 'COMPUTED', value: ({ priority }) => `${priority.from} to ${priority.to}` },
      { title: 'CHILD', value: ({ childUrgency: of }) => `${points(of.from)} to ${points(of.to)}`, right: true },
      { title: 'OFFENDER', value: ({ offenderDanger: of }) => `${points(of.from)} to ${points(of.to)}`, right: true },
    ])
    output.note(`${weightSet} against ${against}. ${countsOf(counts)} ${notInForce}`)
    return exitCodes.done
  },
})

export const show: Command = command({
  summary: 'A proposed set, whole, as the file it would be: one line of canonical JSON.',
  args: { name: named, ...cellOptions },
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const proposal = await proposalOf(client.value, args.name)
    if (!proposal.ok) return output.fail(proposal.error)
    const answer = await client.value.call(routes.showWeights, { params: { id: proposal.value.id } })
    if (!answer.ok) return output.fail(answer.error)
    output.line(answer.value.weights)
    return exitCodes.done
  },
})
