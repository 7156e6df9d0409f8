import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { openNote, readVerifierKey } from '@tandem/ledger'
import { begin, type Ended, tandem, temporaryFolder } from './tandem.ts'

interface Told {
  readonly cells: {
    readonly cell: string
    readonly url: string
    readonly dataFolder: string
    readonly people: { subject: string; agency: string; pin: string }[]
  }[]
  readonly ledgers: {
    readonly ledger: string
    readonly entries: number
    readonly cosignedBy: string
    readonly file: string
  }[]
  readonly learned: { readonly learned: string; readonly lines: readonly string[] }[]
}

interface Running extends Told {
  readonly child: ChildProcess
  stop(): Promise<number | null>
}

async function joint(data: string, port: number): Promise<Running> {
  const child = begin(['joint', '--data', data, '--port', String(port), '--json'])
  let says = ''
  child.stderr?.on('data', (chunk) => {
    says += String(chunk)
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const told: { [K in keyof Told]: Told[K][number][] } = { cells: [], ledgers: [], learned: [] }
  assert.ok(child.stdout !== null)
  for await (const line of createInterface({ input: child.stdout })) {
    const object = JSON.parse(line)
    assert.equal(object.error, undefined, line)
    if ('cell' in object) told.cells.push(object)
    if ('ledger' in object) told.ledgers.push(object)
    if ('learned' in object) told.learned.push(object)
    if (told.ledgers.length === 2) break
  }
  assert.equal(told.ledgers.length, 2, says)
  return {
    ...told,
    child,
    stop() {
      child.kill('SIGINT')
      return ended
    },
  }
}

/** The people of one cell at the command line, each with a token of their own. */
function officers({ cells }: Running, at: number) {
  const { dataFolder = '', people = [] } = cells[at] ?? {}
  const tokens = new Map<string, string>()
  return async (subject: string, words: string[], input = ''): Promise<Ended> => {
    const environment = { TANDEM_DATA: dataFolder }
    if (!tokens.has(subject)) {
      const pin = people.find((each) => each.subject === subject)?.pin ?? ''
      const signed = await tandem(['sign-in', '--as', subject, '--pin', pin], { environment })
      assert.equal(signed.code, 0, signed.says)
      const [file = ''] = readdirSync(join(dataFolder, 'sessions'))
      const kept: { token: string } = JSON.parse(readFileSync(join(dataFolder, 'sessions', file), 'utf8'))
      tokens.set(subject, kept.token)
    }
    return tandem(words, { environment: { ...environment, TANDEM_TOKEN: tokens.get(subject) ?? '' }, input })
  }
}

/** What the maker of the example put into the files of both agencies: what a plain comparison of the two would find. */
function inBothParts(): string[] {
  const path = join(import.meta.dirname, '../../../examples/operation-first-light/truth.json')
  const { files }: Truth = JSON.parse(readFileSync(path, 'utf8'))
  const valuesOf = (of: 'A' | 'B'): string[] =>
    files
      .filter(({ agency }) => agency === of)
      .flatMap(({ referrals }) => referrals.flatMap(({ identifiers }) => identifiers))
      .flatMap(({ kind, normal }) => (['account', 'domain', 'email', 'phone'].includes(kind) ? [normal] : []))
  const theirs = new Set(valuesOf('B'))
  return [...new Set(valuesOf('A'))].filter((value) => theirs.has(value)).sort()
}

interface Truth {
  readonly files: {
    readonly agency: 'A' | 'B'
    readonly referrals: { readonly identifiers: { readonly kind: string; readonly normal: string }[] }[]
  }[]
}

/** Four ports in a row that were free a moment ago. */
async function fourPorts(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const first = 20_000 + Math.floor(Math.random() * 20_000)
    const free = await Promise.all([0, 1, 2, 3].map((at) => isFree(first + at)))
    if (free.every(Boolean)) return first
  }
  assert.fail('no four ports')
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

const cellOf = (folder: string): { cell: string; peers: { agencies: { peers: { card: Card }[] }[] } } =>
  JSON.parse(readFileSync(join(folder, 'cell.json'), 'utf8'))

interface Card {
  readonly witness: { readonly keys: readonly string[] }
  readonly log: { readonly keys: readonly string[] }
}

test('two cells by one command: apart in everything, joined by the line, and the same after a pause', async (t) => {
  const data = join(temporaryFolder(t), 'joint')
  const port = await fourPorts()
  const first = await joint(data, port)
  t.after(() => first.child.kill('SIGKILL'))
  const [crime, signals] = [join(data, 'crime-agency'), join(data, 'signals-agency')]

  await t.test('each has people, keys and numbers of its own', async () => {
    assert.deepEqual(
      first.cells.map(({ cell, url, dataFolder }) => [cell, url, dataFolder]),
      [
        ['Crime Agency', `http://127.0.0.1:${port}`, crime],
        ['Signals Agency', `http://127.0.0.1:${port + 1}`, signals],
      ],
    )
    const agencies = first.cells.map(({ people }) => new Set(people.map(({ agency }) => agency)))
    assert.ok(agencies[0]?.has('Crime Agency') && !agencies[0].has('Signals Agency'))
    assert.ok(agencies[1]?.has('Signals Agency') && !agencies[1].has('Crime Agency'))
    assert.notEqual(cellOf(crime).cell, cellOf(signals).cell)
    for (const { cell, url } of first.cells) {
      const status = await fetch(`${url}/healthz`)
      assert.deepEqual(await status.json(), { alive: true, database: true }, cell)
    }
  })

  await t.test('the side that asked learned what both were sent, and the other side what two people released', () => {
    const [asked, answered] = first.learned
    assert.ok(asked?.learned === 'Crime Agency' && answered?.learned === 'Signals Agency')
    const common = inBothParts()
    assert.equal(common.length, 4)
    const hits = asked.lines.flatMap((line) => /^held there too: \w+ (.+)$/.exec(line)?.[1] ?? [])
    assert.deepEqual(hits.sort(), common)
    const told = answered.lines.find((line) => line.startsWith('was told of 2 of its own entries')) ?? ''
    assert.equal(common.filter((value) => told.includes(value)).length, 2)
    assert.ok(
      asked.lines.includes('released 2 of them; pointer to: Signals Agency joint desk, extension 200 (example)'),
    )
    for (const { lines } of [asked, answered])
      assert.match(lines.at(-1) ?? '', /^its ledger holds the list that it committed to: \d+ places/)
  })

  await t.test('one officer looks up one value over the line, by the command line', async () => {
    const [asks, holds] = [officers(first, 0), officers(first, 1)]
    const grants = async (of: typeof asks, who: string) =>
      (await of(who, ['deconflict', 'lookup', '--json'])).lines.flatMap((line) => JSON.parse(line).grant ?? [])
    const request = ['deconflict', 'lookup', 'request', '--peer', 'Signals Agency', '--kinds', 'email,phone']
    const asked = await asks('a-triage', [...request, '--lookups', '5', '--purpose', 'Test of a lookup'])
    assert.match(asked.out, /5 lookups\. It waits for a second person\./)
    const [grant] = await grants(asks, 'a-triage')
    const of = (verb: string, id: string, ...more: string[]) => ['deconflict', 'lookup', verb, id, ...more]
    assert.match((await asks('a-duty', of('approve', grant.id, '--reason', 'agreed'))).out, /sent to Signals Agency/)
    const [received] = await grants(holds, 'b-duty')
    assert.deepEqual([received.state, received.peer], ['received', 'Crime Agency'])
    const accept = of('accept', received.id.slice(-8), '--reason', 'lawful', '--desk', 'Night desk (example)')
    assert.match((await holds('b-duty', accept)).out, /entries can be met/)
    assert.match((await asks('a-triage', of('take', grant.id))).out, /In force: 5 lookups at most/)

    const ask = ['deconflict', 'lookup', 'ask', '--kind', 'email', '--reason', 'we stand at the door']
    const email = inBothParts().find((value) => value.includes('@')) ?? ''
    const held = await asks('a-triage', ask, ` ${email.toUpperCase()}\n`)
    assert.equal(held.code, 0, held.says)
    assert.match(held.out, /^Held: [\s\S]*Talk before you act[\s\S]*Their desk: Night desk \(example\)/)
    const miss = await asks('a-triage', ask, 'nobody.at.all@mail.example\n')
    assert.equal(miss.code, 0)
    assert.match(miss.out, /not in the list that Signals Agency fixed at [\s\S]*It is not “nobody is interested”/)
    assert.equal((await asks('a-triage', ask, 'no address\n')).code, 2)
    assert.match(
      (await holds('i-inspect', ['deconflict', 'lookup', 'inspect'])).out,
      /is asked +in force +email phone +5 +3/,
    )

    assert.equal((await holds('b-duty', of('end', received.id))).code, 0)
    const none = await asks('a-triage', [...ask, grant.id], `${email}\n`)
    assert.equal(none.code, 5)
    assert.match(none.out, /This is no answer[\s\S]*Never act on it as if it were clear/)
    for (const { dataFolder } of first.cells) {
      const log = join(dataFolder, 'server.log')
      if (existsSync(log)) assert.doesNotMatch(readFileSync(log, 'utf8'), /nobody\.at\.all|at the door/i)
    }
  })

  await t.test('each ledger bears the other agency’s cosignature, which its pinned keys verify', () => {
    for (const { file, ledger, entries } of first.ledgers) {
      const [own, other] = ledger === 'crime-agency' ? [crime, signals] : [signals, crime]
      // What the other cell pinned of this one, and what this one pinned of the other: public keys alone.
      const pinnedHere = cellOf(own).peers.agencies[0]?.peers[0]?.card
      const pinnedThere = cellOf(other).peers.agencies[0]?.peers[0]?.card
      assert.ok(pinnedHere !== undefined && pinnedThere !== undefined)
      const keys = [...pinnedThere.log.keys, ...pinnedHere.witness.keys].map((line) => {
        const key = readVerifierKey(line)
        assert.ok(key.ok)
        return key.value
      })
      const opened = openNote(readFileSync(file, 'utf8'), keys)
      assert.ok(opened.ok)
      assert.deepEqual(new Set(opened.value.signedBy.map(({ key }) => key)), new Set(keys))
      assert.ok(entries > 20)
    }
  })

  await t.test('the doctor tells how the line stands', async () => {
    const { out } = await tandem(['doctor', '--data', crime])
    assert.match(out, /Line of Crime Agency to Signals Agency +Reachable: it answered \d+ seconds ago/)
    assert.match(out, /Port \d+ of the line +Used by this cell/)
  })

  await t.test('a second start is told of the first, and of ports that are taken', async () => {
    const again = await tandem(['joint', '--data', data, '--port', String(port)])
    assert.equal(again.code, 1)
    assert.match(again.says, /The cell of the Crime Agency runs already: http/)
    const beside = await tandem(['joint', '--data', join(data, 'other'), '--port', String(port - 1)])
    assert.equal(beside.code, 1)
    assert.match(beside.says, new RegExp(`Port ${port + 1} is taken by another program`))
    const high = await tandem(['joint', '--data', join(data, 'other'), '--port', '65533'])
    assert.equal(high.code, 1)
    assert.match(high.says, /port 65536 does not exist/)
    assert.equal(existsSync(join(data, 'other')), false)
  })

  assert.equal(await first.stop(), 0)
  for (const { url } of first.cells) await assert.rejects(fetch(`${url}/healthz`))

  await t.test('cards are shown, compared and pinned by the command line', async () => {
    const say = (...words: string[]): Promise<Ended> => tandem(['peer', ...words])
    const file = join(data, 'card.json')
    const card = await say('card', 'Signals Agency', '--data', signals, '--to', file, '--json')
    const { fingerprint } = JSON.parse(card.out)
    const there = `https://127.0.0.1:${port + 3}`
    const add = (...more: string[]) => say('add', 'Crime Agency', file, '--url', there, '--data', crime, ...more)
    const unasked = await add()
    assert.equal(unasked.code, 1)
    assert.match(unasked.says, /Compare the fingerprint by telephone/)
    assert.ok(unasked.says.replaceAll(/\s/g, '').includes(fingerprint.replaceAll(' ', '')))
    const other = await add('--fingerprint', fingerprint.replace(/^..../, '0000'))
    assert.match(other.says, /another one. Nothing was pinned/)
    const shown = async () => JSON.parse((await say('show', '--data', crime, '--json')).out)
    assert.equal((await say('remove', 'Crime Agency', 'Signals Agency', '--data', crime)).code, 0)
    assert.equal((await add('--fingerprint', fingerprint)).code, 0)
    const { agencies } = await shown()
    assert.equal(agencies[0].peers[0].print, fingerprint)
    writeFileSync(file, readFileSync(file, 'utf8').replace('"training"', '"live"'))
    const spoilt = await add('--fingerprint', fingerprint)
    assert.equal(spoilt.code, 1)
    assert.match(spoilt.says, /does not hold together/)
  })

  const second = await joint(data, port)
  t.after(() => second.child.kill('SIGKILL'))
  assert.deepEqual(second.cells, first.cells)
  for (const [at, { ledger, entries }] of second.ledgers.entries()) {
    assert.equal(ledger, first.ledgers[at]?.ledger)
    assert.ok(entries > (first.ledgers[at]?.entries ?? 0))
  }
  assert.equal(await second.stop(), 0)
})
