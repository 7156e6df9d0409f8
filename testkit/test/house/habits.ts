import { isNode, lineOf, nameOf, parse, type Source, type SyntaxNode, stringOf } from '../../src/syntax.ts'
import { isEdge, isProduct, isPure, roomOf } from './rooms.ts'
import type { Finding, Tree } from './tree.ts'

export const longestFile = 400

/** Places that may break one habit, each with its reason. */
export const excused: readonly { readonly path: string; readonly says: string; readonly because: string }[] = []

/** How product code is written: what would let a fault past the compiler, or make a pure room impure. */
export function habitFindings(tree: Tree): Finding[] {
  return tree.paths
    .filter((path) => isProduct(path) && !path.endsWith('.generated.ts'))
    .flatMap((path) => {
      const source = parse(path, tree.text(path))
      const room = roomOf(path)
      return [
        ...typeEscapes(source),
        ...(room !== null && isPure(room) && !isEdge(path) ? impurities(source, room === 'vault') : []),
        ...tooLong(source),
      ]
    })
    .filter(({ path, says }) => !excused.some((each) => path.startsWith(`${each.path}:`) && each.says === says))
}

function typeEscapes(source: Source): Finding[] {
  const at = (start: number, says: string): Finding => ({ path: `${source.path}:${lineOf(source.text, start)}`, says })
  const silenced = source.comments
    .filter(({ value }) => /@ts-(ignore|expect-error|nocheck)/.test(value))
    .map(({ start }) => at(start, 'silences the compiler by a comment'))
  return [...silenced, ...source.nodes.flatMap((node) => escapeOf(node).map((says) => at(node.start, says)))]
}

function escapeOf(node: SyntaxNode): string[] {
  if (node.type === 'TSAnyKeyword') return ['any']
  if (node.type === 'TSAsExpression') return isConst(node['typeAnnotation']) ? [] : ['a cast with as']
  if (node.type === 'TSTypeAssertion') return ['a cast with <>']
  if (node.type === 'TSNonNullExpression') return ['a non-null !']
  if (node['definite'] === true) return ['a definite assignment !']
  return []
}

const isConst = (type: unknown): boolean =>
  isNode(type) && type.type === 'TSTypeReference' && nameOf(type['typeName']) === 'const'

const clocks = new Set(['Date.now', 'performance.now', 'process.hrtime', 'setTimeout', 'setInterval', 'setImmediate'])
const chance = new Set(['Math.random', 'crypto.getRandomValues', 'crypto.randomUUID'])
const cryptoChance = new Set([
  'randomBytes',
  'randomInt',
  'randomUUID',
  'randomFill',
  'randomFillSync',
  'getRandomValues',
  'webcrypto',
])
const outside = new Set([
  'fetch',
  'WebSocket',
  'XMLHttpRequest',
  'EventSource',
  'process.env',
  'process.cwd',
  'process.stdout',
])

/** A pure room reads no clock, throws no dice and touches nothing outside. */
function impurities(source: Source, keysAreMadeHere: boolean): Finding[] {
  return source.nodes.flatMap((node) =>
    impurityOf(node, keysAreMadeHere).map((says) => ({
      path: `${source.path}:${lineOf(source.text, node.start)}`,
      says,
    })),
  )
}

function impurityOf(node: SyntaxNode, keysAreMadeHere: boolean): string[] {
  if (node.type === 'ImportDeclaration' && stringOf(node['source']) === 'node:crypto' && !keysAreMadeHere) {
    const names = Array.isArray(node['specifiers']) ? node['specifiers'].map((each) => nameOf(each.imported)) : []
    return names.filter((name) => name !== null && cryptoChance.has(name)).map((name) => `takes chance from ${name}`)
  }
  if (node.type === 'NewExpression' && nameOf(node['callee']) === 'Date') {
    return Array.isArray(node['arguments']) && node['arguments'].length === 0 ? ['reads the clock: new Date()'] : []
  }
  const name =
    node.type === 'MemberExpression' ? nameOf(node) : node.type === 'CallExpression' ? nameOf(node['callee']) : null
  if (name === null) return []
  const own = name.replace(/^globalThis\./, '')
  if (clocks.has(own)) return [`reads the clock: ${own}`]
  if (chance.has(own)) return [`takes chance from ${own}`]
  return outside.has(own) ? [`reaches outside: ${own}`] : []
}

function tooLong({ path, text }: Source): Finding[] {
  const lines = text.split('\n').length - 1
  return lines > longestFile ? [{ path: `${path}:${lines}`, says: `longer than ${longestFile} lines` }] : []
}
