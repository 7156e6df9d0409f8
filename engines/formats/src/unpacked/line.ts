import type { ReaderEnd } from '../reader.ts'
import type { containerFormats } from '../readers.ts'
import type { AnyRecord, Entry } from '../record.ts'

export type ContainerFormat = (typeof containerFormats)[number]

/**
 * One line of what is kept of a container: its kind first, then in its order what lay in it, then what its reader said
 * at the end. `latin1`: the guarded bytes of a member, each as one character.
 */
export type UnpackedLine =
  | { readonly unpacked: ContainerFormat }
  | { readonly entry: Entry<AnyRecord> }
  | { readonly member: readonly string[]; readonly latin1: string }
  | { readonly end: ReaderEnd }
