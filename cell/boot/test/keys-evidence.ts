import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brokenFields } from '@tandem/core/ledger-entry'
import { Gathering, Keyring, recordKeyName, rootInMemory, type Secret, slotKeyName, unwrapKey } from '@tandem/vault'
import { DATABASE } from '../src/database.ts'
import type { DataFolder } from '../src/folders.ts'
import { KeyFolder } from '../src/keys/key-folder.ts'
import type { LiveCell, Shares } from './live-cell.ts'
import type { temporaryFolder } from './training-folder.ts'

export async function rootOf(folder: KeyFolder, shares: Shares, agency: string): Promise<Secret> {
  const file = folder.read()
  assert.ok(file.ok && file.value.root.holder === 'officers')
  const gathering = new Gathering(file.value.root.quorum)
  for (const { share } of shares.filter((each) => each.agency === agency).slice(0, 2)) gathering.add(share)
  const secret = await gathering.open()
  assert.ok(secret.ok)
  return secret.value
}

/** Null: this machine's pg_dump is older than the server. */
export function dumpOf(live: LiveCell): Buffer | null {
  const { host, port, user, password } = live.open.engine.connection
  try {
    return execFileSync('pg_dump', ['-h', host, '-p', String(port), '-U', user, DATABASE], {
      env: { ...process.env, PGPASSWORD: password },
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    return null
  }
}

export async function everyLeafFits(live: LiveCell): Promise<void> {
  const rows = await live.sql<{
    leaf: Buffer
    salt: Buffer
    person_id: string
    verb: string
    object: Parameters<typeof brokenFields>[1]['object']
    at: string
    authority_id: string | null
    purpose_id: string | null
  }>(
    `SELECT l.leaf, o.salt, o.person_id, o.verb, o.object, o.authority_id, o.purpose_id,
            regexp_replace(to_char(o.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '\\.?0*$', '') || 'Z' AS at
       FROM ledger.leaf l JOIN ledger.opening o USING (agency_id, entry_id)`,
  )
  assert.ok(rows.length > 10)
  for (const row of rows) {
    const broken = brokenFields(JSON.parse(row.leaf.toString('utf8')), {
      salt: row.salt,
      who: row.person_id,
      verb: row.verb,
      object: row.object,
      at: row.at,
      authority: row.authority_id,
      purpose: row.purpose_id,
    })
    assert.deepEqual(broken, [], row.verb)
  }
}

/** Whether the record keys that the older copy holds open under today's keys. */
export async function openedWithTodaysKeys(
  t: Parameters<typeof temporaryFolder>[0],
  backup: string,
  folder: DataFolder,
  shares: Shares,
  records: { readonly urgent: string; readonly other: string },
): Promise<{ erased: boolean; other: boolean }> {
  assert.ok(existsSync(join(backup, 'logical', 'tandem.record_key.jsonl')))
  const lines = readFileSync(join(backup, 'logical', 'tandem.record_key.jsonl'), 'utf8')
    .trim()
    .split('\n')
  const rows: {
    agency_id: string
    operation_id: string
    record_id: string
    slot: number
    version: number
    bytes: string
  }[] = lines.map((line) => JSON.parse(line))
  const of = async (record: string): Promise<boolean> => {
    const row = rows.find(({ record_id }) => record_id === record)
    assert.ok(row !== undefined)
    const keyFolder = new KeyFolder(folder, row.agency_id)
    const file = keyFolder.read()
    assert.ok(file.ok)
    const operations = keyFolder.operationsOf(file.value.keyring)
    assert.ok(operations.ok)
    const root = { name: file.value.root.root, key: await rootOf(keyFolder, shares, 'Crime Agency') }
    const keyring = await Keyring.open(rootInMemory(root), file.value.keyring, operations.value)
    assert.ok(keyring.ok)
    const bytes = Buffer.from(row.bytes.slice(2), 'hex')
    const name = recordKeyName(row.agency_id, record)
    // Under the name that the older copy gives it, and under every key of its slot that there is today.
    const under = slotKeyName(row.agency_id, row.operation_id, row.slot, row.version)
    const key = keyring.value.slotKey(row.operation_id, row.slot).key
    if (unwrapKey({ name: under, key }, { name, under, bytes }).ok) return true
    const kept = keyFolder.readForOlderCopies(
      row.operation_id,
      row.slot,
      keyring.value.slotKey(row.operation_id, row.slot).name.version,
    )
    return kept.ok && kept.value.some((each) => each.record === record)
  }
  t.diagnostic(`${rows.length} record keys in the older copy`)
  return { erased: await of(records.urgent), other: await of(records.other) }
}
