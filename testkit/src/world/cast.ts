import {
  alteredPdq,
  exampleHashes,
  inventedAddress,
  inventedEmail,
  inventedIpv4,
  inventedIpv6,
  inventedName,
  inventedPhone,
} from './invented.ts'
import type { Account, ExampleFile, Login, Party, Person, Reported, Sender, Told } from './model.ts'
import { type Random, seeded } from './random.ts'
import { utc } from './times.ts'

const sender = (
  name: string,
  platform: string,
  domain: string,
  writes: Sender['writes'],
  extension: number,
): Sender => ({
  name,
  platform,
  domain,
  writes,
  contact: {
    name: `Test Contact ${platform}`,
    email: `reports@${domain}`,
    phone: `+44 20 7946 0${extension}`,
  },
})

export const social = sender('Example Social Ltd', 'Testgram', 'testgram.example', 'uk-csea-irp/1', 101)
export const chat = sender('Example Chat Ltd', 'Testchat', 'testchat.example', 'uk-csea-irp/1', 202)
export const games = sender('Example Games Inc', 'Testplay', 'testplay.example', 'ncmec-ispws', 303)
export const streams = sender('Example Streams Ltd', 'Teststream', 'teststream.example', 'uk-csea-irp/1', 404)
/** Passes on what others tell it, about any service. */
export const clearingHouse = sender('Example Clearing House', 'Testcloud', 'testcloud.example', 'ncmec-ispws', 505)

export const senders = [social, chat, games, streams, clearingHouse] as const

/** Person number `index` of the world with this seed: nothing has to be remembered to meet them again. */
export function personAt(seed: string, index: number): Person {
  const random = seeded(`${seed}\nperson ${index}`)
  const name = inventedName(random)
  const born = `${random.between(1960, 2004)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`
  return {
    key: `person-${index}`,
    name,
    dateOfBirth: born,
    email: inventedEmail(random, `${baseName(name)}.${index}`),
    phone: inventedPhone(random),
    address: inventedAddress(random),
  }
}

/** The one account of a person on a service. Half of the people use the same name everywhere. */
export function accountOf(seed: string, person: Person, service: Pick<Sender, 'platform' | 'domain'>): Account {
  const random = seeded(`${seed}\naccount ${person.key} ${service.platform}`)
  const number = person.key.slice('person-'.length)
  const base = `${baseName(person.name).replaceAll('.', '_')}_${number}`
  const loyal = seeded(`${seed}\nhabit ${person.key}`).chance(50)
  const username = loyal ? base : `${base}_${random.hex(3)}`
  return {
    key: `${person.key} ${service.platform}`,
    person,
    platform: service.platform,
    domain: service.domain,
    id: random.digits(18),
    username,
    formerNames: random.chance(30) ? [`${base}_before`] : [],
  }
}

const baseName = (name: string): string => name.toLowerCase().replaceAll(' ', '.')
const two = (value: number): string => String(value).padStart(2, '0')

/** What a sender of average care tells. */
export const usualTold: readonly Told[] = ['id', 'username', 'profile', 'email']
export const everythingTold: readonly Told[] = [
  'id',
  'username',
  'former names',
  'profile',
  'name',
  'birth',
  'email',
  'phone',
  'address',
]

export function party(
  account: Account,
  changes: Partial<Omit<Party, 'account' | 'tells'>> & { tells?: readonly Told[] } = {},
): Party {
  return {
    role: 'reported',
    age: null,
    state: null,
    userWasTold: null,
    compromised: null,
    logins: [],
    connections: [],
    ...changes,
    account,
    tells: new Set(changes.tells ?? usualTold),
  }
}

export function login(random: Random, at: number, changes: Partial<Login> = {}): Login {
  return {
    address: random.chance(35) ? inventedIpv4(random) : inventedIpv6(random),
    port: random.between(1024, 65_535),
    at: utc(at),
    event: 'login',
    possibleProxy: random.chance(20) ? false : null,
    ...changes,
  }
}

/** A file nobody has listed by its digests, which looks like a listed one but for some bits. */
export function alteredCopy(number: number, of: number, bits: number): ExampleFile {
  const copy = file(number, { tells: ['md5', 'sha256', 'pdq'] })
  return { ...copy, alteredFrom: of, hashes: { ...copy.hashes, pdq: alteredPdq(exampleHashes(of).pdq, bits) } }
}

export function file(
  number: number,
  changes: Partial<Omit<ExampleFile, 'number' | 'hashes' | 'alteredFrom'>> = {},
): ExampleFile {
  return {
    tells: ['md5', 'sha1', 'sha256'],
    name: `item-${number}.jpg`,
    contentType: 'image/jpeg',
    viewedByProvider: null,
    publiclyAvailable: null,
    category: null,
    labels: [],
    capturedAt: null,
    ...changes,
    number,
    alteredFrom: null,
    hashes: exampleHashes(number),
  }
}

/** A referral in which nothing is said yet but who sends it, when and on which facts. */
export function referral(
  from: Pick<Reported, 'id' | 'scenario' | 'sender' | 'facts'> & Partial<Reported>,
  at: number,
  reference: string,
): Reported {
  return {
    platform: from.sender.platform,
    reference,
    supplementTo: null,
    relation: { kind: 'new', of: null },
    declared: { level: 'P3', reason: null },
    telephoned: null,
    detectedAt: utc(at),
    detectedBy: 'automated tool',
    reviewedByPerson: null,
    allAvailableGiven: true,
    annotations: [],
    description: null,
    incidentAt: utc(at - 90_000),
    url: null,
    reported: null,
    others: [],
    files: [],
    room: null,
    conversation: [],
    oddities: [],
    ...from,
  }
}
