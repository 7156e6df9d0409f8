import type { ThreeValued } from '@tandem/core'
import { readEmail, readUrl } from '@tandem/identifiers'
import { placed } from '../places.ts'
import type { Entry, Place, PlacesOfFacts, ReferralRecord } from '../record.ts'
import { Draft, ofReport } from './draft.ts'
import { readFileDetails, uploaderOf } from './file.ts'
import { readIncidentKind } from './incident-kinds.ts'
import { XmlNode } from './node.ts'
import { nonEmpty, readAccountHolder, readIpEvent, readPhoneField, readReporter } from './person.ts'
import type { XmlElement } from './xml-tree.ts'

const knownAnnotations: ReadonlySet<string> = new Set([
  'sextortion',
  'csamSolicitation',
  'minorToMinorInteraction',
  'spam',
  'sadisticOnlineExploitation',
  'informational',
])

/** Marks that make a file look less urgent speak for the report only when every file carries them. */
const calmingLabels: ReadonlySet<string> = new Set([
  'viral',
  'potentialMeme',
  'animeDrawingVirtualHentai',
  'generativeAi',
])

export const format = 'ncmec-ispws'

/** Reads one `report`, with any `fileDetails` inside it or bundled beside it. */
export function readReport(element: XmlElement, place: string, bundled: readonly XmlNode[]): Entry<ReferralRecord> {
  const draft = new Draft()
  const report = XmlNode.root(element, place)
  const summary = report.one('incidentSummary')
  const platform = nonEmpty(summary?.one('platform') ?? null)
  const incident = readIncidentType(draft, summary)
  const reporter = report.one('reporter')
  const contact = readSender(draft, reporter)

  for (const node of report.all('personOrUserReported')) readAccountHolder(draft, node, 'reported', platform)
  for (const node of report.all('intendedRecipient')) readAccountHolder(draft, node, 'recipient', platform)
  for (const node of report.all('victim')) readAccountHolder(draft, node, 'victim', platform)
  for (const node of report.all('internetDetails')) readInternetDetails(draft, node)
  const files = [...report.all('fileDetails'), ...bundled]
  for (const node of files) {
    draft.leaf(node.one('reportId'), { person: null, file: draft.files.length })
    readFileDetails(draft, node)
  }
  for (const info of report.all('additionalInfo')) draft.narrative(info, 'report')
  const police = readPolice(draft, report.one('lawEnforcement'))
  const annotations = [...readBatch(draft, report.one('batchedReport')), ...readAnnotations(draft, summary)]
  const record: ReferralRecord = {
    ...empty,
    ...recordLists(draft),
    reference: nonEmpty(report.one('reportId')),
    sender: { organisation: null, service: platform, contact },
    declaredPriority: readEscalation(draft, summary),
    incidentKind: incident,
    incidentAt: draft.time(summary?.one('incidentDateTime') ?? null),
    incidentAtMeaning: nonEmpty(summary?.one('incidentDateTimeDescription') ?? null),
    reportedToLocalPolice: police.reported,
    localPoliceReference: police.reference,
    annotations: [...new Set([...annotations, ...labelsForReport(draft)])],
    places: placesOf(report, summary, reporter),
    unknownFields: [...report.untaken(), ...bundled.flatMap((node) => node.untaken())],
  }
  return finish(draft, record, place)
}

function placesOf(report: XmlNode, summary: XmlNode | null, reporter: XmlNode | null): PlacesOfFacts {
  const police = report.one('lawEnforcement')
  return placed({
    reference: report.one('reportId')?.place,
    service: summary?.one('platform')?.place,
    contact: (reporter?.one('contactPerson') ?? reporter?.one('reportingPerson'))?.place,
    declaredPriority: summary?.one('escalateToHighPriority')?.place,
    declaredReason: summary?.one('escalateToHighPriority')?.place,
    incidentKind: summary?.one('incidentType')?.place,
    incidentAt: summary?.one('incidentDateTime')?.place,
    incidentAtMeaning: summary?.one('incidentDateTimeDescription')?.place,
    reportedToLocalPolice: police?.one('reportedToLe')?.place,
    localPoliceReference: police?.one('caseNumber')?.place,
    annotations: (summary?.one('reportAnnotations') ?? report.one('batchedReport'))?.place,
  })
}

/** A `fileDetails` that names a report we do not have here: it adds to that report. */
export function readLoneFile(node: XmlNode): Entry<ReferralRecord> {
  const draft = new Draft()
  const supplementTo = nonEmpty(node.one('reportId'))
  readFileDetails(draft, node)
  if (supplementTo === null) draft.remark('no-report-id', node.place, 'The file names no report that it belongs to.')
  const record: ReferralRecord = {
    ...empty,
    ...recordLists(draft),
    supplementTo,
    annotations: labelsForReport(draft),
    unknownFields: node.untaken(),
  }
  return finish(draft, record, node.place)
}

const empty = {
  kind: 'referral',
  format,
  reference: null,
  supplementTo: null,
  sender: { organisation: null, service: null, contact: null },
  declaredPriority: null,
  telephoned: 'not said',
  incidentKind: null,
  incidentAt: null,
  incidentAtMeaning: null,
  detectedAt: null,
  detectedBy: null,
  reviewedByPerson: 'not said',
  originalFormat: 'not said',
  reportedToLocalPolice: 'not said',
  localPoliceReference: null,
  allAvailableGiven: 'not said',
} as const

function recordLists(draft: Draft) {
  const { people, files, narratives, mentions, details } = draft
  return { people, files, narratives, mentions, details }
}

function finish(draft: Draft, record: ReferralRecord, place: Place): Entry<ReferralRecord> {
  const remarks = draft.remarks
  const unknown = record.unknownFields.length
  if (unknown > 0) {
    const at = record.unknownFields[0] ?? place
    remarks.push({ code: 'unknown-fields', place: at, says: `${unknown} fields we do not know; kept in the original.` })
  }
  return remarks.length === 0 ? { outcome: 'accepted', place, record } : { outcome: 'remarked', place, record, remarks }
}

function readIncidentType(draft: Draft, summary: XmlNode | null): string | null {
  const node = summary?.one('incidentType') ?? null
  const written = nonEmpty(node)
  if (node === null || written === null) {
    draft.remark(
      'incident-type-missing',
      summary?.place ?? '/report',
      'The report does not say what kind of incident it is.',
    )
    return null
  }
  draft.leaf(node, ofReport)
  const reading = readIncidentKind(written)
  if (reading.how === 'variant') {
    draft.remark(
      'incident-type-variant',
      node.place,
      'The incident type is not spelled exactly as agreed; it is understood.',
    )
  }
  if (reading.how === 'unknown') {
    draft.remark('incident-type-unknown', node.place, 'An incident type we do not know; it is kept as sent.')
  }
  return reading.kind
}

/**
 * The sender's own flag: the presence of `escalateToHighPriority` is the statement, its text the reason. It maps to a
 * declared P1, because the sender asks for attention before anything else; it is declared only, never computed.
 */
function readEscalation(draft: Draft, summary: XmlNode | null): ReferralRecord['declaredPriority'] {
  const node = summary?.one('escalateToHighPriority') ?? null
  if (node === null) return null
  const reason = nonEmpty(node)
  if (reason === null) {
    draft.remark('escalation-without-reason', node.place, 'The sender asks for high priority and gives no reason.')
  }
  return { level: 'P1', reason: reason === null ? null : node.text }
}

function readAnnotations(draft: Draft, summary: XmlNode | null): string[] {
  const node = summary?.one('reportAnnotations') ?? null
  if (node === null) return []
  return node.everyChild().flatMap((annotation) => {
    if (!knownAnnotations.has(annotation.name)) {
      draft.remark(
        'annotation-unknown',
        annotation.place,
        'A report annotation we do not know; it is kept by its name.',
      )
    }
    return draft.flag(annotation) === 'yes' ? [annotation.name] : []
  })
}

function readBatch(draft: Draft, node: XmlNode | null): string[] {
  if (node === null) return []
  draft.leaf(node, ofReport)
  return node.attribute('reason')?.value.trim() === 'VIRAL_POTENTIAL_MEME'
    ? ['batchedReport', 'viralPotentialMeme']
    : ['batchedReport']
}

function labelsForReport(draft: Draft): string[] {
  const all = new Set(draft.files.flatMap((file) => file.labels))
  return [...all].filter(
    (label) => !calmingLabels.has(label) || draft.files.every((file) => file.labels.includes(label)),
  )
}

function readSender(draft: Draft, reporter: XmlNode | null): string | null {
  if (reporter === null) return null
  const reportingPerson = reporter.one('reportingPerson')
  const contactPerson = reporter.one('contactPerson')
  const reporting = reportingPerson === null ? null : readReporter(draft, reportingPerson)
  const contact = contactPerson === null ? null : readReporter(draft, contactPerson)
  draft.leaf(reporter.one('companyTemplate'), ofReport)
  draft.leaf(reporter.one('legalURL'), ofReport)
  draft.narrative(reporter.one('termsOfService'), 'other')
  return contact ?? reporting
}

function readPolice(draft: Draft, node: XmlNode | null): { reported: ThreeValued; reference: string | null } {
  if (node === null) return { reported: 'not said', reference: null }
  const reported = draft.flag(node.one('reportedToLe'))
  const reference = nonEmpty(node.one('caseNumber'))
  draft.attributes(node, ofReport)
  const rest = ['agencyName', 'officerContact', 'servedLegalProcessDomestic', 'servedLegalProcessInternational']
  for (const name of rest) draft.leaf(node.one(name), ofReport, 'lawEnforcement.')
  return { reported, reference }
}

/** Exactly one kind is agreed; whatever is there is read. */
function readInternetDetails(draft: Draft, node: XmlNode): void {
  const kinds = incidentElements.flatMap((name) => node.all(name))
  if (kinds.length !== 1) {
    draft.remark('internet-details', node.place, 'internetDetails should hold exactly one kind of place.')
  }
  for (const kind of kinds) {
    draft.attributes(kind, ofReport)
    for (const url of kind.all('url')) draft.mention('url', url, ofReport, readUrl(url.text))
    for (const email of kind.all('emailAddress')) {
      draft.attributes(email, ofReport)
      draft.mention('email', email, ofReport, readEmail(email.text))
    }
    for (const phone of kind.all('phoneNumber')) readPhoneField(draft, phone, ofReport)
    for (const event of kind.all('ipCaptureEvent')) {
      const holder = uploaderOf(draft, kind)
      readIpEvent(draft, event, holder.draft, { person: holder.index, file: null })
    }
    for (const content of kind.all('content')) draft.narrative(content, 'conversation')
    for (const info of kind.all('additionalInfo')) draft.narrative(info, 'report')
    for (const name of placeFields) for (const field of kind.all(name)) draft.leaf(field, ofReport, `${kind.name}.`)
  }
}

const incidentElements = [
  'webPageIncident',
  'emailIncident',
  'newsgroupIncident',
  'chatImIncident',
  'onlineGamingIncident',
  'cellPhoneIncident',
  'nonInternetIncident',
  'peer2peerIncident',
]

const placeFields = [
  'name',
  'chatClient',
  'chatRoomName',
  'gameName',
  'console',
  'latitude',
  'longitude',
  'locationName',
  'incidentAddress',
  'client',
  'fileNames',
]
