import { parseSync } from 'rolldown/utils'

/** One node of the syntax tree; what is in it depends on its type. */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly [field: string]: unknown
}

export interface Source {
  readonly path: string
  readonly text: string
  readonly nodes: readonly SyntaxNode[]
  readonly comments: readonly { readonly value: string; readonly start: number }[]
}

const parsed = new Map<string, Source>()

/** A real parser, because words such as `as` and `any` also stand in texts, comments and JSX. */
export function parse(path: string, text: string): Source {
  const key = `${path}\0${text}`
  const known = parsed.get(key)
  if (known !== undefined) return known
  const { program, comments, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors.map(({ message }) => message).join('; ')}`)
  const source = { path, text, nodes: [...nodesOf(program)], comments }
  parsed.set(key, source)
  return source
}

export const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/** The text of a string literal or of a template without holes. */
export function stringOf(value: unknown): string | null {
  if (!isNode(value)) return null
  if (value.type === 'Literal' && typeof value['value'] === 'string') return value['value']
  if (value.type !== 'TemplateLiteral' || !Array.isArray(value['quasis']) || value['quasis'].length !== 1) return null
  return value['quasis'][0].value.cooked
}

/** `Date.now` for a member expression of plain names, the name itself for an identifier. */
export function nameOf(value: unknown): string | null {
  if (!isNode(value)) return null
  if (value.type === 'Identifier' && typeof value['name'] === 'string') return value['name']
  if (value.type === 'MetaProperty') return `${nameOf(value['meta'])}.${nameOf(value['property'])}`
  if (value.type !== 'MemberExpression') return null
  const object = nameOf(value['object'])
  const property = value['computed'] === true ? stringOf(value['property']) : nameOf(value['property'])
  return object === null || property === null ? null : `${object}.${property}`
}

function* nodesOf(value: unknown): Generator<SyntaxNode> {
  if (Array.isArray(value)) {
    for (const each of value) yield* nodesOf(each)
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (isNode(value)) yield value
  for (const each of Object.values(value)) yield* nodesOf(each)
}
