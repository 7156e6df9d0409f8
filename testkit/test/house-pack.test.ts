import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { withJavaScriptSpecifiers } from '../pack/javascript.ts'
import { pack, packable } from '../pack/pack.ts'

const checkout = join(import.meta.dirname, '..', '..')

/** A stranger's folder: nothing of this repository can be found from there. */
const stranger = mkdtempSync(join(tmpdir(), 'tandem-stranger-'))
const installed = join(stranger, 'node_modules')

function run(argv: readonly string[], cwd: string): string {
  const [file = '', ...rest] = argv
  const ran = spawnSync(file, rest, { cwd, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: stranger } })
  assert.equal(ran.status, 0, `${argv.join(' ')}\n${ran.stdout}${ran.stderr}${ran.error?.message ?? ''}`)
  return ran.stdout
}

/** Packs, makes the tarball that would be published, and unpacks it the way npm does. */
function install(folder: string): void {
  const target = join(stranger, 'packed', folder)
  pack(folder, target)
  const tarballs = join(stranger, 'tarballs', folder)
  mkdirSync(tarballs, { recursive: true })
  run(['npm', 'pack', '--offline', '--ignore-scripts', '--silent', '--pack-destination', tarballs], target)
  const [tarball = ''] = readdirSync(tarballs)
  const place = join(installed, '@tandem', folder.replace('engines/', ''))
  mkdirSync(place, { recursive: true })
  run(['tar', '-xzf', join(tarballs, tarball), '-C', place, '--strip-components=1'], stranger)
}

/** What a package depends on, and what that depends on, as the registry would bring it. */
function installNeeds(of: string): void {
  const { dependencies = {} } = JSON.parse(readFileSync(join(checkout, of, 'package.json'), 'utf8'))
  for (const name of Object.keys(dependencies)) {
    if (name.startsWith('@tandem/') || existsSync(join(installed, name))) continue
    installFromHere(name, of)
    installNeeds(join('node_modules', name))
  }
}

function installFromHere(name: string, neededBy: string): void {
  const require = createRequire(join(checkout, neededBy, 'package.json'))
  const paths = require.resolve.paths(name) ?? []
  const found = paths.map((path) => join(path, name)).find((path) => existsSync(join(path, 'package.json')))
  assert.ok(found, `${name} is installed`)
  cpSync(found, join(installed, name), { recursive: true, dereference: true })
}

const runHere = (script: string): unknown => {
  writeFileSync(join(stranger, 'script.mjs'), script)
  return JSON.parse(run([process.execPath, '--no-strip-types', 'script.mjs'], stranger))
}

describe('an engine that is packed', () => {
  before(() => {
    writeFileSync(join(stranger, 'package.json'), '{ "type": "module" }')
    for (const folder of ['core', 'engines/triage', 'engines/identifiers', 'engines/ledger', 'engines/blind'])
      install(folder)
    installNeeds('engines/identifiers')
    installNeeds('engines/blind')
  })
  after(() => rmSync(stranger, { recursive: true, force: true }))

  test('ranks a referral without this repository, on a Node that runs no TypeScript', () => {
    const script = `
      import { triage, tandem1 } from '@tandem/triage'
      import { commit } from '@tandem/core/ledger-entry'
      const facts = { sextortion: { value: 'yes', evidence: [{ place: 'a place' }] } }
      const score = triage(facts, { now: '2026-01-01T00:00:00Z', receivedAt: '2026-01-01T00:00:00Z', weights: tandem1 })
      console.log(JSON.stringify([score.computedPriority, tandem1.id, commit(new Uint8Array(32), 'who', 'x').length]))`
    assert.deepEqual(runHere(script), ['P1', 'tandem-1', 64])
  })

  test('reads identifiers with the packages it depends on', () => {
    const script = `
      import { readEmail, readIp } from '@tandem/identifiers'
      console.log(JSON.stringify([readEmail('Test.Person@Mail.EXAMPLE').ok, readIp('192.0.2.7').ok, readIp('192.0.2.700').ok]))`
    assert.deepEqual(runHere(script), [true, true, false])
  })

  test('verifies a bundle and proves a leaf', () => {
    const bundle = JSON.stringify(readFileSync(join(checkout, 'examples', 'bundle', 'bundle.json'), 'utf8'))
    const trust = JSON.stringify(readFileSync(join(checkout, 'examples', 'bundle', 'trust.json'), 'utf8'))
    const script = `
      import { entryHash, isIncluded, MerkleTree, proveInclusion, verifyBundle } from '@tandem/ledger'
      const tree = new MerkleTree()
      for (const word of ['a', 'b', 'c']) tree.append(Buffer.from(word))
      const proof = proveInclusion(tree.read, 1, 3)
      const isThere = isIncluded(1, entryHash(Buffer.from('b')), 3, tree.root(), proof)
      console.log(JSON.stringify([isThere, verifyBundle(${bundle}, ${trust}).verdict]))`
    assert.deepEqual(runHere(script), [true, 'proved'])
  })

  test('evaluates obliviously with libsodium, and on threads of its own', () => {
    const script = `
      import { blind, deriveKeyPair, inputOf, readEntry, ristretto255, suiteOf } from '@tandem/blind'
      import { ComputePool } from '@tandem/blind/pool'
      const suite = suiteOf(ristretto255, 'oprf')
      const bytes = (hex) => Uint8Array.from(Buffer.from(hex, 'hex'))
      const keys = deriveKeyPair(suite, new Uint8Array(32).fill(0xa3), new TextEncoder().encode('test key'))
      const scalar = bytes('64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706')
      const pool = new ComputePool(1)
      const [element] = await pool.compute({ do: 'evaluate', secret: keys.secret, elements: [blind(suite, bytes('00'), scalar)] })
      await pool.close()
      console.log(JSON.stringify([Buffer.from(element).toString('hex').slice(0, 16), readEntry('phone', '+447700900123', 'r').ok]))`
    // RFC 9497 appendix A.1.1.1.
    assert.deepEqual(runHere(script), ['7ec6578ae5120958', true])
  })

  test('gives the compiler of a stranger its types, whole and strict', () => {
    writeFileSync(
      join(stranger, 'use.mts'),
      `import { type TriageScore, tandem1, triage } from '@tandem/triage'
       import type { Result } from '@tandem/core'
       import { readIp } from '@tandem/identifiers'
       export const score: TriageScore = triage({}, { now: '2026-01-01T00:00:00Z', receivedAt: '2026-01-01T00:00:00Z', weights: tandem1 })
       export const wrong: Result<1, 2> = { ok: true, value: 1 }
       export const read = readIp('192.0.2.7')
       // @ts-expect-error: the types are there, so a wrong use is seen
       triage(1, { now: 'now' })`,
    )
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node']
    const types = ['--typeRoots', join(checkout, 'node_modules', '@types')]
    const compiler = join(checkout, 'node_modules', 'typescript', 'bin', 'tsc')
    run([process.execPath, compiler, '--ignoreConfig', ...options, ...types, 'use.mts'], stranger)
  })

  test('brings its licence and nothing of ours but what it says it brings', () => {
    const place = join(installed, '@tandem', 'triage')
    assert.deepEqual(readdirSync(place).sort(), ['LICENSE', 'NOTICE', 'package.json', 'src'])
    const files = readdirSync(join(place, 'src'), { recursive: true, encoding: 'utf8' })
    assert.deepEqual(
      files.filter((file) => /(?<!\.d)\.ts$|\.test\./.test(file)),
      [],
    )
    assert.ok(files.includes(join('weights', 'tandem-1.json')))
    const manifest = readFileSync(join(place, 'package.json'), 'utf8')
    assert.doesNotMatch(manifest, /private|\.ts"(?!,\s*"default")/)
  })
})

test('every engine can be packed, and nothing that needs a cell', () => {
  const target = join(mkdtempSync(join(tmpdir(), 'tandem-pack-test-')), 'package')
  for (const folder of packable()) {
    pack(folder, target)
    assert.ok(existsSync(join(target, 'src', 'index.js')), folder)
    assert.ok(existsSync(join(target, 'src', 'index.d.ts')), folder)
  }
  assert.throws(() => pack('cell/store', target), /cannot be packed/)
  rmSync(dirname(target), { recursive: true, force: true })
})

test('only module names are rewritten, wherever they stand, and nothing that looks like one', () => {
  const text = `import a from './a.ts'\nexport * from "../b.tsx"\nconst c = () => import('./c.ts')\nconst d = "from './d.ts'" // './e.ts'\nimport f from 'f.ts'\nexport { a, c, d, f }\n`
  const expected = `import a from './a.js'\nexport * from "../b.js"\nconst c = () => import('./c.js')\nconst d = "from './d.ts'" // './e.ts'\nimport f from 'f.ts'\nexport { a, c, d, f }\n`
  assert.equal(withJavaScriptSpecifiers('some.js', text), expected)
})
