import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { headOf } from '../head.ts'
import { defaultLimits } from '../reader.ts'
import type { Entry, ListEntryRecord } from '../record.ts'
import type { ListEnd } from '../vics/list-end.ts'
import { type HashCsvOptions, readHashCsvList } from './list.ts'
import { type HashCsvProfile, icseProfile, noTerms } from './profile.ts'
import { hashCsvReader } from './reader.ts'
import { type CsvDialect, type CsvEnd, type CsvRow, readCsvRows, readCsvRowsOf } from './rows.ts'
import { SeenClasses } from './seen-classes.ts'
import { type HashCsvQuestion, sniffHashCsv } from './sniff.ts'

const bad = new URL('../../../../fixtures/bad-inputs/', import.meta.url)
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const comma: CsvDialect = { delimiter: ',', encoding: 'utf-8', looseQuotes: true }
const strict: CsvDialect = { ...comma, looseQuotes: false }

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

interface Rows {
  readonly rows: readonly CsvRow[]
  readonly end: CsvEnd
}

function rowsOf(bytes: Uint8Array, dialect: CsvDialect): Rows {
  const rows: CsvRow[] = []
  const reading = readCsvRowsOf(bytes, dialect, defaultLimits)
  for (;;) {
    const next = reading.next()
    if (next.done === true) return { rows, end: next.value }
    rows.push(next.value)
  }
}

async function streamed(bytes: Uint8Array, dialect: CsvDialect, size: number): Promise<Rows> {
  const rows: CsvRow[] = []
  const reading = readCsvRows(pieces(bytes, size), dialect, defaultLimits)
  for (;;) {
    const next = await reading.next()
    if (next.done === true) return { rows, end: next.value }
    rows.push(next.value)
  }
}

interface Whole {
  readonly entries: readonly Entry<ListEntryRecord>[]
  readonly end: ListEnd
}

async function readAll(bytes: Uint8Array, options: Partial<HashCsvOptions> = {}, size = 4096): Promise<Whole> {
  const entries: Entry<ListEntryRecord>[] = []
  const list = readHashCsvList(pieces(bytes, size), options)
  for (;;) {
    const next = await list.next()
    if (next.done === true) return { entries, end: next.value }
    entries.push(next.value)
  }
}

function assertExact({ entries, end }: Whole): void {
  const of = (outcome: string): number => entries.filter((entry) => entry.outcome === outcome).length
  const counts = { accepted: of('accepted'), remarked: of('remarked'), setAside: of('set-aside') }
  assert.deepEqual(end.account, { records: entries.length, ...counts })
}

const reasons = ({ entries }: Whole): (string | null)[] =>
  entries.map((entry) => {
    if (entry.outcome === 'set-aside') return entry.reason.code
    return entry.outcome === 'remarked' ? entry.remarks.map(({ code }) => code).join() : null
  })

const md5 = (n: number): string => n.toString(16).padStart(32, 'a')
const sha256 = (n: number): string => n.toString(16).padStart(64, 'b')

const profile: HashCsvProfile = {
  id: 'test/1',
  dialect: { delimiter: ';', encoding: 'utf-8', looseQuotes: false },
  header: 'row',
  columns: [
    { at: 'Hash', is: 'hash-by-length', sixtyFour: 'sha256' },
    { at: 'Ref', is: 'id' },
    { at: 'Class', is: 'category', scheme: 'iwf', values: { '1': 'A', '2': 'B' } },
    { at: 'AI', is: 'flag', name: 'generativeAi' },
    { at: 'State', is: 'withdrawn', words: ['removed'] },
  ],
  terms: { licence: 'Test agreement', allowedUse: 'matching', retentionDays: 30, withdrawal: 'tombstones' },
}

test('reads every csv-spectrum file as its authors expect, in one piece and byte by byte', async () => {
  const folder = new URL('csv-spectrum/', bad)
  const names = readdirSync(new URL('csvs/', folder))
  assert.equal(names.length, 12)
  for (const name of names) {
    const bytes = readFileSync(new URL(`csvs/${name}`, folder))
    const { rows, end } = rowsOf(bytes, comma)
    assert.equal(end.problem, null, name)
    assert.deepEqual(await streamed(bytes, comma, 1), { rows, end }, name)
    const [header, ...body] = rows
    const objects = body.map(({ cells }) =>
      Object.fromEntries(cells.map((cell, index) => [header?.cells[index] ?? '', cell])),
    )
    const expected: unknown = JSON.parse(readFileSync(new URL(`json/${name.replace('.csv', '.json')}`, folder), 'utf8'))
    if (name === 'location_coordinates.csv') {
      // Upstream's expectation is one object and names another phone number than its own CSV: compare the rest.
      assert.ok(typeof expected === 'object' && expected !== null)
      assert.deepEqual(objects, [{ ...expected, 'Contact Phone Number': '2095257564' }])
    } else assert.deepEqual(objects, expected, name)
  }
})

test('the separator line of a spreadsheet is no row, in any separator and with a mark before it', async () => {
  for (const [text, delimiter] of [
    [`\ufeffsep=;\r\nmd5;note\r\n${md5(1)};x\r\n`, ';'],
    [`sep=,\nmd5,note\n${md5(1)},x\n`, ','],
    [`SEP=\t\nmd5\tnote\n${md5(1)}\tx\n`, '\t'],
  ] as const) {
    const sniffed = sniffHashCsv(Buffer.from(text))
    assert.equal(sniffed.kind === 'profile' && sniffed.profile.dialect.delimiter, delimiter, text)
    const { rows } = await streamed(Buffer.from(text), { ...comma, delimiter }, 1)
    assert.deepEqual(
      rows.map(({ cells }) => cells),
      [
        ['md5', 'note'],
        [md5(1), 'x'],
      ],
    )
  }
})

test('the hostile CSV files are read as plain text or refused with a reason, never half', () => {
  const read = (name: string): Rows => rowsOf(readFileSync(new URL(`made-here/csv/${name}`, bad)), strict)
  const formula = read('formula.csv')
  assert.equal(formula.end.problem, null)
  assert.deepEqual(
    formula.rows.map(({ cells }) => cells[1]?.slice(0, 3)),
    ['nam', '=1+', '+SU', '-2+', '@SU', '\t=1', '\r=1', '=HY', '\uff1d1+'],
  )
  assert.deepEqual(
    read('mixed-newlines.csv').rows.map(({ cells }) => cells.join()),
    ['a,b', '1,2', '3,4', '5,6'],
  )
  assert.equal(read('million-columns-small.csv').end.problem?.code, 'too-many-columns')
  const ragged = read('ragged.csv')
  assert.deepEqual(
    ragged.rows.map(({ number, cells }) => [number, cells.length]),
    [
      [1, 3],
      [2, 2],
      [3, 4],
    ],
  )
  assert.deepEqual(ragged.end.problem?.code, 'unclosed-quote')
  assert.equal(ragged.end.problem?.place, 'line 4')
  assert.equal(read('utf16le-bom.csv').end.problem?.code, 'encoding')
  const wide = readFileSync(new URL('made-here/csv/utf16le-bom.csv', bad))
  assert.deepEqual(
    rowsOf(wide, { ...strict, encoding: 'utf-16le' }).rows.map(({ cells }) => cells.join()),
    ['a,b', '1,2'],
  )
})

test('a NUL character, a short row and a damaged hash set their row aside, with its number', async () => {
  const whole = await readAll(
    utf8(
      [
        'Hash;Ref;Class;AI;State',
        `${md5(1)};r\0;1;;`,
        `${md5(1)};r`,
        '1.23457E+39;r;1;;',
        `${md5(1).slice(1)};r;1;;`,
        `${md5(1).replace('1', 'g')};r;1;;`,
        `${'0'.repeat(32)};r;1;;`,
        'd41d8cd98f00b204e9800998ecf8427e;r;1;;',
        'DA39A3EE5E6B4B0D3255BFEF95601890AFD80709;r;1;;',
        ';r;1;;',
        `${md5(1).toUpperCase()};r;1;yes;`,
      ].join('\r\n'),
    ),
    { profile },
  )
  assertExact(whole)
  assert.ok(whole.end.complete)
  assert.deepEqual(reasons(whole), [
    'nul-byte',
    'column-count',
    'hash-damaged-by-spreadsheet',
    'hash-length',
    'hash-alphabet',
    'hash-all-zero',
    'hash-of-empty-file',
    'hash-of-empty-file',
    'no-hash',
    null,
  ])
  assert.equal(whole.entries[2]?.place, 'row 4')
  const last = whole.entries.at(-1)
  assert.ok(last?.outcome === 'accepted')
  assert.deepEqual(last.record, {
    kind: 'list-entry',
    entryId: 'r',
    hashes: [{ kind: 'md5', value: md5(1) }],
    otherHashes: [],
    quality: null,
    category: { scheme: 'iwf', value: 'A' },
    flags: { generativeAi: 'yes', withdrawn: 'no' },
  })
})

test('one hash with two classes keeps both rows and remarks the second; a tombstone is another class', async () => {
  const rows = [`${md5(1)};a;1;;`, `${md5(1)};b;2;;`, `${md5(2)};c;1;;`, `${md5(2)};d;1;;`, `${md5(2)};e;1;;REMOVED`]
  const whole = await readAll(utf8(['Hash;Ref;Class;AI;State', ...rows].join('\n')), { profile })
  assert.deepEqual(reasons(whole), [null, 'two-classes', null, null, 'two-classes'])
  const last = whole.entries[4]
  assert.ok(last?.outcome === 'remarked')
  assert.equal(last.record.flags.withdrawn, 'yes')
})

test('when the memory for duplicates is full the end says so', async () => {
  const rows = Array.from({ length: 5 }, (_, n) => `${md5(n)};a;1;;`)
  const { end } = await readAll(utf8(['Hash;Ref;Class;AI;State', ...rows].join('\n')), { profile, remembered: 3 })
  assert.deepEqual(
    end.notes.remarks.map(({ code }) => code),
    ['duplicates-not-all-compared'],
  )
})

test('the memory for classes answers like a plain map', () => {
  const hash = fc.integer({ min: 0, max: 4000 }).map((n) => n.toString(16).padStart(32, '3'))
  const spread = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex'))
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.oneof(spread, hash), fc.constantFrom('A', 'B', ''))), (steps) => {
      const seen = new SeenClasses(1_000_000)
      const plain = new Map<string, string>()
      for (const [value, name] of steps) {
        const before = plain.get(value)
        if (before === undefined) plain.set(value, name)
        assert.equal(seen.differs(value, name), before !== undefined && before !== name)
      }
    }),
  )
  const many = new SeenClasses(1_000_000)
  for (let n = 0; n < 20_000; n++) assert.equal(many.differs(`${n.toString(16).padStart(16, '0')}`, 'A'), false)
  for (let n = 0; n < 20_000; n++) assert.equal(many.differs(`${n.toString(16).padStart(16, '0')}`, 'B'), true)
})

test('a file that speaks for itself is read without a profile; unknown columns are counted', async () => {
  const text = `\ufeffMD5,SHA-256,note\r\n${md5(1)},${sha256(1)},x\r\n${md5(2)},${sha256(2)},\r\n`
  for (const size of [1, 5, 4096]) {
    const whole = await readAll(utf8(text), {}, size)
    assert.ok(whole.end.complete)
    assert.equal(whole.end.account.accepted, 2)
    assert.deepEqual(whole.end.notes.unknownFields, { note: 1 })
  }
})

test('what the file does not say is asked, never guessed', () => {
  const ask = (text: string): readonly HashCsvQuestion['about'][] => {
    const sniffed = sniffHashCsv(utf8(text))
    return sniffed.kind === 'questions' ? sniffed.questions.map(({ about }) => about) : []
  }
  assert.deepEqual(ask(`hash,x\n${sha256(1)},1\n`), ['hash-kind'])
  assert.deepEqual(ask(`ref,x\n${md5(1)},1\n`), ['hash-kind'])
  assert.deepEqual(ask(`${md5(1)},1\n${md5(2)},2\n`), ['header', 'hash-kind'])
  assert.deepEqual(ask(`md5,category\n${md5(1)},1\n`), ['category-scheme'])
  assert.deepEqual(ask('md5,name\nx,y\n'), ['no-hash-column'])
  assert.deepEqual(ask(`md5,a;b\n${md5(1)},c\n`), [])
  assert.deepEqual(ask(`sha1\n${md5(1)}\n`), ['hash-kind'])
  assert.deepEqual(ask(`a,b|c\n${md5(1)},d|${md5(2)}\n`), ['delimiter'])
  assert.deepEqual(ask(''), ['no-hash-column'])
})

test('an open question fails the list with the question in words', async () => {
  const { entries, end } = await readAll(utf8(`md5,category\n${md5(1)},1\n`))
  assert.deepEqual(entries, [])
  assert.ok(!end.complete)
  assert.equal(end.reason.code, 'profile-needed')
  assert.match(end.reason.says, /Whose categories/)
})

test('an ICSE list is known by its header; an unknown flag word reads as not said, with a remark', async () => {
  const header = icseProfile.columns.map(({ at }) => at).join(';')
  const row = (baseline: string): string => `${md5(1).toUpperCase()};;;17;Yes;No;;Test series;3;;image;${baseline}`
  const whole = await readAll(utf8(`${header}\r\n${row('Yes')}\r\n${row('Ja')}\r\n`))
  assert.deepEqual(reasons(whole), [null, 'flag-unreadable'])
  const [first, second] = whole.entries
  assert.ok(first?.outcome === 'accepted' && second?.outcome === 'remarked')
  assert.deepEqual(first.record.flags, {
    isDistributed: 'yes',
    victimIdentified: 'no',
    offenderIdentified: 'not said',
    fileAvailable: 'not said',
    baseline: 'yes',
  })
  assert.equal(second.record.flags.baseline, 'not said')
})

test('a PDQ hash of poor quality is kept, and said', async () => {
  const pdq: HashCsvProfile = {
    ...profile,
    columns: [
      { at: 'p', is: 'pdq' },
      { at: 'q', is: 'pdq-quality' },
      { at: 'm', is: 'md5' },
    ],
    terms: noTerms,
  }
  const text = `p;q;m\n${sha256(1)};49;${md5(1)}\n${sha256(1)};50;\n${sha256(1)};12;\n`
  const whole = await readAll(utf8(text), { profile: pdq })
  assert.deepEqual(reasons(whole), ['pdq-quality', null, 'pdq-quality'])
})

test('a header that is not as agreed, a stray quote or wrong bytes fail the list as a whole', async () => {
  const head = 'Hash;Ref;Class;AI;State\n'
  const cases: [Uint8Array, string][] = [
    [utf8('Hash;Ref\n'), 'column-missing'],
    [utf8('Hash;hash;Ref;Class;AI;State\n'), 'header-twice'],
    [utf8(`${head}${md5(1)};a"b;1;;\n`), 'stray-quote'],
    [utf8(`${head}${md5(1)};"ab;1;;\n`), 'unclosed-quote'],
    [Buffer.concat([utf8(`${head}${md5(1)};`), Buffer.from([0xe9, 0x3b, 0x31, 0x3b, 0x3b])]), 'encoding'],
    [utf8(''), 'empty'],
  ]
  for (const [bytes, code] of cases) {
    const whole = await readAll(bytes, { profile })
    assertExact(whole)
    assert.ok(!whole.end.complete, code)
    assert.equal(whole.end.reason.code, code)
  }
})

test('cuts and random bytes leave the account exact', async () => {
  const rows = Array.from({ length: 40 }, (_, n) => `${md5(n)};"r ""${n}""";${n % 3};;`)
  const bytes = utf8(['Hash;Ref;Class;AI;State', ...rows].join('\r\n'))
  for (let cut = 0; cut < bytes.length; cut += 64) assertExact(await readAll(bytes.subarray(0, cut), { profile }, 50))
  const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      const damaged = Uint8Array.from(bytes)
      for (const [at, value] of changes) damaged[at] = value
      assertExact(await readAll(damaged, { profile }))
    }),
    { numRuns: 150 },
  )
})

test('every hostile CSV goes through the reader without a crash and with one entry at least', () => {
  for (const name of readdirSync(new URL('made-here/csv/', bad))) {
    const bytes = readFileSync(new URL(`made-here/csv/${name}`, bad))
    hashCsvReader.detect(headOf(bytes))
    assert.ok([...hashCsvReader.read(bytes, defaultLimits)].length > 0, name)
  }
  const mangled = readFileSync(new URL('made-here/csv/hash-mangled-by-spreadsheet.csv', bad))
  assert.equal(hashCsvReader.detect(headOf(mangled)), 'possible')
  const outcomes = [...hashCsvReader.read(mangled, defaultLimits)].map(({ outcome }) => outcome)
  assert.deepEqual(outcomes, ['set-aside', 'accepted'])
})
