import { type ListKind, type RangeEntry, readCidr, type SourceFile } from '@tandem/identifiers'
import type { ContextContent, RangeSaying } from './content.ts'
import { type ListTold, sayings } from './range-list.ts'
import { type FileAccount, Tally } from './tally.ts'

interface WarningListRead {
  readonly asOf: string | null
  readonly content: ContextContent
  readonly account: FileAccount
}

/** What the list's own name tells. The lists of MISP name themselves; a keeper's word stands above it. */
const names: readonly (readonly [RegExp, ListKind])[] = [
  [/private relay/i, 'relay service'],
  [/\bvpn/i, 'vpn'],
  [/\btor\b/i, 'tor now'],
  [/\bprox(?:y|ies)\b/i, 'proxy'],
  [/\bRFC ?\d{4}\b/i, 'special'],
  [/hosting|cluster|cloud|data ?cent|amazon|azure|digitalocean|hetzner|ovh|linode/i, 'hosting'],
]

/** Reads a MISP warning list of type `cidr`; a text that is no such list comes back as a reason. */
export function readWarningList(text: string, file: SourceFile, told: ListTold | null): WarningListRead | string {
  const json = parsed(text)
  if (typeof json !== 'object' || json === null) return 'not valid JSON'
  if (!('name' in json && typeof json.name === 'string' && 'list' in json && Array.isArray(json.list)))
    return 'JSON, but no list with a name'
  if (!('type' in json) || json.type !== 'cidr') return 'a list of something else than addresses'
  const tally = new Tally()
  const { name } = json
  const kind = told?.kind ?? names.find(([pattern]) => pattern.test(name))?.[1] ?? 'not stated'
  const asOf = told?.asOf ?? ('version' in json ? versionDate(json.version) : null)
  if (kind === 'not stated') tally.remark('$.name', 'kind-not-stated', 'its name does not tell what this list is about')
  if (asOf === null)
    tally.remark('$.version', 'list-undated', 'the list has no date: it may not hold for the asked time')
  const saying = sayings(file, kind, told?.name ?? name, asOf)
  const ranges: RangeEntry<RangeSaying>[] = []
  const list: readonly unknown[] = json.list
  for (const [at, written] of list.entries()) {
    const range = typeof written === 'string' ? readCidr(written) : null
    if (range === null) tally.setRecordAside(`$.list[${at}]`, 'range-invalid', 'neither an address nor a range')
    else {
      ranges.push({ ...range, value: saying(null) })
      tally.accept()
    }
  }
  return { asOf, content: { kind: 'ranges', ranges }, account: tally.account() }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
}

/** A version is a number; from 2000 on, eight digits are mostly a date. */
function versionDate(version: unknown): string | null {
  const match = /^(20\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])\d{0,2}$/.exec(String(version))
  return match === null ? null : `${match[1]}-${match[2]}-${match[3]}`
}
