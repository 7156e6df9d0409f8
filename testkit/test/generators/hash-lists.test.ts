import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type AnyRecord,
  type ListEntryRecord,
  parseHashCsvProfile,
  readAll,
  readHashCsvList,
  sniffHashCsv,
} from '@tandem/formats'
import {
  type CsvHabits,
  makeHashCsv,
  makeHashSharingPages,
  makeIcseCsv,
  makeSignals,
  type PageHabits,
  type SignalHabits,
} from '../../src/generators/hash-lists.ts'

/** All ways in which the switches of a generator can stand together. */
function* combined<T extends Record<string, readonly unknown[]>>(
  switches: T,
): Generator<{ [K in keyof T]: T[K][number] }> {
  const names = Object.keys(switches)
  const total = names.reduce((product, name) => product * (switches[name]?.length ?? 1), 1)
  for (let at = 0; at < total; at += 1) {
    let rest = at
    const one: Record<string, unknown> = {}
    for (const name of names) {
      const choices = switches[name] ?? []
      one[name] = choices[rest % choices.length]
      rest = Math.floor(rest / choices.length)
    }
    yield one as { [K in keyof T]: T[K][number] }
  }
}

const both = [false, true] as const
const isEntry = (record: AnyRecord): record is ListEntryRecord => record.kind === 'list-entry'
const entriesOf = (bytes: Uint8Array) => {
  const { entries, account } = readAll(bytes)
  assert.equal(account.records, entries.length)
  return entries
}
const hashOf = (record: ListEntryRecord, kind: string): string =>
  record.hashes.find((hash) => hash.kind === kind)?.value ?? ''

describe('made lists are given back', () => {
  test('as CSV of hashes, in every dialect and with every damage', async () => {
    for (const habits of combined({
      delimiter: [',', ';', '\t', '|'] as const,
      encoding: ['utf-8', 'utf-8-bom', 'utf-16le'] as const,
      lineEnd: ['\n', '\r\n'] as const,
      quoted: both,
      upperCase: both,
      spreadsheetDamage: both,
      emptyFile: both,
      twoClasses: both,
      blankLines: both,
    }) satisfies Iterable<CsvHabits>) {
      const why = JSON.stringify(habits)
      const made = makeHashCsv('list', 3, habits)
      const sniffed = sniffHashCsv(made.bytes, { categoryScheme: 'test' })
      assert.equal(sniffed.kind, 'profile', why)
      if (sniffed.kind !== 'profile') return
      // What is saved as a profile reads the same.
      const profile = parseHashCsvProfile(JSON.parse(JSON.stringify(sniffed.profile)))
      assert.ok(profile.ok, why)
      const reading = readHashCsvList(once(made.bytes), { profile: profile.value })
      const rows: string[] = []
      const setAside: string[] = []
      let twoClasses = 0
      let step = await reading.next()
      for (; step.done !== true; step = await reading.next()) {
        const entry = step.value
        if (entry.outcome === 'set-aside') setAside.push(entry.reason.code)
        else rows.push(`${hashOf(entry.record, 'md5')} ${hashOf(entry.record, 'sha1')} ${entry.record.category?.value}`)
        if (entry.outcome === 'remarked')
          twoClasses += entry.remarks.filter(({ code }) => code === 'two-classes').length
      }
      assert.ok(step.value.complete, why)
      assert.deepEqual(
        { rows, setAside, twoClasses },
        { rows: made.rows, setAside: made.setAside, twoClasses: made.twoClasses },
        why,
      )
    }
  })

  test('as ICSE lists, with the flags that can be read', () => {
    for (const habits of combined({
      encoding: ['utf-8', 'utf-8-bom', 'utf-16le'] as const,
      lineEnd: ['\n', '\r\n'] as const,
      quoted: both,
      upperCase: both,
      flagWords: [
        ['Yes', 'No'],
        ['true', 'false'],
        ['1', '0'],
        ['Ja', 'Nein'],
      ] as const,
    })) {
      const why = JSON.stringify(habits)
      const made = makeIcseCsv('icse', 6, habits)
      const readable = habits.flagWords[0] !== 'Ja'
      const read = entriesOf(made.bytes).map((entry) => {
        assert.ok(entry.outcome !== 'set-aside' && isEntry(entry.record), why)
        // A word that we do not know reads as not said, with a remark, and never as no.
        if (!readable) assert.ok(entry.outcome === 'remarked', why)
        const { entryId, flags } = entry.record
        return { id: entryId, md5: hashOf(entry.record, 'md5'), baseline: flags['baseline'] }
      })
      assert.deepEqual(
        read,
        made.rows.map((row) => ({ ...row, baseline: readable ? row.baseline : 'not said' })),
        why,
      )
    }
  })

  test('as pages of hash sharing: what stands at the end is what was made', () => {
    for (const habits of combined({
      bom: both,
      tabs: both,
      sharedIds: both,
      missingClass: both,
      linkedFingerprints: both,
      feedback: both,
      tombstones: both,
      olderTimes: both,
    }) satisfies Iterable<PageHabits>) {
      const why = JSON.stringify(habits)
      const made = makeHashSharingPages('pages', habits)
      const standing = new Map<string, string>()
      let records = 0
      for (const page of made.pages) {
        for (const entry of entriesOf(page)) {
          records += 1
          assert.ok(entry.outcome === 'accepted' && isEntry(entry.record), why)
          const { entryId, flags, category } = entry.record
          if (flags['withdrawn'] === 'yes') standing.delete(entryId ?? '')
          else standing.set(entryId ?? '', `${hashOf(entry.record, 'md5')} ${category?.value ?? '-'}`)
        }
      }
      assert.deepEqual(
        [records, [...standing].map(([key, value]) => `${key} ${value}`).sort()],
        [made.records, made.standing],
        why,
      )
    }
  })

  test('as signals, however a row says that it is gone', () => {
    for (const habits of combined({
      tags: ['null', 'list', 'data'] as const,
      gone: ['should_delete', 'no descriptors', 'empty descriptors'] as const,
      numericTimes: both,
      disputed: both,
      otherSignals: both,
    }) satisfies Iterable<SignalHabits>) {
      const why = JSON.stringify(habits)
      const made = makeSignals('signals', 12, habits)
      const entries = entriesOf(made.bytes).flatMap((entry) => (entry.outcome === 'set-aside' ? [] : [entry.record]))
      const listed = entries.filter(isEntry)
      const isGone = ({ flags }: ListEntryRecord): boolean => flags['withdrawn'] === 'yes'
      assert.deepEqual(
        listed.filter((each) => !isGone(each)).map((each) => `${each.entryId} ${hashOf(each, 'sha256')}`),
        made.standing,
        why,
      )
      assert.deepEqual(
        listed.filter(isGone).map(({ entryId }) => entryId),
        made.withdrawn,
        why,
      )
      assert.equal(listed.filter(({ flags }) => flags['disputed'] === 'yes').length, made.disputed, why)
      const mails = entries.flatMap((record) =>
        record.kind === 'item' && record.flags['withdrawn'] !== 'yes'
          ? record.mentions.map(({ original }) => original)
          : [],
      )
      assert.deepEqual(mails, made.mails, why)
    }
  })
})

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
