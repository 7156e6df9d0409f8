import type { ThreeValued } from '@tandem/core'
import { stripText } from '../guard/index.ts'
import { type JsonNode, readJsonNotingRules } from '../json/index.ts'
import { type Limits, wholeFile } from '../reader.ts'
import type { Entry, Remark } from '../record.ts'
import type { ItemDraft } from './item.ts'

export const childOf = (node: JsonNode | null | undefined, ...keys: readonly string[]): JsonNode | null => {
  let at = node ?? null
  for (const key of keys) at = at?.type === 'object' ? (at.members.get(key) ?? null) : null
  return at
}

/** Text of a string, number or boolean as written; null for what is none of them. */
export function scalarOf(node: JsonNode | null | undefined): string | null {
  if (node === null || node === undefined) return null
  if (node.type === 'string') return node.value
  if (node.type === 'number') return node.text
  return node.type === 'boolean' ? String(node.value) : null
}

/** Members of a list; a single value counts as a list of one. */
export function listOf(node: JsonNode | null | undefined): readonly JsonNode[] {
  if (node === null || node === undefined || node.type === 'null') return []
  return node.type === 'array' ? node.items : [node]
}

export const membersOf = (node: JsonNode | null | undefined): readonly (readonly [string, JsonNode])[] =>
  node?.type === 'object' ? [...node.members] : []

/** true, "true", 1, "1" and their opposites; everything else is not said. */
export function flagOf(node: JsonNode | null | undefined): ThreeValued {
  const text = scalarOf(node)?.toLowerCase()
  if (text === 'true' || text === '1') return 'yes'
  return text === 'false' || text === '0' ? 'no' : 'not said'
}

export type Opened =
  | { readonly root: JsonNode; readonly remarks: readonly Remark[] }
  | { readonly root: null; readonly entry: Entry<never> }

/** A whole document: faults of form end it, rules that are broken are said of the whole. */
export function openJson(bytes: Uint8Array, limits: Limits): Opened {
  const { maxBytes, maxDepth, maxKeys, maxKeyLength, maxStringLength } = limits
  const reading = readJsonNotingRules(bytes, { maxBytes, maxDepth, maxKeys, maxKeyLength, maxStringLength })
  if (!reading.ok) {
    const { code, says, offset } = reading.error
    return { root: null, entry: wholeFile(code, says, `byte ${offset}`) }
  }
  const { root, ruleFaults, notes } = reading.value
  const remarks = ruleFaults.slice(0, 100).map(({ code, says, offset }) => ({ code, says, place: `byte ${offset}` }))
  for (const { code, says, start } of notes.slice(0, 100)) {
    if (code !== 'json-number-kept-as-text') remarks.push({ code, says, place: `byte ${start}` })
  }
  return { root, remarks }
}

/** Texts that may hold encoded media are cleaned before they go anywhere. */
export function cleanText(draft: ItemDraft, text: string, place: string): string {
  if (text.length < 256) return text
  const stripped = stripText(text)
  if (stripped.count > 0)
    draft.remark('media-stripped', 'Encoded media inside the text were replaced by digests.', place)
  return stripped.text
}

/** Every value below a node becomes a detail under its path, so that nothing is lost with what we do not know. */
export function putLeaves(
  draft: ItemDraft,
  node: JsonNode,
  kind: string,
  place: string,
  except: ReadonlySet<string> = new Set(),
): void {
  if (node.type === 'object') {
    for (const [key, value] of node.members) {
      if (!except.has(key)) putLeaves(draft, value, kind === '' ? key : `${kind}.${key}`, `${place}.${key}`)
    }
  } else if (node.type === 'array') {
    node.items.forEach((item, at) => {
      putLeaves(draft, item, kind, `${place}[${at}]`)
    })
  } else {
    const text = scalarOf(node)
    if (text !== null) draft.detail(kind, cleanText(draft, text, place), place)
  }
}
