import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { compare } from './crash-account.ts'
import { killAndRestart } from './crash-run.ts'

const seed = process.env['CRASH_SEED'] ?? randomBytes(4).toString('hex')
const kills = Number(process.env['CRASH_KILLS'] ?? 51)

test(`${kills} kills in mid-work lose nothing acknowledged and double nothing (CRASH_SEED=${seed})`, {
  timeout: 540_000,
}, async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'tandem-crash-'))
  t.after(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }))
  const { journal, killed } = await killAndRestart({ root, seed, kills })
  t.diagnostic(
    `${JSON.stringify(killed)}: ${journal.deliveries.size} deliveries, ${journal.decisions.size} decisions, ${journal.notes.size} notes acknowledged`,
  )
  assert.deepEqual(journal.problems, [])
  assert.ok(
    journal.deliveries.size >= kills && journal.decisions.size >= kills,
    'too little was at work to show anything',
  )
  assert.deepEqual(await compare(root, journal), [])
})
