import {
  type AddressKey,
  addressKey,
  embeddedAddress,
  judgeRequest,
  minutesFrom,
  type RangeEntry,
  RangeTable,
  rangeText,
  readIp,
  type SourceFile,
  specialRangeOf,
  type TorAnswer,
  type TorCoverage,
  type TorIndex,
  TorIndexBuilder,
  torAnswer,
  torWords,
} from '@tandem/identifiers'
import type { ContextFile, NetworkList, RangeSaying } from './content.ts'
import { listingsOf, networkTellings } from './database-listings.ts'
import type { DatabaseTelling, IpJudgement, ListTelling, RangeTelling, TorTold } from './judgement.ts'
import type { MmdbReader } from './mmdb/reader.ts'
import type { ContextTime } from './time.ts'

export interface IpQuestion {
  /** As written, with or without a port. */
  readonly address: string
  /** When it stands apart from the address. */
  readonly port?: number | null
  readonly time: ContextTime
  readonly now: number
  readonly destinationPort?: number
  readonly retentionMonths?: number
}

/** In the UK nobody can be required to keep such records longer (Investigatory Powers Act 2016 section 87(3)). */
const retention = 12
const shownRelays = 10

interface Held {
  readonly tor: TorIndex
  readonly ranges: RangeTable<RangeSaying>
  readonly networks: readonly NetworkList[]
  readonly databases: readonly { readonly file: SourceFile; readonly database: MmdbReader }[]
}

/** Takes files one by one, in any order, and keeps of each only what answers need. */
export class IpContextBuilder {
  readonly #tor = new TorIndexBuilder()
  readonly #ranges: RangeEntry<RangeSaying>[] = []
  readonly #networks: NetworkList[] = []
  readonly #databases: { file: SourceFile; database: MmdbReader }[] = []

  add({ file, content }: ContextFile): void {
    switch (content.kind) {
      case 'tor-consensus':
        for (const consensus of content.consensuses) this.#tor.addConsensus(consensus)
        break
      case 'tor-exit-list':
        this.#tor.addExitList(content.list)
        break
      case 'ranges':
        for (const range of content.ranges) this.#ranges.push(range)
        break
      case 'networks':
        this.#networks.push(content)
        break
      case 'mmdb':
        this.#databases.push({ file, database: content.database })
    }
  }

  build(): IpContext {
    return new IpContext({
      tor: this.#tor.build(),
      ranges: new RangeTable(this.#ranges),
      networks: this.#networks,
      databases: this.#databases,
    })
  }
}

/** What is known of addresses: an index in memory, derived from files and made anew from them at any time. */
export class IpContext {
  readonly #held: Held

  constructor(held: Held) {
    this.#held = held
  }

  get tor(): TorCoverage {
    return this.#held.tor.coverage
  }

  judge(question: IpQuestion): IpJudgement {
    const { address: written, time, now, destinationPort, retentionMonths = retention } = question
    const reading = readIp(written)
    const address = reading.ok ? (reading.value.mappedIpv4 ?? reading.value.address) : null
    const port = question.port ?? (reading.ok ? reading.value.port : null)
    const key = address === null ? null : addressKey(address)
    const said = key === null ? [] : this.#held.ranges.find(key)
    const databases = key === null ? [] : this.#ask(key)
    const lists = [...said.flatMap(listTelling), ...networkTellings(databases, this.#held.networks)]
    const special = key === null ? null : specialRangeOf(key)
    const embedded = key === null ? null : embeddedAddress(key)
    const hasTor = this.#held.tor.consensuses.length > 0 || this.#held.tor.exitLists.length > 0
    const tor =
      address === null || special !== null || !hasTor || time.instants.length === 0
        ? null
        : torAnswer(this.#held.tor, {
            address,
            instants: time.instants,
            now,
            ...(destinationPort === undefined ? {} : { destinationPort }),
          })
    const request = judgeRequest({
      address,
      version: key !== null && key.length === 32 ? 6 : 4,
      port,
      time,
      special,
      embedded,
      tor,
      listings: [...lists, ...databases.flatMap(listingsOf)],
      now,
      retentionMonths,
    })
    return {
      written,
      address,
      port,
      time: { claim: time.claim, doubt: time.doubt, instants: time.instants.map(text) },
      special,
      embedded,
      tor: tor === null ? null : tor.ok ? told(tor.value) : { verdict: 'refused', says: tor.error.says, readings: [] },
      lists,
      delegations: said.filter(({ value }) => value.about === 'delegation').map(rangeTelling),
      countries: said.filter(({ value }) => value.about === 'country').map(rangeTelling),
      databases,
      request,
    }
  }

  #ask(key: AddressKey): DatabaseTelling[] {
    return this.#held.databases.flatMap(({ file, database }) => {
      const hit = database.lookup(key)
      return hit === null ? [] : [{ type: database.databaseType, built: database.built, ...hit, file }]
    })
  }
}

type Said = ReturnType<RangeTable<RangeSaying>['find']>[number]

const rangeTelling = ({ value, ...range }: Said): RangeTelling => ({
  range: rangeText(range),
  country: value.country,
  registry: value.registry,
  status: value.status,
  date: value.date,
  file: value.file,
})

const listTelling = ({ value, ...range }: Said): ListTelling[] =>
  value.kind === null || value.list === null
    ? []
    : [{ kind: value.kind, list: value.list, range: rangeText(range), date: value.date, file: value.file }]

const text = (milliseconds: number): string => new Date(milliseconds).toISOString()

const told = (answer: TorAnswer): TorTold => ({
  verdict: answer.verdict,
  says: torWords(answer),
  readings: answer.readings.map(({ at, verdict, minutes, consensus, relays, nearby, lacks }) => ({
    at: text(at),
    verdict,
    minutes,
    consensus:
      consensus === null
        ? null
        : { file: consensus.file, validAfter: text(consensus.validAfter), validUntil: text(consensus.validUntil) },
    relays: relays.slice(0, shownRelays).map(({ consensus: head, entry, how, scan }) => ({
      fingerprint: entry.fingerprint,
      nickname: entry.nickname,
      how,
      policy: entry.policy,
      minutes: minutesFrom(head, at),
      consensus: head.file,
      scan: scan === null ? null : { at: text(scan.at), file: scan.file },
    })),
    nearby,
    lacks,
  })),
})
