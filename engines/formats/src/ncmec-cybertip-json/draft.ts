import { type Result, readTimeClaim, type TimeClaim } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from '@tandem/identifiers'
import { stripText } from '../guard/index.ts'
import type {
  Detail,
  FileMentioned,
  IpEvent,
  Mention,
  Narrative,
  PersonMentioned,
  Place,
  ReferralRecord,
  Remark,
} from '../record.ts'
import type { TipNode } from './node.ts'

/** A person while being read: the lists still grow. */
export interface PersonDraft extends PersonMentioned {
  readonly names: string[]
  readonly addresses: string[]
  readonly ipEvents: IpEvent[]
}

/** Whose a fact is: indexes into `people` and `files`. */
export interface Owner {
  readonly person: number | null
  readonly file: number | null
}

export const ofTip: Owner = { person: null, file: null }

/** One tip while being read. */
export class Draft {
  /** The provider as the tip names it: some facts are written in a way of their own by each. */
  readonly provider: string
  readonly people: PersonDraft[] = []
  readonly files: FileMentioned[] = []
  readonly narratives: Narrative[] = []
  readonly mentions: Mention[] = []
  readonly details: Detail[] = []
  readonly remarks: Remark[] = []

  constructor(provider: string) {
    this.provider = provider
  }

  remark(code: string, place: Place, says: string): void {
    this.remarks.push({ code, place, says })
  }

  person(role: PersonMentioned['role'], place: Place): number {
    const person: PersonDraft = {
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
    }
    return this.people.push(person) - 1
  }

  /** Text that can be kept: without a NUL, half characters and encoded media. */
  safe(text: string, place: Place): string {
    const whole = text.includes('\0') || !text.isWellFormed() ? text.toWellFormed().replaceAll('\0', '\u2400') : text
    if (whole !== text) this.remark('text-damaged', place, 'The text holds a NUL or half a character.')
    if (whole.length < 256) return whole
    const stripped = stripText(whole)
    if (stripped.count > 0) {
      this.remark('media-stripped', place, 'Encoded media inside the text was replaced by its digest.')
    }
    return stripped.text
  }

  textOf(node: TipNode | null, key: string): string | null {
    const field = node?.one(key) ?? null
    const text = field?.text ?? null
    if (field === null) return null
    if (text === null && (field.json.type === 'object' || field.json.type === 'array')) {
      this.remark(
        'value-nested',
        field.place,
        'A single value was expected here; what stands there is kept as details.',
      )
      this.leaves(field, key, ofTip)
    }
    return text === null ? null : this.safe(text, field.place)
  }

  detail(kind: string, value: string | null, place: Place, owner: Owner): void {
    if (value !== null && value.trim() !== '')
      this.details.push({ kind, value: this.safe(value, place), place, ...owner })
  }

  /** Every value below becomes a detail under its path: facts without a slot of their own. */
  leaves(node: TipNode, kind: string, owner: Owner): void {
    if (node.json.type === 'array') for (const item of node.items()) this.leaves(item, kind, owner)
    else if (node.isObject) {
      for (const key of node.keys()) {
        const child = node.one(key)
        if (child !== null) this.leaves(child, key === 'value' ? kind : `${kind}.${key}`, owner)
      }
    } else this.detail(kind, node.text, node.place, owner)
  }

  field(node: TipNode, key: string, owner: Owner, kind: string = key): void {
    const field = node.one(key)
    if (field !== null) this.leaves(field, kind, owner)
  }

  mention(
    kind: string,
    written: string | null,
    place: Place,
    person: number | null,
    reading: (text: string) => Result<{ readonly identifier: Identifier }, IdentifierRefusal>,
  ): void {
    if (written === null || written.trim() === '') return
    const read = reading(written)
    if (read.ok) this.mentions.push({ original: written, place, person, identifier: read.value.identifier })
    else {
      this.remark('identifier-invalid', place, `${kind} kept as plain text: ${read.error.says}.`)
      this.detail(`${kind} as written`, written, place, { person, file: null })
    }
  }

  time(node: TipNode | null, key: string): TimeClaim | null {
    const text = this.textOf(node, key)
    if (node === null || text === null) return null
    const place = node.one(key)?.place ?? node.place
    const claim = readTimeClaim(text)
    if (claim.instant !== null) return claim
    if (readTimeClaim(`${text.trim()}Z`).instant !== null) {
      this.remark('zone-unknown', place, 'The time has no zone; it is kept as written and taken for no instant.')
    } else this.remark('time-invalid', place, 'The time is not written as agreed; it is kept as written.')
    return claim
  }

  lists(): Pick<ReferralRecord, 'people' | 'files' | 'narratives' | 'mentions' | 'details'> {
    const { people, files, narratives, mentions, details } = this
    return { people, files, narratives, mentions, details }
  }
}
