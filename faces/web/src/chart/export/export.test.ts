import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { revealed } from '../../text/safe.ts'
import { edgeKinds, nodeKinds } from '../model/types.ts'
import { lookOf } from '../view/look.ts'
import type { Content } from './content.ts'
import { chartCsv, csvColumns, guardCell, unguardCell } from './csv.ts'
import { digestOf, fileName } from './digest.ts'
import { chartGraphml } from './graphml.ts'
import { chartSvg } from './svg.ts'

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 24 }),
  fc.constantFrom(
    '=1+1',
    "'=1",
    '@x',
    ' +1',
    '"-1',
    'a,b',
    'a"b',
    'a\r\nb',
    '</text><script>',
    ']]>',
    '&amp;',
    '\u202egpj',
  ),
)
const contents: fc.Arbitrary<Content> = fc.record({
  marking: fc.constant('OFFICIAL-SENSITIVE (EXAMPLE)'),
  leftOut: fc.constant(['7 neighbours are not shown']),
  nodes: fc.array(
    fc.record({
      id: fc.uuid(),
      kind: fc.constantFrom(...nodeKinds),
      label: words,
      hidden: fc.nat(99),
      x: fc.integer({ min: -999, max: 999 }),
      y: fc.integer({ min: -999, max: 999 }),
    }),
    { maxLength: 6 },
  ),
  edges: fc.array(
    fc.record({ id: fc.uuid(), from: fc.uuid(), to: fc.uuid(), kind: fc.constantFrom(...edgeKinds), label: words }),
    { maxLength: 6 },
  ),
})

/** RFC 4180, read as simply as it can be. */
function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, cell = '', end = ''] of text.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)) {
    row.push(cell.replaceAll('""', '"'))
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

test('CSV comes back as it went, marking first, and no cell is a formula', () => {
  fc.assert(
    fc.property(contents, (content) => {
      const rows = readCsv(chartCsv(content))
      for (const row of rows) for (const cell of row) assert.doesNotMatch(cell, /^[\s"]*[=+\-@＝＋－＠]/)
      const [marking, leftOut, head, ...records] = rows.map((row) => row.map(unguardCell))
      assert.deepEqual(marking, ['marking', content.marking])
      assert.deepEqual(leftOut, ['left out', content.leftOut[0]])
      assert.deepEqual(head, [...csvColumns])
      assert.deepEqual(
        records.map((cells) => cells.slice(0, 6)),
        [
          ...content.nodes.map(({ id, kind, label }) => ['node', id, kind, revealed(label), '', '']),
          ...content.edges.map(({ id, kind, label, from, to }) => ['link', id, kind, revealed(label), from, to]),
        ],
      )
    }),
  )
})

test('the guard can be taken away again, whatever the cell was', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(unguardCell(guardCell(text)), text)))
  for (const bad of ['=1', '+44', '-2', '@x', ' =1', '\t=1', '＝1', '"=1', "'=1"]) assert.match(guardCell(bad), /^'/)
})

const plain = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
/** What XML cannot hold is written as a code in both. */
const writable = (text: string): string =>
  revealed(text).replaceAll('\ufffe', '⟨U+FFFE⟩').replaceAll('\uffff', '⟨U+FFFF⟩')

test('GraphML holds every node and link with its words, and nothing of them becomes an element', () => {
  fc.assert(
    fc.property(contents, (content) => {
      const text = chartGraphml(content)
      const read = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => plain(found))
      assert.deepEqual(read(/<data key="marking">([^<]*)</g), [content.marking])
      assert.deepEqual(
        read(/<node id="([^"]*)"/g),
        content.nodes.map(({ id }) => id),
      )
      assert.deepEqual(
        read(/<data key="label">([^<]*)</g),
        content.nodes.map(({ label }) => writable(label)).filter((label) => label !== ''),
      )
      assert.deepEqual(
        read(/<data key="reason">([^<]*)</g),
        content.edges.map(({ label }) => writable(label)).filter((label) => label !== ''),
      )
      const names = new Set(text.match(/<\/?[a-z?]+/g))
      for (const name of names) assert.match(name, /^<\/?(\?xml|graphml|key|graph|data|node|edge)$/)
    }),
  )
})

test('SVG carries the marking above, below and in its title, and runs nothing', () => {
  const look = lookOf(() => '#123456')
  fc.assert(
    fc.property(contents, (content) => {
      const text = chartSvg(content, look)
      assert.equal(text.split(content.marking).length - 1, 4)
      const names = new Set(text.match(/<\/?[a-z?]+/g))
      for (const name of names) {
        assert.match(name, /^<\/?(\?xml|svg|title|desc|rect|text|g|path|circle|polygon)$/)
      }
      assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069]/)
    }),
  )
})

test('the digest is that of the bytes saved, and the name of a file says nothing of what is in it', async () => {
  const text = 'marking\r\nä'
  const digest = await digestOf(text)
  assert.equal(digest, createHash('sha256').update(text).digest('hex'))
  const name = fileName('csv', digest, new Date('2026-11-30T07:12:00Z'))
  assert.equal(name, `link-chart-20261130T0712Z-${digest?.slice(0, 12)}.csv`)
})
