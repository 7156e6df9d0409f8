import {
  accountOf,
  chat,
  clearingHouse,
  file,
  games,
  login,
  party,
  personAt,
  referral,
  social,
  streams,
} from './cast.ts'
import { inventedIpv4 } from './invented.ts'
import { exampleLists, lastKnownFile } from './lists.ts'
import type { ExampleFile, Fact, Party, Reported, Sender } from './model.ts'
import { type Random, seeded } from './random.ts'
import { renderFile } from './render.ts'
import { renderUkFile } from './render-uk.ts'
import { worldStart } from './times.ts'
import { type ReferralTruth, truthOf, type WorldFormat } from './truth.ts'

export interface WorldReferral {
  readonly senderName: string
  readonly format: WorldFormat
  readonly bytes: Uint8Array
  readonly truth: ReferralTruth
}

export interface WorldOptions {
  readonly seed: string
  readonly count: number
}

/**
 * A flow of referrals of any length with the skew of the real one: four in ten are copies (20 viral, 12 of the same
 * incident, 8 delivered again), 15 of 100 are about somebody known, few people and addresses are in very many.
 * What must be remembered is bounded but for one short id for each person.
 */
export function* worldReferrals({ seed, count }: WorldOptions): Generator<WorldReferral, void, undefined> {
  for (const told of tellWorld(seed, count)) {
    const format = told.sender.writes
    yield {
      senderName: told.sender.name,
      format,
      bytes: renderFile([told]),
      truth: truthOf(told, format, 0, exampleLists),
    }
  }
}

/** The same flow in files of `size` reports, all in the UK industry format. */
export function* worldBatches({
  seed,
  count,
  size,
}: WorldOptions & { readonly size: number }): Generator<
  { readonly senderName: string; readonly bytes: Uint8Array; readonly truths: readonly ReferralTruth[] },
  void,
  undefined
> {
  let batch: Reported[] = []
  const made = () => ({
    senderName: clearingHouse.name,
    bytes: renderUkFile(batch),
    truths: batch.map((told, record) => truthOf(told, 'uk-csea-irp/1', record, exampleLists)),
  })
  for (const told of tellWorld(seed, count)) {
    batch.push(told)
    if (batch.length < size) continue
    yield made()
    batch = []
  }
  if (batch.length > 0) yield made()
}

const remembered = 500
const viralFiles = 60
const carriers = 40

function* tellWorld(seed: string, count: number): Generator<Reported, void, undefined> {
  const recent: Reported[] = []
  const firstWithFile = new Map<number, string>()
  const firstOfPerson: string[] = []
  for (let index = 0; index < count; index += 1) {
    const random = seeded(`${seed}\nreferral ${index}`)
    const before = recent[random.below(Math.max(recent.length, 1))]
    const turn = random.below(100)
    const told = tellOne(turn, before)
    yield told
    if (told.relation.kind !== 'redelivery') recent[index % remembered] = told

    function tellOne(kind: number, earlier: Reported | undefined): Reported {
      const id = `R-${String(index).padStart(8, '0')}`
      if (kind < 20) return viral(id)
      if (earlier === undefined || kind >= 60) return anew(id, firstOfPerson.length)
      if (kind < 32) return sameIncident(id, earlier)
      if (kind < 40) return { ...earlier, id, relation: { kind: 'redelivery', of: earlier.id } }
      if (kind < 45) return supplement(id, earlier)
      return anew(id, random.skewed(Math.max(firstOfPerson.length, 1)))
    }

    function start(id: string, sender: Sender, facts: Reported['facts']): Reported {
      const number = String(index).padStart(8, '0')
      const reference = sender.writes === 'ncmec-ispws' ? `8${number}` : `TEST-URN-${number}`
      const declared = sender.writes === 'ncmec-ispws' ? null : ({ level: 'P3', reason: null } as const)
      return { ...referral({ id, scenario: 'flow', sender, facts }, arrival(index), reference), declared }
    }

    function reported(sender: Sender, person: number, changes: Partial<Omit<Party, 'account' | 'tells'>> = {}): Party {
      const account = accountOf(seed, personAt(seed, person), sender)
      const logins = Array.from({ length: 1 + random.below(3) }, (_, use) =>
        login(random, arrival(index) - 60_000 * (use + 1), {
          event: use === 0 ? 'upload' : 'login',
          ...(random.chance(12) ? { address: carrierAddress(seed, random) } : {}),
          ...(random.chance(10) ? { port: null } : {}),
        }),
      )
      return party(account, { logins, ...changes })
    }

    function viral(id: string): Reported {
      const sender = senderBy(random)
      const number = 1 + random.skewed(viralFiles)
      const first = firstWithFile.get(number)
      if (first === undefined) firstWithFile.set(number, id)
      const person = firstOfPerson.push(id) - 1
      return {
        ...start(id, sender, ['a viral file was shared']),
        annotations: ['viral'],
        relation: first === undefined ? { kind: 'new', of: null } : { kind: 'viral copy', of: first },
        reported: reported(sender, person),
        files: [file(number, { labels: ['viral'] })],
      }
    }

    function sameIncident(id: string, earlier: Reported): Reported {
      const sender = senderBy(random)
      const person = Number(earlier.reported?.account.person.key.slice('person-'.length) ?? 0)
      const logins = earlier.reported?.logins ?? []
      return {
        ...start(id, sender, earlier.facts),
        relation: { kind: 'same incident', of: earlier.id },
        incidentAt: earlier.incidentAt,
        reported: reported(sender, person, { logins }),
        files: earlier.files,
        description: earlier.description,
      }
    }

    function supplement(id: string, earlier: Reported): Reported {
      const person = Number(earlier.reported?.account.person.key.slice('person-'.length) ?? 0)
      return {
        ...start(id, earlier.sender, ['nothing points to a present risk']),
        supplementTo: earlier.reference,
        relation: { kind: 'supplement', of: earlier.id },
        incidentAt: null,
        reported: reported(earlier.sender, person),
      }
    }

    function anew(id: string, person: number): Reported {
      const sender = senderBy(random)
      const first = firstOfPerson[person]
      firstOfPerson[person] ??= id
      const urgency = random.below(100)
      const case_ = urgency < 2 ? pressing : urgency < 12 ? soon : common
      const level = case_.level
      const base = start(id, sender, case_.facts)
      const declares = sender.writes === 'uk-csea-irp/1' || level === 'P1'
      return {
        ...base,
        declared: declares && !random.chance(10) ? { level, reason: case_.reason } : base.declared,
        telephoned: level === 'P3' ? null : true,
        relation: first === undefined ? { kind: 'new', of: null } : { kind: 'same account', of: first },
        description: case_.description,
        reported: reported(sender, person),
        files: case_.files(random, index),
      }
    }
  }
}

interface Case {
  readonly level: 'P1' | 'P2' | 'P3'
  readonly facts: readonly [Fact, ...Fact[]]
  readonly reason: string | null
  readonly description: string | null
  readonly files: (random: Random, index: number) => ExampleFile[]
}

const pressing: Case = {
  level: 'P1',
  facts: ['a meeting with a child is planned'],
  reason: 'A meeting with a child is planned for tomorrow.',
  description: 'Chat only. A meeting with a child is planned for tomorrow.',
  files: () => [],
}
const soon: Case = {
  level: 'P2',
  facts: ['suspected access to a child'],
  reason: 'The account holder writes of access to a child.',
  description: 'The file is new to the sender. The account holder writes of access to a child.',
  files: (_, index) => [file(100_000 + index, { viewedByProvider: true })],
}
const common: Case = {
  level: 'P3',
  facts: ['a known file was shared'],
  reason: null,
  description: null,
  files: (random) => [file(1 + random.skewed(lastKnownFile))],
}

/** One referral every seven seconds. */
const arrival = (index: number): number => worldStart + index * 7000

/** A few addresses of mobile carriers stand for very many unrelated people. */
const carrierAddress = (seed: string, random: Random) =>
  inventedIpv4(seeded(`${seed}\ncarrier ${random.skewed(carriers)}`))

function senderBy(random: Random): Sender {
  const turn = random.below(100)
  if (turn < 45) return social
  if (turn < 70) return chat
  if (turn < 80) return streams
  return turn < 95 ? games : clearingHouse
}
