import type { TimeClaim } from '@tandem/core'
import type { Remark } from '../record.ts'

/** What archives are made of, whatever their form. After `member` come its `bytes` (unpacked) and exactly one `end`. */
export type ArchivePart =
  | { readonly kind: 'member'; readonly member: MemberHead }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly fault: MemberFault | null; readonly packed: number | null }
  | { readonly kind: 'listed'; readonly name: string }
  | { readonly kind: 'lost'; readonly offset: number; readonly length: number; readonly says: string }

export interface MemberHead {
  /** As the archive says it: a name and nothing else, for nothing is ever written under it. */
  readonly name: string
  readonly offset: number
  readonly is: 'file' | 'folder' | 'link' | 'other'
  readonly modified: TimeClaim | null
  /** What else the archive says of it: owner, method, where a link leads. */
  readonly details: readonly (readonly [kind: string, value: string])[]
  readonly remarks: readonly Omit<Remark, 'place'>[]
  /** The stated size of the packed bytes, by which a member can be passed over. */
  readonly packed: number | null
}

export type MemberFault =
  | 'encrypted'
  | 'method-unknown'
  | 'member-damaged'
  | 'checksum-wrong'
  | 'size-wrong'
  | 'cut-off'

export interface ArchiveCutter {
  push(chunk: Uint8Array): Generator<ArchivePart, void, undefined>
  /** No more input. */
  end(): Generator<ArchivePart, void, undefined>
  /** Passes over the rest of the member at hand without unpacking it; false when its end is not known. */
  passOver(): boolean
  /** What is wrong with the archive as a whole, known at its end. */
  closing(): readonly Omit<Remark, 'place'>[]
}
