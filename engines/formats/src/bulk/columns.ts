import { readTimeClaim, type TimeClaim } from '@tandem/core'
import type { ItemDraft, TypedKind } from './item.ts'
import { cleanText } from './json-view.ts'

/** What a column or key holds. Everything without a meaning is kept as a detail under its own name. */
export type Meaning = TypedKind | 'id' | 'answers' | 'time' | 'name' | 'text' | 'file name' | 'other'

/** Which column means what. `names` win over what the name of a column says. */
export interface ColumnProfile {
  readonly names: { readonly [column: string]: Meaning }
}

export const noProfile: ColumnProfile = { names: {} }

const meanings: readonly (readonly [Meaning, readonly string[]])[] = [
  ['email', ['email', 'mail', 'emailaddress', 'usermail', 'useremail', 'mailaddress', 'emailid']],
  [
    'ip',
    [
      'ip',
      'ipaddress',
      'ipaddr',
      'userip',
      'lastip',
      'regip',
      'registrationip',
      'loginip',
      'clientip',
      'ipv4',
      'ipv6',
      'posterip',
    ],
  ],
  ['phone', ['phone', 'phonenumber', 'telephone', 'mobile', 'mobilenumber', 'msisdn', 'tel', 'cell']],
  ['url', ['url', 'link', 'uri', 'href', 'website', 'homepage', 'profileurl']],
  ['id', ['id', 'uuid', 'postid', 'messageid', 'msgid', 'rowid', 'recordid', 'pid']],
  ['answers', ['replyto', 'inreplyto', 'parentid', 'parent', 'answers']],
  [
    'time',
    ['time', 'date', 'datetime', 'timestamp', 'createdat', 'created', 'postedat', 'sentat', 'posttime', 'postdate'],
  ],
  [
    'name',
    [
      'name',
      'username',
      'user',
      'author',
      'authorname',
      'login',
      'nick',
      'nickname',
      'displayname',
      'fullname',
      'screenname',
      'poster',
    ],
  ],
  [
    'text',
    [
      'text',
      'body',
      'message',
      'content',
      'post',
      'posttext',
      'comment',
      'subject',
      'description',
      'bio',
      'note',
      'notes',
      'about',
    ],
  ],
  ['file name', ['filename', 'attachment', 'attachments', 'filepath', 'file']],
]

const known: ReadonlyMap<string, Meaning> = new Map(
  meanings.flatMap(([meaning, names]) => names.map((name) => [name, meaning] as const)),
)

export function meaningOf(column: string, profile: ColumnProfile): Meaning {
  const own = Object.hasOwn(profile.names, column) ? profile.names[column] : undefined
  return (
    own ??
    known.get(
      column
        .toLowerCase()
        .replace(/[^a-z0-9]/g, '')
        .slice(0, 64),
    ) ??
    'other'
  )
}

/** One cell into the draft. The value stays a detail or narrative as written, whatever is made of it beside. */
export function takeCell(draft: ItemDraft, column: string, meaning: Meaning, written: string, place: string): void {
  if (written === '') return
  const value = cleanText(draft, written, place)
  switch (meaning) {
    case 'text':
      draft.narrative('other', value, place)
      return
    case 'id':
      draft.record.reference ??= value
      break
    case 'answers':
      draft.record.answers ??= value
      break
    case 'time':
      if (draft.record.at === null) draft.time(timeOf(value), column)
      break
    case 'name':
      addName(draft, value, place)
      break
    case 'file name':
      draft.file({ place, name: value })
      break
    case 'other':
      break
    default:
      if (!draft.mention(meaning, value, place)) {
        draft.remark('not-valid', `The column says ${meaning}, but the value did not pass its test; it is kept.`, place)
      }
  }
  draft.detail(column, value, place)
}

function addName(draft: ItemDraft, value: string, place: string): void {
  if (draft.record.author === null) draft.record.author = draft.person({ place, names: [value] })
  else draft.person({ place, names: [value] })
}

/** ISO 8601 with a zone, or seconds or milliseconds since 1970 as a candidate: a bare number does not say what it is. */
export function timeOf(value: string): TimeClaim {
  const claim = readTimeClaim(value)
  if (claim.instant !== null) return claim
  if (/^\d{10}$/.test(value)) return candidate(value, Number(value) * 1000)
  if (/^\d{13}$/.test(value)) return candidate(value, Number(value))
  return claim
}

const candidate = (original: string, milliseconds: number): TimeClaim => ({
  original,
  instant: null,
  zone: { kind: 'unknown' },
  candidates: [new Date(milliseconds).toISOString()],
})
