import assert from 'node:assert/strict'
import { readTimeClaim } from '@tandem/core'
import { readAccount, readEmail, readIp, readPhone, readUrl } from '@tandem/identifiers'
import fc from 'fast-check'
import { ItemDraft } from '../src/bulk/item.ts'
import type { ItemRecord, ListEntryRecord } from '../src/record.ts'
import type { WriteOptions } from '../src/write/index.ts'

export const options = (): WriteOptions => {
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

export const item: fc.Arbitrary<ItemRecord> = fc
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
export const records = fc.array(item, { minLength: 1, maxLength: 4 })

export interface Essence {
  readonly reference: string | null
  readonly at: string | null
  readonly holds: readonly string[]
}

export const holdsOf = (items: readonly ItemRecord[]): string[] =>
  [
    ...new Set(
      items.flatMap(({ mentions, files }) => [
        ...mentions.map(({ identifier: { kind, normal } }) => `${kind} ${normal}`),
        ...files.flatMap(({ name, hashes }) => hashes.map(({ kind, value }) => `${name} ${kind} ${value}`)),
      ]),
    ),
  ].sort()
export const essenceOf = (record: ItemRecord): Essence => ({
  reference: record.reference,
  at: record.at?.instant ?? null,
  holds: holdsOf([record]),
})

const flag = fc.constantFrom('yes', 'no', 'not said')
/** Entries of a list in the UK profile of VICS 2.0. */
export const listEntry: fc.Arbitrary<ListEntryRecord> = fc
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
