import type { Listing, ListKind } from '@tandem/identifiers'
import type { NetworkList } from './content.ts'
import type { DatabaseTelling, ListTelling } from './judgement.ts'

/** Keys of the Anonymous IP and Anonymous Plus databases. */
const flags: readonly (readonly [string, ListKind])[] = [
  ['is_anonymous_vpn', 'vpn'],
  ['is_hosting_provider', 'hosting'],
  ['is_public_proxy', 'proxy'],
  ['is_residential_proxy', 'proxy'],
  ['is_tor_exit_node', 'tor now'],
]

/** What the records of a database say that bears on a request. Only a stated `true` counts: absent is not false. */
export function listingsOf({ type, built, record }: DatabaseTelling): Listing[] {
  const date = typeof record['network_last_seen'] === 'string' ? record['network_last_seen'] : built
  const kinds = new Set(flags.filter(([key]) => record[key] === true).map(([, kind]) => kind))
  if (record['connection_type'] === 'Cellular') kinds.add('mobile')
  if (/Residential-Proxy/.test(type)) kinds.add('proxy')
  return [...kinds].map((kind) => ({ kind, list: type, date }))
}

/** A list names whole networks; a database says in which network the address lies. */
export function networkTellings(databases: readonly DatabaseTelling[], lists: readonly NetworkList[]): ListTelling[] {
  return databases.flatMap(({ record, network }) => {
    const number = record['autonomous_system_number']
    if (typeof number !== 'number') return []
    return lists
      .filter(({ numbers }) => numbers.has(number))
      .map(({ about, list, date, file, numbers }) => {
        const note = numbers.get(number) ?? ''
        return { kind: about, list: `${list}: AS${number}${note === '' ? '' : ` ${note}`}`, range: network, date, file }
      })
  })
}
