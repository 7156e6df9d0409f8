import type { ItemDraft } from '../bulk/item.ts'
import { childOf, scalarOf } from '../bulk/json-view.ts'
import type { JsonNode } from '../json/index.ts'

/** Observables (STIX 2.1, section 6): they have no times of their own. */
export const observableTypes: ReadonlySet<string> = new Set([
  'artifact',
  'autonomous-system',
  'directory',
  'domain-name',
  'email-addr',
  'email-message',
  'file',
  'ipv4-addr',
  'ipv6-addr',
  'mac-addr',
  'mutex',
  'network-traffic',
  'process',
  'software',
  'url',
  'user-account',
  'windows-registry-key',
  'x509-certificate',
])

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function idFault(id: string, type: string | null): string | null {
  const at = id.indexOf('--')
  if (at < 1 || !uuid.test(id.slice(at + 2))) return 'The id is not a type, two dashes and a UUID.'
  return type !== null && id.slice(0, at) !== type ? 'The id is of another type than the object.' : null
}

/** Section 3.3: always UTC with `Z`. Compared as instants; sub-seconds beyond milliseconds decide as text. */
const timestamp = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z$/

export function isTimestamp(text: string): boolean {
  const [, whole] = timestamp.exec(text) ?? []
  return whole !== undefined && !Number.isNaN(Date.parse(`${whole}Z`))
}

function comparable(text: string): string {
  const [, whole = '', fraction = ''] = timestamp.exec(text) ?? []
  return `${whole}.${fraction.padEnd(9, '0')}`
}

const orders = [
  ['created', 'modified', 'modified-before-created', 'The object was changed before it was made.', true],
  ['valid_from', 'valid_until', 'valid-until-first', 'The indicator ends before it begins.', false],
  ['first_seen', 'last_seen', 'seen-order', 'It was last seen before it was first seen.', true],
  ['first_observed', 'last_observed', 'seen-order', 'It was last observed before it was first observed.', true],
  ['start_time', 'stop_time', 'valid-until-first', 'The relationship ends before it begins.', false],
] as const

/** What the schemas of the standard cannot say, and what they demand, by plain comparison. */
export function checkObject(draft: ItemDraft, node: JsonNode, type: string): void {
  const text = (key: string): string | null => scalarOf(childOf(node, key))
  const { place } = draft
  const id = text('id')
  if (id === null) draft.remark('field-missing', 'The object has no id.')
  else {
    const fault = idFault(id, type)
    if (fault !== null) draft.remark('id-malformed', fault, `${place}.id`)
  }
  if (!observableTypes.has(type) && !type.startsWith('x-')) {
    const demanded = type === 'marking-definition' ? ['created'] : ['created', 'modified']
    for (const key of demanded) if (text(key) === null) draft.remark('field-missing', `The object has no ${key}.`)
  }
  const version = text('spec_version')
  if (version !== null && version !== '2.1')
    draft.remark('version-other', 'The object is of another version of STIX; it is read as 2.1.')
  if (version === null && !observableTypes.has(type))
    draft.remark('version-missing', 'The object does not say its version of STIX.')
  for (const [first, last, code, says, mayBeEqual] of orders) {
    const [from, to] = [text(first), text(last)]
    for (const [key, value] of [
      [first, from],
      [last, to],
    ] as const) {
      if (value !== null && !isTimestamp(value))
        draft.remark('time-malformed', `${key} is no time in UTC.`, `${place}.${key}`)
    }
    if (from === null || to === null || !isTimestamp(from) || !isTimestamp(to)) continue
    const [a, b] = [comparable(from), comparable(to)]
    if (b < a || (!mayBeEqual && a === b)) draft.remark(code, says, `${place}.${last}`)
  }
}
