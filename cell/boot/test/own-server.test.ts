import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openEngine } from '@tandem/store/engine'
import { withAdmin } from '../src/database.ts'
import { examine } from '../src/doctor.ts'
import { dataFolder } from '../src/folders.ts'
import { type OpenCell, openCell } from '../src/open-cell.ts'
import { start } from '../src/start.ts'
import { trainingAgencies } from '../src/training.ts'
import { atEnd, temporaryFolder } from './training-folder.ts'

test('a cell on a PostgreSQL server of your own', async (t) => {
  const root = temporaryFolder(t)
  const server = await openEngine({ dataFolder: join(root, 'server') })
  assert.ok(server.ok, server.ok ? '' : server.error.says)
  const { connection } = server.value
  atEnd(t, () => server.value.stop())
  await withAdmin(connection, connection.database, async (admin) => {
    for (const name of ['first', 'second'])
      await admin.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`)
  })
  const urlOf = (database: string): string =>
    `postgresql://${connection.user}:${connection.password}@/${database}?host=${encodeURIComponent(connection.host)}`
  const open = (data: string, databaseUrl?: string) =>
    openCell({
      folder: dataFolder(join(root, data), 'training'),
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      birth: {
        name: 'Test cell',
        mode: 'training',
        settings: { origin: 'http://127.0.0.1:7373', port: 7373, passkeys: 'off', providers: [] },
        agencies: () => trainingAgencies('test-issuer', []),
      },
    })
  const opened = async (data: string, databaseUrl?: string): Promise<OpenCell> => {
    const cell = await open(data, databaseUrl)
    assert.ok(cell.ok, cell.ok ? '' : cell.error)
    return cell.value
  }
  const refused = async (data: string, databaseUrl?: string): Promise<string> => {
    const cell = await open(data, databaseUrl)
    if (cell.ok) await cell.value.close()
    assert.ok(!cell.ok, 'expected a refusal')
    return cell.error
  }

  const first = await opened('one', urlOf('first'))
  assert.equal(first.fresh, true)
  assert.equal(first.engine.kind, 'server')
  await first.close()

  await t.test('is started again with that server, and never without', async () => {
    const again = await opened('one', urlOf('first'))
    assert.equal(again.fresh, false)
    assert.equal(again.settings.cell, first.settings.cell)
    await again.close()
    assert.match(await refused('one'), /on a PostgreSQL server of your own.*--database URL/)
    const told = await examine({ data: join(root, 'one') })
    assert.match(told.find(({ name }) => name === 'Database')?.says ?? '', /^On a PostgreSQL server of your own/)
    const started = await start({ data: join(root, 'one'), port: 7397, withoutDesk: true })
    assert.ok(!started.ok)
    assert.match(started.error, /--database URL/)
  })

  await t.test('keeps its logins when another cell is pointed at its server or its database', async () => {
    assert.match(await refused('two', urlOf('first')), /logins of another Tandem cell/)
    assert.match(await refused('two', urlOf('second')), /logins of another Tandem cell/)
    await (await opened('one', urlOf('first'))).close()
  })

  await t.test('is not what a cell of this folder becomes', async () => {
    const here = await opened('three')
    assert.equal(here.settings.database, 'embedded')
    await here.close()
    assert.match(await refused('three', urlOf('second')), /start it without --database/)
  })
})
