import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { headOf } from '../head.ts'
import { defaultLimits } from '../reader.ts'
import type { Entry, ListEntryRecord } from '../record.ts'
import { readVicsList } from './list.ts'
import type { ListEnd } from './list-end.ts'
import { vics1Reader, vics2Reader } from './reader.ts'

const folder = new URL('../../../../fixtures/vics/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
const bytesOf = (name: string): Uint8Array => readFileSync(new URL(name, folder))

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

interface Whole {
  readonly entries: readonly Entry<ListEntryRecord>[]
  readonly end: ListEnd
}

async function readAll(bytes: Uint8Array, size = 65_536, options = {}): Promise<Whole> {
  const entries: Entry<ListEntryRecord>[] = []
  const list = readVicsList(pieces(bytes, size), options)
  for (;;) {
    const next = await list.next()
    if (next.done === true) return { entries, end: next.value }
    entries.push(next.value)
  }
}

const countOf = (entries: readonly Entry<unknown>[], outcome: string): number =>
  entries.filter((entry) => entry.outcome === outcome).length

function assertExact({ entries, end }: Whole): void {
  assert.deepEqual(end.account, {
    records: entries.length,
    accepted: countOf(entries, 'accepted'),
    remarked: countOf(entries, 'remarked'),
    setAside: countOf(entries, 'set-aside'),
  })
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const md5 = (n: number): string => n.toString(16).padStart(32, 'A')
const uk = 'http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/UK/$metadata'
const media = (...records: string[]): Uint8Array =>
  utf8(`{"@odata.context":"${uk}#Media","value":[${records.join(',')}]}`)
const only = ({ entries }: Whole): ListEntryRecord => {
  const [first] = entries
  assert.ok(first !== undefined && first.outcome !== 'set-aside')
  return first.record
}
const remarkCodes = ({ entries }: Whole): string[] =>
  entries.flatMap((entry) => (entry.outcome === 'remarked' ? entry.remarks.map(({ code }) => code) : []))
const setAsideCode = ({ entries }: Whole): string | null =>
  entries[0]?.outcome === 'set-aside' ? entries[0].reason.code : null

test('reads the 657 records of the real NIST sets, whatever the size of the chunks', async () => {
  let records = 0
  for (const name of names) {
    const whole = await readAll(bytesOf(name))
    assert.ok(whole.end.complete)
    assertExact(whole)
    assert.equal(countOf(whole.entries, 'accepted'), whole.entries.length)
    assert.deepEqual(await readAll(bytesOf(name), 7), whole)
    for (const entry of whole.entries) {
      assert.ok(entry.outcome === 'accepted')
      assert.deepEqual(entry.record.category, { scheme: 'vics/1.2/Default', value: '8' })
      assert.deepEqual(
        entry.record.hashes.map(({ kind, value }) => [kind, value.length]),
        [
          ['md5', 32],
          ['sha1', 40],
        ],
      )
    }
    records += whole.entries.length
  }
  assert.equal(names.length, 8)
  assert.equal(records, 657)
})

test('agrees with a plain JSON parser on every hash of the real sets', async () => {
  for (const name of names) {
    const parsed: { value: { MD5: string; SHA1: string }[] } = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
    const { entries } = await readAll(bytesOf(name))
    const found = entries.map((entry) => (entry.outcome === 'accepted' ? entry.record.hashes.map((h) => h.value) : []))
    assert.deepEqual(
      found,
      parsed.value.map((record) => [record.MD5, record.SHA1]),
    )
  }
})

test('a list cut anywhere fails as a whole as truncated, with an exact account', async () => {
  for (const name of names) {
    const bytes = bytesOf(name)
    const end = Buffer.from(bytes).lastIndexOf('}')
    const step = bytes.length > 60_000 ? 64 * 31 : 64
    for (let cut = 0; cut <= end; cut += step) {
      const whole = await readAll(bytes.subarray(0, cut))
      assertExact(whole)
      assert.ok(!whole.end.complete, `${name} cut at ${cut}`)
      assert.equal(whole.end.reason.code, cut === 0 ? 'empty' : 'truncated')
    }
  }
})

test('random changes of bytes never crash, hang or unbalance the account', async () => {
  const bytes = bytesOf('NSRL-CAID-MOV.json')
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 }),
      async (changes) => {
        const damaged = Uint8Array.from(bytes)
        for (const [at, value] of changes) damaged[at] = value
        assertExact(await readAll(damaged, 997))
      },
    ),
    { numRuns: 400 },
  )
})

test('upper-case hashes become lower case, and numbers as strings stay whole', async () => {
  const whole = await readAll(
    media(`{"MediaID":12345678901234567890,"MD5":"${md5(1)}","Category":"02","MediaSize":"17"}`),
  )
  assert.equal(only(whole).hashes[0]?.value, md5(1).toLowerCase())
  assert.equal(only(whole).entryId, '12345678901234567890')
  assert.deepEqual(only(whole).category, { scheme: 'vics/2.0/UK', value: '2' })
})

test('category 0 is a category; null, empty and absent are nothing', async () => {
  for (const [written, value] of [
    ['"Category":0', '0'],
    ['"Category":"0"', '0'],
  ]) {
    const whole = await readAll(media(`{"MD5":"${md5(1)}",${written}}`))
    assert.equal(only(whole).category?.value, value)
  }
  for (const written of ['"Category":null', '"Category":""', '"Series":null']) {
    assert.equal(only(await readAll(media(`{"MD5":"${md5(1)}",${written}}`))).category, null)
  }
})

test('flags are read in every spelling, and absent is not false', async () => {
  for (const [written, said] of [
    ['true', 'yes'],
    ['"True"', 'yes'],
    ['"true"', 'yes'],
    ['1', 'yes'],
    ['false', 'no'],
    ['"False"', 'no'],
    ['"0"', 'no'],
    ['null', 'not said'],
    ['""', 'not said'],
  ]) {
    const whole = await readAll(media(`{"MD5":"${md5(1)}","IsDistributed":${written}}`))
    assert.equal(only(whole).flags.isDistributed, said, written)
    assert.equal(only(whole).flags.victimIdentified, undefined)
    assert.deepEqual(remarkCodes(whole), [])
  }
  assert.deepEqual(remarkCodes(await readAll(media(`{"MD5":"${md5(1)}","IsDistributed":"maybe"}`))), [
    'flag-unreadable',
  ])
})

test('a thumbnail is passed over unread: it may be larger than any record and hold anything', async () => {
  const picture = 'QUJD'.repeat(1_500)
  for (const value of [`"${picture}"`, `"a\\"}]{"`, `{"data":["}\\"",{"x":"${picture}"}]}`, 'null', '12.5']) {
    for (const size of [1, 13, 65_536]) {
      const record = `{"MD5":"${md5(1)}","Miniature" : ${value}, "Category":3}`
      const whole = await readAll(media(record, `{"MD5":"${md5(2)}"}`), size, { recordBytes: 1000 })
      assert.ok(whole.end.complete, value.slice(0, 20))
      assert.equal(whole.entries.length, 2)
      assert.equal(only(whole).category?.value, '3')
      assert.ok(!JSON.stringify(whole).includes('QUJD'))
    }
  }
})

test('a thumbnail hidden by an escaped key is dropped with the rest of the record', async () => {
  const whole = await readAll(media(`{"MD5":"${md5(1)}","Mini\\u0061ture":"QUJDQUJD"}`))
  assert.ok(!JSON.stringify(whole).includes('QUJD'))
})

test('reads BOM, CRLF and blanks around everything', async () => {
  const text = `\ufeff{\r\n "@odata.context" : "${uk}#Media" ,\r\n "value" : [\r\n { "MD5" : "${md5(1)}" } ]\r\n}\r\n`
  for (const size of [1, 2, 65_536]) {
    const whole = await readAll(utf8(text), size)
    assert.ok(whole.end.complete)
    assert.equal(whole.end.account.accepted, 1)
  }
})

test('brackets, quotes and back-slashes inside strings do not move the cut', async () => {
  const name = JSON.stringify('C:\\Test\\"}],[{ \u0417\u0434\u0440\u0430 \u{1f600}')
  const whole = await readAll(media(`{"RelativeFilePath":${name},"MD5":"${md5(1)}"}`, `{"MD5":"${md5(2)}"}`), 3)
  assert.equal(whole.end.account.accepted, 2)
})

test('a case export yields the media of all its cases and says what the sender claims', async () => {
  const one = `{"CaseID":"{0}","TotalMediaFiles":5,"CaseMetadata":[{"PropertyName":"Media"}],"Media":[{"MD5":"${md5(1)}"},{"MD5":"${md5(2)}"}]}`
  const two = `{"Media":[{"MD5":"${md5(3)}"}],"TotalMediaFiles":"1"}`
  const text = `{"odata.metadata":"http://github.com/ICMEC/ProjectVic/DataModels/1.3.xml#Cases","value":[${one},${two}]}`
  const whole = await readAll(utf8(text), 11)
  assert.ok(whole.end.complete)
  assert.equal(whole.end.claimedCount, 6)
  assert.deepEqual(
    whole.end.notes.remarks.map(({ code }) => code),
    ['count-differs'],
  )
  assert.deepEqual(
    whole.entries.map(({ place }) => place),
    ['$.value[0].Media[0]', '$.value[0].Media[1]', '$.value[1].Media[0]'],
  )
  assert.equal(only(whole).category, null)
})

test('PhotoDNA is kept for later, as base64 or hex, also among alternative hashes', async () => {
  const base64 = Buffer.alloc(144, 7).toString('base64')
  const hex = Buffer.alloc(144, 7).toString('hex')
  for (const field of [
    `"PhotoDNA":"${base64}"`,
    `"PhotoDNA":"${hex.toUpperCase()}"`,
    `"AlternativeHashes":[{"HashName":"PhotoDNA","HashValue":"${base64}"}]`,
  ]) {
    const whole = await readAll(media(`{"MD5":"${md5(1)}",${field}}`))
    assert.deepEqual(only(whole).otherHashes, [{ kind: 'photodna', value: hex }])
  }
})

test('entries that would match everything or nothing are set aside with their reason', async () => {
  const cases = [
    ['{"MD5":"d41d8cd98f00b204e9800998ecf8427e"}', 'hash-of-empty-file'],
    ['{"MD5":"00000000000000000000000000000000"}', 'hash-all-zero'],
    ['{"MD5":"1.2E+31"}', 'hash-damaged-by-spreadsheet'],
    ['{"MD5":"abc"}', 'hash-length'],
    ['{"MediaID":1}', 'no-hash'],
    [`{"MD5":"${md5(1)}","MD5":"${md5(2)}"}`, 'duplicate-key'],
    [`{"MD5":"${md5(1)}","\\u004dD5":"${md5(2)}"}`, 'duplicate-key'],
    ['7', 'not-an-object'],
    [`{"MD5":"${md5(1)}","Tags":${'['.repeat(80)}${']'.repeat(80)}}`, 'record-over-limit'],
  ]
  for (const [record = '', code] of cases) {
    const whole = await readAll(media(record, `{"MD5":"${md5(9)}"}`))
    assert.equal(setAsideCode(whole), code, record)
    assert.ok(whole.end.complete)
    assert.equal(whole.end.account.accepted, 1)
  }
})

test('names such as __proto__ in a record do no harm and count as unknown fields', async () => {
  const whole = await readAll(media(`{"__proto__":{"polluted":1},"constructor":2,"MD5":"${md5(1)}"}`))
  assert.equal(countOf(whole.entries, 'accepted'), 1)
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false)
  assert.deepEqual(Object.keys(whole.end.notes.unknownFields).sort(), ['__proto__', 'constructor'])
})

test('a file that is damaged or no VICS list fails as a whole with its reason', async () => {
  const good = `{"MD5":"${md5(1)}"}`
  const cases = [
    [`{"@odata.context":"${uk}#Media","value":[${good}]} x`, 'not-json'],
    [`{"@odata.context":"${uk}#Media","value":[${good} ${good}]}`, 'not-json'],
    [`{"@odata.context":"${uk}#Media","value":[${good},]}`, 'not-json'],
    [`{"@odata.context":"${uk}#Media","value":[{"MD5":}]}`, 'not-json'],
    [`{"@odata.context":"${uk}#Media","value":[],"value":[]}`, 'not-json'],
    [`{"@odata.context":"${uk}#Media"}`, 'no-media'],
    [`{"@odata.context":"${uk}#Persons","value":[]}`, 'not-vics'],
    [`{"value":[${good}]}`, 'not-vics'],
    ['[]', 'not-json'],
    ['   ', 'empty'],
  ]
  for (const [text = '', code] of cases) {
    const whole = await readAll(utf8(text))
    assertExact(whole)
    assert.ok(!whole.end.complete)
    assert.equal(whole.end.reason.code, code, text)
  }
})

test('nothing a list says can make its files "known good": no such flag or option exists', async () => {
  const whole = await readAll(media(`{"MD5":"${md5(1)}","Category":0,"IsPrecategorized":true,"KnownGood":true}`))
  assert.deepEqual(only(whole).flags, { isPrecategorized: 'yes' })
  assert.deepEqual(whole.end.notes.unknownFields, { KnownGood: 1 })
})

test('both readers detect their own version by the first key and close a cut list with one entry set aside', () => {
  const version1 = bytesOf('NSRL-CAID-MPG.json')
  const version2 = media(`{"MD5":"${md5(1)}"}`)
  assert.equal(vics1Reader.detect(headOf(version1)), 'certain')
  assert.equal(vics2Reader.detect(headOf(version1)), 'no')
  assert.equal(vics2Reader.detect(headOf(version2)), 'certain')
  assert.equal(vics1Reader.detect(headOf(version2)), 'no')
  const entries = [...vics1Reader.read(version1.subarray(0, 900), defaultLimits)]
  assert.deepEqual(
    entries.map(({ outcome }) => outcome),
    ['accepted', 'set-aside'],
  )
})
