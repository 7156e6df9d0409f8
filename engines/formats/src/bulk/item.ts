import type { TimeClaim } from '@tandem/core'
import type { Identifier } from '@tandem/identifiers'
import { readEmail, readIp, readPhone, readUrl } from '@tandem/identifiers'
import type {
  Detail,
  Entry,
  FileMentioned,
  ItemRecord,
  Mention,
  Narrative,
  PersonMentioned,
  Place,
  Remark,
} from '../record.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] }
export type TypedKind = 'email' | 'ip' | 'phone' | 'url'

/** Gathers one item and what is to be said of it; `entry` is then accepted or remarked. */
export class ItemDraft {
  readonly record: Mutable<ItemRecord>
  readonly remarks: Remark[] = []
  readonly place: Place

  constructor(format: string, what: ItemRecord['what'], place: Place, whole: ItemRecord['whole']) {
    this.place = place
    this.record = {
      kind: 'item',
      format,
      what,
      whole,
      reference: null,
      answers: null,
      at: null,
      atMeaning: null,
      author: null,
      flags: {},
      people: [],
      files: [],
      narratives: [],
      mentions: [],
      details: [],
      unknownFields: [],
    }
  }

  remark(code: string, says: string, place: Place = this.place): void {
    this.remarks.push({ code, place, says })
  }

  detail(kind: string, value: string, place: Place = this.place, file: number | null = null): void {
    const detail: Detail = { kind, value, place, person: null, file }
    this.record.details.push(detail)
  }

  narrative(about: Narrative['about'], text: string, place: Place = this.place): void {
    this.record.narratives.push({ place, about, author: null, text })
  }

  time(at: TimeClaim, meaning: string): void {
    this.record.at = at
    this.record.atMeaning = meaning
  }

  /** Returns its index, by which details point to it. */
  file(file: Partial<FileMentioned> & { readonly place: Place }): number {
    return this.record.files.push({ ...plainFile, ...file }) - 1
  }

  person(person: Partial<PersonMentioned> & { readonly place: Place }): number {
    return this.record.people.push({ ...plainPerson, ...person }) - 1
  }

  /** A value whose kind the source names. True when it passed validation and is now a mention. */
  mention(kind: TypedKind, original: string, place: Place = this.place, person: number | null = null): boolean {
    const identifier = identifierOf(kind, original)
    if (identifier === null) return false
    const mention: Mention = { original, place, person, identifier }
    this.record.mentions.push(mention)
    return true
  }

  entry(): Entry<ItemRecord> {
    const { place, record, remarks } = this
    return remarks.length === 0
      ? { outcome: 'accepted', place, record }
      : { outcome: 'remarked', place, record, remarks }
  }
}

export function identifierOf(kind: TypedKind, original: string): Identifier | null {
  const reading = readers[kind](original)
  return reading.ok ? reading.value.identifier : null
}

const readers = {
  email: (text: string) => readEmail(text),
  ip: (text: string) => readIp(text),
  phone: (text: string) => readPhone(text),
  url: (text: string) => readUrl(text),
}

export const plainFile: Omit<FileMentioned, 'place'> = {
  name: null,
  hashes: [],
  contentType: null,
  viewedByProvider: 'not said',
  publiclyAvailable: 'not said',
  category: null,
  labels: [],
  uploadedAt: null,
  url: null,
}

export const plainPerson: Omit<PersonMentioned, 'place'> = {
  role: 'other',
  names: [],
  dateOfBirth: null,
  age: null,
  accountState: null,
  userWasTold: 'not said',
  accountCompromised: 'not said',
  addresses: [],
  ipEvents: [],
}

export const setAside = (code: string, place: Place, says: string): Entry<never> => ({
  outcome: 'set-aside',
  place,
  reason: { code, place, says },
})
