import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { newId, RecordVault, replaceSlot, runAsOwner, Store } from '@tandem/store'
import { foundCell, testDatabase } from '@tandem/testkit'
import { slotOfRecord } from '@tandem/vault'
import { dataFolder } from '../src/folders.ts'
import { AgencyHolder } from '../src/keys/agency-holder.ts'
import { bringForward } from '../src/keys/bring-forward.ts'
import { KeyFolder } from '../src/keys/key-folder.ts'
import { temporaryFolder } from './training-folder.ts'

test('a replacement that was cut ends on the side that the database committed', async (t) => {
  const database = await testDatabase()
  const { national } = await foundCell(database)
  const admin = await database.superuser()
  const folder = new KeyFolder(dataFolder(temporaryFolder(t), 'training'), national.agency)
  const first = new AgencyHolder(folder, 'National')
  await first.makeHere()
  const { host, port, name, passwords } = database
  const store = new Store({ host, port, database: name, passwords, keysOf: () => first.held })
  t.after(async () => {
    await store.close()
    await database.close()
  })
  const [record, neighbour] = [newId(), newId()]
  const twin = `${neighbour.slice(0, -2)}${record.slice(-2)}`
  const place = (of: string) => ({ record: of, table: 'note', column: 'text_sealed', row: of })
  const sealed = await store.within(
    { kind: 'lane', lane: national.lanes.command },
    async (tx) => {
      await tx.vault.create(national.desk.operation, [record, twin])
      tx.record('test', { record })
      return [record, twin].map((each) => tx.vault.seal(place(each), Buffer.from('Test words')))
    },
    { reach: 'frame' },
  )
  const operation = national.desk.operation
  const slot = slotOfRecord(record)
  /** As after a crash: whatever the process had in mind is gone, and the folder is read again. */
  const afterCrash = async () => {
    const forward = await bringForward(admin, folder, 'National')
    assert.ok(forward.ok, forward.ok ? '' : forward.error)
    const holder = new AgencyHolder(folder, 'National')
    assert.ok((await holder.openHere()).ok)
    const vault = new RecordVault(() => holder.held, runAsOwner(admin))
    await vault.unlock([record, twin])
    return { holder, vault, version: holder.held.open().slotKey(operation, slot).name.version }
  }
  const opened = (vault: RecordVault, at: 0 | 1) =>
    vault.open(place(at === 0 ? record : twin), sealed[at] ?? Buffer.alloc(0)).toString()

  await t.test('before the commit: as if it had not begun', async () => {
    await admin.query('BEGIN')
    await replaceSlot(first.held, runAsOwner(admin), operation, slot, [])
    await admin.query('ROLLBACK')
    const { vault, version } = await afterCrash()
    assert.equal(version, 1)
    assert.equal(opened(vault, 0), 'Test words')
    assert.deepEqual(readdirSync(join(folder.path, 'older-copies')), [])
  })

  await t.test('after the commit: the erased is gone and the rest opens', async () => {
    const { holder } = await afterCrash()
    await admin.query('BEGIN')
    await replaceSlot(holder.held, runAsOwner(admin), operation, slot, [record])
    await admin.query('COMMIT')
    const { vault, version, holder: again } = await afterCrash()
    assert.equal(version, 2)
    assert.equal(vault.isErased(record), true)
    assert.throws(() => opened(vault, 0), /erased by law/)
    assert.equal(opened(vault, 1), 'Test words')
    assert.throws(() => again.held.open().slotKey(operation, slot, 'next'), /no next key/)
    await assert.rejects(
      admin.query('UPDATE tandem.record_key SET bytes = $2, version = 2, erased_at = NULL WHERE record_id = $1', [
        record,
        Buffer.alloc(61, 1),
      ]),
      /stays erased/,
    )
  })

  await t.test('a key that was wrapped by a version replaced meanwhile is refused at the commit', async () => {
    // This process still knows version 1 alone.
    const late = `${newId().slice(0, -2)}${record.slice(-2)}`
    await assert.rejects(
      store.within(
        { kind: 'lane', lane: national.lanes.command },
        async (tx) => {
          await tx.vault.create(operation, [late])
          tx.record('test', { late })
        },
        { reach: 'frame' },
      ),
      { code: 'TANDEM-STATE-001' },
    )
    const { rowCount } = await admin.query('SELECT FROM tandem.record_key WHERE record_id = $1', [late])
    assert.equal(rowCount, 0)
    assert.equal(first.held.cache.get(late), undefined, 'and nobody seals under it')
  })
})
