import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { describe, test } from 'node:test'
import { entryHash, isIncluded, readTrustedRoot, verifySigstoreBundle } from '../src/index.ts'
import { fixture, readFixture } from './fixtures.ts'

/** Good ones have no reason against them; bad ones have exactly these, the planted one first. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'rekor2-checkpoint-cosigned': [],
  'rekor2-checkpoint-multiple-cosigs': [],
  'rekor2-checkpoint-two-sigs-cosigned': [],
  'rekor2-checkpoint-missing-log-signature_fail': ['note'],
  'rekor2-checkpoint-missing-root-hash_fail': ['checkpoint'],
  'intoto-tsa-timestamp-outside-cert-validity_fail': ['validity'],
  // These two are of the log's first version and come without pinned keys.
  'checkpoint-wrong-roothash_fail': ['checkpoint-root', 'trust', 'trust'],
  'inclusion-proof-corrupted-hash_fail': ['inclusion', 'trust', 'trust'],
}

const parse = (...path: string[]): unknown => JSON.parse(readFixture('sigstore', ...path).toString())

const failuresOf = (name: string, bundle: unknown): string[] => {
  const artifact = existsSync(fixture('sigstore', name, 'artifact')) ? [name, 'artifact'] : ['a.txt']
  const hasTrust = existsSync(fixture('sigstore', name, 'trusted_root.json'))
  const trust = hasTrust ? readTrustedRoot(parse(name, 'trusted_root.json')) : null
  return verifySigstoreBundle(bundle, readFixture('sigstore', ...artifact), trust).failures.map(({ code }) => code)
}

describe('Sigstore bundles', () => {
  for (const [name, codes] of Object.entries(expected)) {
    test(`${name}: ${codes[0] ?? 'good'}`, () => {
      assert.equal(codes.length > 0, name.endsWith('_fail'))
      assert.deepEqual(failuresOf(name, parse(name, 'bundle.sigstore.json')), codes)
    })
  }

  test('every folder is decided', () => {
    const folders = readdirSync(fixture('sigstore'), { withFileTypes: true }).filter((each) => each.isDirectory())
    assert.deepEqual(folders.map(({ name }) => name).sort(), Object.keys(expected).sort())
  })

  test('the bundle with a corrupted hash is good but for the one bit that was turned', () => {
    const name = 'inclusion-proof-corrupted-hash_fail'
    const [entry] = JSON.parse(readFixture('sigstore', name, 'bundle.sigstore.json').toString()).verificationMaterial
      .tlogEntries
    const { logIndex, treeSize, rootHash, hashes } = entry.inclusionProof
    const leaf = entryHash(Buffer.from(entry.canonicalizedBody, 'base64'))
    const proof: Buffer[] = hashes.map((hash: string) => Buffer.from(hash, 'base64'))
    const isGood = (): boolean =>
      isIncluded(Number(logIndex), leaf, Number(treeSize), Buffer.from(rootHash, 'base64'), proof)
    let good = 0
    for (const hash of proof) {
      for (let bit = 0; bit < 256; bit++) {
        const at = bit >> 3
        const was = hash[at] ?? 0
        hash[at] = was ^ (1 << (bit & 7))
        if (isGood()) good++
        hash[at] = was
      }
    }
    assert.equal(good, 1)
  })

  test('a good bundle is for its own artifact alone, and no byte of what is signed can change', () => {
    const name = 'rekor2-checkpoint-cosigned'
    const text = readFixture('sigstore', name, 'bundle.sigstore.json').toString()
    const trust = readTrustedRoot(parse(name, 'trusted_root.json'))
    const other = verifySigstoreBundle(JSON.parse(text), Buffer.from('another'), trust)
    assert.notDeepEqual(other.failures, [])
    for (const [from, to, code] of [
      ['"logIndex": "735", "rootHash"', '"logIndex": "734", "rootHash"', 'inclusion'],
      ['"treeSize": "736"', '"treeSize": "737"', 'inclusion'],
      ['\\n736\\n', '\\n737\\n', 'signature'],
      ['8w1amdbj1mjN', '8w1amdbj1mjO', 'signature'],
      ['"signedTimestamp": "MIIE6jADAgEA', '"signedTimestamp": "MIIE6jADAgEC', 'timestamp'],
    ] as const) {
      assert.ok(text.includes(from), from)
      assert.ok(failuresOf(name, JSON.parse(text.replace(from, to))).includes(code), from)
    }
  })
})
