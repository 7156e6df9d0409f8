import { readIp } from '@tandem/identifiers'
import { ItemDraft, plainPerson, setAside } from '../bulk/item.ts'
import type { Entry, ItemRecord } from '../record.ts'
import { type LogLine, readLogLine } from './grammar.ts'
import { logTime } from './time.ts'

const whole = { name: null, place: 'whole file' }

export function readEntry(text: string, place: string, foreign: string | null): Entry<ItemRecord> {
  const line = readLogLine(text)
  if ('code' in line) return setAside(line.code, `${place}, character ${line.at + 1}`, line.says)
  const draft = new ItemDraft('access-log', 'log line', place, whole)
  if (foreign !== null) draft.remark('not-utf-8', foreign)
  const at = logTime(line.time)
  draft.time(at, 'request received')
  if (at.instant === null) draft.remark('time-unreadable', 'The time is not in the form of an access log.')
  draft.record.author = client(draft, line)
  fields(draft, line)
  return draft.entry()
}

/** Who asked: the address becomes an event of a person without a name, or with the name of the log-in. */
function client(draft: ItemDraft, line: LogLine): number {
  const { place } = draft
  const names = line.user === '-' ? [] : [line.user]
  const reading = readIp(line.client)
  if (!reading.ok) {
    draft.detail('client', line.client)
    if (/^[\d.]+$/.test(line.client) || line.client.includes(':')) {
      draft.remark(
        'ip-impossible',
        'What stands as the client address is no address that can exist; it is kept as text.',
      )
    }
    return draft.person({ ...plainPerson, place, names })
  }
  const { address, port } = reading.value
  const event = { address, port, time: draft.record.at, event: line.request, possibleProxy: 'not said', place } as const
  const person = draft.person({ ...plainPerson, place, names, ipEvents: [event] })
  draft.mention('ip', line.client, place, person)
  return person
}

function fields(draft: ItemDraft, line: LogLine): void {
  const put = (kind: string, value: string | null | undefined): void => {
    if (value !== null && value !== undefined && value !== '-' && value !== '') draft.detail(kind, value)
  }
  put('identity', line.identity)
  put('request', line.request)
  const [method, target, protocol, ...rest] = line.request.split(' ')
  if (rest.length === 0 && protocol?.startsWith('HTTP/') === true) {
    put('method', method)
    put('target', target)
    put('protocol', protocol)
  } else if (line.request !== '-') {
    draft.remark(
      'request-not-http',
      'The request is not method, target and protocol: empty, cut or of another protocol.',
    )
  }
  put('status', line.status)
  put('bytes', line.bytes)
  put('referer', line.referer)
  put('agent', line.agent)
  if (line.referer !== null && line.referer !== '-') draft.mention('url', line.referer)
  for (const each of line.more) {
    put('further field', each)
    for (const address of each.split(',')) draft.mention('ip', address.trim())
  }
  const escaped = [line.request, line.referer ?? '', line.agent ?? '', ...line.more].some((text) => text.includes('\\'))
  if (escaped)
    draft.remark('escaped', 'Bytes stand in the line as escapes (\\x..., \\"): kept as written, not decoded.')
}
