import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Joint, prepareJoint, writePrivate } from '@tandem/boot'
import { err, ok, type Result } from '@tandem/core'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Failure, failure } from '../failure.ts'
import { type Announced, CellProcess } from '../joint/cell-process.ts'
import { deconflict, type Learned } from '../joint/deconflict.ts'
import type { JointDesk } from '../joint/desk.ts'
import { type Proof, proofOf } from '../joint/proof.ts'
import type { Output } from '../output.ts'
import { portOf } from '../start-options.ts'
import { stopSignal } from '../stop-signal.ts'

const DEFAULT_PORT = 7380

export default command({
  summary: 'Starts two training cells, each of one agency, that talk over the line and witness each other’s ledger.',
  args: {
    data: {
      type: 'string',
      valueHint: 'DIR',
      description: 'folder for both; each has its own below it (default: ~/.tandem/joint)',
    },
    port: { type: 'string', valueHint: 'N', description: 'first of four ports: two desks, two lines (default 7380)' },
  },
  more: `Each cell is a process with a database, keys and a data folder of its own, as on two machines. The example operation comes
in on both; some identifiers are in both. Ctrl-C stops both. Everything is kept: the next start goes on.`,
  async run(args, output) {
    const port = portOf(args.port)
    if (!port.ok) return output.fail(port.error)
    const stop = stopSignal()
    const root = resolve(args.data ?? join(homedir(), '.tandem', 'joint'))
    const joint = await prepareJoint({
      root,
      port: port.value ?? DEFAULT_PORT,
      tell: (says) => output.progress(says),
    })
    output.progress(null)
    if (!joint.ok) return output.fail(failure(exitCodes.refused, joint.error))
    const cells: CellProcess[] = []
    try {
      const ready = await Promise.race([bothReady(joint.value, cells, output), stop.then(() => null)])
      output.progress(null)
      if (ready === null) return exitCodes.done
      const told = ready.ok ? await Promise.race([account(joint.value, ready.value, root, output), stop]) : ready
      if (told !== undefined && !told.ok) return output.fail(told.error)
      if (!output.json) output.line('Ctrl-C stops both cells; everything is kept.')
      const died = await Promise.race([stop.then(() => null), ...cells.map((cell) => cell.ended().then(() => cell))])
      if (died !== null)
        return output.fail(
          failure(exitCodes.refused, `The cell of the ${died.cell.agency} ended; the other is stopped too.`),
        )
      return exitCodes.done
    } finally {
      output.progress(null)
      output.note('Stopping both cells. Everything is kept.')
      await Promise.all(cells.map((cell) => cell.stop()))
    }
  },
})

type Desks = readonly [JointDesk, JointDesk]

/** One after the other: the first builds the desk for both. */
async function bothReady(joint: Joint, cells: CellProcess[], output: Output): Promise<Result<Desks, Failure>> {
  for (const cell of joint.cells) {
    output.progress(`starting the cell of the ${cell.agency}`)
    const started = new CellProcess(cell)
    cells.push(started)
    const serving = await started.serving()
    if (!serving.ok) return err(failure(exitCodes.refused, serving.error))
  }
  output.progress('the example operation comes in on both')
  const announced = await Promise.all(cells.map(async (each) => ({ each, whole: await each.whole() })))
  const desks: JointDesk[] = []
  for (const { each, whole } of announced) {
    if (!whole.ok) return err(failure(exitCodes.refused, whole.error))
    desks.push(deskOf(each, whole.value))
    tellDesk(each, whole.value, output)
  }
  const [first, second] = desks
  return first === undefined || second === undefined
    ? err(failure(exitCodes.refused, 'Two cells are needed.'))
    : ok([first, second])
}

const deskOf = ({ cell }: CellProcess, { url, people }: Announced): JointDesk => ({
  agency: cell.agency,
  url,
  dataFolder: cell.folder.root,
  pins: new Map(people.map(({ subject, pin }) => [subject, pin])),
})

function tellDesk({ cell }: CellProcess, { url, people }: Announced, output: Output): void {
  if (output.json) {
    output.object({ cell: cell.agency, url, line: cell.linePort, dataFolder: cell.folder.root, people })
    return
  }
  output.line(`${cell.agency}: ${url}`, 'bold')
  output.line(`  line at 127.0.0.1:${cell.linePort} as ${cell.card.name}`)
  output.line(`  data in ${cell.folder.root}`)
  output.line('')
  output.table(people, [
    { title: 'NAME', value: ({ name }) => name },
    { title: 'ROLE', value: ({ role }) => role },
    { title: 'AGENCY', value: ({ agency }) => agency },
    { title: 'SUBJECT', value: ({ subject }) => subject },
    { title: 'PIN', value: ({ pin }) => pin },
  ])
  output.line('')
}

/** What each side learned, what each ledger holds, and the proof. */
async function account(joint: Joint, desks: Desks, root: string, output: Output): Promise<Result<void, Failure>> {
  const [asks, holds] = desks
  const learned = await deconflict(asks, holds, (says) => output.progress(says))
  output.progress(null)
  if (!learned.ok) return learned
  tellLearned(learned.value, output)
  output.progress('each cell cosigns the ledger of the other')
  const proofs: Proof[] = []
  for (const [at, desk] of desks.entries()) {
    const [cell, other] = at === 0 ? joint.cells : [joint.cells[1], joint.cells[0]]
    const proof = await proofOf(desk, cell, other)
    if (!proof.ok) return proof
    proofs.push(proof.value)
  }
  output.progress(null)
  tellProofs(proofs, root, output)
  return ok(undefined)
}

function tellLearned(learned: readonly Learned[], output: Output): void {
  for (const { agency, lines } of learned) {
    if (output.json) output.object({ learned: agency, lines })
    else {
      output.line(`What the ${agency} learned:`, 'bold')
      for (const line of lines) output.line(`  ${line}`)
    }
  }
}

function tellProofs(proofs: readonly Proof[], root: string, output: Output): void {
  const folder = join(root, 'checkpoints')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const { agency, log, size, root: hash, cosignedBy, note } of proofs) {
    const file = join(folder, `${log}.${size}`)
    writePrivate(file, note)
    if (output.json) output.object({ ledger: log, entries: size, root: hash, cosignedBy, file })
    else {
      output.line(`Ledger of the ${agency}: ${size} entries, root ${hash}`)
      output.line(`  signed by ${log}, cosigned by ${cosignedBy}; verified with the pinned keys`)
      output.line(`  kept as ${file}`)
    }
  }
}
