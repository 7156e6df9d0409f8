import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Ended, freePort, startCell, tandem, temporaryFolder } from './tandem.ts'

const reportOf = (reference: string, email: string): string =>
  JSON.stringify({
    profile: 'uk-csea-irp/1',
    reports: [
      {
        urn: reference,
        provider: { name: 'Test Provider', platform: 'Testgram' },
        priority: { level: 'P2' },
        detectedAt: '2026-05-05T03:37:00Z',
        description: 'Test words of a report.',
        contentSender: { role: 'reported', username: `test.${reference.toLowerCase()}`, emails: [email] },
      },
    ],
  })

test('two agencies of a training cell ask each other by the command line alone', async (t) => {
  const data = join(temporaryFolder(t), 'data')
  const cell = await startCell(data, await freePort())
  t.after(() => cell.child.kill('SIGKILL'))
  const environment = { TANDEM_DATA: data }
  const tokens = new Map<string, string>()
  /** Each person with a token of their own, as one would from several workstations. */
  const as = async (subject: string, ...words: string[]): Promise<Ended> => {
    if (!tokens.has(subject)) {
      const pin = cell.told.people.find((each) => each.subject === subject)?.pin ?? ''
      const signed = await tandem(['sign-in', '--as', subject, '--pin', pin], { environment })
      assert.equal(signed.code, 0, signed.says)
      const folder = join(data, 'sessions')
      const [file = ''] = readdirSync(folder)
      const kept: { token: string } = JSON.parse(readFileSync(join(folder, file), 'utf8'))
      tokens.set(subject, kept.token)
    }
    return tandem(words, { environment: { ...environment, TANDEM_TOKEN: tokens.get(subject) ?? '' } })
  }
  const jsonOf = async (subject: string, ...words: string[]) =>
    (await as(subject, ...words, '--json')).lines.map((line) => JSON.parse(line))

  const folder = temporaryFolder(t)
  for (const [agency, reference, email] of [
    ['Crime Agency', 'TEST-A', 'shared@mail.example'],
    ['Crime Agency', 'TEST-B', 'ours@mail.example'],
    ['Signals Agency', 'TEST-C', 'shared@mail.example'],
  ] as const) {
    const file = join(folder, `${reference}.json`)
    writeFileSync(file, reportOf(reference, email))
    const taken = await tandem(['intake', '--agency', agency, file], { environment })
    assert.equal(taken.code, 0, taken.says)
  }

  const request = ['deconflict', 'request', '--kinds', 'email', '--purpose', 'Test of a run', '--desk', 'Desk 1']
  assert.equal((await as('a-triage', ...request, '--peer', 'Nobody')).code, 1)
  assert.equal(
    (
      await as(
        'a-triage',
        'deconflict',
        'request',
        '--kinds',
        'shoes',
        '--peer',
        'Signals Agency',
        '--purpose',
        'x',
        '--desk',
        'x',
      )
    ).code,
    2,
  )
  const asked = await as('a-triage', ...request, '--peer', 'Signals Agency')
  assert.match(asked.out, /: 2 entries\. It waits for a second person\./)
  const [line] = await jsonOf('a-triage', 'deconflict')
  const run: string = line.id
  assert.equal((await as('a-triage', 'deconflict', 'approve', run, '--reason', 'mine')).code, 1)
  const sent = await as('a-duty', 'deconflict', 'approve', run.slice(-8), '--reason', 'read and agreed')
  assert.match(sent.out, /sent to Signals Agency/)

  const received = await until(async () =>
    (await jsonOf('b-duty', 'deconflict', 'requests')).find(({ state }) => state === 'received'),
  )
  assert.equal(received.peer, 'Crime Agency')
  const accepted = await as('b-duty', 'deconflict', 'accept', received.id, '--reason', 'lawful', '--desk', 'Desk 2')
  assert.match(accepted.out, /accepted with 1 entries/)

  const shown = await until(async () => {
    const [each] = await jsonOf('a-triage', 'deconflict', 'show', run)
    return each.run.outcome === null ? undefined : each
  })
  assert.deepEqual(
    shown.hits.map((hit: { shown: string }) => hit.shown),
    ['shared@mail.example'],
  )
  const told = await as('a-triage', 'deconflict', 'show', run)
  assert.equal(told.code, 0)
  assert.match(told.out, /Talk before you act[\s\S]*HIT email shared@mail\.example/)

  const release = ['deconflict', 'release', run, '--reason', 'they must be told']
  assert.equal((await as('a-triage', ...release)).code, 2)
  const reference: string = shown.hits[0].reference
  const proposed = await as('a-triage', ...release, '--hit', reference, '--desk', 'Desk 1')
  assert.match(proposed.out, /waits for a second person/)
  assert.equal((await as('a-triage', ...release, '--approve')).code, 1)
  assert.match((await as('a-duty', ...release, '--approve')).out, /Sent\. Talk to: Desk 2/)
  assert.match(
    (await as('b-duty', 'deconflict', 'show', received.id)).out,
    /shared@mail\.example[\s\S]*talk to: Desk 1/,
  )

  const drawn = await as('i-inspect', 'deconflict', 'audit', run, '--count', '1000')
  assert.match(drawn.out, /16 places drawn/)
  const audit = /Audit ([0-9a-f-]{36})/.exec(drawn.out)?.[1] ?? ''
  const opened = await as('a-duty', 'deconflict', 'audit', '--open', audit)
  assert.equal(opened.code, 0, opened.says)
  assert.match(opened.out, /16 places opened, 0 findings/)
  assert.match((await as('i-inspect', 'deconflict', 'audit')).out, /0 findings in 16/)

  // Nobody answers the second one: stopped, it has no answer, and a script hears that by the exit code.
  await as('a-triage', ...request, '--peer', 'Signals Agency')
  const [second] = await jsonOf('a-triage', 'deconflict')
  await as('a-duty', 'deconflict', 'approve', second.id, '--reason', 'agreed')
  assert.equal((await as('a-triage', 'deconflict', 'stop', second.id)).code, 0)
  await until(async () =>
    (await jsonOf('a-triage', 'deconflict', 'show', second.id))[0].run.outcome === null ? undefined : true,
  )
  const none = await as('a-triage', 'deconflict', 'show', second.id)
  assert.equal(none.code, 5)
  assert.match(none.out, /This is no answer[\s\S]*Never act on it as if it were clear/)

  const gone = new Promise((resolve) => cell.child.once('exit', resolve))
  cell.child.kill('SIGTERM')
  await gone
})

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 60; tries++) {
    const found = await look()
    if (found !== undefined) return found
    await sleep(300)
  }
  throw new Error('it did not happen in time')
}
