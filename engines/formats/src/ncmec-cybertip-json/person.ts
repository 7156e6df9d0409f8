import { readAccount, readEmail, readPhone, readUrl } from '@tandem/identifiers'
import type { PersonMentioned } from '../record.ts'
import type { Draft, Owner } from './draft.ts'
import { readInformations } from './free-text.ts'
import type { TipNode } from './node.ts'
import { readAddress, readSource } from './source.ts'

const addressParts = ['street1', 'street2', 'city', 'state', 'postalCode', 'country']

/** Facts that are kept as they are named. A list or one text may stand in each. */
const plainFields = [
  'gender',
  'preferredPronouns',
  'physicalDescription',
  'vehicleDescription',
  'vehicleTagNumber',
  'occupation',
  'relationshipToReporter',
  'relationshipToChildVictim',
  'accessToChildVictim',
  'accessToChildren',
  'accessToFirearms',
  'convictedSexOffender',
  'awareOfReport',
  'gangAffiliation',
  'additionalContactInformation',
  'languages',
  'races',
  'disabilities',
  'additionalDisabilityInformation',
]

export function readPerson(draft: Draft, node: TipNode, role: PersonMentioned['role']): void {
  if (!node.isObject) {
    draft.detail(`${role} person as written`, node.text, node.place, { person: null, file: null })
    return
  }
  const index = draft.person(role, node.place)
  const owner: Owner = { person: index, file: null }
  const person = draft.people[index]
  if (person === undefined) return
  const full = ['firstName', 'middleName', 'lastName'].flatMap((part) => draft.textOf(node, part) ?? []).join(' ')
  if (full !== '') person.names.push(full)
  const preferred = draft.textOf(node, 'preferredName')
  if (preferred !== null) {
    person.names.push(preferred)
    draft.detail('preferredName', preferred, node.one('preferredName')?.place ?? node.place, owner)
  }
  draft.people[index] = {
    ...person,
    dateOfBirth: draft.textOf(node, 'dateOfBirth'),
    age: draft.textOf(node, 'approximateAge'),
    userWasTold: toldOf(draft, node),
  }
  readAccounts(draft, node, index)
  for (const address of node.nested('addresses')) readPostal(draft, address, owner)
  const written = draft.textOf(node, 'ipAddress')
  const field = node.one('ipAddress')
  if (written !== null && field !== null) {
    readAddress(draft, field, { value: written, event: null, time: null }, index)
  }
  for (const plain of plainFields) draft.field(node, plain, owner)
  readSource(draft, node, owner, () => index)
  readInformations(draft, node, 'person', owner)
}

/** `awareOfReport` says whether the person knows; the field itself stays a detail. */
function toldOf(draft: Draft, node: TipNode): PersonMentioned['userWasTold'] {
  const aware = node.flagOf('awareOfReport')
  if (aware !== 'unreadable') return aware
  const place = node.one('awareOfReport')?.place ?? node.place
  draft.remark('flag-unreadable', place, 'Neither yes nor no; kept as written, read as not said.')
  return 'not said'
}

function readAccounts(draft: Draft, node: TipNode, person: number): void {
  const owner: Owner = { person, file: null }
  const stated = draft.textOf(node, 'espService')
  const service = stated ?? draft.provider
  draft.detail('espService', stated, node.one('espService')?.place ?? node.place, owner)
  const id = draft.textOf(node, 'espUserId')
  draft.mention('account id', id, node.one('espUserId')?.place ?? node.place, person, (text) =>
    readAccount(service, 'id', text),
  )
  for (const { text, place } of valuesOf(draft, node, 'screenName', 'screenNames', owner)) {
    draft.mention('screen name', text, place, person, (name) => readAccount(service, 'username', name))
  }
  for (const { text, place } of valuesOf(draft, node, 'emails', 'emails', owner)) {
    draft.mention('e-mail', text, place, person, readEmail)
  }
  for (const { text, place } of valuesOf(draft, node, 'phones', 'phones', owner)) {
    draft.mention('phone', text, place, person, (number) => readPhone(number))
  }
  for (const { text, place } of valuesOf(draft, node, 'profileUrl', 'profileUrls', owner)) {
    draft.mention('profile URL', text, place, person, readUrl)
  }
}

/** `{ value, verified }`, a list of them wrapped or not, or plain text. What stands beside the value is a detail. */
function valuesOf(draft: Draft, node: TipNode, key: string, inner: string, owner: Owner) {
  return node.nested(key, inner).flatMap((item) => {
    const value = item.isObject ? item.one('value') : item
    for (const other of item.keys()) if (other !== 'value') draft.field(item, other, owner, `${key}.${other}`)
    const text = value?.text ?? null
    return value === null || text === null ? [] : [{ text: draft.safe(text, value.place), place: value.place }]
  })
}

function readPostal(draft: Draft, node: TipNode, owner: Owner): void {
  const person = owner.person === null ? undefined : draft.people[owner.person]
  const parts = node.isObject
    ? addressParts.flatMap((part) => draft.textOf(node, part) ?? [])
    : node.text === null
      ? []
      : [draft.safe(node.text, node.place)]
  if (parts.length > 0) person?.addresses.push(parts.join(', '))
  for (const key of node.keys()) if (!addressParts.includes(key)) draft.field(node, key, owner, `address.${key}`)
}
