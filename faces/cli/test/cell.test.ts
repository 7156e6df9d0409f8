import assert from 'node:assert/strict'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Ended,
  freePort,
  picture,
  type Started,
  startCell,
  tandem,
  temporaryFolder,
  twoRecords,
} from './tandem.ts'

async function stopped({ child }: Started, signal: NodeJS.Signals): Promise<number | null> {
  const end = new Promise<number | null>((resolve) => child.once('exit', resolve))
  child.kill(signal)
  return end
}

const gone = async (pid: number): Promise<boolean> => {
  for (let tries = 0; tries < 200; tries++) {
    try {
      process.kill(pid, 0)
    } catch {
      return true
    }
    await sleep(50)
  }
  return false
}

test('a training cell by the command line alone', async (t) => {
  const data = join(temporaryFolder(t), 'data')
  const port = await freePort()
  const environment = { TANDEM_DATA: data }
  const say = (...words: string[]): Promise<Ended> => tandem(words, { environment })
  const one = async (...words: string[]) => JSON.parse((await say(...words, '--json')).lines.at(0) ?? '{}')
  let cell = await startCell(data, port)
  t.after(() => cell.child.kill('SIGKILL'))
  const manager = cell.told.people.find(({ subject }) => subject === 'a-duty')

  await t.test('says where it is, and refuses a second one on the same folder with address and process', async () => {
    assert.equal(cell.told.url, `http://127.0.0.1:${port}`)
    const second = await say('start', '--port', String(await freePort()))
    assert.equal(second.code, 1)
    assert.ok(second.says.includes(cell.told.url) && second.says.includes(`process ${cell.told.pid}`), second.says)
  })

  await t.test('takes files in, adds the account up, and ends with 5 when not all went in', async () => {
    const folder = temporaryFolder(t)
    const [report, item] = [join(folder, 'report.json'), join(folder, 'item.json')]
    writeFileSync(report, twoRecords('TEST-1'))
    writeFileSync(item, picture())
    assert.equal((await say('intake', report)).code, 2, 'two agencies: say which')
    const { code, lines } = await say('intake', '--agency', 'Crime Agency', report, item, '--json')
    assert.equal(code, 5)
    const [first, second, last] = lines.map((line) => JSON.parse(line))
    assert.equal(first.account.records, 2)
    assert.equal(first.setAside[0].place, '$.reports[1]')
    assert.equal(second.state, 'refused')
    const { totals } = last
    assert.equal(totals.read + totals.repeated + totals.refused + totals.waiting, totals.files)
    assert.equal(totals.accepted + totals.remarked + totals.setAside, totals.records)
    const again = await one('intake', '--agency', 'Crime Agency', report)
    assert.equal(again.state, 'repeat')
    assert.equal(again.receipt.delivery, first.receipt.delivery)
  })

  await t.test('signs in with a PIN, keeps the session for this user alone, and refuses a wrong PIN', async () => {
    assert.equal((await say('queue')).code, 4)
    assert.equal((await say('sign-in', '--as', 'a-duty', '--pin', '1234567')).code, 4)
    const signedIn = await tandem(['sign-in', '--as', 'a-duty', '--json'], {
      environment: { ...environment, TANDEM_PIN: manager?.pin ?? '' },
    })
    assert.equal(signedIn.code, 0, signedIn.says)
    assert.doesNotMatch(signedIn.out, new RegExp(manager?.pin ?? 'none'))
    assert.equal(statSync(join(data, 'sessions')).mode & 0o777, 0o700)
  })

  await t.test('shows the queue, takes a referral and undoes it; the ledger has each step', async () => {
    const item = await one('queue')
    assert.equal(item.reference, 'TEST-1')
    const number = String(item.number)
    assert.equal((await one('decide', 'take', number)).state, 'taken')
    assert.equal((await say('decide', 'take', number, '--version', '1')).code, 1, 'decided on an old version')
    assert.equal((await one('decide', 'undo', number)).state, 'open')
    const { narratives } = await one('show', number)
    assert.doesNotMatch((await say('show', number)).out, /Test words/)
    assert.match((await say('show', number, '--words', narratives[0].place)).out, /Test words of a report/)
    const verbs = (await say('ledger', '--json')).lines.map((line) => JSON.parse(line).verb)
    assert.ok(
      verbs.some((verb) => /take/.test(verb ?? '')) && verbs.some((verb) => /undo/.test(verb ?? '')),
      verbs.join(),
    )
    assert.equal((await say('ledger')).code, 0)
    assert.equal((await one('search', number)).number, item.number)
    assert.equal((await say('decide', 'close', number, '--outcome', 'nonsense', '--reason', 'Test reason')).code, 2)
  })

  await t.test('proves an entry, exports a bundle that stands alone, and finds its ledger whole', async () => {
    const folder = temporaryFolder(t)
    const entries = async () =>
      (await say('ledger', '--json')).lines
        .map((line) => JSON.parse(line))
        .filter(({ verb }) => /take/.test(verb ?? ''))
    let entry = (await entries())[0]
    for (let tries = 0; entry.place === null && tries < 100; tries++) {
      await sleep(200)
      entry = (await entries())[0]
    }
    const proved = await say('ledger', 'proof', entry.id, '--to', join(folder, 'proof.txt'))
    assert.equal(proved.code, 0, proved.says)
    assert.match(proved.out, /The proof leads to the signed root/)
    assert.match(proved.out, /Witness .*signals-agency\/witness saw it/)
    const [bundle, trust] = [join(folder, 'bundle.json'), join(folder, 'trust.json')]
    const exporting = ['ledger', 'bundle', entry.id, '--about', 'Test', '--to', bundle] as const
    assert.equal((await say(...exporting, '--trust-to', trust)).code, 0)
    assert.equal((await say(...exporting)).code, 1, 'never over something that is there')
    assert.equal((await say('verify', bundle, '--trust', trust)).code, 0)
    assert.equal((await say('verify', bundle)).code, 5, 'its keys came with it')
    const keys = join(folder, 'keys.json')
    assert.equal((await say('ledger', 'keys', '--to', keys)).code, 0)
    assert.equal((await say('verify', bundle, '--trust', keys)).code, 0)
    const { code, out } = await say('ledger', 'checkpoint')
    assert.equal(code, 0)
    assert.match(out, /^crime-agency /m)
    assert.match((await say('ledger', 'checkpoint', 'crime-agency')).out, /^tandem\/.*\/crime-agency\n\d+\n/)
    assert.match((await say('ledger', 'witnesses')).out, /in this cell .* cosigned the newest/)
    const audit = await say('ledger', 'verify')
    assert.equal(audit.code, 0, audit.out + audit.says)
    assert.match(audit.out, /crime-agency: [1-9]\d* sealed entries compared/)
  })

  await t.test('stops cleanly, keeps everything, and starts again', async () => {
    assert.equal(await stopped(cell, 'SIGINT'), 0)
    assert.equal(existsSync(join(data, 'control.sock')), false)
    assert.equal((await say('status')).code, 3)
    cell = await startCell(data, port)
    assert.equal((await one('queue')).reference, 'TEST-1')
    assert.equal(await stopped(cell, 'SIGTERM'), 0)
  })

  const old = '/usr/bin/node'
  await t.test('does not outlive a killed launcher', { skip: !existsSync(old) }, async () => {
    cell = await startCell(data, port, old)
    const isChild = cell.told.pid !== cell.child.pid
    await stopped(cell, 'SIGKILL')
    assert.ok(await gone(cell.told.pid), 'the cell ended with its launcher')
    if (isChild) assert.equal(existsSync(join(data, 'control.sock')), false, 'and it ended cleanly')
  })
})
