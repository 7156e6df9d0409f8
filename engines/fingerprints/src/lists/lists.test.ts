import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { sourceOfBytes } from '../saved/index.ts'
import { readFrameList } from '../vpdq/index.ts'
import {
  CatalogueBuilder,
  frameEntry,
  guessSixtyFour,
  type HexItem,
  openCatalogue,
  openPerceptualPart,
  readHexLines,
  saveCatalogue,
} from './index.ts'

const hash = (kind: 'md5' | 'sha1' | 'sha256', text: string) => createHash(kind).update(text).digest('hex')
const about = { name: 'Test list', version: '7', scheme: 'Test scheme', dialect: null }
/** Half the bits set, as in a PDQ hash. */
const pdq = 'f0'.repeat(32)
const near = `${'f0'.repeat(31)}f7`

async function read(text: string | Uint8Array, sixtyFourDigits: 'sha256' | 'pdq' = 'sha256') {
  const items: HexItem[] = []
  const reading = readHexLines([Buffer.from(text)], { sixtyFourDigits })
  for (;;) {
    const { done, value } = await reading.next()
    if (done === true) return { items, account: value }
    items.push(value)
  }
}

describe('hex lines', () => {
  test('kinds are told by length, a name before the hash, and what the caller says of 64 digits', async () => {
    const given = [
      '# a comment',
      '',
      hash('md5', 'a'),
      hash('sha1', 'a').toUpperCase(),
      `  ${hash('sha256', 'a')}\r`,
      `pdq: ${pdq}`,
      `SHA-256=${hash('sha256', 'b')}`,
      `${hash('sha1', 'b')}  a name from sha1sum.bin`,
      `${hash('md5', 'c')} # remark`,
    ]
    const { items, account } = await read(`\ufeff${given.join('\n')}`)
    assert.deepEqual(
      items.map((item) => (item.kind === 'accepted' ? [item.line, item.hash.kind] : item)),
      [
        [3, 'md5'],
        [4, 'sha1'],
        [5, 'sha256'],
        [6, 'pdq'],
        [7, 'sha256'],
        [8, 'sha1'],
        [9, 'md5'],
      ],
    )
    assert.deepEqual(account, { records: 7, accepted: 7, setAside: 0 })
    const [item] = (await read(pdq, 'pdq')).items
    assert.ok(item?.kind === 'accepted' && item.hash.kind === 'pdq')
  })

  test('what is no hash is set aside with the line and the reason', async () => {
    const wrong = [
      'abc',
      `${hash('md5', 'a')}0`,
      `sha1:${hash('md5', 'a')}`,
      '1.23E+31',
      'g'.repeat(32),
      `${hash('md5', 'a')},1,x`,
      `${'a'.repeat(5000)}`,
      '\0\0',
    ]
    const { items, account } = await read(wrong.join('\n'))
    assert.deepEqual(account, { records: wrong.length, accepted: 0, setAside: wrong.length })
    const reasons = items.map((item) => (item.kind === 'set-aside' ? item.reason : ''))
    assert.match(reasons[3] ?? '', /spreadsheet/)
    assert.match(reasons[5] ?? '', /CSV/)
    assert.ok(items.every((item) => item.kind === 'set-aside' && item.text.length <= 200))
  })

  test('any bytes: every line is accounted for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const { items, account } = await read(bytes)
        assert.equal(account.records, items.length)
      }),
    )
  })

  test('64 digits are guessed by the number of bits set, or not at all', () => {
    const sha = Array.from({ length: 40 }, (_, number) => hash('sha256', `${number}`))
    assert.equal(guessSixtyFour(sha), 'sha256')
    assert.equal(guessSixtyFour([pdq, pdq, pdq, pdq]), 'pdq')
    assert.equal(guessSixtyFour([pdq]), null)
    assert.equal(guessSixtyFour([]), null)
  })
})

function twoLists() {
  const builder = new CatalogueBuilder()
  const first = builder.list(about)
  const second = builder.list({ name: 'Second', version: null, scheme: null, dialect: 'cli512' })
  first.addEntry({
    hashes: [
      { kind: 'md5', value: hash('md5', 'a') },
      { kind: 'sha1', value: hash('sha1', 'a').toUpperCase() },
    ],
    entryId: 'A-1',
    category: '0',
  })
  first.add({ kind: 'pdq', value: pdq, entryId: 'P', quality: 30, category: '2', scheme: 'Another scheme' })
  first.add({ kind: 'md5', value: hash('md5', 'b') })
  second.add({ kind: 'sha1', value: hash('sha1', 'a') })
  second.add({ kind: 'pdq', value: near, quality: 100 })
  return { builder, first, second }
}

describe('a catalogue', () => {
  test('says all that the list says of an entry; category 0 is a category, none is none', () => {
    const catalogue = twoLists().builder.build()
    assert.deepEqual(catalogue.entry(0, 0), {
      entry: 0,
      entryId: 'A-1',
      category: { scheme: 'Test scheme', value: '0' },
      quality: null,
    })
    assert.deepEqual(catalogue.entry(0, 1).category, { scheme: 'Another scheme', value: '2' })
    assert.deepEqual(catalogue.entry(0, 2), { entry: 2, entryId: null, category: null, quality: null })
    assert.deepEqual(catalogue.neededKinds, ['md5', 'sha1'])
    assert.throws(() => catalogue.entry(9, 0), RangeError)
  })

  test('a file is matched by each kind of hash, on every list', () => {
    const catalogue = twoLists().builder.build()
    const hits = catalogue.hitsOf({ md5: hash('md5', 'a'), sha1: hash('sha1', 'a'), sha256: hash('sha256', 'a') })
    assert.deepEqual(
      hits.map(({ list, matching }) => [list.name, matching.by === 'exact' ? matching.kind : 'pdq']),
      [
        ['Test list', 'md5'],
        ['Test list', 'sha1'],
        ['Second', 'sha1'],
      ],
    )
    assert.deepEqual(catalogue.hitsOf({ md5: hash('md5', 'x') }), [])
    const words = hits[0]?.words.join(' ') ?? ''
    for (const part of [
      'entry 0 (its id A-1)',
      '"Test list", version 7',
      'category 0 of Test scheme',
      'forged',
      'never a verdict',
    ]) {
      assert.ok(words.includes(part), `${part} is said in: ${words}`)
    }
  })

  test('a look-alike is explained: bits, bands, dialect, variant, quality', () => {
    const catalogue = twoLists().builder.build()
    const found = catalogue.perceptual?.query(pdq, 31)
    assert.ok(found?.ok)
    const query = { hash: pdq, threshold: 31, quality: 80, dialect: 'full', variant: 'rotate90' } as const
    const [same, other] = found.value.map((match) => catalogue.explain(match, query))
    assert.ok(same?.matching.by === 'pdq' && other?.matching.by === 'pdq')
    assert.equal(same.matching.distance, 0)
    assert.equal(same.reliable, false, 'the listed quality is 30')
    assert.match(same.words.join(' '), /Not reliable: the quality of the listed picture is 30/)
    assert.equal(other.matching.distance, 3)
    assert.equal(other.reliable, true)
    assert.equal(
      other.matching.bitsPerBand.reduce((sum, bits) => sum + bits, 0),
      3,
    )
    assert.match(other.words.join(' '), /3 of 256 bits differ, up to 31/)
    assert.match(other.words.join(' '), /dialect full, the list by cli512/)
    assert.match(other.words.join(' '), /mirrored: rotate90/)
    assert.match(other.words.join(' '), /no category/)
    const unknown = found.value.map((match) => catalogue.explain(match, { ...query, quality: 49 }))
    assert.equal(unknown[1]?.reliable, false)
    assert.match(unknown[1]?.words.join(' ') ?? '', /picture looked up is 49/)
  })

  test('a withdrawn list hits no more, the other still does', () => {
    const catalogue = twoLists().builder.build()
    assert.equal(catalogue.withdraw(0), 4)
    assert.equal(catalogue.withdraw(0), 0)
    const hits = catalogue.hitsOf({ md5: hash('md5', 'a'), sha1: hash('sha1', 'a') })
    assert.deepEqual(
      hits.map(({ list }) => list.name),
      ['Second'],
    )
    const alike = catalogue.perceptual?.query(pdq, 31)
    assert.ok(alike?.ok)
    assert.deepEqual(
      alike.value.map(({ list }) => list),
      [1],
    )
  })

  test('an entry that cannot be taken is refused whole', () => {
    const { builder, first } = twoLists()
    const before = first.entries
    const refused = [
      first.addEntry({ hashes: [] }),
      first.addEntry({
        hashes: [
          { kind: 'md5', value: hash('md5', 'q') },
          { kind: 'sha1', value: 'short' },
        ],
      }),
      first.add({ kind: 'pdq', value: 'z'.repeat(64) }),
      first.add({ kind: 'md5', value: hash('md5', 'q'), quality: 101 }),
      first.add({ kind: 'md5', value: hash('md5', 'q'), quality: 1.5 }),
    ]
    assert.deepEqual(
      refused.map((result) => (result.ok ? 'taken' : result.error.code)),
      ['no-hash', 'not-a-hash', 'not-a-hash', 'bad-quality', 'bad-quality'],
    )
    assert.equal(first.entries, before)
    assert.deepEqual(builder.build().hitsOf({ md5: hash('md5', 'q') }), [])
  })

  test('a list that names a category for each entry is stopped, not garbled', () => {
    const list = new CatalogueBuilder().list(about)
    for (let number = 0; number < 0xffff; number++)
      list.add({ kind: 'md5', value: '0'.repeat(32), category: `${number}` })
    const next = list.add({ kind: 'md5', value: '0'.repeat(32), category: 'one more' })
    assert.ok(!next.ok && next.error.code === 'too-many-categories')
    assert.ok(list.add({ kind: 'md5', value: '0'.repeat(32), category: '17' }).ok)
  })

  test('a plain list of hashes takes no room beside its index', () => {
    const builder = new CatalogueBuilder()
    const list = builder.list(about)
    for (let number = 0; number < 1000; number++) list.add({ kind: 'sha1', value: hash('sha1', `${number}`) })
    assert.equal(builder.build().lists[0]?.byteLength, 0)
  })

  test('frames of a listed video lead back to it', async () => {
    const builder = new CatalogueBuilder()
    const list = builder.list(about)
    for await (const item of readFrameList([Buffer.from(`0,80,${pdq},0.000\n1,20,${near},1.500\n`)])) {
      if (item.kind !== 'set-aside') list.addEntry(frameEntry(item.frame, 'video 9'))
    }
    const catalogue = builder.build()
    assert.deepEqual(catalogue.entry(0, 1), { entry: 1, entryId: 'video 9@1.500', category: null, quality: 20 })
  })

  test('what is saved is opened again, and every change is refused', () => {
    const catalogue = twoLists().builder.build()
    const files = saveCatalogue(catalogue)
    const bytes = Buffer.concat([...files.catalogue])
    const part = openPerceptualPart(sourceOfBytes(Buffer.concat([...(files.perceptual ?? [])])))
    assert.ok(part.ok)
    const opened = openCatalogue(sourceOfBytes(bytes), part.value)
    assert.ok(opened.ok, opened.ok ? '' : opened.error.says)
    for (const [list, entry] of [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
    ] as const) {
      assert.deepEqual(opened.value.entry(list, entry), catalogue.entry(list, entry))
    }
    const digests = { md5: hash('md5', 'b'), sha1: hash('sha1', 'a') }
    assert.deepEqual(opened.value.hitsOf(digests), catalogue.hitsOf(digests))
    const other = openCatalogue(sourceOfBytes(bytes), null)
    assert.ok(!other.ok)
    for (let place = 0; place < bytes.length; place += 3) {
      const changed = Buffer.from(bytes)
      changed[place] = (changed[place] ?? 0) ^ 0x10
      assert.equal(openCatalogue(sourceOfBytes(changed), part.value).ok, false, `byte ${place}`)
    }
  })

  test('a perceptual part of another build is refused, however alike the two are', () => {
    const built = (value: string) => {
      const builder = new CatalogueBuilder()
      assert.ok(builder.list(about).add({ kind: 'pdq', value }).ok)
      const files = saveCatalogue(builder.build())
      const part = openPerceptualPart(sourceOfBytes(Buffer.concat([...(files.perceptual ?? [])])))
      assert.ok(part.ok)
      return { main: sourceOfBytes(Buffer.concat([...files.catalogue])), part: part.value }
    }
    const [one, other] = [built(pdq), built(near)]
    assert.ok(openCatalogue(one.main, one.part).ok)
    assert.ok(openCatalogue(one.main, built(pdq).part).ok, 'the same lists give the same files')
    for (const wrong of [other.part, null]) assert.equal(openCatalogue(one.main, wrong).ok, false)
  })

  test('any ids, categories and qualities come back', () => {
    const any = fc.record({
      entryId: fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 })),
      category: fc.option(fc.constantFrom('0', '1', 'x')),
      quality: fc.option(fc.integer({ min: 0, max: 100 })),
    })
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (entries) => {
        const builder = new CatalogueBuilder()
        const list = builder.list(about)
        for (const entry of entries) assert.ok(list.add({ kind: 'md5', value: hash('md5', 'a'), ...entry }).ok)
        const opened = openCatalogue(sourceOfBytes(Buffer.concat([...saveCatalogue(builder.build()).catalogue])), null)
        assert.ok(opened.ok)
        for (const [at, { entryId, category, quality }] of entries.entries()) {
          const scheme = about.scheme
          const expected = {
            entry: at,
            entryId,
            category: category === null ? null : { scheme, value: category },
            quality,
          }
          assert.deepEqual(opened.value.entry(0, at), expected)
        }
      }),
      { numRuns: 100 },
    )
  })
})
