import { archiveKind } from '../archive/nested.ts'
import { type ArchiveOptions, archiveParser, LateParser, listOnly } from '../archive/reader.ts'
import { readingBy } from '../bulk/push.ts'
import type { Reader } from '../reader.ts'

const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b

/** With what is to be done with the members. */
export const tarReaderWith = (options: ArchiveOptions) =>
  ({
    id: 'tar',
    title: 'TAR archive, plain or gzipped: members listed and hashed',
    detect: (head) => {
      const kind = archiveKind(head.bytes)
      return kind === 'tar' || kind === 'tar.gz' ? 'certain' : 'no'
    },
    ...readingBy(
      (limits) => new LateParser((head) => archiveParser(isGzip(head) ? 'tar.gz' : 'tar', 'tar', limits, options)),
    ),
  }) satisfies Omit<Reader, 'id'> & { readonly id: 'tar' }

export const tarReader = tarReaderWith(listOnly)
