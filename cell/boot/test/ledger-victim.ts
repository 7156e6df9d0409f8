import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { signIn } from '@tandem/work'
import { issuer, openWorkingCell } from './crash-open.ts'

/** The process that is killed: it writes entries and publishes checkpoints as fast as it can, and tells each of them. */
const [, , root = ''] = process.argv
const tell = (told: unknown): void => void process.stdout.write(`${JSON.stringify(told)}\n`)

const { cell } = await openWorkingCell(root, (says) => tell({ problem: says }))
const { token } = await signIn(cell, { issuer, subject: 'a-triage' }, false)

async function write(): Promise<void> {
  for (;;) {
    await cell.store.within({ kind: 'session', login: 'tandem_officer', token }, async (tx) => {
      for (let at = 0; at < 1 + (Date.now() % 40); at++) tx.record('test.act', { at })
    })
    await sleep(2)
  }
}

async function publish(): Promise<void> {
  const log = cell.ledger.logs.find(({ name }) => name === 'crime-agency')
  assert.ok(log)
  let last = ''
  for (;;) {
    await cell.ledger.turn()
    const [row] = (await cell.store.log((run) => run('log/all', {}))).filter(({ name }) => name === log.name)
    const halted = cell.ledger.standing().find(({ name }) => name === log.name)?.halted
    if (halted != null) tell({ problem: halted.says })
    if (row?.note != null && row.note !== last) tell({ note: row.note })
    last = row?.note ?? ''
    await sleep(5)
  }
}

await Promise.all([write(), write(), publish()])
