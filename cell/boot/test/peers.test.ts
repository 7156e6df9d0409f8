import assert from 'node:assert/strict'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { signIn } from '@tandem/work'
import { copyKeys } from '../src/backup.ts'
import { type DataFolder, dataFolder } from '../src/folders.ts'
import { statementKeys } from '../src/keys/statement-keys.ts'
import { type OpenCell, openCell } from '../src/open-cell.ts'
import { type PeerCard, printOf, readCard } from '../src/peers/card.ts'
import { makeCertificate } from '../src/peers/certificates.ts'
import { introduced, listenForPeers, ownCard, pinPeer, renewedCard, unpinPeer } from '../src/peers/introduce.ts'
import { lineKeys, ownName } from '../src/peers/line-keys.ts'
import { trainingAgencies } from '../src/training.ts'
import { listeningPort } from './peer-ends.ts'
import { atEnd, temporaryFolder, trainingCell } from './training-folder.ts'

/** A cell of one agency, as it is when two agencies each have their own; made and stopped again. */
async function founded(t: TestContext, agency: string): Promise<DataFolder> {
  const folder = dataFolder(join(temporaryFolder(t), 'data'), 'training')
  const opened = await openCell({
    folder,
    birth: {
      name: `Cell of ${agency}`,
      mode: 'training',
      settings: { origin: 'http://127.0.0.1:7373', port: 7373, passkeys: 'off', providers: [] },
      agencies: () =>
        trainingAgencies('test-issuer', ['Test Provider']).filter(
          ({ kind, shortName }) => kind === 'oversight' || shortName === agency,
        ),
    },
  })
  assert.ok(opened.ok, opened.ok ? '' : opened.error)
  await opened.value.close()
  return folder
}

async function cardOf(folder: DataFolder, agency: string): Promise<PeerCard> {
  const card = await ownCard(folder, agency, new Date())
  assert.ok(card.ok, card.ok ? '' : card.error)
  // As it travels.
  const read = readCard(JSON.stringify(card.value))
  assert.ok(read.ok, read.ok ? '' : read.error)
  return read.value
}

async function opened(t: TestContext, folder: DataFolder): Promise<OpenCell> {
  const open = await openCell({ folder, birth: null })
  assert.ok(open.ok, open.ok ? '' : open.error)
  atEnd(t, () => open.value.close())
  return open.value
}

async function until<T>(what: string, look: () => T | null | undefined | false, seconds = 40): Promise<T> {
  for (let tries = 0; tries < seconds * 20; tries++) {
    const seen = look()
    if (seen !== null && seen !== undefined && seen !== false) return seen
    await sleep(50)
  }
  assert.fail(`${what}: not within ${seconds} seconds`)
}

const checkpointOf = (folder: DataFolder, log: string): string => {
  try {
    return readFileSync(join(folder.ledger, log, 'checkpoint'), 'utf8')
  } catch {
    return ''
  }
}

const agencyIdOf = (cell: OpenCell, log: string): string =>
  cell.cell.ledger.logs.find(({ name }) => name === log)?.agency ?? assert.fail(`no log ${log}`)

async function act(cell: OpenCell, subject: string): Promise<void> {
  const { token } = await signIn(cell.cell, { issuer: 'test-issuer', subject }, false)
  await cell.cell.store.within({ kind: 'session', login: 'tandem_officer', token }, async (tx) =>
    tx.record('test.act', {}),
  )
}

test('two cells that pinned each other witness each other, carry messages, and say how the line stands', async (t) => {
  const [here, there] = [await founded(t, 'Crime Agency'), await founded(t, 'Signals Agency')]
  const [ours, theirs] = [await cardOf(here, 'Crime Agency'), await cardOf(there, 'Signals Agency')]
  const [portHere, portThere] = [await listeningPort(), await listeningPort()]
  assert.deepEqual(listenForPeers(here, { host: '127.0.0.1', port: portHere }).ok, true)
  assert.deepEqual(listenForPeers(there, { host: '127.0.0.1', port: portThere }).ok, true)
  const pinned = await pinPeer(here, 'Crime Agency', { url: `https://127.0.0.1:${portThere}`, card: theirs })
  assert.deepEqual(pinned, { ok: true, value: 'added' })
  assert.ok((await pinPeer(there, 'signals-agency', { url: `https://127.0.0.1:${portHere}`, card: ours })).ok)

  const first = await opened(t, here)
  const [crime] = [agencyIdOf(first, 'crime-agency')]
  const [peer] = first.peers.peersOf(crime)
  assert.ok(peer !== undefined)
  assert.equal(peer.name, theirs.name)
  assert.ok((await first.peers.open(first.cell.ledger)).ok)
  // Alone: the other cell does not run.
  const absent = await first.peers.line.ask(peer, 'deconfliction', Buffer.from('anybody there?'))
  assert.deepEqual(absent, { ok: false, error: 'unreachable' })
  const [silent] = first.peers.checks()
  assert.match(silent?.says ?? '', /^Silent for \d+ seconds: The other cell cannot be reached/)
  assert.equal(silent?.state, 'warning')

  const second = await opened(t, there)
  const signals = agencyIdOf(second, 'signals-agency')
  const readers = {
    deconfliction: async (from: { name: string; agency: string }, _: string, body: Uint8Array) =>
      Buffer.from(`${from.name} ${from.agency} ${Buffer.from(body)}`),
  }
  assert.ok((await second.peers.open(second.cell.ledger, readers)).ok)
  first.cell.ledger.start()
  second.cell.ledger.start()
  await act(first, 'a-triage')
  await act(second, 'b-triage')
  for (const [folder, log, witness] of [
    [here, 'crime-agency', `${theirs.log.origin}/witness`],
    [there, 'signals-agency', `${ours.log.origin}/witness`],
  ] as const) {
    const note = await until(`${log} cosigned by ${witness}`, () => {
      const text = checkpointOf(folder, log)
      return text.split(`— ${witness} `).length === 3 ? text : null
    })
    assert.match(note, /^tandem\//)
  }
  // The inspectorate's log is no part of the agreement: nobody outside is asked about it, and nobody is said to be silent.
  const inspectors = first.cell.ledger.standing().find(({ name }) => name === 'inspectorate')
  assert.deepEqual(
    inspectors?.witnesses.filter(({ url }) => url !== null),
    [],
  )

  const answer = await first.peers.line.ask(peer, 'deconfliction', Buffer.from('first words'))
  assert.ok(answer.ok)
  assert.equal(Buffer.from(answer.value).toString(), `${ours.name} ${signals} first words`)
  assert.deepEqual(await first.peers.line.ask(peer, 'release', Buffer.from('x')), { ok: false, error: 'refused' })
  // A checkpoint of a log that is not the caller's is not even looked at.
  const foreign = checkpointOf(there, 'signals-agency')
  assert.deepEqual(await first.peers.line.ask(peer, 'checkpoint', Buffer.from(`old 0\n\n${foreign}`)), {
    ok: false,
    error: 'refused',
  })

  const sign = first.cell.deconfliction.peers.ownOf(crime)?.sign ?? assert.fail()
  const statement = Buffer.from('a statement')
  const signatures = await sign(statement)
  const [known, ...more] = second.peers.peersOf(signals)
  assert.ok(known !== undefined && known.name === ours.name && more.length === 0)
  assert.ok(known.verify(statement, signatures))
  assert.equal(known.verify(Buffer.from('another'), signatures), false)
  assert.equal(known.verify(statement, { ...signatures, ed25519: Buffer.alloc(64) }), false)
  assert.equal(known.verify(statement, { ...signatures, mlDsa65: Buffer.alloc(3309) }), false)

  await second.peers.greet()
  for (const cell of [first, second]) {
    const [line] = cell.peers.checks()
    assert.match(
      line?.says ?? '',
      /^Reachable: it answered \d+ seconds ago\. It asked us \d+ seconds ago\. Its certificate expires in 89 days\. Ours expires in 89 days\.$/,
    )
    assert.equal(line?.state, 'good')
    const all = await cell.cell.checks()
    assert.ok(all.some(({ name }) => name === line?.name))
  }
  await second.peers.close()
  const gone = await first.peers.line.ask(peer, 'deconfliction', Buffer.from('still there?'))
  assert.deepEqual(gone, { ok: false, error: 'unreachable' })
})

test('cards and pins: kept with the keys, renewed in time, and refused when anything in them is wrong', async (t) => {
  const { folder, open, control } = await trainingCell(t)
  await control.close()
  await open.close()
  const card = await cardOf(folder, 'Crime Agency')
  // However it is called the next time.
  assert.deepEqual(await cardOf(folder, 'crime-agency'), card)
  assert.equal(card.agency, 'Crime Agency')
  assert.match(printOf(card), /^([0-9a-f]{4} ){15}[0-9a-f]{4}$/)
  const own = ownName(folder, 'training', 'Crime Agency')
  assert.ok(own.ok)
  const file = join(folder.keys, `agency-${own.value.agency}`, 'line.json')
  assert.equal(statSync(file).mode & 0o777, 0o600)
  for (const missing of ['Inspectorate', 'Nobody']) {
    const none = await ownCard(folder, missing, new Date())
    assert.ok(!none.ok && /There are: crime-agency, signals-agency|signals-agency, crime-agency/.test(none.error))
  }
  const safe = join(temporaryFolder(t), 'safe')
  const copied = copyKeys(folder, safe, null)
  assert.ok(copied.ok, copied.ok ? '' : copied.error)
  assert.deepEqual(readFileSync(join(safe, 'keys', `agency-${own.value.agency}`, 'line.json')), readFileSync(file))

  // A certificate that nears its end is made anew, by the same authority and for the same card.
  const before = await lineKeys(folder, own.value, new Date())
  assert.equal((await lineKeys(folder, own.value, new Date(Date.now() + 50 * 86_400_000))).line.key, before.line.key)
  const later = await lineKeys(folder, own.value, new Date(Date.now() + 65 * 86_400_000))
  assert.notEqual(later.line.certificate, before.line.certificate)
  assert.deepEqual(await cardOf(folder, 'Crime Agency'), card)

  const url = 'https://127.0.0.1:7443'
  const self = await pinPeer(folder, 'Crime Agency', { url, card })
  assert.ok(!self.ok && /this very agency/.test(self.error))
  const other = await cardOf(folder, 'Signals Agency')
  const signature = await makeCertificate(before.authority, other.name, new Date())
  const { ed25519, 'ml-dsa-65': mlDsa65 } = statementKeys(folder, own.value.agency, own.value.name)
  const wrong: readonly (readonly [string, object])[] = [
    ['its mode, and with it its name', { mode: 'live' }],
    ['another name', { name: card.name }],
    ['another agency', { agency: 'Crime Agency' }],
    ['another log', { log: card.log }],
    ['another witness', { witness: card.witness }],
    ['log keys as witness keys', { witness: { keys: other.log.keys } }],
    ['a certificate as authority', { authority: signature.certificate }],
    ['a private key', { statements: { ed25519, 'ml-dsa-65': mlDsa65 } }],
    ['the wrong kind of key', { statements: { ...other.statements, 'ml-dsa-65': other.statements.ed25519 } }],
    ['a field more', { more: true }],
    ['no keys', { log: { ...other.log, keys: [] } }],
  ]
  for (const [what, spoilt] of wrong) assert.equal(readCard(JSON.stringify({ ...other, ...spoilt })).ok, false, what)
  assert.equal(readCard('{').ok, false)
  const live = { ...other, mode: 'live' as const, name: other.name.replace('.training.', '.live.') }
  assert.ok(readCard(JSON.stringify(live)).ok)
  const mixed = await pinPeer(folder, 'Crime Agency', { url, card: live })
  assert.ok(!mixed.ok && /card of a live cell/.test(mixed.error))
  const twin = { ...other, authority: card.authority }
  assert.ok((await pinPeer(folder, 'Crime Agency', { url, card: twin })).ok)
  assert.deepEqual(await pinPeer(folder, 'Crime Agency', { url, card: other }), { ok: true, value: 'replaced' })
  for (const bad of ['http://127.0.0.1:7443', 'https://127.0.0.1:7443/path', 'https://a@b:1', 'nothing'])
    assert.equal((await pinPeer(folder, 'Crime Agency', { url: bad, card: other })).ok, false, bad)

  const shown = await introduced(folder, new Date())
  assert.ok(shown.ok)
  assert.deepEqual(
    shown.value.agencies.map(({ print, peers }) => [print, peers.map((each) => each.print)]),
    [[printOf(card), [printOf(other)]]],
  )
  const renewed = await renewedCard(folder, 'Crime Agency', new Date())
  assert.ok(renewed.ok)
  assert.notEqual(renewed.value.authority, card.authority)
  assert.deepEqual(renewed.value.statements, card.statements)
  assert.ok((await unpinPeer(folder, 'Crime Agency', other.name)).ok)
  assert.equal((await unpinPeer(folder, 'Crime Agency', other.name)).ok, false)

  assert.ok((await pinPeer(folder, 'Crime Agency', { url, card: other })).ok)
  // Keys that were lost are not made anew in silence: every peer would refuse the cell.
  const kept = readFileSync(file)
  rmSync(file)
  const lost = await openCell({ folder, birth: null })
  assert.ok(!lost.ok)
  assert.match(lost.error, /keys of the line of crime-agency are not in .* tandem peer renew crime-agency/)
  writeFileSync(file, kept, { mode: 0o600 })

  // So is what a hand changed in cell.json, in words.
  const text = readFileSync(folder.settings, 'utf8')
  writeFileSync(folder.settings, text.replace(other.name, card.name))
  const refused = await openCell({ folder, birth: null })
  assert.ok(!refused.ok)
  assert.match(refused.error, /does not hold together: its name is not that of its log/)
})
