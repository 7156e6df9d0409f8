import { setAside } from '../bulk/item.ts'
import { Gunzip } from '../packed/gunzip.ts'
import type { ReaderEnd } from '../reader.ts'
import type { AnyRecord, Entry } from '../record.ts'
import { isTarHead, TarCutter } from '../tar/cutter.ts'
import { ZipCutter } from '../zip/cutter.ts'
import type { Budget } from './limits.ts'
import { ArchiveParser, type MemberSink, type OpenMember } from './parser.ts'
import type { ArchiveCutter, ArchivePart } from './parts.ts'

/** TAR behind gzip: damage of the packing ends the member at hand, and reading goes on where it can. */
export class TarGzCutter implements ArchiveCutter {
  readonly #gunzip = new Gunzip()
  readonly #tar = new TarCutter()

  passOver(): boolean {
    return this.#tar.passOver()
  }

  *push(chunk: Uint8Array): Generator<ArchivePart, void, undefined> {
    yield* this.#unpacked(this.#gunzip.push(chunk))
  }

  *end(): Generator<ArchivePart, void, undefined> {
    yield* this.#unpacked(this.#gunzip.end())
    yield* this.#tar.end()
  }

  closing(): ReturnType<ArchiveCutter['closing']> {
    return this.#tar.closing()
  }

  *#unpacked(parts: ReturnType<Gunzip['push']>): Generator<ArchivePart, void, undefined> {
    for (const part of parts) {
      if (part.kind === 'bytes') yield* this.#tar.push(part.bytes)
      else if (part.kind === 'damaged') {
        yield* this.#tar.end()
        yield {
          kind: 'lost',
          offset: part.offset,
          length: 0,
          says: `The compressed bytes are damaged here (${part.code}).`,
        }
      }
    }
  }
}

export type ArchiveKind = 'zip' | 'tar' | 'tar.gz'

export function archiveKind(head: Uint8Array): ArchiveKind | null {
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(4, head.length)).toString('latin1')
  if (start === 'PK\x03\x04' || start === 'PK\x05\x06') return 'zip'
  if (isTarHead(head.subarray(0, 512))) return 'tar'
  if (!start.startsWith('\x1f\x8b\x08')) return null
  const bytes: Uint8Array[] = []
  let length = 0
  for (const part of new Gunzip().push(head, true)) {
    if (part.kind !== 'bytes') break
    bytes.push(part.bytes)
    length += part.bytes.length
    if (length >= 512) break
  }
  return isTarHead(Buffer.concat(bytes).subarray(0, 512)) ? 'tar.gz' : null
}

export const cutterOf = (kind: ArchiveKind): ArchiveCutter =>
  kind === 'zip' ? new ZipCutter() : kind === 'tar' ? new TarCutter() : new TarGzCutter()

/** Archives inside archives are opened here, the rest is offered to `next`; one budget for all. */
export function openingNested(budget: Budget, next: OpenMember): OpenMember {
  const open: OpenMember = (member) => {
    const kind = archiveKind(member.head)
    if (kind === null) return next(member)
    if (member.path.length > budget.limits.maxNesting) return tooDeep
    const format = kind === 'zip' ? 'zip' : 'tar'
    return sinkOf(new ArchiveParser(cutterOf(kind), { format, path: member.path, budget, open }))
  }
  return open
}

const tooDeep: MemberSink = {
  push: () => [],
  end: () => [
    setAside('nested-too-deep', 'whole member', 'Archives are nested deeper than this lane opens; it was only hashed.'),
  ],
}

/** What a nested reading says of its whole becomes an entry of its own kind: nothing may be lost with it. */
function sinkOf(parser: ArchiveParser): MemberSink {
  return {
    push: (chunk) => parser.push(chunk),
    *end(): Generator<Entry<AnyRecord>, void, undefined> {
      const ending: ReaderEnd = yield* parser.end()
      for (const { code, place, says } of ending.remarks) yield setAside(code, place, says)
    },
  }
}
