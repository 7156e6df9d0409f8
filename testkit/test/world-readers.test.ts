import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AnyRecord, type Entry, type ReferralRecord, readAll, readHashCsvList } from '@tandem/formats'
import {
  type ExampleList,
  exampleLists,
  playOperation,
  type ReferralTruth,
  renderList,
  worldBatches,
  worldReferrals,
} from '../src/world/index.ts'
import { exampleEntries } from '../src/world/lists.ts'

const operation = playOperation('Test', 'readers')

const bytesOf = (file: string): Uint8Array => {
  const bytes = operation.files.get(file)
  assert.ok(bytes !== undefined, file)
  return bytes
}

test('every file of the operation is read with exactly the expected account', () => {
  for (const { file, account, referrals } of operation.truth.files) {
    const reading = readAll(bytesOf(file))
    assert.equal(reading.format, referrals[0]?.format, file)
    assert.deepEqual(reading.account, account, file)
  }
})

test('every referral of the operation is read as the world tells it', () => {
  for (const { file, referrals } of operation.truth.files) compare(readAll(bytesOf(file)).entries, referrals)
})

test('a flow is read as the world tells it', () => {
  for (const { bytes, truth } of worldReferrals({ seed: 'readers', count: 400 }))
    compare(readAll(bytes).entries, [truth])
})

test('batches are read as the world tells them', () => {
  for (const { bytes, truths } of worldBatches({ seed: 'readers', count: 60, size: 20 })) {
    compare(readAll(bytes).entries, truths)
  }
})

function compare(entries: readonly Entry<AnyRecord>[], truths: readonly ReferralTruth[]): void {
  assert.equal(entries.length, truths.length)
  for (const truth of truths) {
    const entry = entries[truth.record]
    assert.ok(entry !== undefined)
    const where = `${truth.scenario} ${truth.id}`
    assert.deepEqual({ where, ...seen(entry) }, { where, ...expected(truth) })
  }
}

function expected(truth: ReferralTruth) {
  const setAside = truth.outcome === 'set-aside'
  return {
    outcome: truth.outcome,
    remarks: truth.remarks,
    reference: setAside ? null : truth.reference,
    supplementTo: setAside ? null : truth.supplementTo,
    declared: setAside ? null : truth.priority.declared,
    unknownFields: truth.unknownFields,
    identifiers: truth.identifiers.map(({ kind, normal }) => `${kind} ${normal}`),
    uses: truth.addressUses.map(({ address, port, at }) => `${address} ${port} ${at}`).sort(),
    hashes: truth.hashes.map(({ kind, value }) => `${kind} ${value}`).sort(),
  }
}

function seen(entry: Entry<AnyRecord>): ReturnType<typeof expected> {
  if (entry.outcome === 'set-aside') {
    const nothing = {
      reference: null,
      supplementTo: null,
      declared: null,
      unknownFields: 0,
      identifiers: [],
      uses: [],
      hashes: [],
    }
    return { outcome: entry.outcome, remarks: [entry.reason.code], ...nothing }
  }
  const record = referral(entry.record)
  const codes = entry.outcome === 'remarked' ? entry.remarks.map(({ code }) => code) : []
  const mentions = record.mentions.map(({ identifier }) => `${identifier.kind} ${identifier.normal}`)
  const uses = record.people.flatMap(({ ipEvents }) => ipEvents)
  return {
    outcome: entry.outcome,
    remarks: [...new Set(codes)].sort(),
    reference: record.reference,
    supplementTo: record.supplementTo,
    declared: record.declaredPriority?.level ?? null,
    unknownFields: record.unknownFields.length,
    identifiers: [...new Set(mentions)].sort(),
    uses: uses.map(({ address, port, time }) => `${address} ${port} ${time?.instant ?? null}`).sort(),
    hashes: record.files.flatMap(({ hashes }) => hashes.map(({ kind, value }) => `${kind} ${value}`)).sort(),
  }
}

function referral(record: AnyRecord): ReferralRecord {
  assert.equal(record.kind, 'referral')
  if (record.kind !== 'referral') throw new Error('unreachable')
  return record
}

test('the lists of the example are read completely, with their categories', () => {
  for (const list of exampleLists) compareList(list, readAll(renderList(list)).entries)
})

test('a VICS 2.0 list is read completely', () => {
  const list: ExampleList = {
    ...{ name: 'Test', publisher: 'Test', format: 'vics/2', scheme: 'vics/2.0/UK', tells: ['md5', 'sha1'] },
    entries: exampleEntries(1, 30, ['1', '0', null]),
  }
  assert.equal(readAll(renderList(list)).format, 'vics/2')
  compareList(list, readAll(renderList(list)).entries)
})

test('a CSV list with categories is read under a profile agreed with its sender', async () => {
  const list: ExampleList = {
    ...{ name: 'Test', publisher: 'Test', format: 'hash-csv', scheme: 'test severity', tells: ['md5', 'sha256'] },
    entries: exampleEntries(1, 30, ['A', 'B', 'C']),
  }
  const profile = {
    id: 'test/1',
    dialect: { delimiter: ',', encoding: 'utf-8', looseQuotes: false },
    header: 'row',
    columns: [
      { at: 'md5', is: 'md5' },
      { at: 'sha256', is: 'sha256' },
      { at: 'category', is: 'category', scheme: 'test severity' },
    ],
    terms: { licence: null, allowedUse: null, retentionDays: null, withdrawal: 'not-agreed' },
  } as const
  async function* once() {
    yield renderList(list)
  }
  const entries: Entry<AnyRecord>[] = []
  for await (const entry of readHashCsvList(once(), { profile })) entries.push(entry)
  compareList(list, entries)
})

function compareList(list: ExampleList, entries: readonly Entry<AnyRecord>[]): void {
  const told = list.entries.map(({ hashes, category }) => ({
    outcome: 'accepted',
    hashes: list.tells.map((kind) => `${kind} ${hashes[kind]}`).sort(),
    category: category === null ? null : { scheme: list.scheme, value: category },
  }))
  const read = entries.map((entry) => {
    assert.ok(entry.outcome !== 'set-aside' && entry.record.kind === 'list-entry')
    const { hashes, otherHashes, category } = entry.record
    return {
      outcome: entry.outcome,
      hashes: [...hashes, ...otherHashes].map(({ kind, value }) => `${kind} ${value}`).sort(),
      category,
    }
  })
  assert.deepEqual(read, told)
}
