import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { caseUcoReader } from '../src/case-uco/reader.ts'
import { headOf } from '../src/head.ts'
import { mispReader } from '../src/misp/reader.ts'
import type { ItemRecord } from '../src/record.ts'
import { comparisonsOf } from '../src/stix-2.1/pattern.ts'
import { stixReader } from '../src/stix-2.1/reader.ts'
import { codes, outcomes, readWhole, survives, type Whole } from './hardships.ts'

const fixture = (path: string): Buffer => readFileSync(new URL(`../../../fixtures/${path}`, import.meta.url))
const items = ({ entries }: Whole): ItemRecord[] =>
  entries.flatMap((entry) => (entry.outcome === 'set-aside' || entry.record.kind !== 'item' ? [] : [entry.record]))
const saidOf = (item: ItemRecord | undefined, kind: string): string | undefined =>
  item?.details.find((each) => each.kind === kind)?.value

/** Records that stand in each file (events, attributes, objects, proposals; objects; nodes),. */
const truth = {
  misp: [
    ['misp_event.json', 3],
    ['new_misp_event.json', 1],
    ['57c4445b-c548-4654-af0b-4be3950d210f.json', 10],
    ['event_obj_attr_tag.json', 5],
    ['shadow.json', 7],
    ['proposals.json', 4],
    ['japanese_test.json', 2],
    ['to_delete1.json', 76],
  ],
  stix21: [
    ['apt1.json', 76],
    ['indicator-for-c2-ip-address.json', 1],
    ['indicator-to-campaign-relationship.json', 3],
    ['infrastructure.json', 10],
    ['interop-objectmarking-test.json', 1],
    ['malicious-email-indicator-with-attachment.json', 6],
    ['validator-identity.json', 1],
    ['validator-identity_custom.json', 1],
    ['validator-identity_unicode.json', 1],
    ['validator-tlp-amber.json', 1],
  ],
  'case-uco': [
    ['accounts.json', 14],
    ['call_log.json', 15],
    ['cell_site.json', 18],
    ['device.json', 5],
    ['event.json', 10],
    ['exif_data.json', 14],
    ['file.json', 27],
    ['forensic_lifecycle.json', 83],
    ['location.json', 2],
    ['message.json', 25],
    ['sms_and_contacts.json', 13],
    ['Oresteia.json', 96],
    ['EMAIL_MESSAGE_CASE_1.0.0.json', 5],
    ['URL_HISTORY_CASE_1.0.0.json', 3],
    ['WIRELESS_NETWORK_CASE_1.0.0.json', 5],
  ],
} as const
const readers = { misp: mispReader, stix21: stixReader, 'case-uco': caseUcoReader }

for (const folder of ['misp', 'stix21', 'case-uco'] as const) {
  for (const [name, records] of truth[folder]) {
    test(`${folder}/${name}: every record is accepted, and only its own format claims it`, () => {
      const bytes = fixture(`${folder}/${name}`)
      assert.deepEqual(outcomes(readWhole(readers[folder], bytes)), { accepted: records, remarked: 0, setAside: 0 })
      for (const other of [mispReader, stixReader, caseUcoReader]) {
        assert.equal(other.detect(headOf(bytes)), other.id === readers[folder].id ? 'certain' : 'no')
      }
    })
  }
}

describe('MISP', () => {
  const event = (attribute: object, more: object = {}): Uint8Array =>
    new TextEncoder().encode(
      JSON.stringify({
        Event: {
          info: 'Test',
          uuid: 'e',
          threat_level_id: '4',
          analysis: '0',
          Attribute: [{ uuid: 'a', category: 'x', to_ids: true, timestamp: '1465681304', ...attribute }],
          ...more,
        },
      }),
    )

  test('proposals name what they are about, and stay proposals', () => {
    const all = items(readWhole(mispReader, fixture('misp/shadow.json')))
    const proposals = all.filter(({ flags }) => flags['proposal'] === 'yes')
    assert.deepEqual(
      proposals.map((proposal) =>
        saidOf(
          all.find(({ reference }) => reference === proposal.answers),
          'value',
        ),
      ),
      ['blah.exe', 'baz.png', undefined].slice(0, proposals.length),
    )
  })
  test('times are epoch seconds in text, deletions and detection are flags', () => {
    const [, item] = items(readWhole(mispReader, event({ type: 'ip-src|port', value: '192.0.2.1|443', deleted: true })))
    assert.equal(item?.at?.instant, '2016-06-11T21:41:44.000Z')
    assert.equal(item?.at?.original, '1465681304')
    assert.deepEqual([item?.flags['deleted'], item?.flags['forDetection']], ['yes', 'yes'])
    assert.deepEqual(
      item?.mentions.map(({ identifier }) => identifier.normal),
      ['192.0.2.1'],
    )
  })
  test('a file in base64 is dropped with its digest; a name may hold the sign that parts values', () => {
    const md5 = 'd41d8cd98f00b204e9800998ecf8427e'
    const data = Buffer.from('words')
    const reading = readWhole(
      mispReader,
      event({ type: 'filename|md5', value: `a|b.txt|${md5}`, data: data.toString('base64') }),
    )
    assert.deepEqual(codes(reading), ['data-dropped'])
    const files = items(reading)[1]?.files.map(({ name, hashes }) => [name, hashes[0]?.value])
    assert.deepEqual(files, [
      ['a|b.txt', md5],
      [null, createHash('sha256').update(data).digest('hex')],
    ])
  })
  test('what the event claims is shown beside our count, a value that fails its test is remarked, relationships are details', () => {
    const object = {
      name: 'person',
      uuid: 'o',
      Attribute: [{ type: 'email', value: 'no mail' }],
      ObjectReference: [{ relationship_type: 'uses', referenced_uuid: 'a' }],
    }
    const reading = readWhole(
      mispReader,
      event({ type: 'url', value: 'https://forum.example/' }, { attribute_count: '7', Object: [object] }),
    )
    assert.deepEqual(codes(reading), ['not-valid'])
    assert.deepEqual(
      reading.end?.remarks.map(({ code }) => code),
      ['count-differs'],
    )
    assert.equal(saidOf(items(reading)[2], 'relationship: uses'), 'a')
    assert.equal(items(reading)[3]?.answers, 'o')
  })
  test('a sighting alone is no event', () => {
    assert.deepEqual(codes(readWhole(mispReader, fixture('misp/sighting.json'))), ['not-misp'])
  })
})

describe('STIX 2.1', () => {
  const expected = [
    ['validator-invalid_braces.json', 'json-syntax'],
    ['validator-invalid_comma.json', 'json-syntax'],
    ['validator-invalid_identity.json', 'field-missing'],
    ['validator-invalid_timestamp.json', 'modified-before-created'],
  ] as const
  for (const [name, code] of expected) {
    test(`${name}: ${code}`, () => assert.deepEqual(codes(readWhole(stixReader, fixture(`stix21/${name}`))), [code]))
  }
  test('patterns give their comparisons, hashes by quoted keys too, in linear time', () => {
    const pattern =
      "[file:hashes.'SHA-256' = 'aa' OR email-message:from_ref.value = 'test@mail.example'] AND [ipv4-addr:value IN ('192.0.2.1', '192.0.2.2')]"
    assert.deepEqual(
      comparisonsOf(pattern).map(({ path, value }) => `${path} ${value}`),
      [
        "file:hashes.'SHA-256' aa",
        'email-message:from_ref.value test@mail.example',
        'ipv4-addr:value 192.0.2.1',
        'ipv4-addr:value 192.0.2.2',
      ],
    )
    const started = performance.now()
    comparisonsOf(`[${'a'.repeat(200_000)}`)
    comparisonsOf("[a:b = 'x\\'".repeat(50_000))
    comparisonsOf('a1'.repeat(200_000))
    assert.ok(performance.now() - started < 3000)
  })
  test('relationships are two references, and revoked is a flag', () => {
    const [, , relationship] = items(readWhole(stixReader, fixture('stix21/indicator-to-campaign-relationship.json')))
    const all = items(readWhole(stixReader, fixture('stix21/indicator-to-campaign-relationship.json')))
    const found = all.find((item) => saidOf(item, 'type') === 'relationship') ?? relationship
    assert.equal(saidOf(found, 'relationship_type'), 'indicates')
    assert.equal(found?.answers, saidOf(found, 'source_ref'))
    assert.equal(found?.flags['revoked'], 'not said')
  })
})

describe('CASE / UCO', () => {
  const graph = (context: object, node: object): Uint8Array =>
    new TextEncoder().encode(JSON.stringify({ '@context': context, '@graph': [node] }))
  test('prefixes are free, and an unknown word is kept', () => {
    const node = {
      '@id': 'z:1',
      '@type': 'q:EmailAddress',
      'c:hasFacet': [{ '@type': 'q:EmailAddressFacet', 'q:addressValue': 'test@mail.example', 'own:colour': 'red' }],
    }
    const bytes = graph(
      {
        q: 'https://ontology.unifiedcyberontology.org/uco/observable/',
        c: 'https://ontology.unifiedcyberontology.org/uco/core/',
        z: 'urn:z:',
      },
      node,
    )
    const [item] = items(readWhole(caseUcoReader, bytes))
    assert.equal(item?.reference, 'urn:z:1')
    assert.deepEqual(
      item?.mentions.map(({ identifier }) => identifier.normal),
      ['test@mail.example'],
    )
    assert.ok(item?.details.some(({ value }) => value === 'red'))
  })
  test('a word may be bound whole, by a remote context it is only named', () => {
    const context = [
      'https://contexts.example/uco.json',
      {
        mail: 'https://ontology.unifiedcyberontology.org/uco/observable/addressValue',
        Mail: { '@id': 'https://ontology.unifiedcyberontology.org/uco/observable/EmailAddressFacet' },
      },
    ]
    const reading = readWhole(
      caseUcoReader,
      graph(context, { '@id': 'urn:z:1', '@type': 'Mail', mail: 'test@mail.example' }),
    )
    assert.deepEqual(
      items(reading)[0]?.mentions.map(({ identifier }) => identifier.normal),
      ['test@mail.example'],
    )
    assert.deepEqual(
      reading.end?.remarks.map(({ code }) => code),
      ['context-remote'],
    )
  })
  test('a number that is no phone number is remarked, and a payload is dropped', () => {
    const reading = readWhole(caseUcoReader, fixture('case-uco/mobile_device_and_sim_card.json'))
    assert.deepEqual(outcomes(reading), { accepted: 9, remarked: 1, setAside: 0 })
    assert.deepEqual(codes(reading), ['not-valid'])
  })
  test('hashes and names of files are found in every sample that has them', () => {
    const hashes = items(readWhole(caseUcoReader, fixture('case-uco/file.json'))).flatMap(({ files }) =>
      files.flatMap((file) => file.hashes),
    )
    assert.ok(hashes.length > 0 && hashes.every(({ kind, value }) => kind !== 'md5' || value.length === 32))
  })
})

test('hardships', () => {
  survives(mispReader, fixture('misp/shadow.json'), { rolls: 20 })
  survives(stixReader, fixture('stix21/infrastructure.json'), { rolls: 20 })
  survives(caseUcoReader, fixture('case-uco/accounts.json'), { rolls: 20 })
})
