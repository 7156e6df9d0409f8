import type { Priority } from '@tandem/core'
import type { ExampleHashes, Written } from './invented.ts'
import type { ExampleList } from './lists.ts'
import { type Account, type Fact, facts, type Login, type Party, type Relation, type Reported } from './model.ts'
import { profileUrl } from './render-uk.ts'
import type { WrittenTime } from './times.ts'

export type WorldFormat = Reported['sender']['writes']

/** What is true of one referral, computed from the world and never by reading the file. */
export interface ReferralTruth {
  readonly id: string
  readonly scenario: string
  readonly sender: string
  readonly platform: string
  readonly format: WorldFormat
  /** Which record of its file this is, counted from 0. */
  readonly record: number
  readonly outcome: 'accepted' | 'remarked' | 'set-aside'
  /** Distinct codes of the remarks, sorted; for a record set aside the one reason. */
  readonly remarks: readonly string[]
  /** Fields outside the agreed form: kept and counted. */
  readonly unknownFields: number
  readonly reference: string | null
  readonly supplementTo: string | null
  readonly relation: Relation
  /** Distinct, sorted by kind and normal form. */
  readonly identifiers: readonly {
    readonly kind: 'account' | 'email' | 'phone' | 'ip' | 'url'
    readonly normal: string
  }[]
  readonly addressUses: readonly AddressUse[]
  readonly hashes: readonly { readonly kind: keyof ExampleHashes; readonly value: string }[]
  readonly hits: readonly ExpectedHit[]
  readonly priority: ExpectedPriority
  /** Keys of the people it is about, the same in every referral: who is one and the same person. */
  readonly people: readonly { readonly key: string; readonly role: Party['role'] }[]
}

export interface AddressUse {
  readonly address: string
  readonly port: number | null
  readonly at: string | null
  /** The instant it really was, when the sender's text states none or a wrong one. */
  readonly truly?: string
}

export interface ExpectedHit {
  readonly list: string
  readonly hashes: readonly { readonly kind: keyof ExampleHashes; readonly value: string }[]
  readonly category: { readonly scheme: string; readonly value: string } | null
}

export interface ExpectedPriority {
  /** What the file itself can say: the XML format knows only "high priority". */
  readonly declared: Priority | null
  /** By the definitions of P1 to P3 and what is true here. */
  readonly byFacts: Priority
  readonly because: readonly Fact[]
  /** The higher of the two: a declared priority is lowered by people only. */
  readonly atLeast: Priority
}

export function truthOf(
  told: Reported,
  format: WorldFormat,
  record: number,
  lists: readonly ExampleList[],
): ReferralTruth {
  const setAside = format === 'uk-csea-irp/1' && told.oddities.some(({ kind }) => kind === 'wrong structure')
  const remarks = setAside ? ['wrong-structure'] : [...new Set(remarksOf(told, format))].sort()
  return {
    id: told.id,
    scenario: told.scenario,
    sender: told.sender.name,
    platform: told.platform,
    format,
    record,
    outcome: setAside ? 'set-aside' : remarks.length > 0 ? 'remarked' : 'accepted',
    remarks,
    unknownFields: setAside ? 0 : told.oddities.filter(({ kind }) => kind === 'unknown field').length,
    reference: told.relation.kind === 'file details' ? null : told.reference,
    supplementTo: format === 'uk-csea-irp/1' || told.relation.kind === 'file details' ? told.supplementTo : null,
    relation: told.relation,
    identifiers: setAside ? [] : identifiersOf(told, format),
    addressUses: setAside ? [] : partiesOf(told).flatMap(({ logins }) => logins.filter(isUsable).map(addressUse)),
    hashes: setAside
      ? []
      : told.files.flatMap(({ tells, hashes }) => tells.map((kind) => ({ kind, value: hashes[kind] }))),
    hits: setAside ? [] : hitsOf(told, lists),
    priority: priorityOf(told, format),
    people: partiesOf(told).map(({ account, role }) => ({ key: account.person.key, role })),
  }
}

const partiesOf = (told: Reported): Party[] => [...(told.reported === null ? [] : [told.reported]), ...told.others]

const isUsable = ({ broken }: Login): boolean => broken !== true

const addressUse = ({ address, port, at }: Login): AddressUse => ({
  address: address.normal,
  port,
  at: at?.instant ?? null,
  ...(at?.truly === undefined ? {} : { truly: at.truly }),
})

type Named = ReferralTruth['identifiers'][number]

function identifiersOf(told: Reported, format: WorldFormat): Named[] {
  const lone = told.relation.kind === 'file details'
  const found = new Map<string, Named>()
  const add = (kind: Named['kind'], normal: string): void => {
    found.set(`${kind} ${normal}`, { kind, normal })
  }
  const ips = (party: Party): void => {
    for (const login of party.logins.filter(isUsable)) add('ip', login.address.normal)
  }
  if (lone) for (const party of partiesOf(told)) ips(party)
  else {
    if (told.url !== null) add('url', told.url.normal)
    for (const party of partiesOf(told)) {
      for (const [kind, { normal }] of namesOf(party, format)) add(kind, normal)
      ips(party)
    }
  }
  const keys = [...found.keys()].sort()
  return keys.flatMap((key) => found.get(key) ?? [])
}

function namesOf(party: Party, format: WorldFormat): (readonly [Named['kind'], Pick<Written, 'normal'>])[] {
  const { account, tells } = party
  const uk = format === 'uk-csea-irp/1'
  const named: (readonly [Named['kind'], Pick<Written, 'normal'>])[] = []
  if (tells.has('id')) named.push(['account', accountNormal(account, 'id', account.id)])
  if (tells.has('username')) named.push(['account', accountNormal(account, 'username', account.username)])
  if (uk && tells.has('former names')) {
    for (const name of account.formerNames) named.push(['account', accountNormal(account, 'username', name)])
  }
  if (tells.has('profile')) named.push(['url', { normal: profileUrl(account) }])
  if (tells.has('email')) named.push(['email', account.person.email])
  if (tells.has('phone')) named.push(['phone', account.person.phone])
  for (const other of party.connections) named.push(['account', accountNormal(other, 'username', other.username)])
  return named
}

/** The invented services stand in no table of ours, so the case of a name counts. */
const accountNormal = (account: Account, by: 'id' | 'username', name: string): Pick<Written, 'normal'> => ({
  normal: `${account.platform.toLowerCase()}|${by}/${name}`,
})

function hitsOf(told: Reported, lists: readonly ExampleList[]): ExpectedHit[] {
  return told.files.flatMap((file) =>
    lists.flatMap((list) => {
      const first = list.entries[0]?.number ?? 0
      const entry = list.entries[(file.alteredFrom ?? file.number) - first]
      const shared = file.tells
        .filter((kind) => list.tells.includes(kind))
        .filter((kind) => file.alteredFrom === null || kind === 'pdq')
      if (entry === undefined || shared.length === 0) return []
      const category = entry.category === null ? null : { scheme: list.scheme, value: entry.category }
      return [{ list: list.name, hashes: shared.map((kind) => ({ kind, value: file.hashes[kind] })), category }]
    }),
  )
}

function priorityOf(told: Reported, format: WorldFormat): ExpectedPriority {
  const level = told.declared?.level ?? null
  const declared = format === 'uk-csea-irp/1' || level === 'P1' ? level : null
  const [first, ...rest] = told.facts.map((fact): Priority => facts[fact])
  const byFacts = rest.reduce<Priority>((high, next) => (next < high ? next : high), first ?? 'P3')
  const atLeast = declared !== null && declared < byFacts ? declared : byFacts
  return { declared, byFacts, because: told.facts, atLeast }
}

/** What an officer must be told about the file itself. */
function remarksOf(told: Reported, format: WorldFormat): string[] {
  const uk = format === 'uk-csea-irp/1'
  const codes: string[] = []
  for (const login of partiesOf(told).flatMap(({ logins }) => logins)) {
    if (login.broken) codes.push(uk ? 'ip-invalid' : 'ip-leading-zero')
    else if (login.port === null) codes.push('port-missing')
  }
  for (const time of timesOf(told, uk)) {
    if (time.flaw === 'no zone') codes.push('zone-unknown')
    if (time.flaw === 'no time') codes.push('time-invalid')
  }
  for (const { kind } of told.oddities) {
    // The UK profile lists unknown fields beside the record; the XML reader remarks them too.
    if (kind === 'unknown field') codes.push(...(uk ? [] : ['unknown-fields']))
    else if (uk) codes.push('enum-unknown')
  }
  if (!uk) return codes
  if (told.reference === null) codes.push('reference-missing')
  if (told.declared === null) codes.push('priority-missing')
  if (told.detectedAt === null) codes.push('detected-missing')
  const urgent = told.declared !== null && told.declared.level !== 'P3'
  if (urgent && told.telephoned === false && isOutOfHours(told.detectedAt)) codes.push('no-telephone-call')
  return codes
}

/** Outside 07:00-17:00 UK time. The world lies wholly in British Summer Time, UTC+1. */
function isOutOfHours(detected: WrittenTime | null): boolean {
  if (detected === null || detected.instant === null) return false
  const ukHour = (Number(detected.instant.slice(11, 13)) + 1) % 24
  return ukHour < 7 || ukHour >= 17
}

function timesOf(told: Reported, uk: boolean): WrittenTime[] {
  const logins = partiesOf(told).flatMap(({ logins }) => logins.filter(isUsable))
  const ofLogins = logins.map(({ at }) => at)
  const ofReport = uk ? [told.detectedAt, ...told.conversation.map(({ at }) => at)] : []
  const captured = uk ? told.files.map(({ capturedAt }) => capturedAt) : []
  const incident = told.relation.kind === 'file details' ? [] : [told.incidentAt]
  return [...incident, ...ofReport, ...captured, ...ofLogins].filter((time) => time !== null)
}
