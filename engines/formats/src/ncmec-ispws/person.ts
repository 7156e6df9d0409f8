import { readAccount, readEmail, readIp, readPhone, readPort, readUrl } from '@tandem/identifiers'
import type { PersonMentioned } from '../record.ts'
import { type Draft, type Owner, ofReport, type PersonDraft } from './draft.ts'
import type { XmlNode } from './node.ts'

const addressParts = ['address', 'city', 'zipCode', 'state', 'nonUsaState', 'country']

/** `report`, `intendedRecipient`, `victim` and `associatedAccount` share most fields; whatever is there is read. */
export function readAccountHolder(
  draft: Draft,
  node: XmlNode,
  role: PersonMentioned['role'],
  platform: string | null,
): void {
  const service = node.one('espService')
  const named = node.one('platform')
  const where = nonEmpty(service) ?? nonEmpty(named) ?? platform ?? ''
  const person = newPerson(draft, role, node, {
    accountState: accountState(draft, node),
    accountCompromised: draft.flag(node.one('compromisedAccount')),
  })
  const owner: Owner = { person: person.index, file: null }
  draft.leaf(service, owner)
  draft.leaf(named, owner)
  for (const inner of ['personOrUserReportedPerson', 'intendedRecipientPerson', 'victimPerson']) {
    const details = node.one(inner)
    if (details !== null) readPersonFields(draft, details, person.draft, owner)
  }
  // An associated account carries the person's fields itself.
  readPersonFields(draft, node, person.draft, owner)
  for (const id of node.all('espIdentifier')) readHandle(draft, id, where, 'id', owner)
  for (const name of node.all('screenName')) readHandle(draft, name, where, 'username', owner)
  for (const name of node.all('displayName')) if (name.trimmed !== '') person.draft.names.push(name.trimmed)
  for (const url of node.all('profileUrl')) draft.mention('profileUrl', url, owner, readUrl(url.text))
  draft.narrative(node.one('profileBio'), 'person', person.index)
  for (const event of node.all('ipCaptureEvent')) readIpEvent(draft, event, person.draft, owner)
  readDevices(draft, node, owner)
  for (const plain of plainFields) for (const field of node.all(plain)) draft.leaf(field, owner)
  draft.attributes(node, owner)
  for (const info of node.all('additionalInfo')) draft.narrative(info, 'person')
  for (const account of node.all('associatedAccount')) readAccountHolder(draft, account, 'other', null)
}

const plainFields = [
  'vehicleDescription',
  'thirdPartyUserReported',
  'priorCTReports',
  'groupIdentifier',
  'estimatedLocation',
  'allEmailsReported',
  'schoolName',
]

/** The sender's own staff: kept as people and details, never as mentions that would link every report they send. */
export function readReporter(draft: Draft, node: XmlNode): string | null {
  const person = newPerson(draft, 'reporter', node, {})
  const owner: Owner = { person: person.index, file: null }
  const contact: string[] = []
  const name = fullName(node)
  if (name !== null) {
    person.draft.names.push(name)
    contact.push(name)
  }
  for (const kind of ['email', 'phone']) {
    for (const field of node.all(kind)) {
      draft.leaf(field, owner)
      if (field.trimmed !== '') contact.push(field.trimmed)
    }
  }
  for (const address of node.all('address')) readAddress(draft, address, person.draft, owner)
  for (const field of ['age', 'dateOfBirth', 'ageAssertionDiscrepancy']) draft.leaf(node.one(field), owner)
  return contact.length === 0 ? null : contact.join(', ')
}

interface AddedPerson {
  readonly index: number
  readonly draft: PersonDraft
}

export function newPerson(
  draft: Draft,
  role: PersonMentioned['role'],
  node: XmlNode,
  known: Partial<Pick<PersonMentioned, 'accountState' | 'accountCompromised'>>,
): AddedPerson {
  // Age and date of birth stand in the inner person element, or directly in an associated account.
  const inner = ['personOrUserReportedPerson', 'intendedRecipientPerson', 'victimPerson']
    .map((name) => (role === 'reporter' ? null : node.one(name)))
    .find((found) => found !== null)
  const source = inner ?? node
  const age = role === 'reporter' ? null : (source.one('age') ?? source.one('approximateAge'))
  if (age !== null && !(/^[0-9]{1,3}$/.test(age.trimmed) && Number(age.trimmed) <= 150)) {
    draft.remark('age-unlikely', age.place, 'The age is no whole number from 0 to 150; it is kept as sent.')
  }
  const person: PersonDraft = {
    role,
    place: node.place,
    names: [],
    dateOfBirth: role === 'reporter' ? null : nonEmpty(source.one('dateOfBirth')),
    age: nonEmpty(age),
    accountState: known.accountState ?? null,
    userWasTold: 'not said',
    accountCompromised: known.accountCompromised ?? 'not said',
    addresses: [],
    ipEvents: [],
  }
  draft.people.push(person)
  return { index: draft.people.length - 1, draft: person }
}

function readPersonFields(draft: Draft, node: XmlNode, person: PersonDraft, owner: Owner): void {
  const name = fullName(node)
  if (name !== null) person.names.push(name)
  for (const phone of node.all('phone')) readPhoneField(draft, phone, owner)
  for (const email of node.all('email')) {
    draft.attributes(email, owner)
    draft.mention('email', email, owner, readEmail(email.text))
  }
  for (const address of node.all('address')) readAddress(draft, address, person, owner)
  draft.leaf(node.one('ageAssertionDiscrepancy'), owner)
}

/** The calling code may stand in an attribute: it is the sender's statement, not a guess. */
export function readPhoneField(draft: Draft, node: XmlNode, owner: Owner): void {
  const calling = node.attribute('countryCallingCode')?.value.trim() ?? ''
  draft.attributes(node, owner)
  const written = node.trimmed
  const complete = /^\+[0-9]{1,3}$/.test(calling) && !/^(\+|00)/.test(written) ? `${calling}${written}` : written
  const reading = readPhone(complete)
  draft.mention('phone', node, owner, reading.ok ? reading : readPhone(written))
}

function readHandle(draft: Draft, node: XmlNode, platform: string, by: 'id' | 'username', owner: Owner): void {
  if (node.trimmed === '') return
  draft.attributes(node, owner)
  draft.mention(node.name, node, owner, readAccount(platform, by, node.text))
}

function readAddress(draft: Draft, node: XmlNode, person: PersonDraft, owner: Owner): void {
  draft.attributes(node, owner)
  const parts = node.isLeaf ? [node.trimmed] : addressParts.flatMap((part) => nonEmpty(node.one(part)) ?? [])
  const whole = parts.filter((part) => part !== '').join(', ')
  if (whole !== '') person.addresses.push(whole)
}

export function readIpEvent(draft: Draft, node: XmlNode, person: PersonDraft, owner: Owner): void {
  const address = node.one('ipAddress')
  const port = node.one('port')
  const reading = address === null ? null : readIp(address.text)
  if (address === null || reading === null || !reading.ok) {
    const says = reading?.ok === false ? reading.error.says : 'it is missing'
    const place = address?.place ?? node.place
    draft.remark(reading?.ok === false ? reading.error.code : 'ip-missing', place, `IP address not used: ${says}.`)
    for (const leaf of node.everyChild()) draft.leaf(leaf, owner, 'ipCaptureEvent.')
    return
  }
  draft.mention('ipAddress', address, owner, reading)
  const read = port === null || port.trimmed === '' ? null : readPort(port.text)
  if (read?.ok === false && port !== null) {
    draft.remark(read.error.code, port.place, `Port not used: ${read.error.says}.`)
    draft.leaf(port, owner, 'ipCaptureEvent.')
  } else if (read === null && reading.value.port === null) {
    draft.remark('port-missing', node.place, 'No port beside the IP address; behind a shared address it is needed.')
  }
  person.ipEvents.push({
    address: reading.value.address,
    port: read?.ok === true ? read.value : reading.value.port,
    time: draft.time(node.one('dateTime')),
    event: nonEmpty(node.one('eventName')),
    possibleProxy: draft.said(node.one('possibleProxy')),
    place: node.place,
  })
}

export function readDevices(draft: Draft, node: XmlNode, owner: Owner): void {
  for (const device of node.all('deviceId')) {
    const value = device.one('idValue')
    const type = nonEmpty(device.one('idType')) ?? 'unnamed'
    if (value !== null) draft.detail(`device:${type}`, value.text, value.place, owner)
    for (const field of ['eventName', 'dateTime']) draft.leaf(device.one(field), owner, 'device.')
  }
}

function accountState(draft: Draft, node: XmlNode): string | null {
  const states = [
    { node: node.one('accountPermanentlyDisabled'), says: 'permanently disabled' },
    { node: node.one('accountTemporarilyDisabled'), says: 'temporarily disabled' },
  ]
  for (const state of states) {
    if (state.node === null) continue
    draft.attributes(state.node, ofReport)
    if (draft.flag(state.node) === 'yes') return state.says
  }
  return null
}

function fullName(node: XmlNode): string | null {
  const parts = ['firstName', 'middleName', 'lastName'].flatMap((part) => nonEmpty(node.one(part)) ?? [])
  return parts.length === 0 ? null : parts.join(' ')
}

export const nonEmpty = (node: XmlNode | null): string | null =>
  node === null || node.trimmed === '' ? null : node.trimmed
