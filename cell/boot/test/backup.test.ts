import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeIdentity } from '@tandem/vault'
import { copyKeys } from '../src/backup.ts'
import { fileOf } from '../src/backup-export.ts'
import { identitiesIn, openSealed, SEALED_BACKUP } from '../src/backup-sealing.ts'
import { askBackup } from '../src/control-client.ts'
import type { BackupReport } from '../src/control-messages.ts'
import { filesUnder } from '../src/files-under.ts'
import { type DataFolder, dataFolder } from '../src/folders.ts'
import { openCell } from '../src/open-cell.ts'
import { restoreCell } from '../src/restore.ts'
import { deliver, temporaryFolder, trainingCell, twoRecords } from './training-folder.ts'

async function backUp(folder: DataFolder, to: string, recipients: string[]): Promise<BackupReport> {
  for await (const step of askBackup(folder, to, recipients)) {
    if (step.step === 'failed') assert.fail(step.says)
    if (step.step === 'done') return step.report
  }
  assert.fail('no report')
}

const flip = (path: string, at: number): void => {
  const bytes = readFileSync(path)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  writeFileSync(path, bytes)
}

test('a backup of a running cell', async (t) => {
  const { folder, open, control } = await trainingCell(t)
  await deliver(folder, twoRecords('TEST-1'), { agency: 'Crime Agency' })
  const sealed = join(temporaryFolder(t), 'backup')
  const to = join(temporaryFolder(t), 'opened')
  const keys = join(temporaryFolder(t), 'keys')
  const other = await makeIdentity()
  const report = await backUp(folder, sealed, [other.recipient.text])
  const own = identitiesIn(join(folder.keys, 'backup-identity.txt'))
  assert.ok(own.ok)
  const opened = await openSealed(join(sealed, SEALED_BACKUP), own.value, to)
  assert.ok(opened.ok, opened.ok ? '' : opened.error)
  // What comes after the backup is not in it, and does not disturb the comparison.
  await deliver(folder, twoRecords('TEST-2'), { agency: 'Crime Agency', key: 'test-key-0002' })
  assert.ok(copyKeys(folder, keys, sealed).ok)
  const failed: string[] = []
  for await (const step of askBackup(folder, join(temporaryFolder(t), 'x'), [`age1${'q'.repeat(58)}`]))
    if (step.step === 'failed') failed.push(step.says)
  assert.equal(failed.length, 1)
  assert.match(failed[0] ?? '', /classical/)
  await control.close()
  await open.close()

  await t.test('is one age file for hybrid recipients alone, and tells nothing to whoever finds it', async () => {
    assert.deepEqual(readdirSync(sealed), [SEALED_BACKUP])
    const bytes = readFileSync(join(sealed, SEALED_BACKUP))
    assert.match(bytes.toString('latin1', 0, 60), /^age-encryption\.org\/v1\n-> mlkem768x25519 /)
    assert.equal(report.recipients, 2)
    for (const word of ['backup.json', 'PG_VERSION', 'tandem.delivery', 'Test Provider', 'Crime Agency'])
      assert.equal(bytes.includes(word), false, word)
  })

  await t.test('opens with each of its identities, and with no other', async () => {
    const data = join(temporaryFolder(t), 'data')
    const identity = join(temporaryFolder(t), 'identity.txt')
    const stranger = await makeIdentity()
    writeFileSync(identity, `${stranger.identity}\n`)
    const wrong = await restoreCell({ from: sealed, keys, data, identity })
    assert.ok(!wrong.ok)
    assert.match(wrong.error, /not encrypted to this identity\. Name the one that belongs to it: --identity FILE/)
    assert.equal(existsSync(data), false)
    writeFileSync(identity, `# a comment\n${other.identity}\n`)
    const right = await restoreCell({ from: sealed, keys, data, identity })
    assert.ok(right.ok, right.ok ? '' : right.error)
    assert.deepEqual(right.value.tables, report.tables)
    assert.deepEqual(readdirSync(join(data, '..')), ['data'], 'nothing of it stays in clear')
  })

  await t.test('with one changed byte of the sealed file it is refused and leaves nothing', async () => {
    const size = readFileSync(join(sealed, SEALED_BACKUP)).length
    for (const at of [10, 900, 5_000, Math.floor(size / 2), size - 3]) {
      const place = temporaryFolder(t)
      cpSync(sealed, join(place, 'copy'), { recursive: true })
      flip(join(place, 'copy', SEALED_BACKUP), at)
      const restored = await restoreCell({ from: join(place, 'copy'), keys, data: join(place, 'data') })
      assert.ok(!restored.ok, String(at))
      assert.match(restored.error, /Nothing was restored: use another backup|not encrypted to this identity/)
      assert.deepEqual(readdirSync(place), ['copy'])
    }
  })

  await t.test('exports every table; the digest is that of the file', () => {
    assert.deepEqual(readdirSync(join(to, 'logical')).sort(), report.tables.map(({ table }) => fileOf(table)).sort())
    for (const { table, rows, sha256 } of report.tables) {
      const bytes = readFileSync(join(to, 'logical', fileOf(table)))
      assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256, table)
      assert.equal(bytes.toString('utf8').split('\n').length - 1, rows, table)
    }
    assert.equal(report.tables.find(({ table }) => table === 'tandem.delivery')?.rows, 1)
  })

  await t.test('holds no key, no word of a report and no leftover of the trial', () => {
    const secrets = filesUnder(folder.keys).map((name) => readFileSync(join(folder.keys, name)))
    for (const entry of readdirSync(to, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const bytes = readFileSync(join(entry.parentPath, entry.name))
      assert.equal(
        secrets.some((secret) => bytes.includes(secret)),
        false,
        entry.name,
      )
      assert.equal(bytes.includes('Test words of a report'), false, entry.name)
    }
    assert.deepEqual(
      readdirSync(folder.root).filter((name) => name.startsWith('backup-trial')),
      [],
    )
  })

  await t.test('restores into an empty folder with the same digests, and opens with its keys', async () => {
    const data = join(temporaryFolder(t), 'restored')
    const restored = await restoreCell({ from: to, keys, data })
    assert.ok(restored.ok, restored.ok ? '' : restored.error)
    assert.deepEqual(restored.value.tables, report.tables)
    const again = await openCell({ folder: dataFolder(data, 'training'), birth: null })
    assert.ok(again.ok, again.ok ? '' : again.error)
    assert.equal(again.value.settings.cell, open.settings.cell)
    await again.value.close()
    const twice = await restoreCell({ from: to, keys, data })
    assert.equal(twice.ok, false, 'never over something that is there')
  })

  await t.test('with one changed byte, a missing file, or other keys it is refused and leaves nothing', async () => {
    const refused = async (change: (copy: string, keys: string) => void, words: RegExp): Promise<void> => {
      const place = temporaryFolder(t)
      const [copy, copyOfKeys, data] = [join(place, 'copy'), join(place, 'keys'), join(place, 'data')]
      cpSync(to, copy, { recursive: true })
      cpSync(keys, copyOfKeys, { recursive: true })
      change(copy, copyOfKeys)
      const restored = await restoreCell({ from: copy, keys: copyOfKeys, data })
      assert.ok(!restored.ok)
      assert.match(restored.error, words)
      assert.deepEqual(existsSync(data) ? readdirSync(data) : [], [])
    }
    const largest = report.tables.toSorted((one, other) => other.bytes - one.bytes)[0]
    const table = join('logical', fileOf(largest?.table ?? ''))
    await refused((copy) => flip(join(copy, table), 10), /differs from its digest/)
    await refused((copy) => flip(join(copy, 'physical', 'manifest.json'), 100), /manifest of the physical copy differs/)
    await refused((copy) => flip(join(copy, 'physical', 'cluster', 'PG_VERSION'), 0), /differs from its digest/)
    await refused((copy) => flip(join(copy, 'backup.json'), 200), /signature does not fit/)
    await refused((copy) => flip(join(copy, 'backup.sig'), 5), /signature does not fit/)
    await refused((copy) => rmSync(join(copy, 'backup.sig')), /no finished backup/)
    await refused((copy) => rmSync(join(copy, table)), /is missing/)
    await refused((_, copied) => rmSync(join(copied, 'keys', 'backup-signing.key')), /signing key .* is not in/)
    await refused((_, copied) => {
      const key = readdirSync(join(copied, 'keys')).find((name) => name.startsWith('agency-'))
      rmSync(join(copied, 'keys', key ?? ''), { recursive: true })
    }, /could never be read again/)
  })

  await t.test('takes no folder that is in use, inside the cell, or that of the keys', async () => {
    assert.match(failureOf(copyKeys(folder, join(to, 'keys'), to)), /must not lie with the backup/)
    const other = temporaryFolder(t)
    writeFileSync(join(other, 'something'), '')
    assert.match(failureOf(copyKeys(folder, other, null)), /not empty/)
    assert.ok(copyKeys(folder, keys, null).ok, 'the last copy is renewed in its place')
  })
})

const failureOf = (result: ReturnType<typeof copyKeys>): string => (result.ok ? '' : result.error)
