import { isHashList } from '../bulk/hash-list.ts'
import { ItemDraft } from '../bulk/item.ts'
import { cleanText } from '../bulk/json-view.ts'
import { isBlank, type Line, LineSplitter, linePlace } from '../bulk/lines.ts'
import { type PushParser, readingBy } from '../bulk/push.ts'
import { decodeText, foreignSays, Utf8Source } from '../bulk/text.ts'
import type { Limits, Reader, ReaderEnd } from '../reader.ts'
import type { Entry, ItemRecord } from '../record.ts'

const whole = { name: null, place: 'whole file' }

class PlainTextParser implements PushParser {
  readonly #source = new Utf8Source()
  readonly #lines: LineSplitter

  constructor(limits: Limits) {
    this.#lines = new LineSplitter(limits.maxStringLength)
  }

  *push(chunk: Uint8Array): Generator<Entry<ItemRecord>, void, undefined> {
    for (const line of this.#lines.push(this.#source.push(chunk))) yield* rowOf(line)
  }

  *end(): Generator<Entry<ItemRecord>, ReaderEnd, undefined> {
    for (const line of this.#lines.push(this.#source.end())) yield* rowOf(line)
    for (const line of this.#lines.end()) yield* rowOf(line)
    return { claimedRecords: null, remarks: [] }
  }
}

/** Each line that is not blank is a row; its text is a narrative, in which identifiers are looked for elsewhere. */
function* rowOf(line: Line): Generator<Entry<ItemRecord>, void, undefined> {
  if (isBlank(line.bytes)) return
  const draft = new ItemDraft('plain-text', 'row', linePlace(line), whole)
  const { text, foreign } = decodeText(line.bytes)
  if (foreign) draft.remark('not-utf-8', foreignSays)
  if (line.part > 0) draft.remark('line-split', 'The line is very long and was read in pieces.')
  if (text.includes('\0')) draft.remark('nul', 'The line holds NUL characters: it may be no text.')
  draft.narrative('other', cleanText(draft, text, draft.place))
  yield draft.entry()
}

export const plainTextReader = {
  id: 'plain-text',
  title: 'Plain text, line by line',
  detect: (head) => (head.looksLike === 'text' && (head.text.includes('@') || !isHashList(head)) ? 'possible' : 'no'),
  ...readingBy((limits) => new PlainTextParser(limits)),
} satisfies Omit<Reader, 'id'> & { readonly id: 'plain-text' }
