import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { isNode, parse, type SyntaxNode, stringOf } from '../src/syntax.ts'

const checkout = join(import.meta.dirname, '..', '..')
export const verifierPath = join(checkout, 'tools', 'verify.mjs')
const first = 'engines/ledger/src/bundle/offline.ts'

/** What the verifier needs of core, and where it stands there. */
const core: Readonly<Record<string, readonly string[]>> = {
  '@tandem/core': ['core/src/canonical-json.ts', 'core/src/result.ts'],
  '@tandem/core/ledger-entry': ['core/src/ledger-entry.ts'],
}

/**
 * The offline verifier as one file that depends on nothing but Node: the engine's own sources, without their types, one
 * behind the other. So there is one verifier in two shapes, and the file can be read from top to bottom.
 */
export function verifierText(): string {
  const builtins = new Map<string, Set<string>>()
  const parts = sourcesBelow(first).map((path) => partOf(path, builtins))
  const imports = [...builtins].map(([name, names]) => `import { ${[...names].sort().join(', ')} } from '${name}'`)
  return formatted([heading, "import { readFileSync } from 'node:fs'", ...imports, ...parts, ending].join('\n'))
}

const heading = `#!/usr/bin/env node
// Verifier of Tandem bundles. It needs Node and nothing else: no package, no network, no cell.
//
//     node verify.mjs BUNDLE [--trust FILE] [--json]
//
// Exit code 0: proved with the keys given by --trust. 5: whole in itself, but not everything could be checked (no keys
// of your own, or a Node before 24, which cannot check ML-DSA-44). 1: refused. 2: wrong use.
//
// Put together by testkit/pack/verifier.ts from the sources named below. Licence: Apache-2.0.
`

const ending = `
// The world around it.

function textOfFile(path) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path))
  } catch {
    return null
  }
}

process.exitCode = runOffline(process.argv.slice(2), {
  read: textOfFile,
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
})
`

/** Each source once, behind everything that it imports. */
function sourcesBelow(path: string, seen: Set<string> = new Set()): string[] {
  if (seen.has(path)) return []
  seen.add(path)
  const below = importsOf(path).flatMap((specifier) => {
    if (specifier.startsWith('.')) return [relative(checkout, join(checkout, dirname(path), specifier))]
    return core[specifier] ?? []
  })
  return [...below.flatMap((each) => sourcesBelow(each, seen)), path]
}

const textOf = (path: string): string => readFileSync(join(checkout, path), 'utf8')

function statementsOf(path: string): readonly SyntaxNode[] {
  const program = parse(path, textOf(path)).nodes.find(({ type }) => type === 'Program')
  const body = program?.['body']
  return Array.isArray(body) ? body.filter(isNode) : []
}

const importsOf = (path: string): string[] =>
  statementsOf(path).flatMap((statement) => {
    const specifier = statement.type === 'ImportDeclaration' ? stringOf(statement['source']) : null
    return specifier === null || statement['importKind'] === 'type' ? [] : [specifier]
  })

function partOf(path: string, builtins: Map<string, Set<string>>): string {
  const text = textOf(path)
  let end = 0
  const kept = statementsOf(path).map((statement) => {
    const before = text.slice(end, statement.start)
    const code = text.slice(statement.start, Number(statement['end']))
    end = Number(statement['end'])
    if (statement.type === 'ImportDeclaration') {
      noteBuiltins(statement, builtins)
      return ''
    }
    const declared = statement.type === 'ExportNamedDeclaration' ? statement['declaration'] : statement
    if (isNode(declared) && /^TS(Interface|TypeAlias)Declaration$/.test(declared.type)) return ''
    return before + code.replace(/^export /, '')
  })
  return `\n// ${path}\n${stripTypeScriptTypes(kept.join('').trimStart(), { mode: 'strip' })}\n`
}

function noteBuiltins(statement: SyntaxNode, builtins: Map<string, Set<string>>): void {
  const from = stringOf(statement['source'])
  const specifiers = statement['specifiers']
  if (from === null || !from.startsWith('node:') || !Array.isArray(specifiers)) return
  const names = builtins.get(from) ?? new Set()
  for (const specifier of specifiers.filter(isNode))
    if (specifier['importKind'] !== 'type' && isNode(specifier['local'])) names.add(String(specifier['local']['name']))
  builtins.set(from, names)
}

function formatted(text: string): string {
  const biome = join(checkout, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  const arguments_ = [biome, 'format', '--stdin-file-path=verifier.mjs']
  const ran = spawnSync(process.execPath, arguments_, { cwd: checkout, input: text, encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(`the verifier could not be formatted: ${ran.stderr}`)
  return ran.stdout.replace(/\n{3,}/g, '\n\n')
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(verifierPath, verifierText(), { mode: 0o755 })
  console.log(`${relative(checkout, verifierPath)} is written`)
}
