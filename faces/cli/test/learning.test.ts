import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { writeUkCseaIrp } from '@tandem/formats'
import { freePort, startCell, tandem, temporaryFolder } from './tandem.ts'

test('what officers say of ranks, by the command line alone', async (t) => {
  const data = join(temporaryFolder(t), 'data')
  const environment = { TANDEM_DATA: data }
  const say = (...words: string[]) => tandem(words, { environment })
  const all = async (...words: string[]) => (await say(...words, '--json')).lines.map((line) => JSON.parse(line))
  const cell = await startCell(data, await freePort())
  t.after(() => cell.child.kill('SIGKILL'))
  const sit = async (subject: string): Promise<void> => {
    const pin = cell.told.people.find((person) => person.subject === subject)?.pin ?? ''
    assert.equal((await say('sign-in', '--as', subject, '--pin', pin)).code, 0)
  }
  await sit('a-triage')
  const file = join(temporaryFolder(t), 'two.json')
  const told = (username: string, annotations: string[]) => ({
    urn: `TEST-${username}`,
    provider: { name: 'Test Provider', platform: 'Testgram' },
    priority: { level: 'P3' as const },
    detectedAt: '2026-05-04T09:12:33Z',
    annotations,
    contentSender: { username },
  })
  writeFileSync(file, writeUkCseaIrp([told('test.one', ['infant']), told('test.two', [])]))
  assert.equal((await say('intake', '--agency', 'Crime Agency', '--wait', '60', file)).code, 0)
  const queue = async () => (await all('queue')).filter(({ number }) => number !== undefined)
  const [first, second] = await queue()
  const number = String(first.number)

  await t.test('disagrees, with a reason if wanted, and takes it back; the queue stays as it was', async () => {
    const order = (await queue()).map((item) => item.number)
    assert.equal((await say('disagree', number)).code, 2, 'which way?')
    assert.equal((await say('disagree', '--higher')).code, 2, 'which referral?')
    assert.equal((await say('disagree', number, '--higher', '--lower')).code, 2)
    const said = await say('disagree', number, '--lower', '--reason', 'Test: an old report')
    assert.equal(said.code, 0, said.says)
    assert.match(said.out, /should stand lower\. Its rank stays/)
    assert.match((await say('show', number)).out, /should be lower than score 1 by tandem-1, Test: an old report/)
    assert.deepEqual(
      (await queue()).map((item) => item.number),
      order,
    )
    assert.equal((await say('disagree')).code, 4, 'the counts are for a duty manager')
    await sit('a-duty')
    assert.equal((await say('disagree', number, '--take-back')).code, 1, 'what a colleague said is theirs')
    const [line, told] = await all('disagree')
    assert.deepEqual([line.number, line.direction, line.reason], [first.number, 'lower', 'Test: an old report'])
    assert.deepEqual(
      told.counts.map(({ weightSet, higher, lower }: { weightSet: string; higher: number; lower: number }) => [
        weightSet,
        higher,
        lower,
      ]),
      [['tandem-1', 0, 1]],
    )
    await sit('a-triage')
    assert.equal((await say('disagree', number, '--take-back')).code, 0)
    assert.equal((await say('disagree', number, '--take-back')).code, 1, 'once')
  })

  await t.test('chooses between two, and takes it back', async () => {
    const other = String(second.number)
    assert.equal((await say('choose', number, other)).code, 2)
    assert.equal((await say('choose', number, other, '--first', '999999')).code, 2)
    const chosen = await say('choose', number, other, '--first', other)
    assert.equal(chosen.code, 0, chosen.says)
    assert.match(chosen.out, new RegExp(`Referral ${other} goes first. No rank moves.`))
    assert.equal((await say('choose', other, number, '--take-back')).code, 0)
    assert.equal((await say('choose', other, number, '--take-back')).code, 1, 'once')
  })

  await t.test('proposes weights by a file, replays them, and puts nothing in force', async () => {
    await sit('a-duty')
    const nothing = await say('weights', 'propose', '--from-choices', '--name', 'trial-1')
    assert.equal(nothing.code, 5, nothing.says)
    assert.match(nothing.out, /No factor differs in 20 choices/)
    const inForce = readFileSync(new URL('../../../engines/triage/src/weights/tandem-1.json', import.meta.url), 'utf8')
    const path = join(temporaryFolder(t), 'by-hand.json')
    writeFileSync(path, inForce.replace('"id": "tandem-1"', '"id": "by-hand-1"').replaceAll('"yes": 400', '"yes": 425'))
    assert.equal((await say('weights', 'propose', path)).code, 2, 'why?')
    const proposed = await say('weights', 'propose', path, '--why', 'Test: a trial')
    assert.equal(proposed.code, 0, proposed.says)
    assert.match(proposed.out, /by-hand-1: .*in force nowhere/)
    assert.match((await say('weights')).out, /In force: tandem-1/)
    const counts = (await all('weights', 'replay', 'by-hand-1')).at(-1).counts
    assert.equal(counts.raised + counts.lowered + counts.shifted + counts.unchanged, counts.cases)
    const shown = await say('weights', 'show', 'by-hand-1')
    assert.equal(JSON.parse(shown.out).id, 'by-hand-1')
    assert.equal((await say('weights', 'replay', 'no-such-set')).code, 1)
  })

  await t.test('tells what was drawn by lot, what became of it, and to the inspector the counts alone', async () => {
    const items = await queue()
    const drawn = await all('queue', '--by-lot')
    assert.deepEqual(
      drawn.slice(0, -1).map((item) => item.number),
      items.filter(({ byLot }) => byLot).map((item) => item.number),
    )
    assert.equal(drawn.at(-1).counts.byLot, drawn.length - 1)
    assert.match((await say('queue')).says, /in the queue drawn by lot/)
    assert.match((await say('show', number)).out, /Lot \d+ of 1000000: (not )?drawn, lots below 30000 are/)
    const told = await say('weights', 'slice')
    assert.equal(told.code, 0, told.says)
    assert.match(told.says, /of \d+ referrals that ranked low when they came were drawn by lot \(3 in 100 are\)/)
    assert.equal((await say('weights', 'inspect')).code, 4, 'of every agency is for the inspector')
    await sit('i-inspect')
    assert.equal((await say('weights', 'slice')).code, 4)
    const seen = await all('weights', 'inspect')
    assert.ok(seen.length >= 2, 'a line an agency, and the counts')
    const { disagreements, lots } = seen.at(-1)
    assert.deepEqual(disagreements, [], 'what was said was taken back')
    for (const { kept, inLedger, differ } of lots) assert.deepEqual([inLedger, differ], [kept, 0])
  })

  await t.test('tells which referrals have a hit on a list, part by part', async () => {
    await sit('a-duty')
    const value = 'ab'.repeat(32)
    const folder = temporaryFolder(t)
    const reports = ['test.three', 'test.four'].map((name) => ({
      ...told(name, []),
      content: [{ type: 'imagery' as const, count: 1, files: [{ hashes: [{ algorithm: 'sha256' as const, value }] }] }],
    }))
    writeFileSync(join(folder, 'three.json'), writeUkCseaIrp(reports))
    writeFileSync(join(folder, 'list.csv'), `sha256\n${value}\n`)
    const named = ['--name', 'Test list', '--publisher', 'Test Publisher']
    assert.equal((await say('lists', 'load', join(folder, 'list.csv'), ...named)).code, 0)
    assert.equal((await say('intake', '--agency', 'Crime Agency', '--wait', '60', join(folder, 'three.json'))).code, 0)
    const touched = await all('lists', 'show', 'Test list', '--hits')
    const numbers = touched.slice(0, -1).map((referral) => referral.number)
    assert.equal(touched.at(-1).next, null)
    assert.equal(numbers.length, 2)
    const first = await all('lists', 'show', 'Test list', '--hits', '--limit', '1')
    const second = await all('lists', 'show', 'Test list', '--hits', '--limit', '1', '--after', first.at(-1).next)
    assert.deepEqual([first[0].number, second[0].number], numbers.slice(0, 2))
    assert.match((await say('lists', 'show', 'Test list', '--hits')).out, new RegExp(`^ *${numbers[0]} +P\\d`, 'm'))
  })
})
