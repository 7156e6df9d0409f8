import type { Priority } from '@tandem/core'
import type { ExampleHashes, Written } from './invented.ts'
import type { WrittenTime } from './times.ts'

/** Who reports. `platform` is the service its reports are about when it speaks of itself. */
export interface Sender {
  readonly name: string
  readonly platform: string
  readonly domain: string
  readonly writes: 'uk-csea-irp/1' | 'ncmec-ispws'
  readonly contact: { readonly name: string; readonly email: string; readonly phone: string }
}

/** Somebody invented, with one set of means of contact that their accounts share. */
export interface Person {
  readonly key: string
  readonly name: string
  readonly dateOfBirth: string | null
  readonly email: Written
  readonly phone: Written
  readonly address: string
}

export interface Account {
  readonly key: string
  readonly person: Person
  readonly platform: string
  readonly domain: string
  readonly id: string
  readonly username: string
  readonly formerNames: readonly string[]
}

/** One use of an internet address. */
export interface Login {
  readonly address: Written
  readonly port: number | null
  readonly at: WrittenTime | null
  readonly event: 'login' | 'registration' | 'upload'
  readonly possibleProxy: boolean | null
  /** The address is written in a form no reader may accept; it then names nobody. */
  readonly broken?: true
}

/** What a sender tells about an account. Everything it does not tell stays away. */
export interface Party {
  readonly account: Account
  readonly role: 'reported' | 'recipient' | 'victim' | 'reporter' | 'other'
  readonly tells: ReadonlySet<Told>
  readonly age: string | null
  readonly state: 'open' | 'suspended' | 'closed' | null
  readonly userWasTold: boolean | null
  readonly compromised: boolean | null
  readonly logins: readonly Login[]
  readonly connections: readonly Account[]
}

export type Told = 'id' | 'username' | 'former names' | 'profile' | 'name' | 'birth' | 'email' | 'phone' | 'address'

/** A file by its name and fingerprints only. */
export interface ExampleFile {
  readonly number: number
  readonly hashes: ExampleHashes
  /** The example file that it is an altered copy of. */
  readonly alteredFrom: number | null
  readonly tells: readonly (keyof ExampleHashes)[]
  readonly name: string
  readonly contentType: 'image/jpeg' | 'video/mp4'
  readonly viewedByProvider: boolean | null
  readonly publiclyAvailable: boolean | null
  /** NCMEC industry classification: letter apparent age, digit content. */
  readonly category: 'A1' | 'A2' | 'B1' | 'B2' | null
  readonly labels: readonly string[]
  readonly capturedAt: WrittenTime | null
}

/** Neutral third-person sentences, each by one side of a conversation. */
export interface Line {
  readonly from: Account
  readonly at: WrittenTime | null
  readonly text: string
}

/** What is true in the world and told in the referral; the class is the NCA's definition of P1 to P3. */
export const facts = {
  'a life is at risk now': 'P1',
  'self-harm is mentioned': 'P1',
  'abuse is live now': 'P1',
  'a meeting with a child is planned': 'P1',
  'a child is blackmailed now': 'P1',
  'material was made in the last days': 'P2',
  'a child made or sent material': 'P2',
  'a child received material': 'P2',
  'an adult grooms a known child': 'P2',
  'suspected access to a child': 'P2',
  'a known file was shared': 'P3',
  'a viral file was shared': 'P3',
  'ages are unclear': 'P3',
  'the material is said to be generated': 'P3',
  'the account may be taken over': 'P3',
  'nothing points to a present risk': 'P3',
} as const satisfies Record<string, Priority>

export type Fact = keyof typeof facts

/** How this referral stands to one before it in the world (not in the order of arrival). */
export interface Relation {
  readonly kind: 'new' | 'supplement' | 'redelivery' | 'same incident' | 'viral copy' | 'same account' | 'file details'
  /** World id of the other referral; null only for `new`. */
  readonly of: string | null
}

export interface Reported {
  readonly id: string
  readonly scenario: string
  readonly sender: Sender
  /** The service the report is about, when it is not the sender's own. */
  readonly platform: string
  readonly reference: string | null
  readonly supplementTo: string | null
  readonly relation: Relation
  readonly declared: { readonly level: Priority; readonly reason: string | null } | null
  readonly telephoned: boolean | null
  readonly detectedAt: WrittenTime | null
  readonly detectedBy: 'user report' | 'third party' | 'automated tool' | 'moderator' | null
  readonly reviewedByPerson: boolean | null
  readonly allAvailableGiven: boolean | null
  readonly annotations: readonly string[]
  readonly description: string | null
  /** When it happened: the upload, or the message. */
  readonly incidentAt: WrittenTime | null
  readonly url: Written | null
  readonly reported: Party | null
  readonly others: readonly Party[]
  readonly files: readonly ExampleFile[]
  readonly room: string | null
  readonly conversation: readonly Line[]
  readonly facts: readonly [Fact, ...Fact[]]
  readonly oddities: readonly Oddity[]
}

/** Ways in which a sender departs from the agreed form. */
export type Oddity =
  | { readonly kind: 'unknown field'; readonly name: string; readonly value: string | number | boolean }
  | { readonly kind: 'unknown account state'; readonly value: string }
  | { readonly kind: 'unknown content type'; readonly value: string }
  | { readonly kind: 'wrong structure' }
