import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { begin, type Ended, freePort, tandem, temporaryFolder, twoRecords } from './tandem.ts'

interface Made {
  readonly shares: readonly { opens: string; agency: string; officer: string; share: string }[]
}

test('a live cell is opened, rotated and sealed by the command line alone', { timeout: 300_000 }, async (t) => {
  const place = temporaryFolder(t)
  const [data, plan, file] = [join(place, 'data'), join(place, 'plan.json'), join(place, 'report.json')]
  const environment = { TANDEM_DATA: data }
  const say = (words: string[], input = ''): Promise<Ended> => tandem(words, { environment, input })
  const template = JSON.parse((await say(['init', '--plan-template'])).out)
  delete template.providers[0].clientSecretFile
  writeFileSync(plan, JSON.stringify(template))
  writeFileSync(file, twoRecords('TEST-1'))
  const init = await say(['init', '--live', '--data', data, '--plan', plan, '--json'])
  assert.equal(init.code, 0, init.says)
  const made: Made = JSON.parse(init.lines[0] ?? '{}')
  assert.equal(made.shares.length, 3)
  const [one, two] = made.shares.map(({ share }) => share)
  const port = await freePort()
  const cell = begin(['start', '--data', data, '--port', String(port), '--json'])
  t.after(() => cell.kill('SIGKILL'))
  assert.ok(cell.stdout !== null)
  for await (const _ of createInterface({ input: cell.stdout })) break

  await t.test('sealed after its start: exit 5, words, and no intake', async () => {
    const shown = await say(['keys', 'show'])
    assert.equal(shown.code, 5, shown.says)
    assert.match(shown.out, /Crime Agency\s+sealed\s+2 of Test First Manager, Test Second Manager, Test Analyst\s+2/)
    const intake = await say(['intake', file, '--agency', 'Crime Agency'])
    assert.notEqual(intake.code, 0)
    assert.match(`${intake.out}${intake.says}`, /TANDEM-SEAL-001/)
  })

  await t.test('shares come one a line; a slip is told in words; exit 5 while more are needed', async () => {
    const slip = await say(['unseal'], `${one?.slice(0, -2)}\n`)
    assert.equal(slip.code, 1)
    assert.match(slip.says, /slip in it/)
    assert.equal(`${slip.out}${slip.says}`.includes(one?.slice(20, 60) ?? 'x'), false, 'what was typed is not repeated')
    const first = await say(['unseal'], `${one}\n`)
    assert.equal(first.code, 5)
    assert.match(first.out, /Share of Test First Manager\. 1 more is needed/)
    const second = await say(['unseal'], `${two}\n`)
    assert.equal(second.code, 0)
    assert.match(second.out, /keys are open/)
    assert.equal((await say(['keys', 'show'])).code, 0)
    assert.equal((await say(['intake', file, '--agency', 'Crime Agency'])).code, 5, 'one record was set aside')
  })

  await t.test('a rotation needs the shares, and copies of the keys are listed', async () => {
    assert.equal((await say(['keys', 'rotate'])).code, 2)
    const rotated = await say(['keys', 'rotate', '--operations'], `${one}\n${two}\n`)
    assert.equal(rotated.code, 0, rotated.says)
    assert.match(rotated.out, /rotation 2 now; 2 keys of records were wrapped anew/)
    assert.equal((await say(['backup', '--keys-to', join(place, 'safe')])).code, 0)
    assert.match((await say(['keys', 'show'])).out, /Copy of the keys: .*safe, renewed/)
  })

  await t.test('it is sealed again by hand, and without a cell there is nobody to ask', async () => {
    assert.equal((await say(['keys', 'seal'])).code, 0)
    assert.equal((await say(['keys', 'show'])).code, 5)
    const shares = ['keys', 'shares', '--threshold', '2', '--officer', 'Test A', '--officer', 'Test B']
    const refused = await say(shares, `${one}\n${two}\n`)
    assert.equal(refused.code, 1)
    assert.match(refused.says, /are sealed/)
    const end = new Promise((resolve) => cell.once('exit', resolve))
    cell.kill('SIGTERM')
    await end
    assert.equal((await say(['unseal'], `${one}\n`)).code, 3)
    assert.equal((await say(['keys', 'show'])).code, 3)
  })
})
