import { childOf, listOf, openJson, scalarOf } from '../bulk/json-view.ts'
import { tooManyRecords } from '../bulk/push.ts'
import type { Head } from '../head.ts'
import type { Fit, Limits, Reader, ReaderEnd } from '../reader.ts'
import { wholeFile } from '../reader.ts'
import type { Entry, ItemRecord, Remark } from '../record.ts'
import { readHarEntry } from './entry.ts'

/** `log` first and alone, and inside it what HAR 1.2 demands. */
function detect(head: Head): Fit {
  const [first] = head.topLevel
  if (head.looksLike !== 'json' || first?.key !== 'log') return 'no'
  const demanded = ['"version"', '"creator"', '"entries"', '"pages"'].filter((key) => head.text.includes(key))
  return demanded.length >= 2 ? 'certain' : 'possible'
}

function* read(bytes: Uint8Array, limits: Limits): Generator<Entry<ItemRecord>, ReaderEnd | undefined, undefined> {
  const opened = openJson(bytes, limits)
  if (opened.root === null) {
    yield opened.entry
    return undefined
  }
  const log = childOf(opened.root, 'log')
  const entries = childOf(log, 'entries')
  if (entries?.type !== 'array') {
    yield wholeFile('not-har', 'The file has no list of entries under log.', '$.log.entries')
    return undefined
  }
  const pages = new Map<string, string>()
  for (const page of listOf(childOf(log, 'pages'))) {
    const id = scalarOf(childOf(page, 'id'))
    if (id !== null) pages.set(id, scalarOf(childOf(page, 'title')) ?? id)
  }
  const remarks: Remark[] = [...opened.remarks]
  const version = scalarOf(childOf(log, 'version'))
  if (version !== '1.2') {
    remarks.push({
      code: 'version-unknown',
      place: '$.log.version',
      says: 'The file does not say version 1.2; it is read as such.',
    })
  }
  let at = 0
  for (const entry of entries.items) {
    if (at === limits.maxRecords) {
      yield tooManyRecords(limits.maxRecords)
      break
    }
    yield readHarEntry(entry, `$.log.entries[${at}]`, pages, limits)
    at += 1
  }
  return { claimedRecords: null, remarks }
}

export const harReader = {
  id: 'har',
  title: 'HTTP archive (HAR 1.2)',
  detect,
  read,
} satisfies Omit<Reader, 'id'> & { readonly id: 'har' }
