import type { Account, ExampleFile, Line, Login, Party, Reported } from './model.ts'
import { profileUrl } from './render-uk.ts'

/** An element with its children in the order that the service's schema asks for; null children are left out. */
interface Element {
  readonly name: string
  readonly attributes: { readonly [name: string]: string }
  readonly children: readonly Element[] | string
}

type Child = Element | null
const element = (name: string, ...children: readonly Child[]): Element => ({
  name,
  attributes: {},
  children: children.filter((child) => child !== null),
})
const leaf = (name: string, text: string, attributes: Element['attributes'] = {}): Element => ({
  name,
  attributes,
  children: text,
})
const maybe = (name: string, text: string | null | undefined): Child =>
  text === null || text === undefined ? null : leaf(name, text)
const flag = (name: string, value: boolean | null): Child => (value === null ? null : leaf(name, String(value)))

/**
 * Written apart from the reader's own writer, so that a mistake that reader and writer share shows in the tests.
 * One report, with the details of its files beside it where it has any; several stand in the neutral wrapper `reports`.
 */
export function renderIspwsFile(reports: readonly Reported[]): Uint8Array {
  const [only] = reports
  const root =
    reports.length === 1 && only !== undefined && only.files.length === 0
      ? renderReport(only)
      : element(
          'reports',
          ...reports.flatMap((told) => [renderReport(told), ...told.files.map((file) => details(told, file))]),
        )
  return documentOf(root)
}

/** `fileDetails` that arrives alone, for a report sent before. */
export function renderIspwsDetails(told: Reported): Uint8Array {
  const [file] = told.files
  if (file === undefined) throw new Error(`${told.id} has no file`)
  return documentOf(details({ ...told, reference: told.supplementTo }, file))
}

function documentOf(root: Element): Uint8Array {
  const schema = {
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:noNamespaceSchemaLocation': 'https://report.cybertip.org/ispws/xsd',
  }
  const marked = { ...root, attributes: schema }
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<!-- x-generated: synthetic -->\n${written(marked, '')}\n`
  return new TextEncoder().encode(text)
}

function renderReport(told: Reported): Element {
  const viral = told.annotations.includes('viral')
  const batched = viral ? leaf('batchedReport', '', { reason: 'VIRAL_POTENTIAL_MEME' }) : null
  const flags = told.annotations.filter((annotation) => annotation !== 'viral').map((name) => leaf(name, ''))
  return element(
    'report',
    maybe('reportId', told.reference),
    batched,
    element(
      'incidentSummary',
      leaf('incidentType', incidentType(told)),
      leaf('platform', told.platform),
      told.declared?.level === 'P1' ? leaf('escalateToHighPriority', told.declared.reason ?? 'urgent') : null,
      flags.length === 0 ? null : element('reportAnnotations', ...flags),
      maybe('incidentDateTime', told.incidentAt?.written),
    ),
    internetDetails(told),
    element('reporter', element('reportingPerson', ...reporter(told))),
    told.reported === null ? null : accountHolder(told.reported, told.files.length > 0),
    ...told.others.filter(({ role }) => role !== 'victim').map((party) => accountHolder(party, false)),
    ...told.others.filter(({ role }) => role === 'victim').map((party) => accountHolder(party, false)),
    ...told.oddities.flatMap((oddity) =>
      oddity.kind === 'unknown field' ? [leaf(oddity.name, String(oddity.value))] : [],
    ),
    maybe('additionalInfo', told.description),
  )
}

function incidentType(told: Reported): string {
  return told.files.length > 0
    ? 'Child Pornography (possession, manufacture, and distribution)'
    : 'Online Enticement of Children for Sexual Acts'
}

function reporter(told: Reported): Element[] {
  const [first = '', ...rest] = told.sender.contact.name.split(' ')
  return [leaf('firstName', first), leaf('lastName', rest.join(' ')), leaf('email', told.sender.contact.email)]
}

function internetDetails(told: Reported): Child {
  if (told.url !== null) return element('internetDetails', element('webPageIncident', leaf('url', told.url.written)))
  if (told.conversation.length === 0 && told.room === null) return null
  const spoken = told.conversation.length === 0 ? null : leaf('content', told.conversation.map(lineText).join('\n'))
  return element(
    'internetDetails',
    element('chatImIncident', leaf('chatClient', told.platform), maybe('chatRoomName', told.room), spoken),
  )
}

const lineText = ({ from, at, text }: Line): string => `${at === null ? '' : `${at.written} `}${from.username}: ${text}`

const holders = {
  reported: { holder: 'personOrUserReported', person: 'personOrUserReportedPerson' },
  victim: { holder: 'victim', person: 'victimPerson' },
  recipient: { holder: 'intendedRecipient', person: 'intendedRecipientPerson' },
} as const

function accountHolder(party: Party, uploadStandsWithFile: boolean): Element {
  const { account, tells } = party
  const names = holders[party.role === 'reported' || party.role === 'victim' ? party.role : 'recipient']
  const person = personFields(party)
  const logins = party.logins.filter(({ event }) => !(uploadStandsWithFile && event === 'upload'))
  return element(
    names.holder,
    person.length === 0 ? null : element(names.person, ...person),
    tells.has('id') ? leaf('espIdentifier', account.id) : null,
    leaf('espService', account.platform),
    flag('compromisedAccount', party.compromised),
    tells.has('username') ? leaf('screenName', account.username) : null,
    tells.has('profile') ? leaf('profileUrl', profileUrl(account)) : null,
    ...logins.map(ipCapture),
    party.state === 'suspended' ? leaf('accountTemporarilyDisabled', 'true') : null,
    party.state === 'closed' ? leaf('accountPermanentlyDisabled', 'true') : null,
    ...party.connections.map(associated),
  )
}

function personFields({ account: { person }, tells, age }: Party): Element[] {
  const [first = '', ...rest] = person.name.split(' ')
  const name = tells.has('name') ? [leaf('firstName', first), leaf('lastName', rest.join(' '))] : []
  const phone = tells.has('phone') ? [leaf('phone', person.phone.written, { type: 'Mobile' })] : []
  const email = tells.has('email') ? [leaf('email', person.email.written)] : []
  const place = tells.has('address') ? [element('address', leaf('address', person.address))] : []
  const born = tells.has('birth') && person.dateOfBirth !== null ? [leaf('dateOfBirth', person.dateOfBirth)] : []
  const years = age !== null && /^\d+$/.test(age) ? [leaf('age', age)] : []
  return [...name, ...phone, ...email, ...place, ...years, ...born]
}

const associated = (account: Account): Element => ({
  ...element('associatedAccount', leaf('platform', account.platform), leaf('screenName', account.username)),
  attributes: { accountType: 'Linked' },
})

const eventNames = { login: 'Login', registration: 'Registration', upload: 'Upload' } as const

const ipCapture = (login: Login): Element =>
  element(
    'ipCaptureEvent',
    leaf('ipAddress', login.address.written),
    leaf('eventName', eventNames[login.event]),
    maybe('dateTime', login.at?.written),
    flag('possibleProxy', login.possibleProxy),
    login.port === null ? null : leaf('port', String(login.port)),
  )

const hashTypes = { md5: 'MD5', sha1: 'SHA1', sha256: 'SHA256', pdq: 'PDQ' } as const

function details(told: Reported, file: ExampleFile): Element {
  const upload = told.files[0] === file ? told.reported?.logins.filter(({ event }) => event === 'upload') : []
  return element(
    'fileDetails',
    maybe('reportId', told.reference),
    leaf('fileId', file.hashes.sha256.slice(0, 32)),
    leaf('originalFileName', file.name),
    flag('fileViewedByEsp', file.viewedByProvider),
    flag('publiclyAvailable', file.publiclyAvailable),
    leaf('fileRelevance', 'Reported'),
    file.labels.length === 0 ? null : element('fileAnnotations', ...file.labels.map((label) => leaf(label, ''))),
    maybe('industryClassification', file.category),
    ...file.tells.map((kind) => leaf('originalFileHash', file.hashes[kind], { hashType: hashTypes[kind] })),
    ...(upload ?? []).map(ipCapture),
  )
}

function written({ name, attributes, children }: Element, indent: string): string {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  const start = `${indent}<${name}${said.join('')}`
  if (children.length === 0) return `${start}/>`
  if (typeof children === 'string') return `${start}>${escaped(children)}</${name}>`
  return [`${start}>`, ...children.map((child) => written(child, `${indent}  `)), `${indent}</${name}>`].join('\n')
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
