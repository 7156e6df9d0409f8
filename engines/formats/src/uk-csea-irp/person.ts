import { readAccount, readEmail, readPhone, readUrl } from '@tandem/identifiers'
import type { IpEvent, PersonMentioned } from '../record.ts'
import type { Draft } from './draft.ts'
import type { Fields } from './fields.ts'
import { accountStates, userRoles } from './shape.ts'

export interface UserAdded {
  /** Index in `people`. */
  readonly person: number
  /** Id and user name as written: what messages name their authors by. */
  readonly names: readonly string[]
}

/** Adds a user, with everything that names or locates them. */
export function addUser(
  draft: Draft,
  fields: Fields,
  usualRole: 'reported' | 'recipient',
  platform: string,
): UserAdded {
  const person = draft.people.length
  // Taken first, so that connections found on the way get later places.
  draft.people.push(emptyPerson(usualRole, fields.place))
  const role = roleOf(fields.word('role', userRoles)) ?? usualRole
  const names = addAccounts(draft, fields, person, platform)
  const read: PersonMentioned = {
    role,
    place: fields.place,
    names: fields.texts('names').map(({ text }) => text),
    dateOfBirth: fields.text('dateOfBirth'),
    age: fields.text('age', 'number'),
    accountState: fields.word('accountState', accountStates),
    userWasTold: fields.flag('userWasTold'),
    accountCompromised: fields.flag('accountCompromised'),
    addresses: fields.texts('addresses').map(({ text }) => text),
    ipEvents: fields
      .objects('ipHistory')
      .map((event) => draft.ipEvent(event, person, null))
      .filter((event): event is IpEvent => event !== null),
  }
  for (const { text, place } of fields.texts('emails')) draft.mention('e-mail', text, place, person, readEmail)
  for (const { text, place } of fields.texts('phones'))
    draft.mention('phone', text, place, person, (number) => readPhone(number))
  draft.mention('profile URL', fields.text('profileUrl'), fields.at('profileUrl'), person, readUrl)
  draft.narrative(fields.text('profileText'), fields.at('profileText'), 'person', person)
  addTypedValues(draft, fields, person)
  draft.people[person] = read
  for (const connection of fields.objects('connections')) addConnection(draft, connection, platform)
  fields.finish()
  return { person, names }
}

export const emptyPerson = (role: PersonMentioned['role'], place: string): PersonMentioned => ({
  role,
  place,
  names: [],
  dateOfBirth: null,
  age: null,
  accountState: null,
  userWasTold: 'not said',
  accountCompromised: 'not said',
  addresses: [],
  ipEvents: [],
})

const roleOf = (word: string | null): PersonMentioned['role'] | null => userRoles.find((role) => role === word) ?? null

function addAccounts(draft: Draft, fields: Fields, person: number, platform: string): string[] {
  const readId = (id: string) => readAccount(platform, 'id', id)
  const readName = (name: string) => readAccount(platform, 'username', name)
  const id = fields.text('id')
  const username = fields.text('username')
  draft.mention('account id', id, fields.at('id'), person, readId)
  draft.mention('user name', username, fields.at('username'), person, readName)
  for (const { text, place } of fields.texts('previousUsernames')) {
    draft.mention('former user name', text, place, person, readName)
    draft.detail('former user name', text, place, { person })
  }
  for (const { text, place } of fields.texts('displayNames')) draft.detail('display name', text, place, { person })
  return [id, username].filter((name) => name !== null)
}

function addTypedValues(draft: Draft, fields: Fields, person: number): void {
  const lists = [
    ['payments', 'payment'],
    ['identityDocuments', 'identity document'],
    ['devices', 'device'],
  ] as const
  for (const [key, usual] of lists) {
    for (const item of fields.objects(key)) {
      const kind = item.text('kind')
      draft.detail(kind === null ? usual : `${usual}: ${kind}`, item.text('value'), item.at('value'), { person })
      item.finish()
    }
  }
}

/** Another account: a person of its own, since nothing says that it is the same one. */
function addConnection(draft: Draft, fields: Fields, platform: string): void {
  const person = draft.people.length
  draft.people.push(emptyPerson('other', fields.place))
  const named = fields.text('platform') ?? platform
  draft.mention('account id', fields.text('id'), fields.at('id'), person, (id) => readAccount(named, 'id', id))
  draft.mention('user name', fields.text('username'), fields.at('username'), person, (name) =>
    readAccount(named, 'username', name),
  )
  draft.detail('connection', fields.text('relation'), fields.at('relation'), { person })
  fields.finish()
}
