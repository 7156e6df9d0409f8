import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FileMentioned, PersonMentioned, ReferralRecord } from '@tandem/formats'
import { mostListed } from '@tandem/linkage'
import fc from 'fast-check'
import { tiesTold } from '../src/linkage/ties/told.ts'

const person = (role: PersonMentioned['role'], more: Partial<PersonMentioned> = {}): PersonMentioned => ({
  ...{ role, place: '$', names: [], dateOfBirth: null, age: null, accountState: null, userWasTold: 'not said' },
  ...{ accountCompromised: 'not said', addresses: [], ipEvents: [] },
  ...more,
})
const file = (value: string, more: Partial<FileMentioned> = {}): FileMentioned => ({
  ...{ place: '$', name: null, hashes: [{ kind: 'sha256', value, place: '$' }], contentType: null },
  ...{
    viewedByProvider: 'not said',
    publiclyAvailable: 'not said',
    category: null,
    labels: [],
    uploadedAt: null,
    url: null,
  },
  ...more,
})
const record = (more: Partial<ReferralRecord>): ReferralRecord => ({
  ...{ kind: 'referral', format: 'ncmec-ispws', reference: null, supplementTo: null, declaredPriority: null },
  ...{ sender: { organisation: null, service: null, contact: null }, telephoned: 'not said', incidentKind: null },
  ...{ incidentAt: null, incidentAtMeaning: null, detectedAt: null, detectedBy: null, reviewedByPerson: 'not said' },
  ...{ originalFormat: 'not said', reportedToLocalPolice: 'not said', localPoliceReference: null },
  ...{
    allAvailableGiven: 'not said',
    annotations: [],
    people: [],
    files: [],
    narratives: [],
    mentions: [],
    unknownFields: [],
  },
  ...more,
})
const digest = 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9'
const addresses = ['12 Orchard Street, Exampleton, EX1 2MP']

test('a file is in the hands of the one who is reported, of whoever the source names, and of nobody by guess', () => {
  const holders = (people: PersonMentioned[], by?: number | null) =>
    tiesTold(record({ people, files: [file(digest, by === undefined ? {} : { by })] })).holdings.map(
      (each) => each.person,
    )
  const [reported, victim] = [person('reported'), person('victim')]
  assert.deepEqual(holders([victim, reported]), [1])
  assert.deepEqual(holders([reported, reported]), [], 'of two nobody is chosen')
  assert.deepEqual(holders([reported, reported], 1), [1])
  assert.deepEqual(holders([reported], null), [], 'the source had authors, and this file has none')
})

test('whoever sent the report is tied to nobody, and nobody to himself', () => {
  const people = [person('reporter', { addresses }), person('reported', { addresses }), person('recipient')]
  const { holdings, contacts } = tiesTold(record({ people }))
  assert.deepEqual(
    holdings.map((each) => [each.person, each.relation]),
    [[1, 'household']],
  )
  assert.deepEqual(
    contacts.map(({ one, other, how }) => [one, other, how]),
    [[1, 2, 'content']],
  )
  assert.deepEqual(
    tiesTold(record({ people: [person('reported'), person('reported'), person('recipient')] })).contacts,
    [],
  )
})

test('a list of more connections than it says anything by ties nobody; its owner and all of it are counted', () => {
  const told = (count: number) =>
    tiesTold(
      record({
        ...{ format: 'uk-csea-irp/1' },
        people: [
          person('reported', { place: '$.user' }),
          ...Array.from({ length: count }, (_, at) => person('other', { place: `$.user.connections[${at}]` })),
        ],
      }),
    )
  assert.equal(told(mostListed).contacts.length, mostListed)
  const { contacts, crowds } = told(mostListed + 1)
  assert.deepEqual(contacts, [])
  assert.equal(new Set(crowds.map((each) => each.person)).size, mostListed + 2)
  assert.ok(crowds.every(({ how, parties }) => how === 'listed' && parties === mostListed + 1))
})

test('a card says four digits and ties nobody; what a payment is called says how it is held', () => {
  const told = (kind: string, value: string) =>
    tiesTold(
      record({
        people: [person('reported')],
        details: [{ kind, value, place: '$.payments[0].value', person: 0, file: null }],
        mentions: [
          {
            ...{ original: value, place: '$.payments[0].value, characters 0-22', person: null },
            identifier: { kind: 'iban', normal: 'GB33BUKB20201555555555', strength: 'checksum', because: 'test' },
          },
        ],
      }),
    ).holdings.map(({ how, kind: what }) => [how, what])
  assert.deepEqual(told('payment', 'GB33BUKB20201555555555'), [['own', 'iban']])
  assert.deepEqual(told('payment: paid to', 'GB33BUKB20201555555555'), [['paid to', 'iban']])
  assert.deepEqual(told('payment: beneficiary', 'GB33BUKB20201555555555'), [['paid to', 'iban']])
  for (const plain of ['bank account', 'IBAN', 'Wallet', 'account', 'payout', 'payout account', 'card, last four'])
    assert.deepEqual(told(`payment: ${plain}`, 'GB33BUKB20201555555555'), [['own', 'iban']], plain)
  assert.deepEqual(told('payment: transfer to', 'GB33BUKB20201555555555'), [['paid to', 'iban']])
  // What is not plainly the user's own or plainly paid into may be the payer's: no direction is made of it.
  for (const open of [
    ...[
      'received from',
      'payer',
      'transfer from',
      'sender wallet',
      'refunded to',
      'sent money to user',
      'payment from',
    ],
    ...['withdrawal address', 'Empfänger', 'paid to user', 'not own account', 'bitcoin payment', 'recipient of', ': :'],
  ])
    assert.deepEqual(told(`payment: ${open}`, 'GB33BUKB20201555555555'), [['named', 'iban']], open)
  assert.deepEqual(told('payment: card', '4242424242424242'), [])
  assert.deepEqual(told('device', 'GB33BUKB20201555555555'), [])
})

test('whatever people and exchanges there are, both ends exist, are two, and none is of the sender', () => {
  const roles = fc.constantFrom<PersonMentioned['role']>('reported', 'recipient', 'victim', 'reporter', 'other')
  const index = fc.nat({ max: 30 })
  const exchange = fc.record({
    how: fc.constantFrom('message' as const, 'call' as const, 'conversation' as const),
    from: fc.option(index),
    to: fc.uniqueArray(index, { maxLength: 30 }),
    times: fc.nat({ max: 9 }).map((times) => times + 1),
    first: fc.constant(null),
    last: fc.constant(null),
  })
  fc.assert(
    fc.property(
      fc.array(roles, { maxLength: 25 }),
      fc.option(fc.array(exchange, { maxLength: 6 })),
      (all, exchanges) => {
        const people = all.map((role) => person(role, { addresses }))
        const told = tiesTold(record({ people, ...(exchanges === null ? {} : { exchanges }) }))
        const isThere = (at: number): boolean => people[at] !== undefined && people[at].role !== 'reporter'
        assert.ok(told.contacts.every(({ one, other }) => one !== other && isThere(one) && isThere(other)))
        assert.ok(told.holdings.every((each) => isThere(each.person)))
        assert.ok(told.crowds.every(({ person: one, parties }) => isThere(one) && parties > 20))
      },
    ),
  )
})
