import { Digests } from '../bulk/digests.ts'
import { ItemDraft, setAside } from '../bulk/item.ts'
import type { ReaderEnd } from '../reader.ts'
import type { AnyRecord, Entry, Remark } from '../record.ts'
import type { Budget } from './limits.ts'
import type { ArchiveCutter, ArchivePart, MemberFault, MemberHead } from './parts.ts'

/** Reads on in a member that is a text or an archive. Its entries come before the entry of the member itself. */
export interface MemberSink {
  push(chunk: Uint8Array): Iterable<Entry<AnyRecord>>
  end(): Iterable<Entry<AnyRecord>>
}

export interface MemberOpening {
  readonly name: string
  /** Names of the archives it lies in, and its own. */
  readonly path: readonly string[]
  /** Its first bytes, at most 8 KiB: what detection looks at. They come again with the first `push`. */
  readonly head: Uint8Array
}

/** Null: the member is only hashed and listed. */
export type OpenMember = (member: MemberOpening) => MemberSink | null

export interface ArchiveSetting {
  readonly format: 'zip' | 'tar' | 'wacz'
  readonly path: readonly string[]
  readonly budget: Budget
  readonly open: OpenMember
}

const headLength = 8192

const faultSays: Readonly<Record<MemberFault, string>> = {
  encrypted: 'The member is encrypted; nothing of it can be read without its password.',
  'method-unknown': 'The member is compressed in a way that is not read.',
  'member-damaged': 'The compressed bytes of the member are damaged.',
  'checksum-wrong': 'The bytes of the member do not fit its checksum.',
  'size-wrong': 'The member is not of its stated size.',
  'cut-off': 'The file ends inside the member.',
}

interface OpenedMember {
  readonly head: MemberHead
  readonly digests: Digests
  readonly first: Uint8Array[]
  sink: MemberSink | null
  opened: boolean
  stopped: string | null
}

/** Lists members with the digests of their bytes, which stream past and are never kept. */
export class ArchiveParser {
  stopped = false
  readonly #cutter: ArchiveCutter
  readonly #setting: ArchiveSetting
  #member: OpenedMember | null = null
  #number = 0
  readonly #seen = new Map<string, number>()
  readonly #remarks: Remark[] = []

  constructor(cutter: ArchiveCutter, setting: ArchiveSetting) {
    this.#cutter = cutter
    this.#setting = setting
  }

  *push(chunk: Uint8Array): Generator<Entry<AnyRecord>, void, undefined> {
    if (!this.stopped) yield* this.#parts(this.#cutter.push(chunk))
  }

  *end(): Generator<Entry<AnyRecord>, ReaderEnd, undefined> {
    if (!this.stopped) yield* this.#parts(this.#cutter.end())
    if (this.#member !== null) yield* this.#close(this.#member, 'cut-off', null)
    if (!this.stopped) {
      for (const { code, says } of this.#cutter.closing()) this.#remarks.push({ code, says, place: 'end of file' })
      this.#compareWithDirectory()
    }
    return { claimedRecords: null, remarks: this.#remarks }
  }

  #listed = false

  #compareWithDirectory(): void {
    const hidden = [...this.#seen].filter(([, count]) => count > 0).map(([name]) => name)
    if (!this.#listed || hidden.length === 0) return
    const names = hidden.slice(0, 5).join(', ')
    const says = `${hidden.length} members stand in the file and not in its directory, as deleted or hidden ones do: ${names}`
    this.#remarks.push({ code: 'not-in-directory', place: 'end of file', says })
  }

  *#parts(parts: Iterable<ArchivePart>): Generator<Entry<AnyRecord>, void, undefined> {
    for (const part of parts) {
      if (part.kind === 'member') this.#start(part.member)
      else if (part.kind === 'bytes') yield* this.#bytes(part.bytes)
      else if (part.kind === 'end') {
        if (this.#member !== null) yield* this.#close(this.#member, part.fault, part.packed)
      } else if (part.kind === 'listed') {
        this.#listed = true
        const count = this.#seen.get(part.name) ?? 0
        if (count > 0) this.#seen.set(part.name, count - 1)
        else
          yield setAside(
            'member-missing',
            `directory, ${part.name}`,
            'The directory names a member that is not in the file.',
          )
      } else yield setAside('no-member', `bytes ${part.offset}-${part.offset + part.length}`, part.says)
      const { spent } = this.#setting.budget
      if (spent !== null && this.#member === null) {
        this.stopped = true
        const says = 'The archive holds more than this lane unpacks; what follows was not read.'
        yield setAside(spent, 'rest of file', says)
        return
      }
    }
  }

  #start(head: MemberHead): void {
    this.#number += 1
    this.#setting.budget.members += 1
    this.#seen.set(head.name, (this.#seen.get(head.name) ?? 0) + 1)
    this.#member = { head, digests: new Digests(), first: [], sink: null, opened: false, stopped: null }
  }

  *#bytes(bytes: Uint8Array): Generator<Entry<AnyRecord>, void, undefined> {
    const member = this.#member
    if (member === null || member.stopped !== null) return
    member.digests.update(bytes)
    const { budget } = this.#setting
    budget.unpacked += bytes.length
    const { limits } = budget
    const packed = member.head.packed
    const isBomb =
      member.digests.length > limits.ratioFrom && packed !== null && member.digests.length > packed * limits.maxRatio
    if (isBomb || budget.spent !== null) {
      member.stopped = isBomb ? 'ratio' : (budget.spent ?? 'too-large-unpacked')
      if (!this.#cutter.passOver()) this.stopped = true
      return
    }
    if (!member.opened) {
      member.first.push(Uint8Array.from(bytes))
      if (member.digests.length >= headLength) yield* this.#open(member)
    } else if (member.sink !== null) yield* this.#placed(member, member.sink.push(bytes))
  }

  *#open(member: OpenedMember): Generator<Entry<AnyRecord>, void, undefined> {
    member.opened = true
    const first = Buffer.concat(member.first)
    member.first.length = 0
    const { name } = member.head
    const path = [...this.#setting.path, name]
    member.sink = first.length === 0 ? null : this.#setting.open({ name, path, head: first.subarray(0, headLength) })
    if (member.sink !== null) yield* this.#placed(member, member.sink.push(first))
  }

  *#placed(member: OpenedMember, entries: Iterable<Entry<AnyRecord>>): Generator<Entry<AnyRecord>, void, undefined> {
    for (const entry of entries) yield { ...entry, place: `${member.head.name} > ${entry.place}` }
  }

  *#close(
    member: OpenedMember,
    fault: MemberFault | null,
    packed: number | null,
  ): Generator<Entry<AnyRecord>, void, undefined> {
    this.#member = null
    if (!member.opened && member.stopped === null) yield* this.#open(member)
    if (member.sink !== null) yield* this.#placed(member, member.sink.end())
    yield this.#entry(member, fault, packed)
  }

  #entry({ head, digests, stopped }: OpenedMember, fault: MemberFault | null, packed: number | null): Entry<AnyRecord> {
    const { format, path } = this.#setting
    const place = `member ${this.#number}, byte ${head.offset}`
    if (stopped !== null) {
      return setAside(
        stopped,
        `${place}, ${head.name}`,
        'The member unpacks to far more than it is packed in; it was not read.',
      )
    }
    if (fault === 'encrypted' || fault === 'method-unknown')
      return setAside(fault, `${place}, ${head.name}`, faultSays[fault])
    const name = path.at(-1) ?? null
    const draft = new ItemDraft(format, 'member', place, {
      name,
      place: path.length === 0 ? 'whole file' : path.join(' > '),
    })
    for (const { code, says } of head.remarks) draft.remark(code, says)
    if (fault !== null) draft.remark(fault, faultSays[fault])
    draft.record.reference = head.name
    if (head.modified !== null) draft.time(head.modified, 'modified')
    draft.record.flags = { folder: head.is === 'folder' ? 'yes' : 'no', link: head.is === 'link' ? 'yes' : 'no' }
    const file = head.is === 'file' ? draft.file({ place, name: head.name, hashes: digests.at(place) }) : null
    if (file !== null) draft.detail('size', String(digests.length), place, file)
    if (packed !== null) draft.detail('packed size', String(packed), place, file)
    for (const [kind, value] of head.details) draft.detail(kind, value, place, file)
    return draft.entry()
  }
}
