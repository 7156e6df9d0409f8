import { createHash } from 'node:crypto'
import { readTimeClaim } from '@tandem/core'
import { readAccount } from '@tandem/identifiers'
import { hashKind, hashValue } from '../bulk/hash-names.ts'
import { ItemDraft, setAside, type TypedKind } from '../bulk/item.ts'
import { childOf, cleanText, listOf, membersOf, scalarOf } from '../bulk/json-view.ts'
import type { JsonNode } from '../json/index.ts'
import type { Entry, ItemRecord, Place } from '../record.ts'
import type { Names } from './context.ts'

/** Facet and property that hold an identifier. Version 1 of the vocabulary and before differ only in where facets hang. */
const identifiers: Readonly<Record<string, TypedKind>> = {
  'EmailAddressFacet addressValue': 'email',
  'EmailAddressFacet value': 'email',
  'IPv4AddressFacet addressValue': 'ip',
  'IPv6AddressFacet addressValue': 'ip',
  'URLFacet fullValue': 'url',
  'PhoneAccountFacet phoneNumber': 'phone',
  'MobileAccountFacet MSISDN': 'phone',
}
const texts: ReadonlySet<string> = new Set([
  'core/description',
  'observable/messageText',
  'observable/body',
  'observable/subject',
  'http://www.w3.org/2000/01/rdf-schema#comment',
])
const mainTimes = [
  'sentTime',
  'startTime',
  'receivedTime',
  'observableCreatedTime',
  'objectCreatedTime',
  'createdTime',
] as const

/** One object of the graph with its facets. Whatever it says stays a detail under its own name. */
export function readObject(node: JsonNode, place: Place, names: Names, whole: ItemRecord['whole']): Entry<ItemRecord> {
  if (node.type !== 'object') return setAside('not-an-object', place, 'The entry of the graph is no object.')
  const draft = new ItemDraft('case-uco', 'indicator', place, whole)
  const walk = new Walk(draft, names)
  draft.record.reference = idOf(node, names)
  if (draft.record.reference === null) draft.remark('no-id', 'The object has no id: nothing can refer to it.')
  const types = listOf(childOf(node, '@type')).map((type) => scalarOf(type) ?? '')
  if (types.length === 0) draft.remark('no-type', 'The object does not say what it is.')
  for (const type of types) draft.detail('type', names.known(type) ?? names.expand(type), `${place}.@type`)
  walk.take(node, place, types.map((type) => localName(names.expand(type))).at(0) ?? '')
  walk.finish()
  return draft.entry()
}

const localName = (name: string): string => /[^/#:]*$/.exec(name)?.[0] ?? name

function idOf(node: JsonNode, names: Names): string | null {
  const id = scalarOf(childOf(node, '@id'))
  return id === null ? null : names.expand(id)
}

class Walk {
  readonly #draft: ItemDraft
  readonly #names: Names
  readonly #times = new Map<string, string>()
  readonly #hashes: { kind: string; value: string; place: Place }[] = []
  #fileName: string | null = null
  #fileType: string | null = null
  #isFile = false
  #platform: string | null = null
  readonly #handles: { readonly by: 'id' | 'username'; readonly text: string; readonly place: Place }[] = []

  constructor(draft: ItemDraft, names: Names) {
    this.#draft = draft
    this.#names = names
  }

  /** `facet` is the local name of the type around, by which properties are told apart. Depth is bounded by the JSON. */
  take(node: JsonNode, place: Place, facet: string): void {
    if (facet === 'FileFacet') this.#isFile = true
    if (facet === 'Hash') this.#hash(node, place)
    for (const [key, value] of membersOf(node)) {
      if (key.startsWith('@')) continue
      const name = this.#names.known(key) ?? this.#names.expand(key)
      listOf(value).forEach((each, at) => {
        this.#value(name, each, value.type === 'array' ? `${place}.${key}[${at}]` : `${place}.${key}`, facet)
      })
    }
  }

  #value(name: string, node: JsonNode, place: Place, facet: string): void {
    if (node.type === 'object' && childOf(node, '@value') === null) {
      const types = listOf(childOf(node, '@type')).map((type) => localName(this.#names.expand(scalarOf(type) ?? '')))
      const id = idOf(node, this.#names)
      // An object with nothing but its id is a reference.
      if (id !== null && node.members.size === 1) this.#draft.detail(`${facet} ${localName(name)}`.trim(), id, place)
      else this.take(node, place, types[0] ?? facet)
      return
    }
    const text = scalarOf(node.type === 'object' ? childOf(node, '@value') : node)
    if (text !== null) this.#text(name, text, place, facet)
  }

  #text(name: string, written: string, place: Place, facet: string): void {
    const draft = this.#draft
    const local = localName(name)
    if (local === 'dataPayload' && written.length >= 64) {
      const sha256 = createHash('sha256').update(written).digest('hex')
      draft.remark(
        'data-dropped',
        `A payload of ${written.length} characters was not kept; SHA-256 of its text ${sha256}.`,
        place,
      )
      return
    }
    const text = cleanText(draft, written, place)
    if (texts.has(name)) draft.narrative('other', text, place)
    else draft.detail(`${facet} ${local}`.trim(), text, place)
    const kind = identifiers[`${facet} ${local}`]
    if (kind !== undefined && !draft.mention(kind, text, place)) {
      draft.remark('not-valid', `The facet says ${kind}, but the value did not pass its test; it is kept.`, place)
    }
    if (name === 'core/name' && /^(?:Person|Organization|Identity)$/.test(facet)) draft.person({ place, names: [text] })
    if (/Time$/.test(local) && !this.#times.has(local)) this.#times.set(local, text)
    if (local === 'accountType') this.#platform = text
    if (local === 'accountIdentifier') this.#handles.push({ by: 'id', text, place })
    if (local === 'accountLogin') this.#handles.push({ by: 'username', text, place })
    if (local === 'fileName') this.#fileName = text
    if (local === 'mimeType') this.#fileType = text
  }

  #hash(node: JsonNode, place: Place): void {
    let method = ''
    let value = ''
    for (const [key, each] of membersOf(node)) {
      const text = scalarOf(each.type === 'object' ? childOf(each, '@value') : each) ?? ''
      const local = localName(this.#names.expand(key))
      if (local === 'hashMethod') method = hashKind(text)
      if (local === 'hashValue') value = text
    }
    const hash = hashValue(method, value)
    if (hash === null) this.#draft.remark('hash-malformed', 'A hash is not of its stated kind.', place)
    else this.#hashes.push({ kind: method, value: hash, place })
  }

  finish(): void {
    const { place } = this.#draft
    // Without a platform a handle identifies nobody: it stays a detail.
    for (const { by, text, place: at } of this.#platform === null ? [] : this.#handles) {
      const reading = readAccount(this.#platform ?? '', by, text)
      if (reading.ok)
        this.#draft.record.mentions.push({
          original: text,
          place: at,
          person: null,
          identifier: reading.value.identifier,
        })
    }
    if (this.#isFile || this.#hashes.length > 0) {
      this.#draft.file({ place, name: this.#fileName, hashes: this.#hashes, contentType: this.#fileType })
    }
    const name = mainTimes.find((each) => this.#times.has(each))
    if (name !== undefined) this.#draft.time(readTimeClaim(this.#times.get(name) ?? ''), name)
  }
}
