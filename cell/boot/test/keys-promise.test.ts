import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { agencyVault, Keyring, openField, recordKeyName, rootInMemory, slotKeyName, unwrapKey } from '@tandem/vault'
import { backupCell, copyKeys } from '../src/backup.ts'
import { identitiesIn, openSealed, SEALED_BACKUP } from '../src/backup-sealing.ts'
import { DATABASE } from '../src/database.ts'
import { filesUnder } from '../src/files-under.ts'
import { type DataFolder, dataFolder } from '../src/folders.ts'
import { KeyFolder } from '../src/keys/key-folder.ts'
import { openCell } from '../src/open-cell.ts'
import { restoreCell } from '../src/restore.ts'
import { findInFolder } from './hostile-markers.ts'
import { dumpOf, everyLeafFits, openedWithTodaysKeys, rootOf } from './keys-evidence.ts'
import { deskOf, type LiveCell, makeLiveCell, openLive, refusal } from './live-cell.ts'
import { plantLookups, plantRun } from './planted-runs.ts'
import { needlesOf, plant, plantedFor } from './planted-words.ts'
import { temporaryFolder } from './training-folder.ts'

async function backUp(live: LiveCell, folder: DataFolder, to: string): Promise<void> {
  const { engine, settings } = live.open
  for await (const step of backupCell({ engine, database: DATABASE, settings, folder, to, recipients: [] }))
    if (step.step === 'failed') assert.fail(step.says)
}

/** Sealed columns of the whole database, found in its catalogue: a new one cannot be forgotten. */
async function sealedColumns(live: LiveCell): Promise<{ table: string; column: string }[]> {
  return live.sql(
    `SELECT table_schema || '.' || table_name AS table, column_name AS column FROM information_schema.columns
      WHERE column_name LIKE '%\\_sealed' ORDER BY 1, 2`,
  )
}

async function envelopes(live: LiveCell, agency: string): Promise<{ where: string; bytes: Buffer }[]> {
  const all: { where: string; bytes: Buffer }[] = []
  for (const { table, column } of await sealedColumns(live)) {
    const rows = await live.sql<{ bytes: Buffer }>(
      `SELECT ${column} AS bytes FROM ${table} JOIN tandem.agency a USING (agency_id)
        WHERE a.short_name = $1 AND ${column} IS NOT NULL`,
      [agency],
    )
    all.push(...rows.map(({ bytes }) => ({ where: `${table}.${column}`, bytes })))
  }
  return all
}

const digestOf = (all: readonly { readonly bytes: Buffer }[]): string => {
  const hash = createHash('sha256')
  for (const digest of all.map(({ bytes }) => createHash('sha256').update(bytes).digest('hex')).sort())
    hash.update(digest)
  return hash.digest('hex')
}

test('without an agency’s own shares no byte of its records can be read', { timeout: 500_000 }, async (t) => {
  const { folder, shares } = await makeLiveCell(t)
  const live = await openLive(t, folder)
  for (const agency of ['Crime Agency', 'Signals Agency']) {
    const answer = await live.unseal(agency, shares)
    assert.ok(answer.answer === 'share' && answer.opened)
  }
  const words = { 'Crime Agency': plantedFor('crime'), 'Signals Agency': plantedFor('signals') }
  const needles = needlesOf(words)
  const crime = await plant(live, 'Crime Agency', '', words['Crime Agency'])
  await plant(live, 'Signals Agency', 'b-', words['Signals Agency'])
  const parties = [
    { prefix: '', words: words['Crime Agency'] },
    { prefix: 'b-', words: words['Signals Agency'] },
  ] as const
  await plantRun(live, parties[0], parties[1])
  await plantRun(live, parties[1], parties[0])
  await plantLookups(live, parties[0], parties[1])
  await plantLookups(live, parties[1], parties[0])
  const place = temporaryFolder(t)
  const sealed = join(place, 'sealed')
  const older = join(place, 'older')
  await backUp(live, folder, sealed)
  // What lies below the encryption of the file is searched too: whoever has the backup's identity is no officer.
  const identities = identitiesIn(join(folder.keys, 'backup-identity.txt'))
  assert.ok(identities.ok && (await openSealed(join(sealed, SEALED_BACKUP), identities.value, older)).ok)
  const agencies = await live.sql<{ id: string; name: string }>(
    `SELECT agency_id AS id, short_name AS name FROM tandem.agency WHERE kind = 'agency' ORDER BY short_name`,
  )
  const idOf = (name: string): string => agencies.find((each) => each.name === name)?.id ?? ''

  await t.test('each class of sealed field of the schema holds something that was planted', async () => {
    const filled = new Set((await envelopes(live, 'Crime Agency')).map(({ where }) => where))
    // The partner's desk has no door yet; normal forms stand with their mentions since records have keys.
    const empty = ['partner.finding.text_sealed', 'partner.request.question_sealed', 'tandem.observable.normal_sealed']
    const columns = (await sealedColumns(live)).map(({ table, column }) => `${table}.${column}`)
    assert.deepEqual(
      columns.filter((each) => !filled.has(each)),
      empty,
    )
  })

  await t.test('data files, log, temporary files, backup and dump hold no planted word in any form', async () => {
    await live.sql('CHECKPOINT')
    assert.deepEqual(findInFolder(folder.root, needles), [])
    assert.deepEqual(findInFolder(older, needles), [])
    const dump = dumpOf(live)
    if (dump === null)
      t.diagnostic('NOT RUN: pg_dump of this machine cannot read this server; the logical export was searched')
    else for (const [what, needle] of needles) assert.equal(dump.includes(needle), false, `${what} in the dump`)
    // The search can find: a word that lies there in clear is seen.
    assert.ok(findInFolder(older, new Map([['urn', Buffer.from('TEST--OTHER')]])).length > 0)
    writeFileSync(join(place, 'found'), Buffer.from(words['Crime Agency'].note, 'utf16le'))
    assert.ok(findInFolder(place, needles).some((where) => /note: UTF-16, little end first in found/.test(where)))
  })

  await t.test('with every secret of the machine and the other agency’s shares not one envelope opens', async () => {
    const [own, other] = [new KeyFolder(folder, idOf('Crime Agency')), new KeyFolder(folder, idOf('Signals Agency'))]
    const [file, otherFile] = [own.read(), other.read()]
    assert.ok(file.ok && otherFile.ok)
    const operations = own.operationsOf(file.value.keyring)
    const otherOperations = other.operationsOf(otherFile.value.keyring)
    assert.ok(operations.ok && otherOperations.ok)
    const foreign = await rootOf(other, shares, 'Signals Agency')
    // The other root under this agency's name, over this agency's documents.
    const asOwn = rootInMemory({ name: file.value.root.root, key: foreign })
    const tried = await Keyring.open(asOwn, file.value.keyring, operations.value)
    assert.equal(tried.ok, false)
    const opened = await Keyring.open(
      rootInMemory({ name: otherFile.value.root.root, key: await rootOf(other, shares, 'Signals Agency') }),
      otherFile.value.keyring,
      otherOperations.value,
    )
    assert.ok(opened.ok)
    const secrets = filesUnder(folder.keys).map((name) => readFileSync(join(folder.keys, name)))
    const rows = await live.sql<{ record: string; operation: string; slot: number; version: number; bytes: Buffer }>(
      `SELECT record_id AS record, operation_id AS operation, slot, version, bytes FROM tandem.record_key
        WHERE agency_id = $1 AND bytes IS NOT NULL`,
      [idOf('Crime Agency')],
    )
    assert.ok(rows.length >= 3)
    const otherOperation = otherOperations.value[0]?.operation ?? ''
    let successes = 0
    for (const { record, operation, slot, version, bytes } of rows) {
      const name = recordKeyName(idOf('Crime Agency'), record)
      const under = slotKeyName(idOf('Crime Agency'), operation, slot, version)
      const key = opened.value.slotKey(otherOperation, slot)
      if (unwrapKey({ name: under, key: key.key }, { name, under, bytes }).ok) successes++
    }
    const fields = await envelopes(live, 'Crime Agency')
    for (const { where, bytes } of fields) {
      const [, table = '', column = ''] = where.split('.')
      for (const secret of secrets.filter(({ length }) => length === 32)) {
        try {
          agencyVault(secret).open({ agency: idOf('Crime Agency'), table, column, row: '' }, bytes)
          successes++
        } catch {
          // As it should be.
        }
      }
      const place = { operation: otherOperation, table, column, row: '' }
      const key = { name: recordKeyName(idOf('Crime Agency'), ''), key: opened.value.slotKey(otherOperation, 0).key }
      if (openField(key, place, bytes).ok) successes++
    }
    assert.ok(fields.length >= 15, String(fields.length))
    assert.equal(successes, 0)
  })

  await t.test('a rotation changes keys and not one byte of the data', async () => {
    const before = digestOf(await envelopes(live, 'Crime Agency'))
    const folderOf = new KeyFolder(folder, idOf('Crime Agency'))
    const wrapped = await live.sql('SELECT record_id, bytes FROM tandem.record_key ORDER BY record_id')
    const given = shares.filter(({ agency }) => agency === 'Crime Agency').map(({ share }) => share)
    const refused = await live.ask({
      ask: 'rotate',
      agency: 'Crime Agency',
      operations: true,
      shares: given.slice(0, 1),
    })
    assert.ok(refused.answer === 'refused')
    assert.match(refused.says, /1 more share is needed/)
    const rotated = await live.ask({
      ask: 'rotate',
      agency: 'Crime Agency',
      operations: true,
      shares: given.slice(0, 2),
    })
    assert.ok(rotated.answer === 'rotated', JSON.stringify(rotated))
    assert.equal(rotated.rotation, 2)
    assert.equal(digestOf(await envelopes(live, 'Crime Agency')), before)
    const anew = await live.sql('SELECT record_id, bytes FROM tandem.record_key ORDER BY record_id')
    assert.notDeepEqual(anew, wrapped)
    assert.deepEqual(
      readdirSync(folderOf.path).filter((name) => name.startsWith('operations.')),
      ['operations.2'],
    )
    const desk = deskOf(live, await live.person('analyst'))
    assert.ok(JSON.stringify(await desk.show(crime.urgent)).includes(words['Crime Agency'].note))
    await live.ask({ ask: 'seal', agency: 'Crime Agency' })
    assert.ok((await live.unseal('Crime Agency', shares)).answer === 'share')
    assert.ok(JSON.stringify(await desk.show(crime.urgent)).includes(words['Crime Agency'].note))
  })

  const staleKeys = join(place, 'stale-keys')
  const safe = join(place, 'safe')

  await t.test('an erasure takes two duty managers, and the record is gone for everybody', async () => {
    assert.ok(copyKeys(folder, staleKeys, null).ok)
    const [analyst, first, second] = [
      deskOf(live, await live.person('analyst')),
      deskOf(live, await live.person('first-manager')),
      deskOf(live, await live.person('second-manager')),
    ]
    const leaves = await live.sql('SELECT entry_id, leaf FROM ledger.leaf ORDER BY entry_id')
    const item = (await first.queue()).items.find(({ id }) => id === crime.urgent)
    const open = (await first.queue()).items.find(({ id }) => id === crime.other)
    assert.ok(item !== undefined && open !== undefined)
    const why = 'Test reason of the erasure'
    assert.match(await refusal(analyst.erase(item.id, item.version, why)), /^TANDEM-AUTH-002/)
    assert.match(await refusal(first.erase(open.id, open.version, why)), /^TANDEM-STATE-002 the referral is open/)
    const asked = await first.erase(item.id, item.version, why)
    assert.deepEqual([asked.records, asked.otherReferrals], [2, 1])
    assert.match(await refusal(first.settle(asked.proposal, item.number, why)), /^TANDEM-STATE-004/)
    assert.match(await refusal(analyst.settle(asked.proposal, item.number, why)), /^TANDEM-AUTH-002/)
    const settled = await second.settle(asked.proposal, item.number, why)
    assert.equal(settled.state, 'approved')
    assert.match(await refusal(analyst.show(item.id)), /^TANDEM-FIND-002/)
    assert.match(await refusal(analyst.words(item.id, ['x'])), /^TANDEM-FIND-002/)
    assert.match(await refusal(analyst.note(item.id, 'Test')), /^TANDEM-FIND-002/)
    assert.ok((await analyst.show(crime.other)).item.id, 'the other referral of the file stays')
    // Its people take no part any more: whom it was joined with is alone again, under a name of its own.
    const [left] = (await analyst.show(crime.other)).subjects
    assert.ok(left)
    const alone = await analyst.subject(left.id)
    assert.deepEqual([alone.appearances.length, alone.id], [1, left.appearance])
    assert.ok(!JSON.stringify(alone).includes(words['Crime Agency']['reason of a link']))
    assert.deepEqual(
      (await analyst.deliveries()).deliveries.map(({ name }) => name),
      ['(erased by law)'],
    )
    // What was in the ledger is in it as before; the erasure itself came to it.
    const after = await live.sql<{ entry_id: string; leaf: Buffer }>(
      'SELECT entry_id, leaf FROM ledger.leaf ORDER BY entry_id',
    )
    const now = new Map(after.map((row) => [row.entry_id, row.leaf.toString('hex')]))
    for (const { entry_id, leaf } of leaves) assert.equal(now.get(String(entry_id)), Buffer.from(leaf).toString('hex'))
    await everyLeafFits(live)
    const erased = await live.sql(`SELECT 1 FROM ledger.opening WHERE verb = 'referral.erase'`)
    assert.equal(erased.length, 1)
    assert.ok(copyKeys(folder, safe, null).ok)
  })

  await t.test('a restored backup from before opens everything but the erased, with the keys of today', async () => {
    await live.close()
    const data = join(place, 'restored')
    const restored = await restoreCell({ from: sealed, keys: safe, data })
    assert.ok(restored.ok, restored.ok ? '' : restored.error)
    const again = await openLive(t, dataFolder(data, 'live'))
    const unsealed = await again.unseal('Crime Agency', shares)
    assert.ok(unsealed.answer === 'share' && unsealed.opened)
    const desk = deskOf(again, await again.person('analyst'))
    assert.match(await refusal(desk.show(crime.urgent)), /^TANDEM-FIND-002/)
    assert.equal((await desk.show(crime.other)).item.id, crime.other)
    const [row] = await again.sql<{ bytes: Buffer | null }>(
      'SELECT bytes FROM tandem.record_key WHERE record_id = $1',
      [crime.urgent],
    )
    assert.deepEqual(row, { bytes: null })
    // The envelope is there as it was; the keys of today do not open what the older copy kept of its key.
    assert.deepEqual(await openedWithTodaysKeys(t, older, dataFolder(data, 'live'), shares, crime), {
      erased: false,
      other: true,
    })
    await everyLeafFits(again)
    await again.close()
  })

  await t.test('keys that are older than the database are refused in words', async () => {
    for (const name of readdirSync(folder.keys).filter((each) => each.startsWith('agency-')))
      cpSync(join(staleKeys, 'keys', name), join(folder.keys, name), { recursive: true, force: true })
    const opened = await openCell({ folder, birth: null })
    if (opened.ok) await opened.value.close()
    assert.ok(!opened.ok)
    assert.match(opened.error, /keys of Crime Agency are older than the database.*newest copy/)
  })
})
