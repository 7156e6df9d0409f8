import type { AnyRecord, FileMentioned, Place } from '../record.ts'

/** Who writes, when, and where new ids come from: writers have no clock and no chance of their own. */
export interface WriteOptions {
  /** The agency or cell, as it wants to be named. */
  readonly producer: string
  /** RFC 3339 in UTC with `Z`. */
  readonly now: string
  /** A fresh UUID at each call. */
  readonly newId: () => string
}

/** What could not be put into the format, and why: nothing is left out in silence. */
export interface NotWritten {
  readonly record: number
  readonly place: Place
  readonly says: string
}

export interface Written {
  readonly text: string
  readonly notWritten: readonly NotWritten[]
}

/** The part of a record that exchange formats can carry: identifiers in normal form, files by digest, the time. Narratives stay. */
export interface Exported {
  readonly index: number
  readonly reference: string | null
  readonly at: string | null
  readonly identifiers: readonly { readonly kind: string; readonly normal: string; readonly place: Place }[]
  readonly files: readonly FileMentioned[]
}

export function exportedOf(record: AnyRecord, index: number): Exported {
  if (record.kind === 'list-entry') {
    const place = `entry ${record.entryId ?? index}`
    const hashes = [...record.hashes, ...record.otherHashes].map((hash) => ({ ...hash, place }))
    return { index, reference: record.entryId, at: null, identifiers: [], files: [{ ...noFile, place, hashes }] }
  }
  const at = record.kind === 'item' ? record.at : record.incidentAt
  const identifiers = new Map(
    record.mentions.map(({ place, identifier }) => [
      `${identifier.kind} ${identifier.normal}`,
      { kind: identifier.kind, normal: identifier.normal, place },
    ]),
  )
  return {
    index,
    reference: record.reference,
    at: at?.instant ?? null,
    identifiers: [...identifiers.values()],
    files: record.files,
  }
}

const noFile: Omit<FileMentioned, 'place' | 'hashes'> = {
  name: null,
  contentType: null,
  viewedByProvider: 'not said',
  publiclyAvailable: 'not said',
  category: null,
  labels: [],
  uploadedAt: null,
  url: null,
}

/** `snapchat|username/test_user`, as the account's normal form is written, back into its parts. */
export function accountParts(
  normal: string,
): { readonly platform: string; readonly by: 'id' | 'username'; readonly handle: string } | null {
  const bar = normal.indexOf('|')
  const slash = normal.indexOf('/', bar)
  const by = normal.slice(bar + 1, slash)
  if (bar < 1 || slash < 0 || (by !== 'id' && by !== 'username')) return null
  return {
    platform: normal.slice(0, bar).replaceAll('%7C', '|').replaceAll('%25', '%'),
    by,
    handle: normal.slice(slash + 1),
  }
}

export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
