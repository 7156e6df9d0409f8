import { MessageDraft } from '../conversation/message.ts'
import { readMail } from '../eml/mail.ts'
import { readMailDate } from '../eml/mail-date.ts'
import type { Head } from '../head.ts'
import { type Fit, type Limits, type Reader, type ReaderEnd, wholeFile } from '../reader.ts'
import type { Entry, ItemRecord } from '../record.ts'
import { fieldsAfter, isDated } from './from-line.ts'
import { type CutMail, type MboxDoubt, MboxSplitter } from './splitter.ts'

export const mboxReader = {
  id: 'mbox',
  title: 'Mail box (mbox)',
  detect: detectMbox,
  read: readMbox,
  stream: streamMbox,
} satisfies Omit<Reader, 'id'> & { readonly id: 'mbox' }

function detectMbox(head: Head): Fit {
  const start = head.text.trimStart()
  if (!start.startsWith('From ')) return 'no'
  const newline = start.indexOf('\n')
  if (newline < 0 || fieldsAfter(start.slice(newline + 1)).length === 0) return 'no'
  return isDated(start.slice(0, Math.min(newline, 300)).trimEnd()) ? 'certain' : 'possible'
}

const doubts: Readonly<Record<MboxDoubt, string>> = {
  'from-line-without-blank': 'no blank line stands before the separating line: it may be text of the mail before',
  'from-line-unusual': 'the separating line has no usual form, but a whole header follows: it may be a pasted mail',
  'from-line-inside': 'a line of the text begins with "From " and is no separator by its form and what follows',
  'content-length-covers': 'the stated length covers lines that look like separators: mails may be hidden inside',
  'message-too-large': 'larger than any real mail: not read',
}

class MboxReading {
  readonly #limits: Limits
  readonly #splitter: MboxSplitter
  readonly #skip: number
  #records = 0
  stopped = false

  constructor(limits: Limits, skip: number) {
    this.#limits = limits
    this.#splitter = new MboxSplitter(limits)
    this.#skip = skip
  }

  *push(chunk: Uint8Array): Generator<Entry<ItemRecord>, void, undefined> {
    for (const mail of this.#splitter.push(chunk)) {
      yield* this.#take(mail)
      if (this.stopped) return
    }
  }

  *end(): Generator<Entry<ItemRecord>, ReaderEnd, undefined> {
    if (!this.stopped) {
      for (const mail of this.#splitter.end()) {
        yield* this.#take(mail)
        if (this.stopped) break
      }
    }
    if (this.#records === 0) yield wholeFile('no-messages', 'no line separates mails: not a mail box')
    return { claimedRecords: null, remarks: [] }
  }

  *#take(mail: CutMail): Generator<Entry<ItemRecord>, void, undefined> {
    this.#records += 1
    if (this.#records <= this.#skip) return
    if (this.#records > this.#limits.maxRecords) {
      this.stopped = true
      const says = `more than ${this.#limits.maxRecords} mails: the rest was not read`
      yield setAside('too-many-records', `rest of the file from byte ${mail.offset}`, says)
    } else yield entryOf(mail, this.#limits)
  }
}

function entryOf(mail: CutMail, limits: Limits): Entry<ItemRecord> {
  const span = `bytes ${mail.offset}-${mail.end}`
  if (mail.fromLine === null) return setAside('before-first-message', span, 'text before the first separating line')
  const place = `mail ${mail.index}, ${span}`
  if (mail.bytes === null) return setAside('message-too-large', place, doubts['message-too-large'])
  const draft = new MessageDraft()
  for (const doubt of mail.doubts) draft.remark(doubt, place, doubts[doubt])
  const { bytes, count } = unescaped(mail.bytes)
  draft.detail('separating line', draft.safe(mail.fromLine, place), place)
  const received = /\s([A-Z][a-z]{2} +[A-Z][a-z]{2} .*)$/.exec(mail.fromLine)?.[1]
  const date = received === undefined ? null : readMailDate(received)
  if (date?.readable === true)
    draft.detail('separating line at', date.claim.instant ?? `${date.claim.original} (zone unknown)`, place)
  if (count > 0) draft.detail('lines >From restored', String(count), place)
  return readMail(
    bytes,
    { format: 'mbox', place: `mail ${mail.index}`, whole: { name: null, place: 'whole file' } },
    limits,
    draft,
  )
}

const setAside = (code: string, place: string, says: string): Entry<never> => ({
  outcome: 'set-aside',
  place,
  reason: { code, place, says },
})

/** mboxrd: one `>` was put before each line `From `, `>From `, ... of a text; it is taken away again. */
function unescaped(bytes: Uint8Array): { bytes: Uint8Array; count: number } {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  if (!/^>{1,100}From /m.test(text)) return { bytes, count: 0 }
  let count = 0
  const plain = text.replace(/^>(>{0,100}From )/gm, (_, rest: string) => {
    count += 1
    return rest
  })
  return { bytes: Buffer.from(plain, 'latin1'), count }
}

function* readMbox(bytes: Uint8Array, limits: Limits): Generator<Entry<ItemRecord>, ReaderEnd, undefined> {
  const reading = new MboxReading(limits, 0)
  yield* reading.push(bytes)
  return yield* reading.end()
}

async function* streamMbox(
  chunks: AsyncIterable<Uint8Array>,
  limits: Limits,
  skip = 0,
): AsyncGenerator<Entry<ItemRecord>, ReaderEnd, undefined> {
  const reading = new MboxReading(limits, skip)
  for await (const chunk of chunks) {
    yield* reading.push(chunk)
    if (reading.stopped) break
  }
  return yield* reading.end()
}
