import type { Priority, ThreeValued, TimeClaim } from '@tandem/core'
import type { Identifier } from '@tandem/identifiers'

/**
 * What every reader yields. In = accepted + remarked + set aside, always: a reader ends with exactly one
 * entry for each record it met, and what it could not read is an entry too.
 */
export type Entry<T> =
  | { readonly outcome: 'accepted'; readonly place: Place; readonly record: T }
  | { readonly outcome: 'remarked'; readonly place: Place; readonly record: T; readonly remarks: readonly Remark[] }
  | { readonly outcome: 'set-aside'; readonly place: Place; readonly reason: Remark }

/** A place in the source: `$.users[0].emails[1]` for JSON, `/report/victim[1]` for XML, `row 12` for CSV, `bytes 10-20`. */
export type Place = string

/** `code` is stable and in the format's documented list; `says` is one line for an officer and repeats no media. */
export interface Remark {
  readonly code: string
  readonly place: Place
  readonly says: string
}

export interface Account {
  readonly records: number
  readonly accepted: number
  readonly remarked: number
  readonly setAside: number
}

/** A value as written at a place, with its normal form when it passed validation. */
export interface Mention {
  /** As written, untouched. */
  readonly original: string
  readonly place: Place
  /** Whose it is: index into `people`, or null when it belongs to the report or a file. */
  readonly person: number | null
  readonly identifier: Identifier
}

export interface IpEvent {
  readonly address: string
  readonly port: number | null
  readonly time: TimeClaim | null
  /** Login, registration, upload, ... as the sender said it. */
  readonly event: string | null
  readonly possibleProxy: ThreeValued
  readonly place: Place
}

export interface PersonMentioned {
  readonly role: 'reported' | 'recipient' | 'victim' | 'reporter' | 'other'
  readonly place: Place
  readonly names: readonly string[]
  readonly dateOfBirth: string | null
  readonly age: string | null
  readonly accountState: string | null
  readonly userWasTold: ThreeValued
  readonly accountCompromised: ThreeValued
  readonly addresses: readonly string[]
  readonly ipEvents: readonly IpEvent[]
}

export interface FileMentioned {
  readonly place: Place
  readonly name: string | null
  /** Lower-case hex; kind is as the sender named it, normalised (`md5`, `sha1`, `sha256`, `pdq`, `photodna`). */
  readonly hashes: readonly { readonly kind: string; readonly value: string; readonly place: Place }[]
  readonly contentType: string | null
  readonly viewedByProvider: ThreeValued
  readonly publiclyAvailable: ThreeValued
  /** Category in the scheme the sender named. One scheme is never converted to another. */
  readonly category: { readonly scheme: string; readonly value: string } | null
  readonly labels: readonly string[]
  readonly uploadedAt: TimeClaim | null
  readonly url: string | null
  /** Who uploaded or sent it, where the source says: index into `people`. */
  readonly by?: number | null
}

/** A typed fact without a field of its own: a device, a payment, an identity document, what EXIF is said to hold. */
export interface Detail {
  readonly kind: string
  readonly value: string
  readonly place: Place
  /** Index into `people`, or null. */
  readonly person: number | null
  /** Index into `files`, or null. */
  readonly file: number | null
}

/** Text exactly as sent. Exposure: shown collapsed, opened on purpose. */
export interface Narrative {
  readonly place: Place
  readonly about: 'report' | 'conversation' | 'person' | 'file' | 'other'
  /** Who wrote it, when the source says: index into `people`. */
  readonly author: number | null
  readonly text: string
  /** When it was written, where the source says. */
  readonly at?: TimeClaim | null
  /** Who wrote it, as written, when that is none of `people`. */
  readonly from?: string | null
  /** The id of the message these words are of, and of the message that it answers or amends. */
  readonly reference?: string | null
  readonly answers?: string | null
  /** Deleted, edited, forwarded, ...: as the source says of the message. */
  readonly flags?: { readonly [name: string]: ThreeValued }
}

/**
 * People of a record who were in touch, as its items say: a mail from one to others, a record of a provider with two ends,
 * a conversation in which all of `to` wrote. Indexes into `people`.
 */
export interface Exchange {
  readonly how: 'message' | 'call' | 'conversation'
  readonly from: number | null
  readonly to: readonly number[]
  readonly times: number
  /**
   * How many took part in the whole conversation, of which this record may be a part; to how many a message went, where they
   * were too many to be told in pairs.
   */
  readonly parties?: number
  /** Instants of the first and the last, where they are known. */
  readonly first: string | null
  readonly last: string | null
}

/** The facts of a referral that are no list of their own. */
export type PlacedFact =
  | 'reference'
  | 'organisation'
  | 'service'
  | 'contact'
  | 'declaredPriority'
  | 'declaredReason'
  | 'telephoned'
  | 'incidentKind'
  | 'incidentAt'
  | 'incidentAtMeaning'
  | 'detectedAt'
  | 'detectedBy'
  | 'reviewedByPerson'
  | 'originalFormat'
  | 'reportedToLocalPolice'
  | 'localPoliceReference'
  | 'allAvailableGiven'
  | 'annotations'

export type PlacesOfFacts = { readonly [fact in PlacedFact]?: Place }

export interface ReferralRecord {
  readonly kind: 'referral'
  readonly format: string
  /** The sender's own reference (a URN, a report number). */
  readonly reference: string | null
  /** The earlier report this one adds to or corrects. */
  readonly supplementTo: string | null
  readonly sender: {
    readonly organisation: string | null
    readonly service: string | null
    readonly contact: string | null
  }
  readonly declaredPriority: { readonly level: Priority; readonly reason: string | null } | null
  /** P1 and P2 out of hours also need a call by the sender. */
  readonly telephoned: ThreeValued
  readonly incidentKind: string | null
  readonly incidentAt: TimeClaim | null
  readonly incidentAtMeaning: string | null
  readonly detectedAt: TimeClaim | null
  readonly detectedBy: string | null
  readonly reviewedByPerson: ThreeValued
  readonly originalFormat: ThreeValued
  readonly reportedToLocalPolice: ThreeValued
  readonly localPoliceReference: string | null
  /** True declaration turns an empty field into "not held" instead of "not said". */
  readonly allAvailableGiven: ThreeValued
  /** Sender's marks that change meaning: `viral`, `sextortion`, `minorToMinorInteraction`, `liveStreaming`, ... */
  readonly annotations: readonly string[]
  /** Where each of the facts above stands in the source. A fact that is not said has none. */
  readonly places?: PlacesOfFacts
  readonly people: readonly PersonMentioned[]
  readonly files: readonly FileMentioned[]
  readonly narratives: readonly Narrative[]
  readonly mentions: readonly Mention[]
  readonly details?: readonly Detail[]
  /** Of what was gathered from items: who wrote to whom. Not there: the source says it by roles alone. */
  readonly exchanges?: readonly Exchange[]
  /** Fields the reader does not know: kept in the payload, counted and shown here. */
  readonly unknownFields: readonly Place[]
}

export interface ListEntryRecord {
  readonly kind: 'list-entry'
  /** The sender's own id of the entry; not unique in VICS. */
  readonly entryId: string | null
  readonly hashes: readonly { readonly kind: 'md5' | 'sha1' | 'sha256'; readonly value: string }[]
  /** Perceptual: `pdq` as 64 hexadecimal digits, `photodna` as opaque text. */
  readonly otherHashes: readonly { readonly kind: string; readonly value: string }[]
  /** Of the perceptual hash, 0 to 100, where the list says it. */
  readonly quality: number | null
  /** 0 is a category, null is "nothing". */
  readonly category: { readonly scheme: string; readonly value: string } | null
  readonly flags: { readonly [name: string]: ThreeValued }
  /** Who says it, when, what others answered: for the officer who asks what a hit rests on. */
  readonly details?: readonly { readonly kind: string; readonly value: string }[]
}

/**
 * One thing of many in a larger whole: a message of a chat, a mail of a box, an answer of a provider, an indicator of an
 * event, a capture of a page, a member of an archive, a line of a log, a row of a dump. It has the same parts as a
 * referral, so that everything behind a reader treats them alike.
 */
export interface ItemRecord {
  readonly kind: 'item'
  readonly format: string
  readonly what: 'message' | 'mail' | 'answer' | 'indicator' | 'capture' | 'member' | 'log line' | 'row'
  /** What it is part of: a conversation, a box, an archive, a table. */
  readonly whole: { readonly name: string | null; readonly place: Place }
  /** Its own id where it has one: message id, record id, UUID. */
  readonly reference: string | null
  /** The item that it answers or amends, by reference. */
  readonly answers: string | null
  readonly at: TimeClaim | null
  /** What the time is of, in the source's words. */
  readonly atMeaning: string | null
  /** Index into `people`: who wrote or did it. */
  readonly author: number | null
  /** Deleted, edited, forwarded, pinned, drafted, ...: as the source says. */
  readonly flags: { readonly [name: string]: ThreeValued }
  readonly people: readonly PersonMentioned[]
  readonly files: readonly FileMentioned[]
  readonly narratives: readonly Narrative[]
  readonly mentions: readonly Mention[]
  readonly details: readonly Detail[]
  readonly unknownFields: readonly Place[]
}

export type AnyRecord = ReferralRecord | ListEntryRecord | ItemRecord
