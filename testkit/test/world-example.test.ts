import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { firstLight, operationFolder, worldReferrals } from '../src/world/index.ts'

const text = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes)

test('the committed example is what the script writes, byte by byte', async () => {
  const written = operationFolder(firstLight.name, firstLight.seed)
  assert.deepEqual((await readdir(firstLight.folder)).sort(), [...written.keys()].sort())
  for (const [name, bytes] of written) {
    const committed = await readFile(join(firstLight.folder, name))
    assert.ok(committed.equals(bytes), `${name} differs: run node testkit/src/world/write-example.ts`)
  }
})

test('the example stays small', () => {
  const sizes = [...operationFolder(firstLight.name, firstLight.seed).values()].map(({ length }) => length)
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 1_500_000)
})

test('every file of the example is marked as made up', () => {
  for (const [name, bytes] of operationFolder(firstLight.name, firstLight.seed)) {
    const marked = name.startsWith('synthetic-') || /"x-generated": true/.test(text(bytes))
    assert.ok(marked, name)
    if (name.endsWith('.csv')) continue
    assert.match(text(bytes), /x-generated|"note": "synthetic"/, name)
  }
})

test('nothing in the example looks like a real address, domain, number or person', () => {
  for (const [name, bytes] of operationFolder(firstLight.name, firstLight.seed)) {
    assert.deepEqual(realLooking(text(bytes)), [], name)
  }
})

test('nothing in a large world looks real either', () => {
  for (const { bytes, truth } of worldReferrals({ seed: 'real?', count: 800 })) {
    assert.deepEqual(realLooking(text(bytes)), [], truth.id)
  }
})

test('the search for real-looking values finds them', () => {
  const real = [
    '8.8.8.8',
    '2606:4700::1111',
    'someone@mail.com',
    'https://testgram.io/u/x',
    '+44 7911 123456',
    '+12125551234',
  ]
  for (const value of real) assert.equal(realLooking(`"${value}"`).length, 1, value)
  assert.equal(realLooking('"names": ["John Smith"]').length, 1)
  assert.deepEqual(realLooking('"names": ["Test Elm Beck"]'), [])
  assert.equal(realLooking('<firstName>John</firstName>').length, 1)
})

/** Names of public schemas that the formats ask for; they are no addresses of anybody. */
const schemas = [
  'http://www.w3.org/2001/XMLSchema-instance',
  'https://report.cybertip.org/ispws/xsd',
  'http://github.com/ICMEC/ProjectVic/DataModels/1.2.xml#Media',
]

function realLooking(content: string): string[] {
  const found: string[] = []
  let rest = schemas.reduce((left, schema) => left.replaceAll(schema, ' '), content)
  const take = (pattern: RegExp, isFine: (value: string) => boolean): void => {
    rest = rest.replace(pattern, (value) => {
      if (!isFine(value)) found.push(value)
      return ' '
    })
  }
  take(/(?<="names": )\[[^\]]*\]|(?<=<firstName>)[^<]*/g, (value) => {
    const names: unknown = value.startsWith('[') ? JSON.parse(value) : [value]
    return Array.isArray(names) && names.every((name) => /^Test( |$)/.test(String(name)))
  })
  take(/"odata\.(?:metadata|id)"/g, () => true)
  take(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?/g, () => true)
  take(/[\w.+-]+@[\w.-]+/g, (value) => value.toLowerCase().endsWith('.example'))
  take(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, (value) => /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./.test(value))
  take(/\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,}\b/gi, (value) => /^2001:0?db8:/i.test(value))
  take(/\+\d[\d ]{6,}/g, (value) =>
    /^\+(?:447700900\d{3}|442079460\d{3}|1\d{3}55501\d{2})$/.test(value.replaceAll(' ', '')),
  )
  take(/\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b/gi, (value) => /\.(?:example|jpg|mp4|json|xml|csv)$/i.test(value))
  return found
}
