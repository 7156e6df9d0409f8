import type { AnyRecord, FileMentioned } from '../record.ts'
import { type Exported, exportedOf, json, type NotWritten, type WriteOptions, type Written } from './exported.ts'

const types: Readonly<Record<string, { readonly type: string; readonly category: string }>> = {
  email: { type: 'email', category: 'Social network' },
  ip: { type: 'ip-src', category: 'Network activity' },
  url: { type: 'url', category: 'Network activity' },
  phone: { type: 'phone-number', category: 'Person' },
  account: { type: 'text', category: 'Social network' },
}
const fileHashes: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'])
/** Our object: a record as it stood, its identifiers and files together. */
export const recordObject = { name: 'tandem-record', template: '5f0c7a0e-7a53-5d2c-9f57-6f5a0d0f7a11' } as const

interface Attribute {
  readonly type: string
  readonly category: string
  readonly object_relation: string
  readonly value: string
}

/** One event with one object for each record. Nothing is marked for detection, shared or published: a person does that. */
export function writeMisp(records: readonly AnyRecord[], options: WriteOptions): Written {
  const notWritten: NotWritten[] = []
  const timestamp = String(Math.floor(Date.parse(options.now) / 1000))
  const whole = (attribute: Attribute): object => ({
    ...attribute,
    uuid: options.newId(),
    timestamp,
    to_ids: false,
    deleted: false,
    distribution: '5',
    comment: '',
  })
  const objects = records.flatMap((record, index) => {
    const exported = exportedOf(record, index)
    const attributes = attributesOf(exported, notWritten)
    if (attributes.length === 0) {
      notWritten.push({ record: index, place: '$', says: 'The record holds nothing that an event can carry.' })
      return []
    }
    return [
      {
        name: recordObject.name,
        'meta-category': 'misc',
        description: 'A record with its identifiers and files',
        template_uuid: recordObject.template,
        template_version: '1',
        uuid: options.newId(),
        timestamp,
        distribution: '5',
        deleted: false,
        comment: exported.reference ?? '',
        ...(exported.at === null ? {} : { first_seen: exported.at, last_seen: exported.at }),
        Attribute: attributes.map(whole),
        ObjectReference: [],
      },
    ]
  })
  const count = objects.reduce((sum, each) => sum + each.Attribute.length, 0)
  const event = {
    uuid: options.newId(),
    info: `Records of ${options.producer}`,
    date: options.now.slice(0, 10),
    timestamp,
    published: false,
    analysis: '0',
    threat_level_id: '4',
    distribution: '0',
    attribute_count: String(count),
    Orgc: { name: options.producer, uuid: options.newId() },
    Attribute: [],
    Object: objects,
  }
  return { text: json({ Event: event }), notWritten }
}

function attributesOf({ index, identifiers, files }: Exported, notWritten: NotWritten[]): Attribute[] {
  const attributes: Attribute[] = []
  for (const { kind, normal, place } of identifiers) {
    const type = Object.hasOwn(types, kind) ? types[kind] : undefined
    if (type === undefined)
      notWritten.push({ record: index, place, says: `MISP has no type for the kind ${kind} here.` })
    else attributes.push({ ...type, object_relation: kind, value: normal })
  }
  for (const file of files) attributes.push(...fileAttributes(file, index, notWritten))
  return attributes
}

/** MISP holds one digest an attribute; the name stands beside each of them. */
function fileAttributes(file: FileMentioned, record: number, notWritten: NotWritten[]): Attribute[] {
  const category = 'Payload delivery'
  const written = file.hashes.filter(({ kind }) => fileHashes.has(kind))
  for (const { kind, place } of file.hashes) {
    if (!fileHashes.has(kind)) notWritten.push({ record, place, says: `MISP has no type for the digest ${kind} here.` })
  }
  if (written.length === 0 && file.name === null) {
    notWritten.push({ record, place: file.place, says: 'A file without name and digest cannot be written.' })
    return []
  }
  if (written.length === 0) return [{ type: 'filename', category, object_relation: 'file', value: file.name ?? '' }]
  return written.map(({ kind, value }) =>
    file.name === null
      ? { type: kind, category, object_relation: 'file', value }
      : { type: `filename|${kind}`, category, object_relation: 'file', value: `${file.name}|${value}` },
  )
}
