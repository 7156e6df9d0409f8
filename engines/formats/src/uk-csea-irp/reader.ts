import { type JsonFault, type JsonNode, type JsonObject, readJsonNotingRules } from '../json/index.ts'
import { type Limits, type Reader, type ReaderEnd, wholeFile } from '../reader.ts'
import type { AnyRecord, Entry, Place, Remark } from '../record.ts'
import { placeOf } from './fields.ts'
import { readReport } from './report.ts'
import { profile } from './shape.ts'

export const ukCseaIrp: Reader = {
  id: profile,
  title: 'UK industry report (CSEA-IRP)',
  detect(head) {
    const named = head.topLevel.find(({ key }) => key === 'profile')
    if (named !== undefined) return named.value === profile ? 'certain' : 'no'
    // The profile may stand behind a long report.
    return head.topLevel.some(({ key }) => key === 'report' || key === 'reports') ? 'possible' : 'no'
  },
  *read(bytes, limits) {
    const document = readJsonNotingRules(bytes, limits)
    if (!document.ok) {
      yield setAsideFile(document.error)
      return undefined
    }
    const { root, ruleFaults } = document.value
    const found = reportsOf(root, limits)
    if (!Array.isArray(found)) {
      yield found
      return undefined
    }
    const outside = ruleFaults.find(
      ({ offset }) => !found.some(({ node }) => offset >= node.start && offset < node.end),
    )
    if (outside !== undefined) {
      yield setAsideFile(outside)
      return undefined
    }
    const faults = [...ruleFaults].sort((a, b) => a.offset - b.offset)
    let next = 0
    for (const { node, place } of found) {
      const fault = faults[next]
      if (fault !== undefined && fault.offset < node.end) {
        while ((faults[next]?.offset ?? Number.POSITIVE_INFINITY) < node.end) next += 1
        yield { outcome: 'set-aside', place, reason: remarkOf(fault, place) }
      } else yield readReport(node, place)
    }
    return root.type === 'object' ? endOf(root, found.length) : undefined
  },
}

const remarkOf = (fault: JsonFault, place: Place): Remark => ({
  code: fault.code,
  place: `${place}, byte ${fault.offset}`,
  says: fault.says,
})

const setAsideFile = (fault: JsonFault): Entry<never> => wholeFile(fault.code, fault.says, `byte ${fault.offset}`)

interface Found {
  readonly node: JsonNode
  readonly place: Place
}

function reportsOf(root: JsonNode, limits: Limits): Found[] | Entry<AnyRecord> {
  if (root.type !== 'object')
    return wholeFile('not-a-document', 'the file must hold one object with `profile` and `report`')
  const named = root.members.get('profile')
  if (named?.type !== 'string' || named.value !== profile) {
    return wholeFile('wrong-profile', `the file does not name the profile ${profile}`, '$.profile')
  }
  const found: Found[] = []
  const one = root.members.get('report')
  if (one !== undefined && one.type !== 'null') found.push({ node: one, place: '$.report' })
  const many = root.members.get('reports')
  if (many !== undefined && many.type !== 'null') {
    if (many.type !== 'array') return wholeFile('wrong-structure', 'a list of reports was expected here', '$.reports')
    for (const [index, node] of many.items.entries()) found.push({ node, place: `$.reports[${index}]` })
  }
  if (found.length === 0) return wholeFile('no-report', 'the file holds no report')
  if (found.length > limits.maxRecords)
    return wholeFile('too-many-records', `more than ${limits.maxRecords} reports in one file`)
  return found
}

const known: ReadonlySet<string> = new Set(['profile', 'report', 'reports', 'reportCount', 'note'])

function endOf(root: JsonObject, count: number): ReaderEnd {
  const remarks: Remark[] = []
  for (const key of root.members.keys()) {
    if (!known.has(key))
      remarks.push({ code: 'field-unknown', place: placeOf('$', key), says: 'a field outside the profile: kept' })
  }
  const stated = root.members.get('reportCount')
  const claimedRecords = stated?.type === 'number' && Number.isSafeInteger(stated.value) ? stated.value : null
  if (claimedRecords !== null && claimedRecords !== count) {
    remarks.push({
      code: 'count-differs',
      place: '$.reportCount',
      says: `the sender says ${claimedRecords}, the file holds ${count}`,
    })
  }
  return { claimedRecords, remarks }
}
