import type { FlagName, TriageFacts } from '@tandem/triage'
import { type Random, seeded } from '../world/random.ts'

/** What a person is, which nobody in the cell knows. */
export type Kind = 'viral' | 'low' | 'dangerous' | 'exigent'

export interface Person {
  readonly id: number
  readonly kind: Kind
  /** Hours from the beginning; for an exigent person, when the harm happens. */
  readonly harmAt: number | null
}

export interface StreamReferral {
  readonly id: number
  readonly person: number
  /** Hours from the beginning. */
  readonly at: number
  readonly account: string
  /** Values that may link: kind and value. */
  readonly values: readonly { readonly kind: LinkKind; readonly value: string }[]
  readonly facts: TriageFacts
  /** What a platform calls it, 0 to 3: noisy. */
  readonly severity: number
}

export type LinkKind = 'account' | 'email' | 'phone' | 'device' | 'address'

export interface Stream {
  readonly seed: string
  readonly days: number
  readonly people: readonly Person[]
  /** In the order of arrival. */
  readonly referrals: readonly StreamReferral[]
}

/** The scale of the design: 60 days, some 207 referrals a day, 94 persons whose harm is near among some 220 dangerous. */
export interface Scale {
  readonly days: number
  readonly exigent: number
  readonly dangerous: number
  readonly low: number
  readonly viral: number
}

export const scale: Scale = { days: 60, exigent: 94, dangerous: 126, low: 2900, viral: 5300 }

/**
 * How often a trait is a person's, in hundredths by kind (viral, low, dangerous, exigent), and how often a referral about
 * such a person shows it. Set once from the description in the design, before any policy was run on it.
 */
const traits: readonly (readonly [
  FlagName,
  viral: number,
  low: number,
  dangerous: number,
  exigent: number,
  shown: number,
])[] = [
  ['groomingOfChild', 1, 6, 32, 42, 45],
  ['producerSignals', 1, 3, 28, 34, 40],
  ['accessToChildren', 1, 5, 34, 40, 40],
  ['childMadeOrSentMaterial', 3, 10, 28, 36, 45],
  ['recentlyMadeMaterial', 1, 5, 22, 36, 45],
  ['severalChildren', 2, 7, 24, 28, 45],
  ['physicalHarmOrSadistic', 2, 5, 14, 20, 45],
  ['childIdentifiedOrLocated', 1, 4, 10, 22, 35],
  ['senderEscalated', 2, 5, 12, 20, 50],
  ['offenderAdult', 12, 30, 40, 40, 50],
  ['contactOffendingSuspected', 0, 1, 10, 16, 35],
  ['abuseNowOrImminent', 0, 1, 3, 14, 30],
  ['meetingPlanned', 0, 1, 3, 14, 30],
  ['sextortion', 0, 1, 4, 14, 30],
  ['selfHarmStated', 0, 1, 2, 10, 30],
  ['knownMaterialOnly', 60, 50, 20, 12, 60],
  ['viralOrMeme', 80, 16, 5, 4, 75],
  ['recentIncident', 45, 45, 55, 70, 60],
]
/** In ten thousand: how often a referral states what is not so. */
const mistaken = 40
const columns = { viral: 1, low: 2, dangerous: 3, exigent: 4 } as const

type Draft = Omit<StreamReferral, 'id'>

/** Same seed, same stream, on every machine. */
export function referralStream(seed: string, of: Scale = scale): Stream {
  const chance = seeded(`referral stream 1\n${seed}`)
  const hours = of.days * 24
  const people: Person[] = []
  const drafts: Draft[] = []
  for (const kind of ['exigent', 'dangerous', 'low', 'viral'] as const) {
    for (let at = 0; at < of[kind]; at++) {
      const id = people.length
      const own = chance.fork(`${kind} ${at}`)
      const first = own.below(hours)
      // Harm comes within days, rarely weeks: halves of ten days, again and again.
      const harmAt = kind === 'exigent' ? first + 12 + waiting(own, 8 * 24) : null
      people.push({ id, kind, harmAt })
      drafts.push(...referralsOf(id, kind, first, harmAt, hours, own))
    }
  }
  const order = chance.fork('order')
  const referrals = drafts
    .map((draft) => ({ draft, tie: order.below(1_000_000) }))
    .sort((a, b) => a.draft.at - b.draft.at || a.tie - b.tie)
    .map(({ draft }, id): StreamReferral => ({ id, ...draft }))
  return { seed, days: of.days, people, referrals }
}

/** Waiting times that forget: the chance to end is the same in every hour. */
function waiting(chance: Random, mean: number): number {
  let hours = 0
  while (hours < 60 * 24 && chance.below(mean) > 0) hours++
  return hours
}

function referralsOf(
  person: number,
  kind: Kind,
  first: number,
  harmAt: number | null,
  hours: number,
  chance: Random,
): Draft[] {
  const means = { viral: [1, 0], low: [2, 240], dangerous: [5, 150], exigent: [6, 48] } as const
  const [mean, gap] = means[kind]
  const holder = identityOf(person, kind, chance)
  const shown = traits.filter((trait) => chance.chance(trait[columns[kind]]))
  const made: Draft[] = []
  let at = first
  do {
    made.push({
      person,
      at,
      ...holder(),
      facts: factsOf(shown, chance),
      severity: severityOf(kind, chance),
    })
    at += 1 + waiting(chance, gap + 1)
  } while (chance.below(mean) > 0 && at < hours && gap > 0 && (harmAt === null || at < harmAt + 72))
  return made
}

function factsOf(own: readonly (typeof traits)[number][], chance: Random): TriageFacts {
  const said = new Set<FlagName>()
  for (const [flag, , , , , shown] of own) if (chance.chance(shown)) said.add(flag)
  for (const [flag] of traits) if (chance.below(10_000) < mistaken) said.add(flag)
  return Object.fromEntries([...said].map((flag) => [flag, { value: 'yes', evidence: [] }]))
}

function severityOf(kind: Kind, chance: Random): number {
  const bars = { viral: [30, 65, 90], low: [30, 65, 90], dangerous: [18, 48, 80], exigent: [12, 40, 74] } as const
  const [none, some, more] = bars[kind]
  const drawn = chance.below(100)
  return drawn < none ? 0 : drawn < some ? 1 : drawn < more ? 2 : 3
}

/** Who shares what: exits of VPNs, shared addresses of providers and devices by their factory name link strangers. */
function identityOf(person: number, kind: Kind, chance: Random) {
  const careful = kind === 'dangerous' || kind === 'exigent'
  const accounts = careful ? chance.between(1, 4) : chance.chance(12) ? 2 : 1
  const vpn = chance.chance(careful ? 35 : 15)
  const shared = chance.chance(35)
  const factory = chance.chance(35)
  const emails = careful ? 2 : 1
  return (): Pick<Draft, 'account' | 'values'> => {
    const account = `a${person}-${chance.below(accounts)}`
    const values: { kind: LinkKind; value: string }[] = [{ kind: 'account', value: account }]
    if (chance.chance(30)) values.push({ kind: 'email', value: `e${person}-${chance.below(emails)}` })
    if (chance.chance(12)) values.push({ kind: 'phone', value: `p${person}` })
    if (chance.chance(45)) {
      values.push({ kind: 'device', value: factory ? `factory ${chance.skewed(25)}` : `d${person}` })
    }
    if (chance.chance(80)) {
      const away = vpn && chance.chance(70)
      const value = away
        ? `vpn ${chance.skewed(60)}`
        : shared
          ? `shared ${Math.floor(person / 14) % 220}`
          : `h${person}`
      values.push({ kind: 'address', value })
    }
    return { account, values }
  }
}
