import type { ThreeValued } from '@tandem/core'
import type { AnyRecord, ListEntryRecord } from '../record.ts'
import { json, type NotWritten, type Written } from './exported.ts'

const flagNames: Readonly<Record<string, string>> = {
  victimIdentified: 'VictimIdentified',
  offenderIdentified: 'OffenderIdentified',
  isDistributed: 'IsDistributed',
  isSuspected: 'IsSuspected',
  selfGenerated: 'SelfGenerated',
  isPrecategorized: 'IsPrecategorized',
}

/** VICS 2.0, `#Media`, of one country profile. A category of another scheme is never converted: it is left out and said. */
export function writeVics(records: readonly AnyRecord[], profile: string): Written {
  const scheme = `vics/2.0/${profile}`
  const notWritten: NotWritten[] = []
  const value = records.flatMap((record, index) => {
    const place = record.kind === 'list-entry' ? `entry ${record.entryId ?? index}` : '$'
    if (record.kind !== 'list-entry') {
      notWritten.push({ record: index, place, says: 'Only entries of lists can be written as media.' })
      return []
    }
    if (!record.hashes.some(({ kind }) => kind === 'md5')) {
      notWritten.push({ record: index, place, says: 'The format demands an MD5, which the entry has not.' })
      return []
    }
    if (record.category !== null && record.category.scheme !== scheme) {
      notWritten.push({
        record: index,
        place,
        says: `The category is of the scheme ${record.category.scheme} and was left out.`,
      })
    }
    if (record.quality !== null)
      notWritten.push({ record: index, place, says: 'The format has no field for the quality of a hash.' })
    for (const name of Object.keys(record.flags)) {
      if (!Object.hasOwn(flagNames, name))
        notWritten.push({ record: index, place, says: `The format has no field for the flag ${name}.` })
    }
    return [mediaOf(record, scheme)]
  })
  const model = `http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/${profile}/$metadata#Media`
  return { text: json({ '@odata.context': model, value }), notWritten }
}

function mediaOf(record: ListEntryRecord, scheme: string): object {
  const first = (kind: string): string | null => record.hashes.find((hash) => hash.kind === kind)?.value ?? null
  const photo = record.otherHashes.find(({ kind }) => kind === 'photodna')
  const others = [
    ...record.hashes.filter(({ kind, value }) => value !== first(kind)),
    ...record.otherHashes.filter((hash) => hash !== photo),
  ]
  const own = record.category !== null && record.category.scheme === scheme ? record.category.value : null
  const flags = Object.entries(record.flags).flatMap(([name, said]) =>
    Object.hasOwn(flagNames, name) ? [[flagNames[name] ?? name, boolean(said)]] : [],
  )
  return {
    ...(record.entryId === null ? {} : { MediaID: idOf(record.entryId) }),
    MD5: first('md5')?.toUpperCase(),
    ...(first('sha1') === null ? {} : { SHA1: first('sha1')?.toUpperCase() }),
    ...(first('sha256') === null ? {} : { SHA256: first('sha256')?.toUpperCase() }),
    ...(photo === undefined ? {} : { PhotoDNA: photo.value }),
    Category: own === null ? null : /^\d{1,3}$/.test(own) ? Number(own) : own,
    ...Object.fromEntries(flags),
    ...(others.length === 0
      ? {}
      : { AlternativeHashes: others.map(({ kind, value }) => ({ HashName: kind, HashValue: value })) }),
  }
}

/** A number where a number keeps every digit. */
const idOf = (id: string): string | number => (/^(?:0|[1-9]\d{0,14})$/.test(id) ? Number(id) : id)

const boolean = (said: ThreeValued): boolean | null => (said === 'yes' ? true : said === 'no' ? false : null)
