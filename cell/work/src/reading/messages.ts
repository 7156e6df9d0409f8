import {
  type AnyRecord,
  type ContainerFormat,
  containerFormats,
  type Entry,
  type GuardRefusal,
  type Reading,
  type Stripped,
} from '@tandem/formats'

/** One file's way through the child: the bytes follow the request in the same frame. */
export type Ask =
  | { readonly ask: 'guard'; readonly maxBytes: number }
  | { readonly ask: 'read'; readonly unpacked: boolean }

/** What the child says. `guarded` carries the bytes behind it, unless they are the same as those it was given. */
export type Answer =
  | { readonly says: 'ready' }
  | { readonly says: 'refused'; readonly refusal: GuardRefusal }
  | {
      readonly says: 'guarded'
      readonly unchanged: boolean
      /** The container that it was: the bytes are then what is kept of it. */
      readonly container: ContainerFormat | null
      readonly stripped: readonly Stripped[]
    }
  | { readonly says: 'entry'; readonly entry: Entry<AnyRecord> }
  | { readonly says: 'end'; readonly reading: Reading }
  /** An error of ours. Its text could repeat what people wrote, so it stays behind. */
  | { readonly says: 'failed' }

const last: ReadonlySet<Answer['says']> = new Set(['refused', 'guarded', 'end', 'failed'])
export const isLast = (answer: Answer): boolean => last.has(answer.says)

/** What took over a parser could say anything: an answer that is not in its form counts as the parser's death. */
export function parseAnswer(json: string): Answer | null {
  const said: unknown = JSON.parse(json)
  return isAnswer(said) ? said : null
}

function isAnswer(said: unknown): said is Answer {
  if (!isObject(said)) return false
  switch (said['says']) {
    case 'ready':
    case 'failed':
      return true
    case 'refused':
      return isObject(said['refusal']) && hasTexts(said['refusal'], ['code', 'type', 'says'])
    case 'guarded':
      return (
        typeof said['unchanged'] === 'boolean' &&
        isContainer(said['container']) &&
        isListOf(said['stripped'], isStripped)
      )
    case 'entry':
      return isObject(said['entry']) && isEntry(said['entry'])
    case 'end':
      return isObject(said['reading']) && isReading(said['reading'])
    default:
      return false
  }
}

const isContainer = (said: unknown): boolean => said === null || containerFormats.some((each) => each === said)

const isStripped = (each: { readonly [name: string]: unknown }): boolean =>
  hasTexts(each, ['place', 'sha256', 'type', 'why']) && typeof each['length'] === 'number'

const isRemark = (each: { readonly [name: string]: unknown }): boolean => hasTexts(each, ['code', 'place', 'says'])

const kinds: ReadonlySet<unknown> = new Set(['referral', 'list-entry', 'item'])

function isEntry(entry: { readonly [name: string]: unknown }): boolean {
  if (typeof entry['place'] !== 'string') return false
  if (entry['outcome'] === 'set-aside') return isObject(entry['reason']) && isRemark(entry['reason'])
  const { record } = entry
  if (!isObject(record) || !kinds.has(record['kind'])) return false
  return entry['outcome'] === 'accepted' || (entry['outcome'] === 'remarked' && isListOf(entry['remarks'], isRemark))
}

function isReading(reading: { readonly [name: string]: unknown }): boolean {
  const { account, format } = reading
  const numbers = ['records', 'accepted', 'remarked', 'setAside']
  return (
    (format === null || typeof format === 'string') &&
    isObject(account) &&
    numbers.every((name) => Number.isSafeInteger(account[name])) &&
    isListOf(reading['remarks'], isRemark)
  )
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const hasTexts = (value: { readonly [name: string]: unknown }, names: readonly string[]): boolean =>
  names.every((name) => typeof value[name] === 'string')

const isListOf = (value: unknown, fits: (each: { readonly [name: string]: unknown }) => boolean): boolean =>
  Array.isArray(value) && value.every((each: unknown) => isObject(each) && fits(each))
