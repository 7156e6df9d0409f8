import { isBuiltin } from 'node:module'
import { dirname, join, normalize } from 'node:path'
import { isNode, lineOf, nameOf, parse, type Source, stringOf } from '../../src/syntax.ts'
import {
  forTestsOf,
  isEdge,
  isKernel,
  isPure,
  isTest,
  pureBuiltins,
  type RoomName,
  roomNames,
  roomOf,
  rooms,
} from './rooms.ts'
import type { Finding, Tree } from './tree.ts'

export interface Import {
  readonly specifier: string
  readonly line: number
  /** `import.meta.resolve`: asks where something lies, runs nothing of it. */
  readonly asksWhere: boolean
}

/** Every way in which a source names another module; a name that is computed cannot be checked and is a finding. */
export function importsOf(source: Source): { imports: Import[]; computed: number[] } {
  const imports: Import[] = []
  const computed: number[] = []
  for (const node of source.nodes) {
    const named = namedIn(node)
    if (named === null) continue
    const specifier = stringOf(named.node)
    const line = lineOf(source.text, node.start)
    if (specifier === null) computed.push(line)
    else imports.push({ specifier, line, asksWhere: named.asksWhere })
  }
  return { imports, computed }
}

function namedIn(node: Source['nodes'][number]): { node: unknown; asksWhere: boolean } | null {
  const source = node['source']
  if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration')
    return { node: source, asksWhere: false }
  if (node.type === 'ExportNamedDeclaration' && isNode(source)) return { node: source, asksWhere: false }
  if (node.type === 'ImportExpression' || node.type === 'TSImportType') return { node: source, asksWhere: false }
  if (node.type !== 'CallExpression' || !Array.isArray(node['arguments'])) return null
  const called = nameOf(node['callee'])
  if (called === 'import.meta.resolve') return { node: node['arguments'][0], asksWhere: true }
  return called === 'require' ? { node: node['arguments'][0], asksWhere: false } : null
}

interface Manifest {
  readonly dependencies: ReadonlySet<string>
  readonly exports: ReadonlySet<string>
}

/** The import graph of the whole house against its law. */
export function importFindings(tree: Tree): Finding[] {
  const manifests = new Map(roomNames.flatMap((room) => manifestOf(tree, room)))
  const root: unknown = JSON.parse(tree.text('package.json'))
  const kit = manifests.get('testkit')?.dependencies
  const forTests = [keysOf(root, 'devDependencies'), ...(kit === undefined ? [] : [kit])]
  return tree.paths
    .filter((path) => /\.(ts|tsx)$/.test(path) && roomOf(path) !== null && !isKernel(path))
    .flatMap((path) => {
      const room = roomOf(path)
      if (room === null) return []
      const source = parse(path, tree.text(path))
      const { imports, computed } = importsOf(source)
      const rule: Rule = { path, room, tree, manifests, forTests }
      return [
        ...imports.flatMap((each) => breachOf(rule, each).map((says) => ({ path: `${path}:${each.line}`, says }))),
        ...(isTestCode(rule) ? [] : computed).map((line) => ({
          path: `${path}:${line}`,
          says: 'imports by a computed name',
        })),
      ]
    })
}

interface Rule {
  readonly path: string
  readonly room: RoomName
  readonly tree: Tree
  readonly manifests: ReadonlyMap<RoomName, Manifest>
  /** Packages that tests may use without saying so in their own package. */
  readonly forTests: readonly ReadonlySet<string>[]
}

function breachOf(rule: Rule, { specifier, asksWhere }: Import): string[] {
  if (specifier.startsWith('.')) return relativeBreach(rule, specifier)
  if (isBuiltin(specifier)) {
    const impure = isPure(rule.room) && !isEdge(rule.path) && !isTest(rule.path) && !pureBuiltins.includes(specifier)
    return impure ? [`a pure room imports ${specifier}`] : []
  }
  if (specifier.startsWith('@tandem/')) return roomBreach(rule, specifier, asksWhere)
  const name = packageOf(specifier)
  const available = [rule.manifests.get(rule.room)?.dependencies, ...(isTestCode(rule) ? rule.forTests : [])]
  return available.some((names) => names?.has(name) === true) ? [] : [undeclared(rule, name)]
}

/** The test kit is no part of a product either. */
const isTestCode = ({ path, room }: Rule): boolean =>
  isTest(path) || room === 'testkit' || /^engines\/[a-z]+\/tools\//.test(path)

const undeclared = (rule: Rule, name: string): string =>
  `${name} is not among the dependencies of ${rooms[rule.room].folder}`

function relativeBreach({ path, room, tree }: Rule, specifier: string): string[] {
  const target = normalize(join(dirname(path), specifier)).replace(/\?.*$/, '')
  if (!target.startsWith(`${rooms[room].folder}/`)) return [`${specifier} leaves the package`]
  return tree.paths.includes(target) ? [] : [`${specifier} names no file: relative imports end in the file's own name`]
}

function roomBreach(rule: Rule, specifier: string, asksWhere: boolean): string[] {
  const [, name = '', ...deeper] = specifier.split('/')
  const entry = deeper.length === 0 ? '.' : `./${deeper.join('/')}`
  const target = roomNames.find((room) => room === name)
  if (target === undefined) return [`${specifier} is no room of the house`]
  // Where a package lies may be asked by who serves its built files.
  if (asksWhere && entry === './package.json') return []
  const says: string[] = []
  if (!mayImport(rule, target)) says.push(`${rule.room} may not import ${target}`)
  const manifest = rule.manifests.get(target)
  if (manifest !== undefined && !manifest.exports.has(entry)) says.push(`${specifier} is not exported: a deep import`)
  const declared = rule.manifests.get(rule.room)?.dependencies.has(`@tandem/${target}`) === true
  if (!declared && target !== rule.room && !isTest(rule.path)) says.push(undeclared(rule, `@tandem/${target}`))
  return says
}

function mayImport({ room, path }: Rule, target: RoomName): boolean {
  const allowed: readonly string[] | 'anything' = rooms[room].imports
  if (allowed === 'anything') return true
  if (allowed.includes(target)) return true
  // A test may use its own package by name, the test kit, and what its room's row names for tests.
  return isTest(path) && (target === 'testkit' || target === room || forTestsOf(room).includes(target))
}

function manifestOf(tree: Tree, room: RoomName): (readonly [RoomName, Manifest])[] {
  const path = `${rooms[room].folder}/package.json`
  if (!tree.paths.includes(path)) return []
  const manifest: unknown = JSON.parse(tree.text(path))
  return [[room, { dependencies: keysOf(manifest, 'dependencies'), exports: keysOf(manifest, 'exports') }]]
}

function keysOf(manifest: unknown, field: string): ReadonlySet<string> {
  if (typeof manifest !== 'object' || manifest === null) return new Set()
  const value: unknown = Object.entries(manifest).find(([key]) => key === field)?.[1]
  return new Set(typeof value === 'object' && value !== null ? Object.keys(value) : [])
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
