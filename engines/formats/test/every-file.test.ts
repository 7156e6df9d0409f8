import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { everyCut, faultsIn, tryFile } from '@tandem/testkit/damage'
import { makeHashCsv, makeSignals, makeTips } from '@tandem/testkit/generators'
import { formatIds, readAll, writeUkCseaIrp } from '../src/index.ts'
import { tarOf } from './make-tar.ts'
import { zipOf } from './make-zip.ts'

// A sample of every damage for every file; all of it: npm run bench -- formats --robust.
const sampled = { ...everyCut, mostCuts: 8, changed: 6, mostMilliseconds: 5000 }
const fixtures = join(import.meta.dirname, '../../../fixtures')
const folders = readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isDirectory())
const filesUnder = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(?:README\.md|LICENSE.*|_copyright.*)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

/** Pictures are refused whole by the guard, bad inputs have a test of their own with every reader, the rest is no intake. */
const elsewhere = new Set(['pdq', 'bad-inputs', 'age-cctv', 'crypto-vectors', 'linkage', 'merkle', 'oprf', 'sigstore'])

/** Formats of which no file is kept: made here, of invented values. */
const members = [
  { name: 'chat/test.txt', bytes: Buffer.from('[04/05/2026, 10:00:00] Test One: hi\n'.repeat(5)) },
  { name: 'a.bin', bytes: Buffer.alloc(99, 7) },
]
const tip = (at: number): string => `TEST-URN-${at}`
const made: Readonly<Record<string, Uint8Array>> = {
  'uk-csea-irp/1': writeUkCseaIrp(
    [1, 2, 3].map((at) => ({
      urn: tip(at),
      provider: { name: 'Test Service Ltd', platform: 'Testgram' },
      priority: { level: 'P3' },
      detectedAt: '2026-05-04T09:12:33Z',
      contentSender: { id: `${at}`, emails: ['test@mail.example'] },
    })),
  ),
  'discord-json': Buffer.from(
    JSON.stringify({
      guild: { id: '0', name: 'Direct' },
      channel: { id: '1', type: 'DirectTextChat', name: 'test' },
      messages: [1, 2, 3].map((at) => ({
        id: String(1_000_000_000_000_000_000n + BigInt(at) * 4_194_304_000n),
        type: 'Default',
        timestamp: '2022-07-25T20:53:47.000+00:00',
        content: `line ${at}`,
        author: { id: '111111111111111111', name: 'test_user', discriminator: '0000', isBot: false },
      })),
      messageCount: 3,
    }),
  ),
  'provider-return': Buffer.from(
    `Reference;IP Address;Source Port;Start Time (UTC);End Time (UTC);Customer Number;Name\n${'R1;203.0.113.12;50000;2026-05-04 09:00:00;2026-05-04 09:59:59;0012345;Test Person\n'.repeat(12)}`,
  ),
  'vics/2': Buffer.from(
    JSON.stringify({
      '@odata.context': 'https://vics.example/v2.0/$metadata#Media',
      value: [{ MediaID: 1, Category: 1, MD5: 'D41D8CD98F00B204E9800998ECF8427F' }],
    }),
  ),
  'ncmec-cybertip-json': makeTips('every-file').bytes,
  'threat-exchange': makeSignals('every-file', 4).bytes,
  'hash-csv': makeHashCsv('every-file', 6).bytes,
  zip: zipOf(members),
  tar: await tarOf(members),
}

describe('every file that is kept, whole and damaged, is read to an exact account without a throw or a hang', () => {
  const tried = new Set<string>()
  for (const { name } of folders) {
    if (elsewhere.has(name)) continue
    it(name, async () => {
      for (const path of filesUnder(join(fixtures, name))) {
        const { faults, format } = await tryFile(readFileSync(path), sampled)
        assert.deepEqual(faults, [], path)
        tried.add(format)
      }
    })
  }
  for (const [name, bytes] of Object.entries(made)) {
    it(`${name}, made here`, async () => {
      const { faults, format } = await tryFile(bytes, { ...sampled, mostCuts: 100, changed: 40 })
      assert.deepEqual(faults, [])
      assert.equal(format, name)
      tried.add(format)
    })
  }

  it('and every reader had a file: of a new one, keep a sample in fixtures or make one here', () => {
    assert.deepEqual(
      formatIds.filter((id) => !tried.has(id)),
      [],
    )
  })

  it('a fault is noticed: a wrong account, silence, half a character, an entry that says nothing', () => {
    const { entries, ...reading } = readAll(Buffer.from('one\ntwo\n'), { format: 'plain-text' })
    assert.deepEqual(faultsIn({ reading, entries }), [])
    assert.equal(faultsIn({ reading, entries: entries.slice(1) }).length, 1)
    const nothing = { records: 0, accepted: 0, remarked: 0, setAside: 0 }
    assert.equal(faultsIn({ reading: { ...reading, account: nothing }, entries: [] }).length, 1)
    const aside = (code: string, place: string) =>
      ({ outcome: 'set-aside', place, reason: { code, place, says: 'not to be read' } }) as const
    const whole = (entry: ReturnType<typeof aside>) => ({
      reading: { ...reading, account: { ...nothing, records: 1, setAside: 1 } },
      entries: [entry],
    })
    assert.deepEqual(faultsIn(whole(aside('json-syntax', '$'))), [])
    for (const [code, place] of [
      ['reader-failed', '$'],
      ['json-syntax', ''],
      ['Two Words', '$'],
      ['json-syntax', '\ud800'],
    ] as const)
      assert.equal(faultsIn(whole(aside(code, place))).length > 0, true, code)
  })
})
