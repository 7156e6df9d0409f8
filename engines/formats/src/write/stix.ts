import { canonicalJson, type Json } from '@tandem/core'
import type { AnyRecord, FileMentioned } from '../record.ts'
import {
  accountParts,
  type Exported,
  exportedOf,
  json,
  type NotWritten,
  type WriteOptions,
  type Written,
} from './exported.ts'
import { uuid5 } from './uuid5.ts'

/** STIX 2.1 section 2.9: observables take their id from what they are. */
const namespace = '00abedb4-aa42-466c-9c01-fed23315a9b7'
type Observable = { readonly [key: string]: Json }

const hashNames: Readonly<Record<string, string>> = {
  md5: 'MD5',
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha512: 'SHA-512',
  pdq: 'PDQ',
  photodna: 'PhotoDNA',
}

/** A bundle: the producer, each identifier and file once, and for each record one object that holds its own together. */
export function writeStix(records: readonly AnyRecord[], options: WriteOptions): Written {
  const notWritten: NotWritten[] = []
  const observables = new Map<string, Observable>()
  const holders: Observable[] = []
  const producer = `identity--${options.newId()}`
  records.forEach((record, index) => {
    const exported = exportedOf(record, index)
    const refs = new Set<string>()
    const add = (observable: Observable | null, place: string, says: string): void => {
      if (observable === null) {
        notWritten.push({ record: index, place, says })
        return
      }
      const id = String(observable['id'])
      refs.add(id)
      observables.set(id, observable)
    }
    for (const { kind, normal, place } of exported.identifiers) {
      add(identifierObject(kind, normal), place, `STIX 2.1 has no object for the kind ${kind}.`)
    }
    for (const file of exported.files)
      add(fileObject(file), file.place, 'A file without name and digest cannot be written.')
    if (refs.size === 0)
      notWritten.push({ record: index, place: '$', says: 'The record holds nothing that STIX can carry.' })
    else holders.push(holder(exported, [...refs], producer, options))
  })
  const identity = {
    type: 'identity',
    spec_version: '2.1',
    id: producer,
    created: options.now,
    modified: options.now,
    name: options.producer,
    identity_class: 'organization',
  }
  const text = json({
    type: 'bundle',
    id: `bundle--${options.newId()}`,
    objects: [identity, ...observables.values(), ...holders],
  })
  return { text, notWritten }
}

function observable(
  type: string,
  contributing: { readonly [key: string]: Json },
  rest: { readonly [key: string]: Json } = {},
): Observable {
  const id = `${type}--${uuid5(namespace, canonicalJson(contributing))}`
  return { type, spec_version: '2.1', id, ...contributing, ...rest }
}

function identifierObject(kind: string, normal: string): Observable | null {
  if (kind === 'email') return observable('email-addr', { value: normal })
  if (kind === 'ip') return observable(normal.includes(':') ? 'ipv6-addr' : 'ipv4-addr', { value: normal })
  if (kind === 'url') return observable('url', { value: normal })
  if (kind === 'phone') return observable('user-account', { account_type: 'phone', account_login: normal })
  const account = kind === 'account' ? accountParts(normal) : null
  if (account === null) return null
  const key = account.by === 'id' ? 'user_id' : 'account_login'
  return observable('user-account', { account_type: account.platform, [key]: account.handle })
}

function fileObject(file: FileMentioned): Observable | null {
  const hashes: { [name: string]: string } = {}
  for (const { kind, value } of file.hashes) hashes[hashNames[kind] ?? kind] ??= value
  const name = file.name !== null && file.name !== '' ? { name: file.name } : {}
  if (Object.keys(hashes).length === 0 && file.name === null) return null
  const contributing = { ...(Object.keys(hashes).length === 0 ? {} : { hashes }), ...name }
  return observable('file', contributing, file.contentType === null ? {} : { mime_type: file.contentType })
}

/** Observed at a known time, or only grouped: no time is made up. */
function holder(
  { at, reference }: Exported,
  refs: readonly string[],
  producer: string,
  { now, newId, producer: source }: WriteOptions,
): Observable {
  const about = {
    spec_version: '2.1',
    created_by_ref: producer,
    created: now,
    modified: now,
    ...(reference === null ? {} : { external_references: [{ source_name: source, external_id: reference }] }),
    object_refs: refs,
  }
  return at === null
    ? { type: 'grouping', id: `grouping--${newId()}`, context: 'unspecified', ...about }
    : {
        type: 'observed-data',
        id: `observed-data--${newId()}`,
        first_observed: at,
        last_observed: at,
        number_observed: 1,
        ...about,
      }
}
