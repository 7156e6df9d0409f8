import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeUkCseaIrp } from '@tandem/formats'
import { freePort, startCell, tandem, temporaryFolder } from './tandem.ts'

test('who is who, and whose line it was, by the command line alone', async (t) => {
  const data = join(temporaryFolder(t), 'data')
  const environment = { TANDEM_DATA: data }
  const say = (...words: string[]) => tandem(words, { environment })
  const all = async (...words: string[]) => (await say(...words, '--json')).lines.map((line) => JSON.parse(line))
  const one = async (...words: string[]) => (await all(...words)).at(0) ?? {}
  const cell = await startCell(data, await freePort())
  t.after(() => cell.child.kill('SIGKILL'))
  const sit = async (subject: string): Promise<void> => {
    const pin = cell.told.people.find((person) => person.subject === subject)?.pin ?? ''
    assert.equal((await say('sign-in', '--as', subject, '--pin', pin)).code, 0)
  }
  await sit('a-duty')

  await t.test('ranks people with reasons, reads a link out, parts a subject and takes it back', async () => {
    const file = join(temporaryFolder(t), 'two.json')
    const told = (username: string) => ({
      urn: `TEST-${username}`,
      provider: { name: 'Test Provider', platform: 'Testgram' },
      priority: { level: 'P3' as const },
      detectedAt: '2026-05-04T09:12:33Z',
      contentSender: { username, emails: ['both@mail.example'] },
    })
    writeFileSync(file, writeUkCseaIrp([told('test.one'), told('test.two')]))
    assert.equal((await say('intake', '--agency', 'Crime Agency', '--wait', '60', file)).code, 0)
    const ranked = async () => (await all('rank', '--linked')).filter(({ label }) => label !== undefined)
    let subjects = await ranked()
    for (let tries = 0; subjects.length === 0 && tries < 50; tries++) {
      await sleep(200)
      subjects = await ranked()
    }
    const [{ label, rank, reasons }] = subjects
    assert.equal(subjects.length, 1)
    assert.ok(reasons.length > 0)
    const shown = await one('subject', label)
    assert.equal(
      shown.rank.reasons.reduce((sum: number, reason: { hundredths: number }) => sum + reason.hundredths, 0),
      rank,
    )
    const [first, second] = shown.appearances.map(({ referral }: { referral: { number: number } }) => referral.number)
    assert.match((await say('explain', label)).out, /without the value email both@mail\.example.*Measured error/s)
    assert.match((await say('explain', `R-${first}.1`, '--and', `R-${second}.1`)).out, /\(the sum of the lines above\)/)
    assert.equal((await say('explain', `R-${first}.1`, '--and', `R-${second}.9`)).code, 1, 'there is no such person')
    const because = ['--because', 'Test: two brothers']
    assert.equal((await say('subject', 'split', label, '--out', 'R-999999', ...because)).code, 2)
    const parted = await one('subject', 'split', label, '--out', `R-${second}`, ...because)
    assert.equal(parted.subjects.length, 2)
    assert.match((await say('subject', label)).out, /cannot link by Test Asha Duty.*Test: two brothers/)
    assert.equal((await say('subject', 'undo', parted.decision, '--because', 'Test: one after all')).code, 0)
    assert.equal((await one('subject', `R-${second}`)).appearances.length, 2)
  })

  await t.test('attributes by places alone: doubts first, another person settles, an error stays', async () => {
    const folder = temporaryFolder(t)
    const [report, answer] = [join(folder, 'door.json'), join(folder, 'answer.csv')]
    const address = '81.2.69.142'
    const sent = {
      urn: 'TEST-DOOR-1',
      provider: { name: 'Test Provider', platform: 'Testgram' },
      priority: { level: 'P3' as const },
      detectedAt: '2026-05-04T09:12:33Z',
      contentSender: {
        username: 'test.door',
        emails: ['report.door@mail.example'],
        ipHistory: [{ address, port: 4711, at: '2026-05-04T08:30:00Z', event: 'login' }],
      },
    }
    writeFileSync(report, writeUkCseaIrp([sent]))
    writeFileSync(
      answer,
      `Customer,Name,Address,IP,Port,Start (UTC),End (UTC),Email\nC1,Test Alder,1 Test Road,${address},4711,2026-05-04 08:00:00,2026-05-04 08:59:59,answer.door@mail.example\n`,
    )
    assert.equal((await say('intake', '--agency', 'Crime Agency', '--wait', '60', report, answer)).code, 0)
    const [use, line] = [
      (await one('search', 'report.door@mail.example')).number,
      (await one('search', 'answer.door@mail.example')).number,
    ]
    assert.match((await say('attribute', 'show')).out, /No attribution/)
    const looked = await one('attribute', 'propose', `R-${use}.1.1`, '--look')
    assert.equal(looked.doubts[0].code, 'no-answer')
    assert.equal(looked.use.address, address)
    assert.equal((await say('attribute', 'propose', address, '--look')).code, 2, 'an address is no place')
    const checked = ['--shared-premises', 'no', '--other-users', 'no', '--address-translation', 'no']
    const observed = ['--line', 'observed yes Test notebook 12', '--anonymiser', 'no']
    const proposed = await one(
      ...['attribute', 'propose', `R-${use}`, '--answer', `R-${line}.1`, ...checked, ...observed],
      ...['--because', 'Test: the line of the account', '--override', 'Test: it cannot wait'],
    )
    assert.deepEqual([proposed.attributed.name, proposed.attributed.address], ['Test Alder', '1 Test Road'])
    assert.deepEqual(
      proposed.doubts.map(({ code }: { code: string }) => code),
      ['tor-not-checked'],
    )
    const id = proposed.attribution
    const unsaid = ['attribute', 'settle', id, '--number', String(use), '--reason', 'Test: read both']
    assert.equal((await say(...unsaid)).code, 2, 'nobody clears by leaving something out')
    const settle = [...unsaid, '--clear']
    assert.equal((await say(...settle)).code, 1, 'by the one who proposed it')
    await sit('a-triage')
    assert.equal((await one(...settle)).state, 'cleared with doubts')
    const wrong = ['--what', 'Test: next door', '--cause', 'Test: misread', '--impact', 'Test: none']
    assert.equal((await say('attribute', 'correct', id, ...wrong, '--told', 'Test oversight')).code, 0)
    const told = (await say('attribute', 'show', String(use))).out
    assert.match(told, /IN ERROR[\s\S]*tor-not-checked[\s\S]*Test Alder[\s\S]*In spite of doubts: Test: it cannot wait/)
  })
})
