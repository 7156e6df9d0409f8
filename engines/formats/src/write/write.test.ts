import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { codes, readWhole } from '../../test/hardships.ts'
import { type Essence, essenceOf, holdsOf, item, listEntry, options, records } from '../../test/written-records.ts'
import { noProfile } from '../bulk/columns.ts'
import { ItemDraft } from '../bulk/item.ts'
import { caseUcoReader } from '../case-uco/reader.ts'
import { headOf } from '../head.ts'
import { mispReader } from '../misp/reader.ts'
import type { AnyRecord, ItemRecord, ListEntryRecord } from '../record.ts'
import { stixReader } from '../stix-2.1/reader.ts'
import { tableCsvReaderWith } from '../table-csv/reader.ts'
import { vics2Reader } from '../vics/reader.ts'
import { csvTable, unguardCell, writeCaseUco, writeCsv, writeMisp, writeStix, writeVics } from './index.ts'

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
    fc.assert(
      fc.property(fc.array(listEntry, { maxLength: 5 }), (all) => {
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
