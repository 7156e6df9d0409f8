import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { habitFindings, longestFile } from './house/habits.ts'
import { importFindings } from './house/imports.ts'
import { exportsOf, lintOverrides } from './house/lint.ts'
import { packageFindings } from './house/packages.ts'
import { roomNames, rooms } from './house/rooms.ts'
import { pictureFindings, provenanceFindings, textFindings } from './house/texts.ts'
import { checkout, type Finding, readTree, type Tree, withFile } from './house/tree.ts'

const tree = readTree()
const laws = { importFindings, habitFindings, textFindings, pictureFindings, provenanceFindings, packageFindings }

const inWords = (findings: readonly Finding[]): string =>
  findings.map(({ path, says }) => `${path}: ${says}`).join('\n')

function holds(findings: readonly Finding[]): void {
  if (findings.length > 0) assert.fail(`${findings.length} breaches\n${inWords(findings)}`)
}

/** A mutant is noticed when the law says more of the changed tree than of the true one, and in the expected words. */
function noticed(law: (tree: Tree) => readonly Finding[], path: string, content: string | Buffer, says: RegExp): void {
  const before = new Set(law(tree).map((each) => `${each.path} ${each.says}`))
  const fresh = law(withFile(tree, path, content)).filter((each) => !before.has(`${each.path} ${each.says}`))
  assert.match(inWords(fresh), says)
}

describe('the law of the house holds', () => {
  test('every import is allowed by the table, declared, and ends at an export', () => {
    holds(importFindings(tree))
  })
  test('product code has no way around the compiler, pure rooms are pure, no file is a giant', () => {
    holds(habitFindings(tree))
  })
  test('no text names a path of one machine, a workshop, or a real onion address', () => {
    holds(textFindings(tree))
  })
  test('no file is a picture', () => {
    holds(pictureFindings(tree))
  })
  test('every folder of data names its origin and licence', () => {
    holds(provenanceFindings(tree))
  })
  test('packages come from the registry, pinned, few, and under licences that fit', () => {
    holds(packageFindings(tree))
  })
  test('the lint rules say the same as the table of imports', () => {
    const settings: { overrides?: unknown } = JSON.parse(readFileSync(join(checkout, 'biome.json'), 'utf8'))
    assert.deepEqual(settings.overrides, lintOverrides(exportsOf))
  })
  test('every package of the house is a room, and every room that exists is a package', () => {
    const folders = tree.paths
      .filter((path) => /^(core|testkit|(engines|cell|faces)\/[^/]+)\/package\.json$/.test(path))
      .map((path) => path.slice(0, -'/package.json'.length))
    const known = roomNames.map((room): string => rooms[room].folder)
    assert.deepEqual(
      folders.filter((folder) => !known.includes(folder)),
      [],
    )
    assert.ok(folders.length >= 15, 'the packages of the house were found')
  })
})

describe('the import graph notices', () => {
  const mutants: readonly (readonly [what: string, path: string, text: string, says: RegExp])[] = [
    ['a room that reaches up', 'core/src/mutant.ts', `import '@tandem/store'`, /core may not import store/],
    [
      'a type that reaches up',
      'cell/contract/src/mutant.ts',
      `import type { Store } from '@tandem/store'`,
      /contract may not import store/,
    ],
    [
      'a type named in passing',
      'faces/web/src/mutant.ts',
      `export type S = import('@tandem/work').Cell`,
      /web may not import work/,
    ],
    [
      'the desk that sees more than contracts',
      'faces/web/src/mutant.tsx',
      `export * from '@tandem/core'`,
      /web may not import core/,
    ],
    [
      'a dynamic import',
      'engines/triage/src/mutant.ts',
      `export const v = () => import('@tandem/vault')`,
      /triage may not import vault/,
    ],
    ['a computed import', 'cell/work/src/mutant.ts', `export const v = (n: string) => import(n)`, /computed name/],
    [
      'a deep import',
      'cell/work/src/mutant.ts',
      `import '@tandem/store/src/scope.ts'`,
      /is not exported: a deep import/,
    ],
    [
      'a relative path out of the package',
      'cell/work/src/mutant.ts',
      `import '../../store/src/scope.ts'`,
      /leaves the package/,
    ],
    ['a relative path to nothing', 'cell/work/src/mutant.ts', `import './no-such-file.ts'`, /names no file/],
    [
      'a disk in an engine',
      'engines/formats/src/mutant.ts',
      `import { readFile } from 'node:fs/promises'`,
      /imports node:fs\/promises/,
    ],
    ['a process in core', 'core/src/mutant.ts', `import 'child_process'`, /imports child_process/],
    ['a package that is not declared', 'cell/store/src/mutant.ts', `import 'fastify'`, /fastify is not among/],
    [
      'the test kit in a product',
      'faces/server/src/mutant.ts',
      `import '@tandem/testkit'`,
      /server may not import testkit/,
    ],
    ['a room that does not exist', 'cell/work/src/mutant.ts', `import '@tandem/attic'`, /no room of the house/],
  ]
  for (const [what, path, text, says] of mutants) test(what, () => noticed(importFindings, path, text, says))

  test('what a room forgot to declare', () => {
    const manifest = tree
      .text('cell/work/package.json')
      .replace(/\s*"@tandem\/triage": "[^"]+",?/, '')
      .replace(/,(\s*\})/g, '$1')
    noticed(
      importFindings,
      'cell/work/package.json',
      manifest,
      /@tandem\/triage is not among the dependencies of cell\/work/,
    )
  })
})

describe('the habits of the code notice', () => {
  const mutants: readonly (readonly [what: string, path: string, text: string, says: RegExp])[] = [
    ['any', 'cell/work/src/mutant.ts', `export let x: any`, /any$/m],
    ['a cast', 'cell/work/src/mutant.ts', `export const x = JSON.parse('1') as string`, /a cast with as/],
    ['a cast in brackets', 'cell/work/src/mutant.ts', `export const x = <string>JSON.parse('1')`, /a cast with <>/],
    ['a non-null !', 'faces/web/src/mutant.tsx', `export const f = (a?: { b: 1 }) => <p>{a!.b}</p>`, /a non-null !/],
    ['a definite assignment', 'cell/work/src/mutant.ts', `export class A { b!: string }`, /a definite assignment !/],
    [
      'a silenced compiler',
      'cell/work/src/mutant.ts',
      `// @ts-expect-error\nexport const x: string = 1`,
      /silences the compiler/,
    ],
    [
      'a clock in an engine',
      'engines/triage/src/mutant.ts',
      `export const x = Date.now()`,
      /reads the clock: Date\.now/,
    ],
    ['a bare new Date', 'core/src/mutant.ts', `export const x = new Date()`, /reads the clock: new Date/],
    ['dice in core', 'core/src/mutant.ts', `export const x = Math.random()`, /takes chance from Math\.random/],
    [
      'dice by another name',
      'core/src/mutant.ts',
      `export const x = globalThis.crypto.randomUUID()`,
      /takes chance from crypto/,
    ],
    [
      'imported dice',
      'engines/formats/src/mutant.ts',
      `import { randomBytes as r } from 'node:crypto'\nexport const x = r(1)`,
      /takes chance from randomBytes/,
    ],
    [
      'a network in an engine',
      'engines/formats/src/mutant.ts',
      `export const x = () => fetch('http://host.example')`,
      /reaches outside: fetch/,
    ],
    ['a giant', 'cell/work/src/mutant.ts', 'export {}\n'.repeat(longestFile + 1), /longer than/],
  ]
  for (const [what, path, text, says] of mutants) test(what, () => noticed(habitFindings, path, text, says))

  test('nothing in words that only look like it', () => {
    const text = `// any cast as string! is a comment\nexport const a = ['as any', \`x!\`] as const\nexport const b = <p>as soon as any, now!</p>\nexport const at = new Date(0)\n`
    assert.deepEqual(habitFindings(withFile(tree, 'faces/web/src/mutant.tsx', text)), habitFindings(tree))
  })
  test('random numbers are allowed where keys are made', () => {
    const text = `import { randomBytes } from 'node:crypto'\nexport const key = randomBytes(32)\n`
    assert.deepEqual(habitFindings(withFile(tree, 'engines/vault/src/mutant.ts', text)), habitFindings(tree))
  })
})

describe('the law of texts and data notices', () => {
  // Put together here, so that this file does not say what it forbids.
  test('a path of one machine', () => {
    for (const path of [
      ['', 'work', 'main'],
      ['', 'root', 'x'],
      ['', 'tmp', 'mine'],
      ['', 'home', 'somebody'],
    ]) {
      noticed(textFindings, 'docs/mutant.md', `see "${path.join('/')}" for more`, /path of one machine/)
    }
  })
  test('but not a folder of the house or of the web', () => {
    const text = `cell/work/src, ./tmp/x, https://host.example/work/ and '../root/y'\n`
    assert.deepEqual(textFindings(withFile(tree, 'docs/mutant.md', text)), textFindings(tree))
  })
  test('a word of a workshop', () => {
    noticed(textFindings, 'docs/mutant.md', `thanks to ${['su', 'bag', 'ents'].join('')}`, /speaks of a workshop/)
  })
  test('an onion address whose checksum holds, and no invented one', () => {
    noticed(textFindings, 'docs/mutant.md', `http://${onionOf(Buffer.alloc(32, 7))}.onion/`, /a real onion address/)
    const invented = `${'example'.repeat(8)}.onion`
    assert.deepEqual(textFindings(withFile(tree, 'docs/mutant.md', invented)), textFindings(tree))
  })
  test('a picture under another name', () => {
    noticed(pictureFindings, 'docs/mutant.txt', Buffer.from('89504e470d0a1a0a0000', 'hex'), /is a picture \(PNG\)/)
    noticed(
      pictureFindings,
      'examples/mutant.json',
      Buffer.from('ffd8ffe000104a464946', 'hex'),
      /is a picture \(JPEG\)/,
    )
  })
  test('data without a word of where it comes from', () => {
    noticed(provenanceFindings, 'fixtures/mutant/data.json', '{}', /has no README/)
    noticed(provenanceFindings, 'fixtures/vics/README.md', 'Some files.', /names no licence/)
  })
})

describe('the law of packages notices', () => {
  const lock = (name: string, fields: object): string => {
    const whole: { packages: Record<string, object> } = JSON.parse(tree.text('package-lock.json'))
    return JSON.stringify({ ...whole, packages: { ...whole.packages, [`node_modules/${name}`]: fields } })
  }
  const good = { version: '1.0.0', integrity: 'sha512-x', license: 'MIT' }
  const mutants: readonly (readonly [what: string, path: string, text: string, says: RegExp])[] = [
    [
      'a package from elsewhere',
      'package-lock.json',
      lock('mutant', { ...good, resolved: 'git+ssh://git@host.example/a.git' }),
      /does not come from the registry/,
    ],
    [
      'a package without integrity',
      'package-lock.json',
      lock('mutant', { ...good, integrity: undefined }),
      /has no integrity/,
    ],
    [
      'a licence that binds the whole',
      'package-lock.json',
      lock('mutant', { ...good, license: 'AGPL-3.0-only' }),
      /its licence is not on the list: AGPL/,
    ],
    [
      'a licence that binds in part',
      'package-lock.json',
      lock('mutant', { ...good, license: 'MIT AND GPL-2.0' }),
      /its licence is not on the list/,
    ],
    [
      'a range of versions',
      'core/package.json',
      JSON.stringify({ dependencies: { mutant: '^1.0.0' } }),
      /mutant is not pinned/,
    ],
    [
      'too many packages',
      'core/package.json',
      JSON.stringify({
        dependencies: Object.fromEntries(Array.from({ length: 26 }, (_, at) => [`mutant-${at}`, '1.0.0'])),
      }),
      /direct runtime packages/,
    ],
  ]
  for (const [what, path, text, says] of mutants) test(what, () => noticed(packageFindings, path, text, says))

  test('no harm in a choice of licences', () => {
    const text = lock('mutant', { ...good, license: '(GPL-2.0 OR MIT)' })
    assert.deepEqual(packageFindings(withFile(tree, 'package-lock.json', text)), packageFindings(tree))
  })
})

test('every law found something to look at', () => {
  assert.ok(tree.paths.length > 500)
  assert.equal(Object.keys(laws).length, 6)
})

/** An address whose checksum holds, of a key that nobody has. */
function onionOf(key: Buffer): string {
  const checksum = createHash('sha3-256')
    .update('.onion checksum')
    .update(key)
    .update(Buffer.of(3))
    .digest()
    .subarray(0, 2)
  const bits = [...key, ...checksum, 3].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? [])
    .map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five, 2)])
    .join('')
}
