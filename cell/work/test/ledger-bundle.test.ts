import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  isIncluded,
  readBundle,
  readCertificate,
  readCheckpoint,
  readTlogProof,
  timestampRequest,
  verifyBundle,
} from '@tandem/ledger'
import { noTimestampAuthority, type TestAuthority, testAuthority } from '@tandem/testkit'
import { type Desk, deskOf, openWork, refusal, type TestWork } from './support.ts'

let work: TestWork
let manager: Desk
let analyst: Desk
let inspector: Desk
const folder = mkdtempSync(join(tmpdir(), 'tandem-bundle-'))

before(async () => {
  work = await openWork()
  const { national, inspector: ines } = work.founded
  manager = await deskOf(work, national.dutyManager)
  analyst = await deskOf(work, national.triageAnalyst)
  inspector = await deskOf(work, ines)
  for (let at = 0; at < 4; at++) await analyst.queue()
  await (await deskOf(work, work.founded.signals.triageAnalyst)).queue()
  await manager.lists()
})
after(async () => {
  await work.close()
  rmSync(folder, { recursive: true, force: true })
})

test('an entry waits, then stands at its place with a proof that anybody can check', async () => {
  const [first] = (await manager.ledger()).entries
  assert.ok(first)
  assert.equal(first.place, null)
  assert.deepEqual((await manager.proof(first.id)).state, 'waiting')
  assert.equal(await refusal(manager.bundle([first.id])), 'TANDEM-STATE-002')
  await work.cell.ledger.turn()
  const proof = await manager.proof(first.id)
  assert.equal(proof.state, 'witnessed')
  assert.equal(proof.included, true)
  assert.deepEqual(
    proof.witnesses.map(({ name }) => name),
    ['test.example/signals/witness', 'test.example/oversight/witness'],
  )
  const read = readTlogProof(proof.proof ?? '')
  assert.ok(read.ok)
  const { checkpoint, index, hashes } = read.value
  const text = readCheckpoint(checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1))
  assert.ok(text.ok)
  assert.equal(index, proof.index)
  assert.ok(isIncluded(index, Buffer.from(proof.leafHash, 'hex'), text.value.size, text.value.root, hashes))
  assert.equal((await manager.ledger()).entries.find(({ id }) => id === first.id)?.place, index)
})

test('the logs tell their newest checkpoint and who cosigned it; nobody sees another agency’s, the inspector sees all', async () => {
  await work.cell.ledger.turn()
  const { logs } = await manager.logs()
  const [own] = logs
  assert.deepEqual(
    logs.map(({ name }) => name),
    ['national'],
  )
  assert.ok(own && own.size > 0 && own.witnessedSize === own.size && own.halted === null)
  assert.deepEqual(
    own.witnesses.map(({ name, signedNewest, trouble }) => [name, signedNewest, trouble]),
    [
      ['test.example/signals/witness', true, null],
      ['test.example/oversight/witness', true, null],
    ],
  )
  assert.deepEqual(
    (await inspector.logs()).logs.map(({ name }) => name),
    ['national', 'oversight', 'signals'],
  )
  const foreign = (await inspector.ledger()).entries.find(({ agency }) => agency === 'Signals')
  assert.ok(foreign)
  assert.equal(await refusal(manager.proof(foreign.id)), 'TANDEM-FIND-001')
  assert.equal(await refusal(manager.bundle([foreign.id])), 'TANDEM-FIND-001')
  assert.equal(await refusal(analyst.bundle([foreign.id])), 'TANDEM-AUTH-002')
})

test('both verifiers accept what the cell exports, and refuse it with any one byte changed', async (t) => {
  const entries = (await manager.ledger()).entries.filter(({ place }) => place !== null).map(({ id }) => id)
  const nobody = '0192f0c1-2345-7abc-8def-0123456789ab'
  const { file, trust, records, notYet, notFound } = await manager.bundle([...entries, nobody], 'Test of a bundle')
  assert.deepEqual([records, notYet, notFound], [entries.length, [], [nobody]])
  const report = verifyBundle(file, trust)
  assert.equal(report.verdict, 'proved', JSON.stringify(report.failures))
  assert.ok(report.logs.every((log) => log.witnesses.length === 4 && log.records.every(({ isOpened }) => isOpened)))
  assert.equal(verifyBundle(file, null).verdict, 'in part')
  assert.deepEqual(verifiers(file, trust), [0, 0])
  const exported = (await manager.ledger()).entries.find(({ verb }) => verb === 'ledger.export')
  assert.deepEqual(exported?.object, { entries: readRecords(file).map(({ leaf }) => leaf.entry) })

  // Every place would take hours; some hundred, spread over the whole file, and each in the ways a byte can change.
  const bytes = Buffer.from(file)
  let tried = 0
  for (let at = 1; at < bytes.length; at += Math.floor(bytes.length / 150)) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 7))
    assert.equal(verifyBundle(changed.toString('utf8'), trust).verdict, 'refused', `byte ${at}`)
    tried++
  }
  // The programs that stand alone, at fewer places: each is a process of its own.
  for (const part of ['"checkpoint":"', '"opening":{', '"proof":"', '"seal":"', '"leaf":{', '"verb":"']) {
    const at = file.indexOf(part) + part.length + 12
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    assert.deepEqual(verifiers(changed.toString('utf8'), trust), [1, 1], part)
    tried++
  }
  t.diagnostic(`${tried} changed bytes, all refused`)
})

test('a bundle of the inspector holds the logs of both agencies, sealed by the inspector’s body', async () => {
  await work.cell.ledger.turn()
  const entries = (await inspector.ledger()).entries.filter(({ place }) => place !== null).map(({ id }) => id)
  const { file, trust, notYet } = await inspector.bundle(entries)
  assert.deepEqual(notYet, [])
  const report = verifyBundle(file, trust)
  assert.equal(report.verdict, 'proved', JSON.stringify(report.failures))
  assert.deepEqual(
    report.logs.map(({ origin }) => origin),
    ['test.example/national', 'test.example/oversight', 'test.example/signals'],
  )
  assert.match(report.proved[0] ?? '', /test\.example\/oversight\/bundles/)
  assert.deepEqual(verifiers(file, trust), [0, 0])
})

test('erasing an opening by law leaves a valid proof that something was recorded, and nothing of what', async () => {
  await analyst.search('070-nobody')
  await work.cell.ledger.turn()
  const entry = (await manager.ledger()).entries.find(({ verb }) => verb === 'search')
  assert.ok(entry)
  const before = await manager.bundle([entry.id])
  assert.equal(readRecords(before.file)[0]?.opening === null, false)
  await work.superuser.query('DELETE FROM ledger.opening WHERE entry_id = $1', [entry.id])
  assert.ok(!(await manager.ledger()).entries.some(({ id }) => id === entry.id))
  assert.equal((await manager.proof(entry.id)).included, true)
  const { file, trust } = await manager.bundle([entry.id])
  assert.deepEqual(
    readRecords(file).map(({ opening }) => opening),
    [null],
  )
  assert.equal(verifyBundle(file, trust).verdict, 'proved')
  assert.deepEqual(verifiers(file, trust), [0, 0])
  assert.ok(!file.includes(work.founded.national.triageAnalyst.person))
  // The file from before is as good as it was: whoever holds it holds what they held.
  assert.equal(verifyBundle(before.file, trust).verdict, 'proved')
})

test('an opening that somebody has changed is named by the audit, and never leaves in a bundle', async () => {
  await analyst.queue()
  await work.cell.ledger.turn()
  const entry = (await manager.ledger()).entries.find(({ verb }) => verb === 'queue.read')
  assert.ok(entry)
  assert.deepEqual(
    (await manager.audit()).logs.map(({ name, findings, openings }) => [name, findings, openings.broken]),
    [['national', [], []]],
  )
  const change = (verb: string) =>
    work.superuser.query('UPDATE ledger.opening SET verb = $2 WHERE entry_id = $1', [entry.id, verb])
  await change('queue.write')
  const [national] = (await manager.audit()).logs
  assert.deepEqual(national?.openings.broken, [entry.id])
  assert.deepEqual(national.findings, [])
  assert.equal(await refusal(manager.bundle([entry.id])), 'TANDEM-STATE-005')
  await change(entry.verb)
  assert.equal((await manager.bundle([entry.id])).records, 1)
})

test('a bundle takes the earliest checkpoint with a time that its reader would still believe', {
  skip: noTimestampAuthority() ?? false,
}, async () => {
  const [authority, former] = [testAuthority(), testAuthority()]
  const roots = [readCertificate(new X509Certificate(authority.root).raw)]
  const silent = { name: 'test', roots, ask: () => Promise.reject(new Error('no answer')) }
  const timed = await openWork({ timestamps: { authorities: [silent], everyMilliseconds: 3_600_000 } })
  try {
    const { ledger, store } = timed.cell
    const agency = timed.founded.national.agency
    const officer = await deskOf(timed, timed.founded.national.triageAnalyst)
    const head = await deskOf(timed, timed.founded.national.dutyManager)
    /** Some work, a checkpoint over it, and what these authorities, who need not be believed, say of it. */
    const sealed = async (by: readonly (readonly [TestAuthority, (note: string) => string])[]): Promise<number> => {
      await officer.queue()
      await ledger.turn()
      const [row] = await store.log((run) => run('log/cosigned', { agency_id: agency }))
      assert.ok(row?.cosigned_note)
      const size = row.cosigned_size
      for (const [at, [each, shown]] of by.entries()) {
        const note = shown(row.cosigned_note)
        const token = each.answer(timestampRequest(Buffer.from(note.slice(0, note.lastIndexOf('\n\n') + 1))))
        const stamp = { agency_id: agency, size, authority: `test-${at}`, note, token, at: new Date().toISOString() }
        await store.log((run) => run('log/stamp', stamp))
      }
      return size
    }
    const whole = (note: string): string => note
    // As before the inspector's witness was there: signed by the log alone.
    const bare = (note: string): string => `${note.split('\n').slice(0, 6).join('\n')}\n`
    const first = await sealed([[former, whole]])
    const second = await sealed([[authority, bare]])
    const third = await sealed([
      [authority, whole],
      [former, whole],
    ])
    await sealed([[authority, whole]])
    await sealed([])
    const placed = (await head.ledger()).entries.filter(({ place }) => place !== null)
    const before = placed.filter(({ place }) => (place ?? 0) < first).map(({ id }) => id)
    const all = placed.map(({ id }) => id)
    assert.ok(first < second && second < third && before.length > 0)
    const stamped = await head.bundle(before)
    const report = verifyBundle(stamped.file, stamped.trust)
    assert.equal(report.verdict, 'proved', JSON.stringify(report.failures))
    assert.deepEqual(
      report.logs.map(({ size, timestamps }) => [size, timestamps.map((each) => each.authority)]),
      [[third, ['CN=Test Timestamp Authority']]],
    )
    assert.ok(report.proved.some((says) => /existed at .*CN=Test Timestamp Authority/.test(says)))
    assert.deepEqual(verifiers(stamped.file, stamped.trust), [0, 0])
    // Behind the last time there is none yet: it is witnessed all the same, and says that no time is there.
    const newest = await head.bundle(all)
    const without = verifyBundle(newest.file, newest.trust)
    assert.equal(without.verdict, 'proved', JSON.stringify(without.failures))
    assert.deepEqual(
      without.logs.map(({ timestamps }) => timestamps),
      [[]],
    )
  } finally {
    await timed.close()
    authority.close()
    former.close()
  }
})

/** Exit codes of the verifiers for Node and for Python. */
function verifiers(file: string, trust: string): (number | null)[] {
  const [bundlePath, trustPath] = [join(folder, 'bundle.json'), join(folder, 'trust.json')]
  writeFileSync(bundlePath, file)
  writeFileSync(trustPath, trust)
  const tools = join(import.meta.dirname, '..', '..', '..', 'tools')
  return [
    [process.execPath, 'verify.mjs'],
    ['python3', 'verify.py'],
  ].map(([program = '', script = '']) => {
    const ran = spawnSync(program, [join(tools, script), bundlePath, '--trust', trustPath], { encoding: 'utf8' })
    return ran.status
  })
}

function readRecords(file: string) {
  const read = readBundle(file)
  assert.ok(read.ok)
  return read.value.logs.flatMap(({ records }) => records)
}
