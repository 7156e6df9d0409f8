import { type Result, readTimeClaim, type ThreeValued, type TimeClaim } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from '@tandem/identifiers'
import type { Detail, FileMentioned, IpEvent, Mention, Narrative, PersonMentioned, Place, Remark } from '../record.ts'
import type { XmlNode } from './node.ts'

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

export const ofReport: Owner = { person: null, file: null }

/** One record while being read. */
export class Draft {
  readonly people: PersonDraft[] = []
  readonly files: FileMentioned[] = []
  readonly narratives: Narrative[] = []
  readonly mentions: Mention[] = []
  readonly details: Detail[] = []
  readonly remarks: Remark[] = []

  remark(code: string, place: Place, says: string): void {
    this.remarks.push({ code, place, says })
  }

  detail(kind: string, value: string, place: Place, owner: Owner): void {
    if (value.trim() !== '') this.details.push({ kind, value, place, ...owner })
  }

  narrative(node: XmlNode | null, about: Narrative['about'], author: number | null = null): void {
    if (node === null || node.trimmed === '') return
    this.narratives.push({ place: node.place, about, author, text: node.text })
  }

  /** An identifier becomes a mention; what fails its test is kept as a detail with the reason. */
  mention(
    kind: string,
    node: XmlNode,
    owner: Owner,
    reading: Result<{ readonly identifier: Identifier }, IdentifierRefusal>,
  ): boolean {
    if (reading.ok) {
      const { identifier } = reading.value
      this.mentions.push({ original: node.text, place: node.place, person: owner.person, identifier })
      return true
    }
    this.remark(reading.error.code, node.place, `${kind} kept as plain text: ${reading.error.says}.`)
    this.detail(kind, node.text, node.place, owner)
    return false
  }

  /** Leaf fields without a slot of their own, named by their element. An empty one is a flag that is set. */
  leaves(node: XmlNode | null, owner: Owner, prefix = ''): void {
    if (node === null) return
    for (const child of node.everyChild()) this.leaf(child, owner, prefix)
  }

  leaf(node: XmlNode | null, owner: Owner, prefix = ''): void {
    if (node === null) return
    this.attributes(node, owner, prefix)
    if (node.isLeaf) this.detail(`${prefix}${node.name}`, node.trimmed === '' ? 'true' : node.text, node.place, owner)
    else this.leaves(node, owner, `${prefix}${node.name}.`)
  }

  attributes(node: XmlNode, owner: Owner, prefix = ''): void {
    for (const { name, uri } of node.element.attributes) {
      if (uri !== '') continue
      const attribute = node.attribute(name)
      if (attribute !== null) this.detail(`${prefix}${node.name}@${name}`, attribute.value, attribute.place, owner)
    }
  }

  /** xs:boolean. Absent, empty and unreadable are "not said", never false: a warrant may hang on the answer. */
  said(node: XmlNode | null): ThreeValued {
    if (node === null) return 'not said'
    const read = booleanWords.get(node.trimmed.toLowerCase())
    if (read !== undefined) return read
    this.remark('boolean-unreadable', node.place, `${node.name} is neither true nor false; read as not said.`)
    this.detail(node.name, node.text, node.place, ofReport)
    return 'not said'
  }

  /** An empty element whose presence is the statement. Some senders write a boolean into it, which then counts. */
  flag(node: XmlNode | null): ThreeValued {
    if (node === null) return 'not said'
    if (node.trimmed === '') return 'yes'
    const read = booleanWords.get(node.trimmed.toLowerCase())
    if (read === undefined) {
      this.remark('flag-with-text', node.place, `${node.name} should be empty; it counts as set and its text is kept.`)
      this.detail(node.name, node.text, node.place, ofReport)
    }
    return read ?? 'yes'
  }

  time(node: XmlNode | null): TimeClaim | null {
    if (node === null || node.trimmed === '') return null
    const claim = readTimeClaim(node.text)
    if (claim.instant !== null) return claim
    const onlyZoneMissing = readTimeClaim(`${node.trimmed}Z`).instant !== null
    if (onlyZoneMissing) {
      this.remark('zone-unknown', node.place, 'The time has no zone; it is kept as written and taken for no instant.')
    } else this.remark('time-invalid', node.place, 'The time is not written as agreed; it is kept as written.')
    return claim
  }
}

const booleanWords: ReadonlyMap<string, ThreeValued> = new Map([
  ['true', 'yes'],
  ['1', 'yes'],
  ['false', 'no'],
  ['0', 'no'],
])
