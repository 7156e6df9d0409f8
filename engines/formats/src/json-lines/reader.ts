import { type ColumnProfile, meaningOf, noProfile, takeCell } from '../bulk/columns.ts'
import { ItemDraft, setAside } from '../bulk/item.ts'
import { isBlank, type Line, LineSplitter } from '../bulk/lines.ts'
import { type PushParser, readingBy } from '../bulk/push.ts'
import { Utf8Source } from '../bulk/text.ts'
import { type JsonNode, readJson } from '../json/index.ts'
import type { Limits, Reader, ReaderEnd } from '../reader.ts'
import type { Entry, ItemRecord } from '../record.ts'

const whole = { name: null, place: 'whole file' }

class JsonLinesParser implements PushParser {
  readonly #source = new Utf8Source()
  readonly #limits: Limits
  readonly #lines: LineSplitter
  readonly #profile: ColumnProfile

  constructor(limits: Limits, profile: ColumnProfile) {
    this.#limits = limits
    this.#lines = new LineSplitter(limits.maxLineLength)
    this.#profile = profile
  }

  *push(chunk: Uint8Array): Generator<Entry<ItemRecord>, void, undefined> {
    for (const line of this.#lines.push(this.#source.push(chunk))) yield* this.#row(line)
  }

  *end(): Generator<Entry<ItemRecord>, ReaderEnd, undefined> {
    for (const line of this.#lines.push(this.#source.end())) yield* this.#row(line)
    for (const line of this.#lines.end()) yield* this.#row(line)
    return { claimedRecords: null, remarks: [] }
  }

  *#row(line: Line): Generator<Entry<ItemRecord>, void, undefined> {
    const place = `line ${line.number}`
    if (line.part === 1) yield setAside('line-too-long', place, 'The line is longer than any real one.')
    if (line.part > 0 || isBlank(line.bytes)) return
    const reading = readJson(line.bytes, {
      maxDepth: this.#limits.maxDepth,
      maxKeys: this.#limits.maxKeys,
      maxKeyLength: this.#limits.maxKeyLength,
      maxStringLength: this.#limits.maxStringLength,
      maxValues: this.#limits.maxKeys,
    })
    if (!reading.ok) {
      const { code, says, offset } = reading.error
      yield setAside(code, `${place}, byte ${offset}`, says)
      return
    }
    const draft = new ItemDraft('json-lines', 'row', place, whole)
    for (const note of reading.value.notes) {
      if (note.code !== 'json-number-kept-as-text') draft.remark(note.code, note.says)
    }
    if (reading.value.root.type !== 'object') draft.remark('not-an-object', 'The line holds no object with keys.')
    this.#take(draft, reading.value.root, '$', '')
    yield draft.entry()
  }

  /** Every leaf becomes a detail under its path; depth is bounded by the reading of JSON. */
  #take(draft: ItemDraft, node: JsonNode, path: string, column: string): void {
    if (node.type === 'object') {
      for (const [key, value] of node.members) {
        this.#take(draft, value, `${path}.${key}`, column === '' ? key : `${column}.${key}`)
      }
    } else if (node.type === 'array') {
      node.items.forEach((item, at) => {
        this.#take(draft, item, `${path}[${at}]`, column)
      })
    } else if (node.type !== 'null') {
      const value = node.type === 'number' ? node.text : String(node.value)
      takeCell(
        draft,
        column === '' ? 'value' : column,
        meaningOf(column, this.#profile),
        value,
        `${draft.place} ${path}`,
      )
    }
  }
}

/** With a person's answer about what the keys mean. */
export const jsonLinesReaderWith = (profile: ColumnProfile) =>
  ({
    id: 'json-lines',
    title: 'JSON lines',
    detect: (head) => (head.looksLike === 'json lines' ? 'possible' : 'no'),
    ...readingBy((limits) => new JsonLinesParser(limits, profile)),
  }) satisfies Omit<Reader, 'id'> & { readonly id: 'json-lines' }

export const jsonLinesReader = jsonLinesReaderWith(noProfile)
