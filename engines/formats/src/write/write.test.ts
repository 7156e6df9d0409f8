import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readTimeClaim } from '@tandem/core'
import { readAccount, readEmail, readIp, readPhone, readUrl } from '@tandem/identifiers'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { codes, readWhole } from '../../test/hardships.ts'
import { noProfile } from '../bulk/columns.ts'
import { ItemDraft } from '../bulk/item.ts'
import { caseUcoReader } from '../case-uco/reader.ts'
import { headOf } from '../head.ts'
import { mispReader } from '../misp/reader.ts'
import type { AnyRecord, ItemRecord, ListEntryRecord } from '../record.ts'
import { stixReader } from '../stix-2.1/reader.ts'
import { tableCsvReaderWith } from '../table-csv/reader.ts'
import { vics2Reader } from '../vics/reader.ts'
import {
  csvTable,
  unguardCell,
  type WriteOptions,
  writeCaseUco,
  writeCsv,
  writeMisp,
  writeStix,
  writeVics,
} from './index.ts'

const options = (): WriteOptions => {
  let next = 0
  return {
    producer: 'Test Agency',
    now: '2026-01-02T03:04:05.000Z',
    newId: () => `00000000-0000-4000-8000-${String(++next).padStart(12, '0')}`,
  }
}

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
const word = fc.string({ unit: fc.constantFrom(...'abcdefgh0123'), minLength: 1, maxLength: 10 })
const identifier = fc
  .oneof(
    word.map((name) => readEmail(`${name}@mail.example`)),
    fc.integer({ min: 0, max: 255 }).map((last) => readIp(`192.0.2.${last}`)),
    fc.integer({ min: 0, max: 65535 }).map((last) => readIp(`2001:db8::${last.toString(16)}`)),
    word.map((path) => readUrl(`https://forum.example/${path}?q=%20"x"`)),
    fc.integer({ min: 0, max: 999 }).map((last) => readPhone(`+44 7700 900${String(last).padStart(3, '0')}`)),
    word.map((name) => readAccount('snapchat', 'username', `test_${name}`)),
    fc.tuple(word, word).map(([platform, id]) => readAccount(`odd | ${platform}%`, 'id', `id/${id}|x`)),
  )
  .filter((reading) => reading.ok)
  .map((reading) => (reading.ok ? reading.value.identifier : assert.fail()))
const anyName = fc.oneof(
  word,
  fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.isWellFormed() && !text.includes('\0')),
)
const file = fc.record({ name: fc.option(anyName), md5: hex(32), sha1: fc.option(hex(40)), sha256: fc.option(hex(64)) })
const at = fc.option(fc.integer({ min: 0, max: 2 ** 31 }).map((seconds) => new Date(seconds * 1000).toISOString()))

const item: fc.Arbitrary<ItemRecord> = fc
  .record({
    reference: fc.option(word),
    at,
    identifiers: fc.array(identifier, { maxLength: 4 }),
    files: fc.array(file, { maxLength: 2 }),
  })
  .filter(({ identifiers, files }) => identifiers.length + files.length > 0)
  .map(({ reference, at: time, identifiers, files }) => {
    const draft = new ItemDraft('test', 'row', 'row 1', { name: null, place: 'whole file' })
    draft.record.reference = reference
    if (time !== null) draft.time(readTimeClaim(time), 'test')
    for (const each of identifiers)
      draft.record.mentions.push({ original: each.normal, place: 'row 1', person: null, identifier: each })
    for (const { name, ...hashes } of files) {
      const stated = Object.entries(hashes).flatMap(([kind, value]) =>
        value === null ? [] : [{ kind, value, place: 'row 1' }],
      )
      draft.file({ place: 'row 1', name, hashes: stated })
    }
    return draft.record
  })
const records = fc.array(item, { minLength: 1, maxLength: 4 })

interface Essence {
  readonly reference: string | null
  readonly at: string | null
  readonly holds: readonly string[]
}

const holdsOf = (items: readonly ItemRecord[]): string[] =>
  [
    ...new Set(
      items.flatMap(({ mentions, files }) => [
        ...mentions.map(({ identifier: { kind, normal } }) => `${kind} ${normal}`),
        ...files.flatMap(({ name, hashes }) => hashes.map(({ kind, value }) => `${name} ${kind} ${value}`)),
      ]),
    ),
  ].sort()
const essenceOf = (record: ItemRecord): Essence => ({
  reference: record.reference,
  at: record.at?.instant ?? null,
  holds: holdsOf([record]),
})

const read = (reader: Parameters<typeof readWhole>[0], text: string): ItemRecord[] => {
  const reading = readWhole(reader, new TextEncoder().encode(text))
  assert.deepEqual(codes(reading), [])
  return reading.entries.flatMap((entry) =>
    entry.outcome !== 'set-aside' && entry.record.kind === 'item' ? [entry.record] : [],
  )
}
const detail = (record: ItemRecord, kind: string): string[] =>
  record.details.filter((each) => each.kind === kind).map(({ value }) => value)

describe('what is written is read back as the same records', () => {
  test('STIX 2.1', () => {
    fc.assert(
      fc.property(records, (all) => {
        const { text, notWritten } = writeStix(all, options())
        assert.deepEqual(notWritten, [])
        const back = read(stixReader, text)
        const byId = new Map(back.map((each) => [each.reference, each]))
        const again = back
          .filter((each) => detail(each, 'object_refs').length > 0)
          .map(
            (each): Essence => ({
              reference: detail(each, 'external_references.external_id')[0] ?? null,
              at: detail(each, 'first_observed')[0] ?? null,
              holds: holdsOf(detail(each, 'object_refs').flatMap((id) => byId.get(id) ?? [])),
            }),
          )
        assert.deepEqual(again, all.map(essenceOf))
        assert.equal(stixReader.detect(headOf(new TextEncoder().encode(text))), 'certain')
      }),
      { numRuns: 100 },
    )
  })

  test('MISP', () => {
    fc.assert(
      fc.property(records, (all) => {
        const { text, notWritten } = writeMisp(all, options())
        assert.deepEqual(notWritten, [])
        const back = read(mispReader, text)
        const again = back
          .filter((each) => detail(each, 'template_version').length > 0)
          .map(
            (each): Essence => ({
              reference: detail(each, 'comment').find((comment) => comment !== '') ?? null,
              at: detail(each, 'first_seen')[0] ?? null,
              holds: holdsOf(back.filter(({ answers }) => answers === each.reference)),
            }),
          )
        assert.deepEqual(again, all.map(essenceOf))
        assert.equal(mispReader.detect(headOf(new TextEncoder().encode(text))), 'certain')
      }),
      { numRuns: 100 },
    )
  })

  test('CASE / UCO 1.4', () => {
    fc.assert(
      fc.property(records, (all) => {
        const { text, notWritten } = writeCaseUco(all, options())
        assert.deepEqual(notWritten, [])
        const back = read(caseUcoReader, text)
        const byId = new Map(back.map((each) => [each.reference, each]))
        const again = back
          .filter((each) => detail(each, 'type')[0] === 'investigation/ProvenanceRecord')
          .map(
            (each): Essence => ({
              reference: detail(each, 'ProvenanceRecord exhibitNumber')[0] ?? null,
              at: each.at?.instant ?? null,
              holds: holdsOf(detail(each, 'ProvenanceRecord object').flatMap((id) => byId.get(id) ?? [])),
            }),
          )
        assert.deepEqual(
          again,
          all.map(essenceOf).map((each) => ({ ...each, at: each.at ?? options().now })),
        )
        assert.equal(caseUcoReader.detect(headOf(new TextEncoder().encode(text))), 'certain')
      }),
      { numRuns: 100 },
    )
  })

  test('VICS 2.0: entries come back equal', () => {
    const flag = fc.constantFrom('yes', 'no', 'not said')
    const entry: fc.Arbitrary<ListEntryRecord> = fc
      .record({
        id: fc.option(fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String), word)),
        md5: hex(32),
        sha1: fc.option(hex(40)),
        sha256: fc.option(hex(64)),
        category: fc.option(fc.integer({ min: 0, max: 999 })),
        pdq: fc.option(hex(64)),
        victimIdentified: flag,
        isDistributed: flag,
      })
      .filter(({ md5, sha1 }) => !/^0+$/.test(md5) && !/^0+$/.test(sha1 ?? '1'))
      .map(({ id, md5, sha1, sha256, category, pdq, ...flags }) => ({
        kind: 'list-entry',
        entryId: id,
        hashes: [
          { kind: 'md5', value: md5 } as const,
          ...(sha1 === null ? [] : [{ kind: 'sha1', value: sha1 } as const]),
          ...(sha256 === null ? [] : [{ kind: 'sha256', value: sha256 } as const]),
        ],
        otherHashes: pdq === null ? [] : [{ kind: 'pdq', value: pdq }],
        quality: null,
        category: category === null ? null : { scheme: 'vics/2.0/UK', value: String(category) },
        flags,
      }))
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 5 }), (all) => {
        const { text, notWritten } = writeVics(all, 'UK')
        assert.deepEqual(notWritten, [])
        const reading = readWhole(vics2Reader, new TextEncoder().encode(text))
        assert.deepEqual(
          reading.entries.map((each) => (each.outcome === 'accepted' ? each.record : each)),
          all,
        )
        assert.equal(vics2Reader.detect(headOf(new TextEncoder().encode(text))), 'certain')
      }),
      { numRuns: 100 },
    )
  })
  test('VICS: a category of another scheme is left out and said, other records are not written', () => {
    const record: ListEntryRecord = {
      kind: 'list-entry',
      entryId: '1',
      hashes: [{ kind: 'md5', value: '1'.repeat(32) }],
      otherHashes: [],
      quality: null,
      category: { scheme: 'iwf', value: 'A' },
      flags: {},
    }
    const { text, notWritten } = writeVics([record, fc.sample(item, { numRuns: 1, seed: 1 })[0] ?? assert.fail()], 'UK')
    assert.equal(notWritten.length, 2)
    assert.ok(text.includes('"Category": null'))
  })
})

describe('CSV', () => {
  const cell = fc.string({
    unit: fc.oneof(fc.constantFrom(...'=+-@\'",;\t\r\n＝'), fc.string({ minLength: 1, maxLength: 1 })),
    maxLength: 6,
  })
  const dialect = { delimiter: ',', header: true } as const

  test('no cell can run as a formula, and both readers give every cell back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        const wanted = rows.map((row) => row.map((each) => each.toWellFormed()))
        const text = csvTable([['x', 'y', 'z'], ...wanted])
        for (const row of parse(text, { relax_column_count: true }))
          for (const each of row) assert.doesNotMatch(each, /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/)
        const second: string[][] = parse(text, { record_delimiter: '\r\n' })
        assert.deepEqual(
          second.slice(1).map((row) => row.map(unguardCell)),
          wanted,
        )
        const ours = readWhole(tableCsvReaderWith({ dialect, profile: noProfile }), new TextEncoder().encode(text))
        const cells = ours.entries.map((entry) =>
          entry.outcome !== 'set-aside' && entry.record.kind === 'item'
            ? new Map(entry.record.details.map(({ kind, value }) => [kind, unguardCell(value)]))
            : assert.fail(),
        )
        assert.deepEqual(
          cells.map((row) => ['x', 'y', 'z'].map((name) => row.get(name) ?? '')),
          wanted,
        )
      }),
      { numRuns: 200 },
    )
  })

  test('records: one row for each identifier and digest', () => {
    fc.assert(
      fc.property(records, (all) => {
        const rows: Record<string, string>[] = parse(writeCsv(all).text, { columns: true, record_delimiter: '\r\n' })
        const again = all.map((_record, index): Essence => {
          const own = rows
            .filter((row) => row['record'] === String(index))
            .map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, unguardCell(value)])))
          const holds = own.map(({ what, kind, value, name }) =>
            what === 'file' ? `${name === '' ? null : name} ${kind} ${value}` : `${kind} ${value}`,
          )
          return {
            reference: own[0]?.['reference'] === '' ? null : (own[0]?.['reference'] ?? null),
            at: own[0]?.['at'] === '' ? null : (own[0]?.['at'] ?? null),
            holds: [...new Set(holds)].sort(),
          }
        })
        assert.deepEqual(again, all.map(essenceOf))
      }),
      { numRuns: 100 },
    )
  })
})

test('what a format cannot carry is said, record by record', () => {
  const draft = new ItemDraft('test', 'row', 'row 1', { name: null, place: 'whole file' })
  const empty: AnyRecord = draft.record
  for (const write of [writeStix, writeMisp, writeCaseUco]) assert.equal(write([empty], options()).notWritten.length, 1)
})
