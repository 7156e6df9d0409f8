import { createHash } from 'node:crypto'
import { createReadStream, type ReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { findRunning, type IntakeStep, type ReadOutcome, sendIntake } from '@tandem/boot/attach'
import type { ResponseOf, routes } from '@tandem/contract'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Failure, failure, failureOf, usageFailure } from '../failure.ts'
import type { Output } from '../output.ts'
import { dataOption, folderOf } from '../place.ts'
import { accountWords, bytesWords, count } from '../words.ts'

type Receipt = ResponseOf<typeof routes.receive>

export default command({
  summary: 'Delivers files to an agency of the cell that runs here, by its command lane, and tells the exact account.',
  args: {
    ...dataOption,
    agency: {
      type: 'string',
      valueHint: 'NAME',
      description: 'which agency receives it; needed where there are several',
    },
    sender: { type: 'string', valueHint: 'NAME', description: 'who sent it (default: this cell)' },
    key: { type: 'string', valueHint: 'KEY', description: 'idempotency key (default: from content and name)' },
    wait: {
      type: 'string',
      valueHint: 'SECONDS',
      description: 'how long to wait for the account (default 120; 0 takes the receipt alone)',
    },
  },
  rest: 'FILE',
  more: `A receipt means: on disk. The same file under the same name again changes nothing.
Exit code 5 when something was set aside or refused, or is not read yet.`,
  async run(args, output) {
    const files = args._
    if (files.length === 0) return output.fail(usageFailure('Name a file.'))
    if (args.key !== undefined && files.length > 1)
      return output.fail(usageFailure('One key is for one file: the same key with another body is refused.'))
    const waitSeconds = Number(args.wait ?? '120')
    if (!Number.isInteger(waitSeconds) || waitSeconds < 0)
      return output.fail(usageFailure('--wait is a number of seconds.'))
    const folder = folderOf(args)
    if ((await findRunning(folder)) === null) {
      return output.fail(failure(exitCodes.unreachable, `No cell runs on ${folder.root}. Start it: tandem start`))
    }
    const totals: Totals = {
      files: files.length,
      read: 0,
      repeated: 0,
      refused: 0,
      waiting: 0,
      records: 0,
      accepted: 0,
      remarked: 0,
      setAside: 0,
    }
    let first: Failure | null = null
    for (const [index, file] of files.entries()) {
      output.progress(`${index + 1}/${files.length} ${file}`)
      const opened = await look(file)
      if (typeof opened === 'string') {
        totals.refused++
        first ??= failure(exitCodes.refused, opened)
        tellProblem(file, failure(exitCodes.refused, opened), output)
        continue
      }
      const name = basename(file)
      const key = args.key ?? createHash('sha256').update(`${opened.sha256}\n${name}`).digest('hex')
      const problem = await deliver(
        sendIntake(
          folder,
          { agency: args.agency, sender: args.sender, name, key, waitSeconds },
          createReadStream(file),
        ),
        { file, totals, output },
      )
      if (problem === null) continue
      first ??= problem
      // What is wrong with the call is wrong with every file of it.
      if (problem.exit === exitCodes.usage) return output.fail(problem)
      totals.refused++
      tellProblem(file, problem, output)
    }
    if (output.json) output.object({ totals })
    else if (files.length > 1) output.line(totalWords(totals), 'bold')
    if (first !== null && totals.refused === files.length) return first.exit
    return totals.refused + totals.waiting + totals.setAside > 0 ? exitCodes.partly : exitCodes.done
  },
})

interface Totals {
  readonly files: number
  read: number
  repeated: number
  refused: number
  waiting: number
  records: number
  accepted: number
  remarked: number
  setAside: number
}

interface Told {
  readonly file: string
  readonly totals: Totals
  readonly output: Output
}

async function look(file: string): Promise<{ sha256: string } | string> {
  try {
    if (!statSync(file).isFile()) return 'it is no file.'
    const hash = createHash('sha256')
    const stream: ReadStream = createReadStream(file)
    for await (const chunk of stream) hash.update(chunk)
    return { sha256: hash.digest('hex') }
  } catch {
    return 'it is not there, or not readable for you.'
  }
}

async function deliver(steps: AsyncIterable<IntakeStep>, told: Told): Promise<Failure | null> {
  const { file, totals, output } = told
  let receipt: Receipt | null = null
  let outcome: ReadOutcome | null = null
  for await (const step of steps) {
    if (step.step === 'problem') return failureOf(step.problem)
    if (step.step === 'received') {
      receipt = step.receipt
      output.progress(`${file}: on disk (${bytesWords(receipt.length)}), reading`)
    } else if (step.step === 'read') outcome = step.outcome
  }
  if (receipt === null)
    return failure(exitCodes.unreachable, 'The running cell ended before it gave a receipt: send the file again.')
  const state = stateOf(receipt, outcome)
  if (state === 'refused') totals.refused++
  else if (state === 'received' || state === 'awaiting authority') totals.waiting++
  else if (state === 'repeat') totals.repeated++
  else totals.read++
  const account = outcome?.account ?? { records: 0, accepted: 0, remarked: 0, setAside: 0 }
  // A repeat adds nothing to what is there, so it adds nothing here.
  if (state === 'read')
    for (const name of ['records', 'accepted', 'remarked', 'setAside'] as const) totals[name] += account[name]
  if (output.json)
    output.object({ file, state, receipt, format: outcome?.format ?? null, account, setAside: outcome?.setAside ?? [] })
  else tell(file, state, receipt, outcome, output)
  return null
}

/** A receipt that says "read" is that of an earlier delivery under the same key. */
const stateOf = (receipt: Receipt, outcome: ReadOutcome | null): ReadOutcome['state'] =>
  receipt.state === 'read' ? 'repeat' : (outcome?.state ?? receipt.state)

function tell(
  file: string,
  state: ReadOutcome['state'],
  receipt: Receipt,
  outcome: ReadOutcome | null,
  output: Output,
): void {
  const stripped = receipt.stripped === 0 ? '' : `; ${count(receipt.stripped, 'piece')} of media taken out`
  const reason = outcome?.reason ?? receipt.reason
  if (state === 'refused')
    output.line(`${file}: refused: ${reason?.says ?? 'no reason given'} [${reason?.code ?? 'unknown'}]`, 'red')
  else if (state === 'awaiting authority')
    output.line(`${file}: on disk, but not read: the lane's authority is not in force${stripped}`, 'yellow')
  else if (state === 'received') output.line(`${file}: on disk, not read yet${stripped}`, 'yellow')
  else {
    const what = state === 'repeat' ? 'delivered before, nothing changed' : (outcome?.format ?? 'unknown format')
    const account = outcome?.account
    output.line(`${file}: ${what}: ${account === undefined ? 'no account' : accountWords(account)}${stripped}`)
    for (const { place, says, code } of outcome?.setAside ?? [])
      output.line(`  ${place}: set aside: ${says} [${code}]`, 'yellow')
  }
}

function tellProblem(file: string, problem: Failure, output: Output): void {
  if (output.json) output.object({ file, state: 'failed', error: problem })
  else output.fail({ ...problem, says: `${file}: ${problem.says}` })
}

const totalWords = (totals: Totals): string =>
  `${count(totals.files, 'file')}: ${totals.read} read, ${totals.repeated} delivered before, ${totals.refused} refused, ${totals.waiting} waiting. ${accountWords(totals)}.`
