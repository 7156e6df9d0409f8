import type { MessageDraft } from '../conversation/message.ts'
import type { JsonNode, JsonObject } from '../json/index.ts'
import type { Place } from '../record.ts'
import { readAccountId } from './message.ts'

interface Piece {
  readonly type: string
  readonly text: string
  readonly href: string | null
  readonly userId: string | null
  readonly place: Place
}

/** A string, or a list of strings and `{type, text, ...}`. Marked pieces are typed: links, numbers, names, mails. */
export function readText(
  draft: MessageDraft,
  text: JsonNode | undefined,
  entities: JsonNode | undefined,
  place: Place,
): void {
  const shown = pieces(draft, text, `${place}.text`)
  const marked = pieces(draft, entities, `${place}.text_entities`)
  const whole = shown.map((piece) => piece.text).join('')
  const second = marked.map((piece) => piece.text).join('')
  draft.said(whole !== '' ? whole : second, whole !== '' ? `${place}.text` : `${place}.text_entities`)
  if (whole !== '' && second !== '' && whole !== second) {
    draft.remark('text-differs', `${place}.text_entities`, 'the text and its marked form differ: both are kept')
    draft.said(second, `${place}.text_entities`)
  }
  for (const piece of marked.length > 0 ? marked : shown) readPiece(draft, piece)
}

function pieces(draft: MessageDraft, node: JsonNode | undefined, place: Place): Piece[] {
  if (node === undefined || node.type === 'null') return []
  if (node.type === 'string') return node.value === '' ? [] : [plain(node.value, place)]
  if (node.type !== 'array') {
    draft.structureFault ??= { code: 'wrong-structure', place, says: 'a text or a list of texts was expected here' }
    return []
  }
  return node.items.flatMap((item, index): Piece[] => {
    const at = `${place}[${index}]`
    if (item.type === 'string') return [plain(item.value, at)]
    if (item.type === 'object') return [markedPiece(item, at)]
    draft.remark('text-piece-unknown', at, 'a piece of the text that is neither text nor object: not read')
    return []
  })
}

const plain = (text: string, place: Place): Piece => ({ type: 'plain', text, href: null, userId: null, place })

function markedPiece(node: JsonObject, place: Place): Piece {
  const text = (key: string): string | null => {
    const value = node.members.get(key)
    return value?.type === 'string' ? value.value : value?.type === 'number' ? value.text : null
  }
  return { type: text('type') ?? 'plain', text: text('text') ?? '', href: text('href'), userId: text('user_id'), place }
}

function readPiece(draft: MessageDraft, piece: Piece): void {
  const at = `${piece.place}.text`
  const { type, text } = piece
  if (type === 'link') draft.link(draft.safe(text, at), at)
  else if (type === 'text_link') draft.link(draft.safe(piece.href ?? '', at), `${piece.place}.href`)
  else if (type === 'email') draft.email(text, at, null)
  else if (type === 'phone') draft.phone(text, at, null)
  else if (type === 'mention') draft.account('telegram', 'username', text, at, null)
  else if (type === 'mention_name') readAccountId(draft, numbered(piece.userId), `${piece.place}.user_id`, null)
  // A card number is never kept whole outside the text that holds it.
  else if (type === 'bank_card') draft.detail('bank card, last four', text.replace(/\D/g, '').slice(-4), at)
  else if (/^(?:hashtag|cashtag|bot_command)$/.test(type)) draft.detail(type, draft.safe(text, at), at)
}

const numbered = (id: string | null): string | null => (id !== null && /^[0-9]+$/.test(id) ? `user${id}` : id)
