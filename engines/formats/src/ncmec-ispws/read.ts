import { defaultLimits, type Limits, wholeFile } from '../reader.ts'
import type { Entry, Place, ReferralRecord } from '../record.ts'
import { XmlNode } from './node.ts'
import { readLoneFile, readReport } from './referral.ts'
import { guardXml } from './xml-guard.ts'
import { parseXml, placedChildren, type XmlElement } from './xml-tree.ts'

/**
 * Reads the XML that providers send to NCMEC: a root `report`, a root `fileDetails`, or several of both inside a
 * neutral wrapper `reports`. The service itself takes them one by one; the wrapper is how a sender or a testkit hands
 * over many in one file. In it, `fileDetails` joins the report that carries the same `reportId`; without one it is a
 * record of its own that adds to the report it names. `reportId` inside `report` is not part of the service's schema.
 */
export function* readIspws(
  bytes: Uint8Array,
  limits: Limits = defaultLimits,
): Generator<Entry<ReferralRecord>, undefined, undefined> {
  const guarded = guardXml(bytes, limits)
  if (!guarded.ok) {
    yield { outcome: 'set-aside', place: guarded.error.place, reason: guarded.error }
    return undefined
  }
  const { root, problem } = parseXml(guarded.value, limits)
  // A broken wrapper keeps the reports that were closed before the damage: each of them is whole.
  const wrapper = root !== null && root.local === 'reports'
  if (root !== null && wrapper) yield* readWrapper(root, limits)
  if (problem !== null) yield { outcome: 'set-aside', place: problem.place, reason: problem }
  else if (root === null) yield wholeFile('empty', 'The file holds no element.')
  else if (!wrapper) yield readRoot(root)
  else if (root.children.length === 0) yield wholeFile('no-reports', 'The wrapper holds no report.', '/reports')
}

function readRoot(root: XmlElement): Entry<ReferralRecord> {
  const place = `/${root.name}`
  switch (root.local) {
    case 'report':
      return inNamespace(readReport(root, place, []), root, place)
    case 'fileDetails':
      return inNamespace(readLoneFile(XmlNode.root(root, place)), root, place)
    default:
      return notAReport(root, place)
  }
}

const answers: ReadonlySet<string> = new Set(['reportResponse', 'reportDoneResponse'])

function notAReport(element: XmlElement, place: Place): Entry<never> {
  if (answers.has(element.local)) {
    return wholeFile('service-answer', 'This is an answer of the reporting service, not a report.', place)
  }
  if (element.local === 'queryResult') {
    return wholeFile('hash-sharing', 'This is a page of a hash list, not a report; load it as a list.', place)
  }
  return wholeFile('not-a-report', 'The element is neither a report nor the details of a file.', place)
}

function* readWrapper(root: XmlElement, limits: Limits): Generator<Entry<ReferralRecord>, void, undefined> {
  const placed = placedChildren(root, `/${root.name}`)
  const reports = new Set(placed.filter(({ element }) => element.local === 'report').flatMap(reportIdOf))
  const bundled = new Map<string, XmlNode[]>()
  for (const { element, place } of placed) {
    const [id] = element.local === 'fileDetails' ? reportIdOf({ element }) : []
    if (id === undefined || !reports.has(id)) continue
    const nodes = bundled.get(id) ?? []
    nodes.push(XmlNode.root(element, place))
    bundled.set(id, nodes)
  }
  let count = 0
  for (const { element, place } of placed) {
    if (++count > limits.maxRecords) {
      yield wholeFile('too-many-records', 'The file has more records than this lane accepts.', place)
      return
    }
    const [id] = reportIdOf({ element })
    if (element.local === 'report') {
      const files = id === undefined ? [] : (bundled.get(id) ?? [])
      // A second report with the same number gets no copy of the files.
      if (id !== undefined) bundled.set(id, [])
      yield inNamespace(readReport(element, place, files), element, place)
    } else if (element.local === 'fileDetails') {
      if (id === undefined || !reports.has(id))
        yield inNamespace(readLoneFile(XmlNode.root(element, place)), element, place)
    } else yield notAReport(element, place)
  }
}

const reportIdOf = ({ element }: { readonly element: XmlElement }): string[] =>
  element.children
    .filter(({ local, text }) => local === 'reportId' && text.trim() !== '')
    .map(({ text }) => text.trim())

/** The format has no namespace; one that was added does no harm, and is said. */
function inNamespace(entry: Entry<ReferralRecord>, element: XmlElement, place: Place): Entry<ReferralRecord> {
  if (element.uri === '' || entry.outcome === 'set-aside') return entry
  const says = 'The report stands in an XML namespace, which the format does not have; it was read as if it had none.'
  const remarks = [...(entry.outcome === 'remarked' ? entry.remarks : []), { code: 'namespace', place, says }]
  return { outcome: 'remarked', place: entry.place, record: entry.record, remarks }
}
