import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout, type Finding, type Tree } from './tree.ts'

/** Licences whose terms a product under Apache-2.0 meets by shipping the notices. */
const permissive = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'PostgreSQL',
])

/** Others, each with the reason why it may be here. */
const byReason: readonly { readonly name: RegExp; readonly licence: string; readonly because: string }[] = [
  { name: /^axe-core$/, licence: 'MPL-2.0', because: 'used by tests, unmodified' },
  { name: /^lightningcss(-.*)?$/, licence: 'MPL-2.0', because: 'builds the style sheets, unmodified' },
  ...['LGPL-3.0-or-later', 'Apache-2.0 AND LGPL-3.0-or-later', 'Apache-2.0 AND LGPL-3.0-or-later AND MIT'].map(
    (licence) => ({
      name: /^@img\/sharp-/,
      licence,
      because: 'libvips, an unmodified shared library that sharp loads',
    }),
  ),
]

/** Builds the desk at the first start; nothing of it runs in a cell afterwards. */
const buildTools = new Set(['vite', '@vitejs/plugin-react'])
/** What runs in the cell and in its commands; and what the desk in the browser is made of, counted apart. */
export const mostRuntimePackages = 25
const mostDeskPackages = 10

interface Locked {
  readonly path: string
  readonly fields: ReadonlyMap<string, unknown>
}

export function packageFindings(tree: Tree): Finding[] {
  const locked = lockedPackages(tree)
  return [...locked.flatMap(originOf), ...locked.flatMap(licenceOf), ...pins(tree), ...tooMany(tree)]
}

function lockedPackages(tree: Tree): Locked[] {
  const lock: unknown = JSON.parse(tree.text('package-lock.json'))
  return [...fieldsOf(fieldsOf(lock).get('packages'))]
    .map(([path, fields]) => ({ path, fields: fieldsOf(fields) }))
    .filter(({ path, fields }) => path.includes('node_modules/') && fields.get('link') !== true)
}

/** The lock file leaves out the address of what the registry has; anything else names its place. */
function originOf({ path, fields }: Locked): Finding[] {
  const from = fields.get('resolved')
  const registered = from === undefined || (typeof from === 'string' && from.startsWith('https://registry.npmjs.org/'))
  return [
    ...(registered ? [] : [{ path, says: `does not come from the registry: ${String(from)}` }]),
    ...(isExact(fields.get('version')) ? [] : [{ path, says: 'has no version of the registry' }]),
    ...(typeof fields.get('integrity') === 'string' ? [] : [{ path, says: 'has no integrity' }]),
  ]
}

const isExact = (version: unknown): boolean => typeof version === 'string' && /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)

function licenceOf({ path, fields }: Locked): Finding[] {
  if (fields.get('dev') === true) return []
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const licence = statedLicence(path, fields)
  if (isPermissive(licence)) return []
  if (byReason.some((each) => each.name.test(name) && each.licence === licence)) return []
  return [{ path, says: `its licence is not on the list: ${licence}` }]
}

/** What the installed package says itself; for one of another platform, what the lock file says of it. */
function statedLicence(path: string, locked: ReadonlyMap<string, unknown>): string {
  const manifest = join(checkout, path, 'package.json')
  const fields = existsSync(manifest) ? fieldsOf(JSON.parse(readFileSync(manifest, 'utf8'))) : locked
  const licence = fields.get('license') ?? locked.get('license')
  return typeof licence === 'string' ? licence : 'none stated'
}

/** SPDX expressions as they occur: `(MIT OR X)` offers a choice, `A AND B` demands both. */
export const isPermissive = (licence: string): boolean =>
  licence
    .replace(/[()]/g, '')
    .split(/ or /i)
    .some((choice) => choice.split(/ and /i).every((each) => permissive.has(each.trim())))

function pins(tree: Tree): Finding[] {
  return manifests(tree).flatMap(({ path, fields }) =>
    ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap((field) =>
      [...fieldsOf(fields.get(field))]
        .filter(([, version]) => !isExact(version))
        .map(([name, version]) => ({ path, says: `${name} is not pinned to one version: ${String(version)}` })),
    ),
  )
}

function tooMany(tree: Tree): Finding[] {
  return [
    over('package.json', 'direct runtime packages', runtimePackages(tree), mostRuntimePackages),
    over(
      desk,
      'direct packages of the desk',
      packagesOf(tree, (path) => path === desk),
      mostDeskPackages,
    ),
  ].flat()
}

const over = (path: string, what: string, names: readonly string[], most: number): Finding[] =>
  names.length > most ? [{ path, says: `${names.length} ${what}, ${most} are allowed: ${names.join(', ')}` }] : []

const desk = 'faces/web/package.json'

export const runtimePackages = (tree: Tree): string[] =>
  packagesOf(tree, (path) => ![desk, 'testkit/package.json', 'package.json'].includes(path))

function packagesOf(tree: Tree, isCounted: (manifest: string) => boolean): string[] {
  const names = manifests(tree)
    .filter(({ path }) => isCounted(path))
    .flatMap(({ fields }) => [...fieldsOf(fields.get('dependencies')).keys()])
  return [...new Set(names)].filter((name) => !name.startsWith('@tandem/') && !buildTools.has(name)).sort()
}

const manifests = (tree: Tree): Locked[] =>
  tree.paths
    .filter((path) => /^(?:package|(?:core|testkit|(?:engines|cell|faces)\/[^/]+)\/package)\.json$/.test(path))
    .map((path) => ({ path, fields: fieldsOf(JSON.parse(tree.text(path))) }))

const fieldsOf = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
