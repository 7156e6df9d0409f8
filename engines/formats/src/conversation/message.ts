import type { ThreeValued, TimeClaim } from '@tandem/core'
import { readAccount, readEmail, readIp, readPhone, readUrl } from '@tandem/identifiers'
import { stripText } from '../guard/index.ts'
import type { Entry, FileMentioned, IpEvent, ItemRecord, PersonMentioned, Place } from '../record.ts'
import { Draft } from '../uk-csea-irp/draft.ts'

/** One message of a conversation while it is read: the one model of every chat format. */
export class MessageDraft extends Draft {
  reference: string | null = null
  answers: string | null = null
  at: TimeClaim | null = null
  atMeaning: string | null = null
  author: number | null = null
  readonly flags: { [name: string]: ThreeValued } = {}

  person(
    role: PersonMentioned['role'],
    names: readonly (string | null)[],
    place: Place,
    more: Partial<PersonMentioned> = {},
  ): number {
    const known = names.filter((name): name is string => name !== null && name.trim() !== '')
    return this.people.push({ ...nobody, role, place, names: [...new Set(known)], ...more }) - 1
  }

  email(written: string | null, place: Place, person: number | null): void {
    this.mention('email', written, place, person, readEmail)
  }

  addressMention(written: string | null, place: Place, person: number | null): void {
    this.mention('IP address', written, place, person, readIp)
  }

  /** The address as an event of a person, when it is one; else a remark and a detail. */
  address(written: string | null, place: Place, person: number, event: string | null): IpEvent[] {
    if (written === null || written.trim() === '') return []
    this.addressMention(written, place, person)
    const reading = readIp(written)
    if (!reading.ok) return []
    const { address, port } = reading.value
    return [{ address, port, time: this.at, event, possibleProxy: 'not said', place }]
  }

  /** What a chat says of an attachment. The file itself is never kept. */
  file(name: string | null, place: Place, more: Partial<FileMentioned> = {}): number {
    return this.files.push({ ...noFile, place, name: name === null || name === '' ? null : name, ...more }) - 1
  }

  account(platform: string, by: 'id' | 'username', written: string | null, place: Place, person: number | null): void {
    this.mention(`${platform} ${by}`, written, place, person, (text) => readAccount(platform, by, text))
  }

  phone(written: string | null, place: Place, person: number | null): void {
    this.mention('phone', written, place, person, (text) => readPhone(text))
  }

  /** A link that is no http address is kept as a detail; many chats write `example.com`. */
  link(written: string | null, place: Place): void {
    if (written === null || written.trim() === '') return
    const reading = readUrl(written)
    if (reading.ok) {
      this.mentions.push({ original: written, place, person: null, identifier: reading.value.identifier })
    } else this.detail('link as written', written, place)
  }

  said(text: string | null, place: Place, more: { about?: 'conversation' | 'other'; from?: string | null } = {}): void {
    if (text === null || text === '') return
    const about = more.about ?? 'conversation'
    const safe = this.safe(text, place)
    this.narratives.push({ place, about, author: this.author, text: safe, at: this.at, from: more.from ?? null })
  }

  /** NUL and half characters cannot be stored as text: a sign stands for them. Encoded media never goes on. */
  safe(value: string, place: Place): string {
    const whole = storable(value)
    if (whole !== value) this.remark('text-damaged', place, 'the text holds a NUL or half a character')
    const { text, count } = stripText(whole)
    if (count > 0) this.remark('media-stripped', place, 'encoded media inside the text was replaced by its digest')
    return text
  }

  entry(format: string, what: ItemRecord['what'], whole: ItemRecord['whole'], place: Place): Entry<ItemRecord> {
    if (this.structureFault !== null) return { outcome: 'set-aside', place, reason: this.structureFault }
    const { reference, answers, at, atMeaning, author, flags, people, files, narratives, mentions, details } = this
    const { unknownFields, remarks } = this
    const record: ItemRecord = {
      kind: 'item',
      format,
      what,
      whole,
      reference,
      answers,
      at,
      atMeaning,
      author,
      flags,
      people,
      files,
      narratives,
      mentions,
      details,
      unknownFields,
    }
    return remarks.length === 0
      ? { outcome: 'accepted', place, record }
      : { outcome: 'remarked', place, record, remarks }
  }
}

export const storable = (text: string): string =>
  text.includes('\0') || !text.isWellFormed() ? text.toWellFormed().replaceAll('\0', '\u2400') : text

export const nobody: Omit<PersonMentioned, 'role' | 'place' | 'names'> = {
  dateOfBirth: null,
  age: null,
  accountState: null,
  userWasTold: 'not said',
  accountCompromised: 'not said',
  addresses: [],
  ipEvents: [],
}

export const noFile: Omit<FileMentioned, 'place' | 'name'> = {
  hashes: [],
  contentType: null,
  viewedByProvider: 'not said',
  publiclyAvailable: 'not said',
  category: null,
  labels: [],
  uploadedAt: null,
  url: null,
}
