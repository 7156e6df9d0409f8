import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly license: string
  readonly exports: readonly (readonly [entry: string, target: string])[]
  readonly dependencies: readonly (readonly [name: string, version: string])[]
}

export function readManifest(folder: string): Manifest {
  const fields = entriesOf(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  const text = (field: string): string => {
    const value = fields.get(field)
    if (typeof value !== 'string') throw new TypeError(`${folder}/package.json has no ${field}`)
    return value
  }
  return {
    name: text('name'),
    version: text('version'),
    license: text('license'),
    exports: textsOf(fields.get('exports')),
    dependencies: textsOf(fields.get('dependencies')),
  }
}

/** What the world outside sees: JavaScript and types instead of sources, nothing private, Node as we test it. */
export function publishedManifest(manifest: Manifest): object {
  return {
    name: manifest.name,
    version: manifest.version,
    license: manifest.license,
    type: 'module',
    engines: { node: '>=24' },
    exports: Object.fromEntries(
      manifest.exports.map(([entry, target]) => [entry, { types: asTypes(target), default: asJavaScript(target) }]),
    ),
    dependencies: Object.fromEntries(manifest.dependencies),
    files: ['src', 'LICENSE', 'NOTICE'],
  }
}

export const asJavaScript = (path: string): string => path.replace(/\.tsx?$/, '.js')
const asTypes = (path: string): string => path.replace(/\.tsx?$/, '.d.ts')

const entriesOf = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])

const textsOf = (value: unknown): (readonly [string, string])[] =>
  [...entriesOf(value)].map(([key, text]) => {
    if (typeof text !== 'string') throw new TypeError(`${key} is no text`)
    return [key, text] as const
  })
