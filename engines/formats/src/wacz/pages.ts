import { readTimeClaim } from '@tandem/core'
import { ItemDraft, setAside } from '../bulk/item.ts'
import { childOf, cleanText, putLeaves, scalarOf } from '../bulk/json-view.ts'
import { isBlank, type Line, LineSplitter } from '../bulk/lines.ts'
import { readJson } from '../json/index.ts'
import type { Limits } from '../reader.ts'
import type { Entry, ItemRecord } from '../record.ts'

/** `pages.jsonl`: a first line that names the list, then one page a line. */
export class PagesParser {
  readonly #limits: Limits
  readonly #lines: LineSplitter
  #list: string | null = null

  constructor(limits: Limits) {
    this.#limits = limits
    this.#lines = new LineSplitter(limits.maxLineLength)
  }

  *push(chunk: Uint8Array): Generator<Entry<ItemRecord>, void, undefined> {
    for (const line of this.#lines.push(chunk)) yield* this.#page(line)
  }

  *end(): Generator<Entry<ItemRecord>, void, undefined> {
    for (const line of this.#lines.end()) yield* this.#page(line)
  }

  *#page(line: Line): Generator<Entry<ItemRecord>, void, undefined> {
    if (isBlank(line.bytes)) return
    const place = `line ${line.number}`
    const reading = line.part === 0 ? readJson(line.bytes, { maxDepth: this.#limits.maxDepth }) : null
    if (reading === null || !reading.ok) {
      yield setAside('page-unreadable', place, 'The line of the list of pages is no JSON, or too long.')
      return
    }
    const { root } = reading.value
    if (scalarOf(childOf(root, 'url')) === null && scalarOf(childOf(root, 'format')) !== null) {
      this.#list = scalarOf(childOf(root, 'title')) ?? scalarOf(childOf(root, 'id'))
      return
    }
    const draft = new ItemDraft('wacz', 'capture', place, { name: this.#list, place: 'list of pages' })
    const url = scalarOf(childOf(root, 'url'))
    if (url === null) draft.remark('page-without-url', 'The page has no address.')
    else if (!draft.mention('url', url, `${place} $.url`))
      draft.remark('not-valid', 'The address of the page is none.', `${place} $.url`)
    draft.record.reference = scalarOf(childOf(root, 'id'))
    const at = scalarOf(childOf(root, 'ts')) ?? scalarOf(childOf(root, 'timestamp'))
    if (at !== null) draft.time(readTimeClaim(at), 'captured')
    const text = scalarOf(childOf(root, 'text'))
    if (text !== null) draft.narrative('other', cleanText(draft, text, place), `${place} $.text`)
    putLeaves(draft, root, '', `${place} $`, new Set(['text', 'id']))
    yield draft.entry()
  }
}
