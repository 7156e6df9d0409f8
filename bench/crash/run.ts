import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compare } from '../../cell/boot/test/crash-account.ts'
import { killAndRestart } from '../../cell/boot/test/crash-run.ts'

/** `node bench/crash/run.ts --kills 1000 --seed N`: the crash test for as long as a night has. Exit 1: see the words. */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: randomBytes(4).toString('hex') },
    data: { type: 'string' },
  },
})
const root = values.data ?? mkdtempSync(join(tmpdir(), 'tandem-crash-'))
console.log(`seed ${values.seed}, data in ${root}`)
const began = performance.now()
const { journal, killed } = await killAndRestart({
  root,
  seed: values.seed,
  kills: Number(values.kills),
  progress: console.log,
})
const problems = [...journal.problems, ...(await compare(root, journal))]
console.log(
  JSON.stringify({
    seed: values.seed,
    killed,
    deliveries: journal.deliveries.size,
    decisions: journal.decisions.size,
    notes: journal.notes.size,
    seconds: Math.round((performance.now() - began) / 1000),
    problems,
  }),
)
if (problems.length === 0 && values.data === undefined) rmSync(root, { recursive: true, force: true })
process.exitCode = problems.length === 0 ? 0 : 1
