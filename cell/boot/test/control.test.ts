import assert from 'node:assert/strict'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { findRunning } from '../src/control-client.ts'
import type { IntakeStep } from '../src/control-messages.ts'
import { controlPath } from '../src/control-place.ts'
import { dataFolder } from '../src/folders.ts'
import { deliver, picture, temporaryFolder, trainingCell, twoRecords } from './training-folder.ts'

const receiptOf = (steps: readonly IntakeStep[]) => steps.find((step) => step.step === 'received')?.receipt
const outcomeOf = (steps: readonly IntakeStep[]) => steps.find((step) => step.step === 'read')?.outcome
const problemOf = (steps: readonly IntakeStep[]) => steps.find((step) => step.step === 'problem')?.problem

test('the control socket of a running cell', async (t) => {
  const { folder } = await trainingCell(t)

  await t.test('answers its own user, who it is and where', async () => {
    const status = await findRunning(folder)
    assert.equal(status?.pid, process.pid)
    assert.equal(status?.mode, 'training')
    assert.deepEqual(
      status?.agencies.filter(({ kind }) => kind === 'agency').map(({ name }) => name),
      ['Crime Agency', 'Signals Agency'],
    )
    assert.equal(statSync(controlPath(folder)).mode & 0o777, 0o600)
    assert.equal(statSync(dirname(controlPath(folder))).mode & 0o077, 0)
  })

  await t.test('gives the receipt first and then the exact account with the reasons', async () => {
    const steps = await deliver(folder, twoRecords('TEST-1'), { agency: 'crime agency', sender: 'test provider' })
    assert.deepEqual(
      steps.map(({ step }) => step),
      ['received', 'read'],
    )
    assert.equal(receiptOf(steps)?.state, 'received')
    const outcome = outcomeOf(steps)
    assert.equal(outcome?.format, 'uk-csea-irp/1')
    assert.equal(outcome?.account.records, 2)
    assert.equal((outcome?.account.accepted ?? 0) + (outcome?.account.remarked ?? 0), 1)
    assert.equal(outcome?.account.setAside, 1)
    assert.equal(outcome?.setAside[0]?.place, '$.reports[1]')
  })

  await t.test('the same key again is the same receipt; with another body it is refused', async () => {
    const first = await deliver(folder, twoRecords('TEST-2'), { agency: 'Crime Agency', key: 'test-key-0002' })
    const again = await deliver(folder, twoRecords('TEST-2'), { agency: 'Crime Agency', key: 'test-key-0002' })
    assert.equal(receiptOf(again)?.delivery, receiptOf(first)?.delivery)
    const other = await deliver(folder, twoRecords('TEST-3'), { agency: 'Crime Agency', key: 'test-key-0002' })
    assert.equal(problemOf(other)?.code, 'TANDEM-STATE-003')
  })

  await t.test('a picture is refused with words and keeps nothing but its digest', async () => {
    const steps = await deliver(folder, picture(), { agency: 'Crime Agency', key: 'test-key-0003', name: 'item.png' })
    assert.equal(receiptOf(steps)?.state, 'refused')
    assert.equal(outcomeOf(steps)?.reason?.code, 'media-file')
  })

  await t.test('names the agencies when none, or an unknown one, was said', async () => {
    for (const given of [{}, { agency: 'Nobody' }]) {
      const problem = problemOf(await deliver(folder, twoRecords('TEST-4'), { ...given, key: 'test-key-0004' }))
      assert.equal(problem?.code, 'TANDEM-INPUT-001')
      assert.match(problem?.detail ?? '', /"Crime Agency", "Signals Agency"/)
    }
    const problem = problemOf(await deliver(folder, twoRecords('TEST-4'), { agency: 'Crime Agency', sender: 'Nobody' }))
    assert.match(problem?.detail ?? '', /"Test Provider"/)
  })
})

test('a data folder with a long path has its socket elsewhere, in a private folder that goes with the cell', async (t) => {
  const root = join(temporaryFolder(t), 'a-folder-with-quite-a-long-name'.repeat(4))
  mkdirSync(root, { recursive: true })
  const { folder, control } = await trainingCell(t, root)
  const path = controlPath(folder)
  assert.ok(Buffer.byteLength(path) <= 107)
  assert.equal(statSync(dirname(path)).mode & 0o777, 0o700)
  assert.equal((await findRunning(folder))?.dataFolder, root)
  await control.close()
  assert.equal(existsSync(dirname(path)), false)
  assert.equal(await findRunning(folder), null)
})

test('a socket that a killed cell left behind is nobody', async (t) => {
  const folder = dataFolder(temporaryFolder(t), 'training')
  writeFileSync(controlPath(folder), '')
  assert.equal(await findRunning(folder), null)
})
