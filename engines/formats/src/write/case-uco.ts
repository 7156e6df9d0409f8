import type { AnyRecord, FileMentioned } from '../record.ts'
import { accountParts, exportedOf, json, type NotWritten, type WriteOptions, type Written } from './exported.ts'

const context = {
  kb: 'urn:tandem:kb:',
  'case-investigation': 'https://ontology.caseontology.org/case/investigation/',
  'uco-core': 'https://ontology.unifiedcyberontology.org/uco/core/',
  'uco-identity': 'https://ontology.unifiedcyberontology.org/uco/identity/',
  'uco-observable': 'https://ontology.unifiedcyberontology.org/uco/observable/',
  'uco-types': 'https://ontology.unifiedcyberontology.org/uco/types/',
  'uco-vocabulary': 'https://ontology.unifiedcyberontology.org/uco/vocabulary/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
}

const hashNames: Readonly<Record<string, string>> = {
  md5: 'MD5',
  sha1: 'SHA1',
  sha224: 'SHA224',
  sha256: 'SHA256',
  sha384: 'SHA384',
  sha512: 'SHA512',
}

/** CASE / UCO 1.4: one observable for each identifier and file, and a provenance record that holds those of a record. */
export function writeCaseUco(records: readonly AnyRecord[], options: WriteOptions): Written {
  const notWritten: NotWritten[] = []
  const id = (what: string): string => `kb:${what}-${options.newId()}`
  const producer = id('organization')
  const graph: object[] = [{ '@id': producer, '@type': 'uco-identity:Organization', 'uco-core:name': options.producer }]
  const put = (type: string, facets: readonly object[]): object => {
    const own = id(type.toLowerCase())
    graph.push({
      '@id': own,
      '@type': `uco-observable:${type}`,
      'uco-core:hasFacet': facets.map((facet) => ({ '@id': id('facet'), ...facet })),
    })
    return { '@id': own }
  }
  records.forEach((record, index) => {
    const exported = exportedOf(record, index)
    const parts: object[] = []
    for (const { kind, normal, place } of exported.identifiers) {
      const made = observableOf(kind, normal)
      if (made === null)
        notWritten.push({ record: index, place, says: `The vocabulary has no observable for the kind ${kind}.` })
      else parts.push(put(made.type, made.facets))
    }
    for (const file of exported.files) {
      const facets = fileFacets(file)
      if (facets.length === 0)
        notWritten.push({ record: index, place: file.place, says: 'A file without name and digest cannot be written.' })
      else parts.push(put('File', facets))
    }
    if (parts.length === 0) {
      notWritten.push({ record: index, place: '$', says: 'The record holds nothing that the vocabulary can carry.' })
      return
    }
    graph.push({
      '@id': id('provenance-record'),
      '@type': 'case-investigation:ProvenanceRecord',
      'uco-core:createdBy': { '@id': producer },
      'uco-core:objectCreatedTime': { '@type': 'xsd:dateTime', '@value': exported.at ?? options.now },
      ...(exported.reference === null ? {} : { 'case-investigation:exhibitNumber': exported.reference }),
      'uco-core:object': parts,
    })
  })
  return { text: json({ '@context': context, '@graph': graph }), notWritten }
}

interface Made {
  readonly type: string
  readonly facets: readonly object[]
}

function observableOf(kind: string, normal: string): Made | null {
  const facet = (name: string, property: string): readonly object[] => [
    { '@type': `uco-observable:${name}`, [`uco-observable:${property}`]: normal },
  ]
  if (kind === 'email') return { type: 'EmailAddress', facets: facet('EmailAddressFacet', 'addressValue') }
  if (kind === 'ip') {
    const version = normal.includes(':') ? 'IPv6Address' : 'IPv4Address'
    return { type: version, facets: facet(`${version}Facet`, 'addressValue') }
  }
  if (kind === 'url') return { type: 'URL', facets: facet('URLFacet', 'fullValue') }
  if (kind === 'phone') return { type: 'PhoneAccount', facets: facet('PhoneAccountFacet', 'phoneNumber') }
  const account = kind === 'account' ? accountParts(normal) : null
  if (account === null) return null
  const common = { '@type': 'uco-observable:AccountFacet', 'uco-observable:accountType': account.platform }
  if (account.by === 'id')
    return { type: 'DigitalAccount', facets: [{ ...common, 'uco-observable:accountIdentifier': account.handle }] }
  return {
    type: 'DigitalAccount',
    facets: [common, { '@type': 'uco-observable:DigitalAccountFacet', 'uco-observable:accountLogin': account.handle }],
  }
}

function fileFacets(file: FileMentioned): object[] {
  const facets: object[] = []
  if (file.name !== null) facets.push({ '@type': 'uco-observable:FileFacet', 'uco-observable:fileName': file.name })
  if (file.hashes.length > 0) {
    const hash = file.hashes.map(({ kind, value }) => ({
      '@type': 'uco-types:Hash',
      'uco-types:hashMethod':
        hashNames[kind] === undefined ? kind : { '@type': 'uco-vocabulary:HashNameVocab', '@value': hashNames[kind] },
      'uco-types:hashValue': { '@type': 'xsd:hexBinary', '@value': value },
    }))
    facets.push({
      '@type': 'uco-observable:ContentDataFacet',
      ...(file.contentType === null ? {} : { 'uco-observable:mimeType': file.contentType }),
      'uco-observable:hash': hash,
    })
  }
  return facets
}
