import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { writeUkCseaIrp } from '@tandem/formats'
import { freePort, startCell, tandem, temporaryFolder } from './tandem.ts'

test('a subject by the command line: its ties, and decisions that contradict each other', async (t) => {
  const data = join(temporaryFolder(t), 'data')
  const environment = { TANDEM_DATA: data }
  const say = (...words: string[]) => tandem(words, { environment })
  const cell = await startCell(data, await freePort())
  t.after(() => cell.child.kill('SIGKILL'))
  const pin = cell.told.people.find(({ subject }) => subject === 'a-triage')?.pin ?? ''
  assert.equal((await say('sign-in', '--as', 'a-triage', '--pin', pin)).code, 0)
  const told = (username: string, user: { emails?: string[]; addresses?: string[] }) => ({
    urn: `TEST-${username}`,
    provider: { name: 'Test Provider', platform: 'Testgram' },
    priority: { level: 'P3' as const },
    detectedAt: '2026-05-04T09:12:33Z',
    contentSender: { username, ...user },
  })
  const file = join(temporaryFolder(t), 'four.json')
  const home = ['12 Orchard Street, Exampleton, EX1 2MP']
  const emails = ['shared@mail.example']
  const reports = [
    told('test.one', { emails, addresses: home }),
    told('test.two', { emails }),
    told('test.three', { addresses: home }),
    told('test.four', {}),
  ]
  writeFileSync(file, writeUkCseaIrp(reports))
  assert.equal((await say('intake', '--agency', 'Crime Agency', '--wait', '60', file)).code, 0)
  const numbers = (await say('queue', '--json')).lines
    .map((line) => JSON.parse(line).number)
    .filter((number): number is number => typeof number === 'number')
    .sort((a, b) => a - b)
  const [one = 0, two = 0, three = 0, four = 0] = numbers
  const show = (number: number) => say('subject', 'show', String(number))
  const linked = async (): Promise<void> => {
    for (let tries = 0; tries < 100; tries++) {
      const { out } = await show(one)
      if (out.includes('household')) return
      await new Promise((done) => setTimeout(done, 100))
    }
    assert.fail('nobody was linked')
  }

  await t.test('ties are told with their reasons, the other subject, and that no rank moves by them', async () => {
    await linked()
    const { out } = await show(one)
    assert.match(out, /Ties: other subjects, not the same person; no rank moves by them/)
    assert.match(out, new RegExp(`  household S-${three}\\.1, told as reported\n`))
    assert.match(
      out,
      new RegExp(
        `Told at one address, "12 Orchard Street, .*": R-${one} person 1, and R-${three} person 1\\. \\(R-${one}, R-${three}\\)`,
      ),
    )
    assert.doesNotMatch((await show(four)).out, /Ties/)
    assert.doesNotMatch(out, /contradict/)
  })

  await t.test('contradictions are printed with the decisions and how to undo them', async () => {
    const because = ['--because', 'Test: a reason that is read out']
    assert.equal((await say('subject', 'split', `S-${one}.1`, '--out', String(two), ...because)).code, 0)
    assert.equal((await say('subject', 'merge', `S-${one}.1`, '--with', `S-${two}.1`, ...because)).code, 0)
    const { out } = await show(one)
    const [, line = ''] = /Decisions that contradict each other\n(.*)\n/.exec(out) ?? []
    const about = `R-\\d+ person 1 and R-\\d+ person 1`
    assert.match(
      line,
      new RegExp(`cannot link by .*, ${about} \\(undo: [0-9a-f-]{36}\\), against must link by .*, ${about}`),
    )
    assert.match(line, /they stay apart until one is taken back/)
    const undo = /undo: ([0-9a-f-]{36})/.exec(line)?.[1] ?? ''
    assert.equal((await say('subject', 'undo', undo, ...because)).code, 0)
    assert.doesNotMatch((await show(one)).out, /contradict/)
  })
})
