import { archiveKind } from '../archive/nested.ts'
import { type ArchiveOptions, archiveParser, listOnly } from '../archive/reader.ts'
import { readingBy } from '../bulk/push.ts'
import type { Reader } from '../reader.ts'
import { looksLikeWacz } from '../wacz/looks.ts'

/** With what is to be done with the members. */
export const zipReaderWith = (options: ArchiveOptions) =>
  ({
    id: 'zip',
    title: 'ZIP archive: members listed and hashed',
    detect: (head) => (archiveKind(head.bytes) === 'zip' && !looksLikeWacz(head.bytes) ? 'certain' : 'no'),
    ...readingBy((limits) => archiveParser('zip', 'zip', limits, options)),
  }) satisfies Omit<Reader, 'id'> & { readonly id: 'zip' }

export const zipReader = zipReaderWith(listOnly)
