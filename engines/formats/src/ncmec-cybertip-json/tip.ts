import type { JsonNode } from '../json/index.ts'
import { readIncidentKind } from '../ncmec-ispws/incident-kinds.ts'
import type { Entry, Place, ReferralRecord, Remark } from '../record.ts'
import { Draft, type Owner, ofTip } from './draft.ts'
import { readFile } from './file.ts'
import { readFreeText, readInformations } from './free-text.ts'
import { TipNode } from './node.ts'
import { readPerson } from './person.ts'
import { holderAt, readSource } from './source.ts'

export const format = 'ncmec-cybertip-json'

/** One tip as law enforcement receives it. Whatever is missing or nested otherwise, the tip itself is never lost. */
export function readTip(json: JsonNode, place: Place, notes: readonly Remark[]): Entry<ReferralRecord> {
  const tip = TipNode.root(json, place)
  const information = tip.one('reportedInformation')
  if (information === null && tip.one('reportId') === null) {
    const says = 'The object has neither a report number nor reported information: it is no CyberTip.'
    return { outcome: 'set-aside', place, reason: { code: 'not-a-tip', place, says } }
  }
  const esp = information?.one('reportingEsp') ?? null
  const draft = new Draft(esp?.textOf('espName') ?? '')
  draft.remarks.push(...notes)
  const record = recordOf(draft, tip, information, esp)
  if (information === null) draft.remark('no-information', place, 'The tip has no reported information.')
  if (record.reference === null) draft.remark('reference-missing', place, 'The tip has no report number.')
  const unknown = record.unknownFields.length
  if (unknown > 0) {
    const at = record.unknownFields[0] ?? place
    draft.remark('unknown-fields', at, `${unknown} fields we do not know; kept in the original.`)
  }
  const { remarks } = draft
  return remarks.length === 0 ? { outcome: 'accepted', place, record } : { outcome: 'remarked', place, record, remarks }
}

function recordOf(draft: Draft, tip: TipNode, information: TipNode | null, esp: TipNode | null): ReferralRecord {
  const sender = senderOf(draft, esp)
  const received = draft.time(tip, 'dateReceived')
  draft.detail('received at NCMEC', received?.original ?? null, tip.one('dateReceived')?.place ?? tip.place, ofTip)
  const summary = information?.one('incidentSummary') ?? null
  const incidentAt = draft.time(summary, 'incidentDateTime')
  const incidentAtMeaning = draft.textOf(summary, 'incidentDateTimeDescription')
  const incidentKind = incidentKindOf(draft, summary)
  for (const person of information?.nested('reportedPeople', 'reportedPersons') ?? [])
    readPerson(draft, person, 'reported')
  for (const person of information?.nested('intendedRecipients') ?? []) readPerson(draft, person, 'recipient')
  for (const file of information?.nested('uploadedFiles') ?? []) readFile(draft, file)
  readIncidents(draft, information?.one('incidentDetails') ?? null)
  if (information !== null) readInformations(draft, information, 'report', ofTip)
  readInformations(draft, tip, 'report', ofTip)
  return {
    kind: 'referral',
    format,
    reference: draft.textOf(tip, 'reportId')?.trim() ?? null,
    supplementTo: null,
    sender,
    declaredPriority: null,
    telephoned: 'not said',
    incidentKind,
    incidentAt,
    incidentAtMeaning,
    detectedAt: null,
    detectedBy: null,
    reviewedByPerson: 'not said',
    originalFormat: 'not said',
    reportedToLocalPolice: 'not said',
    localPoliceReference: null,
    allAvailableGiven: 'not said',
    annotations: [],
    ...draft.lists(),
    unknownFields: tip.untaken(),
  }
}

/** Microsoft writes its service where a last name stands: "Microsoft BingImage". */
function senderOf(draft: Draft, esp: TipNode | null): ReferralRecord['sender'] {
  const organisation = draft.textOf(esp, 'espName')
  const first = draft.textOf(esp, 'firstName')
  const last = draft.textOf(esp, 'lastName')
  const isService = last !== null && organisation !== null && /microsoft/i.test(organisation) && /microsoft/i.test(last)
  const names = [first, isService ? null : last].filter((name) => name !== null)
  const service = isService ? last : organisation
  if (esp !== null) {
    for (const key of esp.keys()) {
      if (!['espName', 'firstName', 'lastName'].includes(key)) draft.field(esp, key, ofTip, `reportingEsp.${key}`)
    }
  }
  return { organisation, service, contact: names.length === 0 ? null : names.join(' ') }
}

function incidentKindOf(draft: Draft, summary: TipNode | null): string | null {
  const written = draft.textOf(summary, 'incidentType')
  if (summary === null || written === null) {
    const says = 'The tip does not say what kind of incident it is.'
    draft.remark('incident-type-missing', summary?.place ?? '$', says)
    return null
  }
  const place = summary.one('incidentType')?.place ?? summary.place
  draft.detail('incidentType', written, place, ofTip)
  const reading = readIncidentKind(written)
  if (reading.how === 'unknown') {
    draft.remark('incident-type-unknown', place, 'An incident type we do not know; it is kept as sent.')
  }
  return reading.kind
}

/** Kinds of place, each a list: `webpageIncident`, `emailIncident` and others, also ones that nobody described. */
function readIncidents(draft: Draft, details: TipNode | null): void {
  for (const kind of details?.keys() ?? []) {
    for (const incident of details?.nested(kind) ?? []) {
      if (incident.isObject) readIncident(draft, incident, kind)
      else readFreeText(draft, incident, 'report', ofTip)
    }
  }
}

function readIncident(draft: Draft, incident: TipNode, kind: string): void {
  const owner: Owner = ofTip
  for (const key of incident.keys()) {
    if (key === 'sourceInformation') readSource(draft, incident, owner, holderAt(draft, incident))
    else if (key === 'additionalInformations') readInformations(draft, incident, 'report', owner)
    else if (key === 'contents') {
      for (const content of incident.nested('contents')) {
        const value = content.isObject ? content.one('value') : content
        for (const text of value?.items() ?? []) readFreeText(draft, text, 'conversation', owner)
        for (const other of content.keys())
          if (other !== 'value') draft.field(content, other, owner, `${kind}.${other}`)
      }
    } else draft.field(incident, key, owner, `${kind}.${key}`)
  }
}
