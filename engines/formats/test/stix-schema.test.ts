import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { type AnyRecord, readAll, writeStix, writeUkCseaIrp } from '../src/index.ts'
import { fullReport } from './samples.ts'

/**
 * What is written is judged by the schemas of the standard's publisher, not by our reader. Their patterns are meant
 * without the `u` flag, and one of them takes exponential time on long names, so the names here are short.
 */
const fixtures = join(import.meta.dirname, '../../../fixtures')
const schemas = join(fixtures, 'stix21/schemas')
const ajv = new Ajv2020({ strict: false, unicodeRegExp: false, allErrors: true, validateFormats: false })
for (const name of readdirSync(schemas, { recursive: true, encoding: 'utf8' }))
  if (name.endsWith('.json')) ajv.addSchema(JSON.parse(readFileSync(join(schemas, name), 'utf8')))

const root = 'http://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/stix2.1/schemas'
const folders = ['sdos', 'sros', 'observables', 'common']
const judgeOf = (type: string) =>
  folders.map((folder) => ajv.getSchema(`${root}/${folder}/${type}.json`)).find((each) => each !== undefined)

function faultsIn(text: string): { objects: number; faults: string[] } {
  const bundle: unknown = JSON.parse(text)
  assert.ok(typeof bundle === 'object' && bundle !== null && 'objects' in bundle && Array.isArray(bundle.objects))
  // The published schema of a bundle forgets the kind `grouping`; so each object is judged by its own, the bundle without.
  const all: unknown[] = [...bundle.objects, { ...bundle, objects: bundle.objects.slice(0, 1) }]
  const faults = all.flatMap((each) => {
    assert.ok(typeof each === 'object' && each !== null && 'type' in each && typeof each.type === 'string')
    const judge = judgeOf(each.type)
    if (judge === undefined) return [`no schema for ${each.type}`]
    return judge(each) === true ? [] : [`${each.type}: ${JSON.stringify(judge.errors?.slice(0, 3))}`]
  })
  return { objects: bundle.objects.length, faults: faults.slice(0, 3) }
}

const options = () => {
  let next = 0
  return {
    producer: 'Test Agency',
    now: '2026-01-02T03:04:05.000Z',
    newId: () => `00000000-0000-4000-8000-${String(++next).padStart(12, '0')}`,
  }
}
const recordsOf = (bytes: Uint8Array): AnyRecord[] =>
  readAll(bytes).entries.flatMap((entry) => (entry.outcome === 'set-aside' ? [] : [entry.record]))

describe('STIX 2.1 as written is valid by the schemas of its publisher', () => {
  const sources: readonly (readonly [string, Uint8Array])[] = [
    ['a report', writeUkCseaIrp([fullReport])],
    ...['misp', 'case-uco'].flatMap((folder) =>
      readdirSync(join(fixtures, folder))
        .filter((name) => name.endsWith('.json'))
        .map((name) => [`${folder}/${name}`, readFileSync(join(fixtures, folder, name))] as const),
    ),
  ]
  for (const [name, bytes] of sources) {
    it(name, () => {
      const records = recordsOf(bytes)
      const { text, notWritten } = writeStix(records, options())
      const { objects, faults } = faultsIn(text)
      assert.deepEqual(faults, [])
      assert.ok(objects > 0 || notWritten.length === records.length)
    })
  }

  it('and the schemas do refuse: an object without its id', () => {
    const { text } = writeStix(recordsOf(writeUkCseaIrp([fullReport])), options())
    const { faults } = faultsIn(text.replace(/"id": ?"ipv4-addr--[^"]+",?/, ''))
    assert.ok(faults.length > 0)
  })
})
