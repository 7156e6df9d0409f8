import { stripTypeScriptTypes } from 'node:module'
import { isNode, parse } from '../src/syntax.ts'
import { asJavaScript } from './manifest.ts'

/** Types become white space, so that lines and columns stay those of the source. */
export const javaScriptOf = (path: string, text: string): string =>
  withJavaScriptSpecifiers(asJavaScript(path), stripTypeScriptTypes(text, { mode: 'strip' }))

/** `./other.ts` becomes `./other.js`, in code and in declarations, exactly where a module is named. */
export function withJavaScriptSpecifiers(path: string, text: string): string {
  const places = parse(path, text)
    .nodes.filter(({ type }) => naming.has(type))
    .map((node) => node['source'])
    .filter(isNode)
    .sort((a, b) => b.start - a.start)
  let rewritten = text
  for (const { start, end } of places) {
    const specifier = rewritten.slice(start, Number(end))
    if (!/^['"]\.\.?\/.*\.tsx?['"]$/.test(specifier)) continue
    rewritten = rewritten.slice(0, start) + specifier.replace(/\.tsx?(['"])$/, '.js$1') + rewritten.slice(Number(end))
  }
  return rewritten
}

const naming = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
])
