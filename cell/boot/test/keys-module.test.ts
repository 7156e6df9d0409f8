import assert from 'node:assert/strict'
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { KeyFolder } from '../src/keys/key-folder.ts'
import { findInFolder } from './hostile-markers.ts'
import { deskOf, makeLiveCell, openLive } from './live-cell.ts'
import { noModule, softModule } from './soft-module.ts'
import { temporaryFolder, twoRecords } from './training-folder.ts'

const officers = ['Test First Manager', 'Test Second Manager', 'Test Analyst']

test('a hardware module holds the root: neither the shares nor the module open anything alone', {
  skip: noModule ?? false,
  timeout: 300_000,
}, async (t) => {
  const place = temporaryFolder(t, 'module-')
  const { pin, run, ...module } = softModule(place)
  const { folder, shares } = await makeLiveCell(t)
  let live = await openLive(t, folder)
  await live.unseal('Crime Agency', shares)
  await live.deliver('Crime Agency', twoRecords('TEST-1'))
  const agency = (
    await live.sql<{ id: string }>(`SELECT agency_id AS id FROM tandem.agency WHERE short_name = 'Crime Agency'`)
  )[0]
  const keys = new KeyFolder(folder, agency?.id ?? '')
  const given = shares.filter((each) => each.agency === 'Crime Agency').map(({ share }) => share)
  const ask = { ask: 'new shares', agency: 'Crime Agency', threshold: 2, officers, shares: given.slice(0, 2) } as const
  const says = async (changed: Partial<typeof module & { pin: string }>) => {
    const answer = await live.ask({ ...ask, module: { ...module, pin, ...changed } })
    return answer.answer === 'refused' ? answer.says : answer.answer
  }

  await t.test('what is wrong with a module is said in words, and nothing changes', async () => {
    assert.match(
      await says({ pin: 'wrong' }),
      /^The PIN is not that of the module test-module\. Do not simply try again/,
    )
    const said = await says({ pin: `${pin}\0` }).catch((error: Error) => error.message)
    assert.equal(said, 'A PIN has no zero byte.')
    assert.match(await says({ token: 'another' }), /There is no module another/)
    assert.match(await says({ library: '/nowhere.so' }), /The library \/nowhere\.so could not be loaded/)
    assert.match(await says({ tool: '/nowhere/pkcs11-tool' }), /could not be started\. Install OpenSC/)
    assert.equal(keys.hasPending, false)
  })

  const made = await live.ask({ ...ask, module: { ...module, pin } })
  assert.ok(made.answer === 'shares', JSON.stringify(made))

  await t.test('its key never leaves it, and neither PIN nor shares lie anywhere', () => {
    const objects = run('--list-objects', '--type', 'secrkey')
    assert.match(objects, /label: +tandem root 2 of /)
    assert.match(objects, /sensitive, always sensitive, never extractable, local/)
    const id = /ID: +([0-9a-f]+)/.exec(objects)?.[1] ?? ''
    assert.throws(() => run('--read-object', '--type', 'secrkey', '--id', id), /get CKA_VALUE failed/)
    const needles = [['PIN', pin], ...made.shares.map(({ officer, share }) => [officer, share.slice(30)])] as const
    assert.deepEqual(
      findInFolder(folder.root, new Map(needles.map(([what = '', word = '']) => [what, Buffer.from(word)]))),
      [],
    )
  })

  await t.test('the new shares open it with the module; then the old ones open nothing', async () => {
    const opened = await live.unseal('Crime Agency', made.shares)
    assert.ok(opened.answer === 'share' && opened.opened && opened.adopted, JSON.stringify(opened))
    await live.close()
    live = await openLive(t, folder)
    assert.equal((await live.unseal('Crime Agency', shares)).answer, 'refused')
    const again = await live.unseal('Crime Agency', made.shares)
    assert.ok(again.answer === 'share' && again.opened)
    const desk = deskOf(live, await live.person('analyst'))
    const [item] = (await desk.queue()).items
    assert.equal((await desk.show(item?.id ?? '')).item.id, item?.id)
    const [state] = live.open.keys.states()
    assert.equal(state?.module, 'test-module')
  })

  await t.test('its keys are rotated in the module', async () => {
    const root = { ask: 'rotate', agency: 'Crime Agency', operations: false } as const
    const rotated = await live.ask({ ...root, shares: made.shares.slice(1).map(({ share }) => share) })
    assert.ok(rotated.answer === 'rotated' && rotated.rotation === 2, JSON.stringify(rotated))
    assert.equal((await live.ask({ ...root, shares: given.slice(0, 2) })).answer, 'refused')
  })

  await t.test('while the module is away nothing opens; another key in its place opens nothing', async () => {
    await live.ask({ ask: 'seal', agency: 'Crime Agency' })
    renameSync(join(place, 'tokens'), join(place, 'away'))
    const away = await live.unseal('Crime Agency', made.shares)
    assert.ok(away.answer === 'refused')
    assert.match(away.says, /module test-module/)
    renameSync(join(place, 'away'), join(place, 'tokens'))
    const file = keys.read()
    assert.ok(file.ok && file.value.root.holder === 'officers' && file.value.root.module !== undefined)
    run('--delete-object', '--type', 'secrkey', '--id', file.value.root.module.key)
    const gone = await live.unseal('Crime Agency', made.shares)
    assert.ok(gone.answer === 'refused')
    assert.match(gone.says, /does not have the key that is the root/)
    run(
      '--keygen',
      '--key-type',
      'GENERIC:32',
      '--id',
      file.value.root.module.key,
      '--label',
      'another',
      '--usage-sign',
    )
    const other = await live.unseal('Crime Agency', made.shares)
    assert.ok(other.answer === 'refused')
    assert.match(other.says, /does not open/)
  })
  assert.deepEqual(live.problems, [])
})
