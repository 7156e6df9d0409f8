import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { agrees, codes, outcomes, readWhole, survives } from '../../test/hardships.ts'
import { zipOf } from '../../test/make-zip.ts'
import { defaultArchiveLimits } from '../archive/limits.ts'
import type { OpenMember } from '../archive/parser.ts'
import { headOf } from '../head.ts'
import { zipReader, zipReaderWith } from '../zip/reader.ts'
import { waczReader } from './reader.ts'

const fixture = (name: string): Buffer => readFileSync(new URL(`../../../../fixtures/wacz/${name}`, import.meta.url))
const kinds = (bytes: Uint8Array): { [what: string]: number } => {
  const counts: { [what: string]: number } = {}
  for (const entry of readWhole(waczReader, bytes).entries) {
    const what =
      entry.outcome !== 'set-aside' && entry.record.kind === 'item'
        ? `${entry.record.format} ${entry.record.what}`
        : 'set aside'
    counts[what] = (counts[what] ?? 0) + 1
  }
  return counts
}
const ends = (bytes: Uint8Array): string[] => (readWhole(waczReader, bytes).end?.remarks ?? []).map(({ code }) => code)

test('a signed package: every part verified, the seal fits its key, captures and pages are read', async () => {
  const bytes = fixture('valid_signed_example_1.wacz')
  const reading = readWhole(waczReader, bytes)
  assert.deepEqual(kinds(bytes), { 'warc capture': 4, 'wacz capture': 1, 'wacz member': 6 })
  assert.equal(outcomes(reading).setAside, 0)
  assert.deepEqual(ends(bytes), ['signature-fits'])
  const verified = reading.entries.filter(
    (entry) =>
      entry.outcome !== 'set-aside' &&
      entry.record.kind === 'item' &&
      entry.record.details.some(({ kind }) => kind === 'digest verified'),
  )
  assert.equal(verified.length, 4)
  await agrees(waczReader, bytes, [1, 997])
})

/** The members of a package, to be packed again with a change. */
function unpacked(bytes: Uint8Array): { name: string; bytes: Buffer }[] {
  const found: { name: string; bytes: Buffer }[] = []
  const open: OpenMember = ({ name }) => {
    const pieces: Uint8Array[] = []
    return {
      push: (chunk) => {
        pieces.push(Uint8Array.from(chunk))
        return []
      },
      end: () => {
        found.push({ name, bytes: Buffer.concat(pieces) })
        return []
      },
    }
  }
  readWhole(zipReaderWith({ limits: defaultArchiveLimits, open }), bytes)
  return found
}

test('one changed byte of a part, of the manifest or of the seal is seen', () => {
  const members = unpacked(fixture('valid_signed_example_1.wacz'))
  const changed = (path: RegExp, from: string, to: string): Buffer => {
    assert.ok(members.some(({ name, bytes }) => path.test(name) && bytes.includes(from)))
    return zipOf(
      members.map(({ name, bytes }) =>
        path.test(name)
          ? { name, bytes: Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1') }
          : { name, bytes },
      ),
    )
  }
  assert.deepEqual(ends(zipOf(members)), ['signature-fits'])
  const part = changed(/^pages/, '"title"', '"Title"')
  assert.deepEqual([...codes(readWhole(waczReader, part)), ...ends(part)], ['digest-wrong', 'signature-fits'])
  assert.deepEqual(ends(changed(/^datapackage\.json/, 'data-package', 'data-packagE')), [
    'datapackage-altered',
    'signature-fits',
  ])
  assert.deepEqual(ends(changed(/digest/, 'MEYCIQCf', 'MEYCIQCg')), ['signature-fits-not'])
  const gone = zipOf(members.filter(({ name }) => !name.endsWith('.idx')))
  assert.deepEqual(codes(readWhole(waczReader, gone)), ['resource-missing'])
})

test('the other samples', async () => {
  const valid = fixture('valid_example_1.wacz')
  assert.deepEqual(kinds(valid), { 'warc capture': 4, 'wacz capture': 1, 'wacz member': 5 })
  assert.deepEqual([...codes(readWhole(waczReader, valid)), ...ends(valid)], [])
  const invalid = fixture('invalid_example_1.wacz')
  assert.deepEqual(codes(readWhole(waczReader, invalid)), ['not-in-datapackage', 'resource-missing'])
  assert.equal(waczReader.detect(headOf(valid)), 'certain')
  assert.equal(zipReader.detect(headOf(valid)), 'no')
  await agrees(waczReader, valid, [1, 997])
})

test('hardships', () => {
  survives(waczReader, fixture('valid_example_1.wacz'))
  survives(waczReader, fixture('valid_signed_example_1.wacz'))
})
