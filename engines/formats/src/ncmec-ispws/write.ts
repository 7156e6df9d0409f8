/**
 * Writes one report as a provider would send it: a small subset of the schema, in its xs:sequence order, because the
 * service refuses children out of order (code 4100). For test kits and examples.
 */
export interface IspwsReport {
  /** Only for bundles: joins `files` that stand beside the report. Not part of the service's schema. */
  readonly reportId?: string
  readonly batchedReason?: string
  readonly incidentType: string
  readonly platform?: string
  /** Present, also when empty: the sender asks for high priority. */
  readonly escalateToHighPriority?: string
  readonly annotations?: readonly string[]
  readonly incidentDateTime: string
  readonly incidentDateTimeDescription?: string
  readonly places?: readonly IspwsPlace[]
  readonly lawEnforcement?: { readonly agencyName: string; readonly caseNumber?: string; readonly reported?: boolean }
  readonly reporter: { readonly person: IspwsPerson; readonly contact?: IspwsPerson }
  readonly reported?: IspwsAccount
  readonly recipients?: readonly IspwsAccount[]
  readonly victims?: readonly IspwsAccount[]
  readonly additionalInfo?: string
  /** Written as `fileDetails` inside the report; the service itself takes them one by one. */
  readonly files?: readonly IspwsFile[]
}

export interface IspwsPerson {
  readonly firstName?: string
  readonly lastName?: string
  readonly phones?: readonly { readonly number: string; readonly countryCallingCode?: string; readonly type?: string }[]
  readonly emails?: readonly string[]
  readonly addresses?: readonly { readonly address?: string; readonly city?: string; readonly country?: string }[]
  readonly age?: number
  readonly dateOfBirth?: string
}

export interface IspwsIpEvent {
  readonly ipAddress: string
  readonly eventName?: string
  readonly dateTime?: string
  readonly possibleProxy?: boolean
  readonly port?: number
}

export interface IspwsAccount {
  readonly person?: IspwsPerson
  readonly espIdentifier?: string
  readonly espService?: string
  readonly compromised?: boolean
  readonly screenName?: string
  readonly displayNames?: readonly string[]
  readonly profileUrls?: readonly string[]
  readonly profileBio?: string
  readonly ipEvents?: readonly IspwsIpEvent[]
  readonly devices?: readonly { readonly idType: string; readonly idValue: string }[]
  readonly additionalInfo?: string
}

export type IspwsPlace =
  | { readonly kind: 'webPage'; readonly urls: readonly string[]; readonly additionalInfo?: string }
  | { readonly kind: 'email'; readonly addresses: readonly string[]; readonly content?: string }
  | { readonly kind: 'chat'; readonly client?: string; readonly room?: string; readonly content?: string }
  | { readonly kind: 'cellPhone'; readonly phoneNumber: string }

export interface IspwsFile {
  readonly reportId?: string
  readonly fileId?: string
  readonly originalFileName?: string
  readonly locationOfFile?: string
  readonly viewed?: boolean
  readonly publiclyAvailable?: boolean
  readonly relevance?: 'Reported' | 'Supplemental Reported'
  readonly annotations?: readonly string[]
  readonly classification?: 'A1' | 'A2' | 'B1' | 'B2'
  readonly hashes?: readonly { readonly type: string; readonly value: string }[]
  readonly ipEvents?: readonly IspwsIpEvent[]
  readonly additionalInfo?: string
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
const schema =
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="https://report.cybertip.org/ispws/xsd"'

export const writeIspws = (report: IspwsReport): string => `${declaration}${reportElement(report, ` ${schema}`)}\n`

export const writeIspwsFile = (file: IspwsFile): string => `${declaration}${fileElement(file, ` ${schema}`)}\n`

/** Several reports, and files that name them by `reportId`, in the neutral wrapper that our reader accepts. */
export function writeIspwsBundle(reports: readonly IspwsReport[], files: readonly IspwsFile[] = []): string {
  const inner = [...reports.map((report) => reportElement(report, '')), ...files.map((file) => fileElement(file, ''))]
  return `${declaration}<reports ${schema}>\n${inner.join('\n')}\n</reports>\n`
}

function reportElement(report: IspwsReport, attributes: string): string {
  const content = [
    leaf('reportId', report.reportId),
    report.batchedReason === undefined ? '' : `<batchedReport reason="${attribute(report.batchedReason)}"/>`,
    group('incidentSummary', [
      leaf('incidentType', report.incidentType),
      leaf('platform', report.platform),
      leaf('escalateToHighPriority', report.escalateToHighPriority),
      flags('reportAnnotations', report.annotations),
      leaf('incidentDateTime', report.incidentDateTime),
      leaf('incidentDateTimeDescription', report.incidentDateTimeDescription),
    ]),
    ...(report.places ?? []).map((place) => group('internetDetails', [placeElement(place)])),
    report.lawEnforcement === undefined
      ? ''
      : group('lawEnforcement', [
          leaf('agencyName', report.lawEnforcement.agencyName),
          leaf('caseNumber', report.lawEnforcement.caseNumber),
          leaf('reportedToLe', report.lawEnforcement.reported),
        ]),
    group('reporter', [
      group('reportingPerson', person(report.reporter.person)),
      report.reporter.contact === undefined ? '' : group('contactPerson', person(report.reporter.contact)),
    ]),
    ...accounts(
      'personOrUserReported',
      'personOrUserReportedPerson',
      report.reported === undefined ? [] : [report.reported],
    ),
    ...accounts('intendedRecipient', 'intendedRecipientPerson', report.recipients ?? []),
    ...accounts('victim', 'victimPerson', report.victims ?? []),
    leaf('additionalInfo', report.additionalInfo),
    ...(report.files ?? []).map((file) => fileElement(file, '')),
  ]
  return `<report${attributes}>${content.join('')}</report>`
}

function placeElement(place: IspwsPlace): string {
  switch (place.kind) {
    case 'webPage':
      return group('webPageIncident', [...leaves('url', place.urls), leaf('additionalInfo', place.additionalInfo)])
    case 'email':
      return group('emailIncident', [...leaves('emailAddress', place.addresses), leaf('content', place.content)])
    case 'chat': {
      const named = [leaf('chatClient', place.client), leaf('chatRoomName', place.room)]
      return group('chatImIncident', [...named, leaf('content', place.content)])
    }
    case 'cellPhone':
      return group('cellPhoneIncident', [leaf('phoneNumber', place.phoneNumber)])
  }
}

function person(from: IspwsPerson): string[] {
  const phones = (from.phones ?? []).map(({ number, countryCallingCode, type }) => {
    const kind = type === undefined ? '' : ` type="${attribute(type)}"`
    const calling = countryCallingCode === undefined ? '' : ` countryCallingCode="${attribute(countryCallingCode)}"`
    return `<phone${kind}${calling}>${text(number)}</phone>`
  })
  const addresses = (from.addresses ?? []).map(({ address, city, country }) =>
    group('address', [leaf('address', address), leaf('city', city), leaf('country', country)]),
  )
  return [
    leaf('firstName', from.firstName),
    leaf('lastName', from.lastName),
    ...phones,
    ...leaves('email', from.emails),
    ...addresses,
    leaf('age', from.age),
    leaf('dateOfBirth', from.dateOfBirth),
  ]
}

const accounts = (name: string, personName: string, all: readonly IspwsAccount[]): string[] =>
  all.map((account) =>
    group(name, [
      account.person === undefined ? '' : group(personName, person(account.person)),
      leaf('espIdentifier', account.espIdentifier),
      leaf('espService', account.espService),
      leaf('compromisedAccount', account.compromised),
      leaf('screenName', account.screenName),
      ...leaves('displayName', account.displayNames),
      ...leaves('profileUrl', account.profileUrls),
      leaf('profileBio', account.profileBio),
      ...(account.ipEvents ?? []).map(ipEvent),
      ...(account.devices ?? []).map(({ idType, idValue }) =>
        group('deviceId', [leaf('idType', idType), leaf('idValue', idValue)]),
      ),
      leaf('additionalInfo', account.additionalInfo),
    ]),
  )

function fileElement(file: IspwsFile, attributes: string): string {
  const hashes = (file.hashes ?? []).map(
    ({ type, value }) => `<originalFileHash hashType="${attribute(type)}">${text(value)}</originalFileHash>`,
  )
  const content = [
    leaf('reportId', file.reportId),
    leaf('fileId', file.fileId),
    leaf('originalFileName', file.originalFileName),
    leaf('locationOfFile', file.locationOfFile),
    leaf('fileViewedByEsp', file.viewed),
    leaf('publiclyAvailable', file.publiclyAvailable),
    leaf('fileRelevance', file.relevance),
    flags('fileAnnotations', file.annotations),
    leaf('industryClassification', file.classification),
    ...hashes,
    ...(file.ipEvents ?? []).map(ipEvent),
    leaf('additionalInfo', file.additionalInfo),
  ]
  return `<fileDetails${attributes}>${content.join('')}</fileDetails>`
}

const ipEvent = (event: IspwsIpEvent): string =>
  group('ipCaptureEvent', [
    leaf('ipAddress', event.ipAddress),
    leaf('eventName', event.eventName),
    leaf('dateTime', event.dateTime),
    leaf('possibleProxy', event.possibleProxy),
    leaf('port', event.port),
  ])

const group = (name: string, content: readonly string[]): string => `<${name}>${content.join('')}</${name}>`

const leaf = (name: string, value: string | number | boolean | undefined): string =>
  value === undefined ? '' : `<${name}>${text(String(value))}</${name}>`

const leaves = (name: string, values: readonly string[] | undefined): string[] =>
  (values ?? []).map((value) => leaf(name, value))

/** Names of annotations come from a fixed list; anything else would have to be an XML name. */
function flags(name: string, set: readonly string[] | undefined): string {
  if (set === undefined || set.length === 0) return ''
  for (const flag of set) if (!/^[A-Za-z][A-Za-z0-9]*$/.test(flag)) throw new TypeError('an annotation is a plain name')
  return group(
    name,
    set.map((flag) => `<${flag}/>`),
  )
}

/** `\r` would be read back as `\n` (XML 1.0 section 2.11), so it is written as a reference. */
const text = (value: string): string =>
  legal(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')

const attribute = (value: string): string =>
  text(value).replaceAll('"', '&quot;').replaceAll('\t', '&#9;').replaceAll('\n', '&#10;')

/** XML has no way to write most control characters or half a surrogate pair: the replacement character stands for them. */
const legal = (value: string): string =>
  value.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
