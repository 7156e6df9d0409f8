import assert from 'node:assert/strict'
import { chmodSync, chownSync, cpSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { findPackage } from '../src/engine/binaries.ts'
import { canReach, droppable, namespacesWork } from '../src/engine/identity.ts'
import { isRoot, open, query, runningHolder, startHolder, temporaryFolder, value } from './engine-support.ts'

/** The PostgreSQL files as in a checkout under a home that only its owner may enter. */
function privateCopy(t: TestContext): string {
  const home = temporaryFolder(t)
  chmodSync(home, 0o700)
  const native = join(home, 'checkout', 'package', 'native')
  cpSync(value(findPackage()), native, { recursive: true })
  cpSync(join(value(findPackage()), '..', 'package.json'), join(dirname(native), 'package.json'))
  return native
}

const clusterUid = (dataFolder: string): number => statSync(join(dataFolder, 'database', 'cluster', 'PG_VERSION')).uid

const onlyRoot = { skip: isRoot ? false : 'needs root' }
const otherAccount = { skip: isRoot && droppable() !== null ? false : 'needs root that may take on another uid' }

test('from a private home it starts, with user namespaces as they are', async (t) => {
  const nativeFolder = privateCopy(t)
  const dataFolder = join(dirname(dirname(dirname(nativeFolder))), 'data')
  const engine = await open(t, { dataFolder, nativeFolder })
  assert.deepEqual(await query(engine.connection, 'SELECT 1 AS one'), [{ one: 1 }])
})

test('as root without user namespaces it runs as another uid, from a private home too', otherAccount, async (t) => {
  const nativeFolder = privateCopy(t)
  const home = dirname(dirname(dirname(nativeFolder)))
  const dataFolder = join(home, 'data')
  const engine = await open(t, { dataFolder, nativeFolder, userNamespaces: 'off' })
  const uid = clusterUid(dataFolder)
  assert.notEqual(uid, 0)
  assert.equal(statSync(`/proc/${engine.postmasterPid}`).uid, uid)
  assert.equal(canReach({ kind: 'drop', uid, gid: uid }, '-x', home), false)
  await query(engine.connection, 'CREATE TABLE kept AS SELECT 1 AS one')
  await query(engine.connection, 'CHECKPOINT')
})

test(
  'a cluster of root goes over to another uid where namespaces stop working, and stays there',
  otherAccount,
  async (t) => {
    const dataFolder = temporaryFolder(t)
    for (const userNamespaces of ['auto', 'off', 'auto'] as const) {
      const engine = await open(t, { dataFolder, userNamespaces })
      await query(engine.connection, 'CREATE TABLE IF NOT EXISTS kept AS SELECT 1 AS one')
      assert.deepEqual(await query(engine.connection, 'SELECT * FROM kept'), [{ one: 1 }])
      if (userNamespaces === 'off') assert.notEqual(clusterUid(dataFolder), 0)
      await engine.stop()
    }
  },
)

test("with user namespaces as root the files stay root's", onlyRoot, async (t) => {
  if (!namespacesWork()) return t.skip('user namespaces are off')
  const dataFolder = temporaryFolder(t)
  await open(t, { dataFolder })
  assert.equal(clusterUid(dataFolder), 0)
})

for (const [who, uid] of [
  ['nobody', 65_534],
  ['a uid that passwd does not know', 64_998],
] as const) {
  test(`as ${who} it starts, survives kill -9 and refuses the folder of another`, otherAccount, async (t) => {
    if (!canReach({ kind: 'drop', uid, gid: uid }, '-r', import.meta.filename)) return t.skip('the checkout is private')
    if (!canReach({ kind: 'drop', uid, gid: uid }, '-x', process.execPath)) return t.skip('Node is private')
    const home = temporaryFolder(t)
    chmodSync(home, 0o755)
    const dataFolder = join(home, 'data')
    mkdirSync(dataFolder)
    chownSync(dataFolder, uid, uid)
    const prefix = ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', 'env', `HOME=${dataFolder}`]
    const first = await runningHolder(t, dataFolder, { prefix })
    assert.equal(first.uid, uid)
    await first.until(10)
    process.kill(-(first.child.pid ?? 0), 'SIGKILL')
    process.kill(first.postmaster, 'SIGKILL')
    await first.ended
    const second = await runningHolder(t, dataFolder, { prefix })
    await second.until(5)
    second.child.kill('SIGKILL')
    await second.ended
    const foreign = join(home, 'foreign')
    mkdirSync(foreign, { mode: 0o755 })
    const third = await startHolder(t, foreign, { prefix })
    assert.ok('refused' in third && third.refused.code === 'folder-unusable')
  })
}
