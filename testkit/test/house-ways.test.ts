import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { roomNames, rooms } from './house/rooms.ts'
import { checkout } from './house/tree.ts'

/** The law of imports is held in three ways. The graph is tested in house.test.ts; these are the other two. */
const built = roomNames.filter((room) => existsSync(join(checkout, rooms[room].folder, 'package.json')))

describe('the exports of a package', () => {
  for (const room of built) {
    test(`let nobody reach behind ${room}`, () => {
      const require = createRequire(join(checkout, 'testkit', 'package.json'))
      for (const inside of ['src/index.ts', 'src/scope.ts', 'src', 'test/support.ts']) {
        assert.throws(() => require.resolve(`@tandem/${room}/${inside}`), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' })
      }
    })
  }
})

describe('the lint rules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-lint-'))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const complaints = (path: string): string[] => {
    const linter = join(checkout, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
    const asked = ['lint', '--only=style/noRestrictedImports', '--reporter=json', path]
    const ran = spawnSync(process.execPath, [linter, ...asked], { cwd: folder, encoding: 'utf8' })
    const said: { diagnostics: { category: string }[] } = JSON.parse(ran.stdout)
    return said.diagnostics.map(({ category }) => category)
  }
  before(() => {
    const settings: object = JSON.parse(readFileSync(join(checkout, 'biome.json'), 'utf8'))
    write('biome.json', JSON.stringify({ ...settings, $schema: undefined, vcs: { enabled: false } }))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  const refused: readonly (readonly [path: string, specifier: string])[] = [
    ['core/src/a.ts', '@tandem/store'],
    ['engines/triage/src/a.ts', '@tandem/identifiers'],
    ['engines/formats/src/a.ts', 'node:fs'],
    ['engines/formats/src/a.ts', 'node:fs/promises'],
    ['cell/contract/src/a.ts', '@tandem/work'],
    ['cell/store/src/a.ts', '@tandem/contract'],
    ['cell/jobs/src/a.ts', '@tandem/work'],
    ['cell/work/src/a.ts', '@tandem/store/src/scope.ts'],
    ['cell/work/src/a.ts', '@tandem/boot'],
    ['cell/boot/src/a.ts', '@tandem/cli'],
    ['faces/server/src/a.ts', '@tandem/store'],
    ['faces/web/src/a.tsx', '@tandem/core'],
    ['faces/cli/src/a.ts', '@tandem/store/engine'],
  ]
  for (const [path, specifier] of refused) {
    test(`refuse ${specifier} in ${dirname(path)}`, () => {
      write(path, `import * as it from '${specifier}'\nconsole.log(it)\n`)
      assert.deepEqual(complaints(path), ['lint/style/noRestrictedImports'])
    })
  }

  test('allow what the table allows', () => {
    const allowed = `import '@tandem/core'\nimport '@tandem/store'\nimport '@tandem/triage'\nimport 'node:fs'\nimport './own.ts'\n`
    write('cell/work/src/a.ts', allowed)
    assert.deepEqual(complaints('cell/work/src/a.ts'), [])
    write('engines/vault/src/a.ts', `import '@tandem/core/ledger-entry'\nimport 'node:crypto'\n`)
    assert.deepEqual(complaints('engines/vault/src/a.ts'), [])
  })
})
