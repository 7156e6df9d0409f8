import { exampleLists, renderList } from './lists.ts'
import type { Reported } from './model.ts'
import { renderFile } from './render.ts'
import { careless } from './scenarios/careless.ts'
import { children } from './scenarios/children.ts'
import { ordinary } from './scenarios/ordinary.ts'
import { repeats } from './scenarios/repeats.ts'
import type { Delivery, Scenario } from './scenarios/scenario.ts'
import { urgent } from './scenarios/urgent.ts'
import { stageFor } from './stage.ts'
import { type ReferralTruth, truthOf } from './truth.ts'

export const scenarios: readonly Scenario[] = [...urgent, ...children, ...repeats, ...careless, ...ordinary]

/** What a person or a program needs to play the operation: the lists first, then the deliveries in their order. */
export interface Manifest {
  readonly 'x-generated': true
  readonly name: string
  readonly seed: string
  readonly lists: readonly ManifestList[]
  readonly deliveries: readonly ManifestDelivery[]
}

export interface ManifestList {
  readonly file: string
  readonly name: string
  readonly publisher: string
  readonly format: 'vics/1' | 'vics/2' | 'hash-csv'
  readonly agencies: readonly Delivery['agency'][]
}

export interface ManifestDelivery {
  /** From 1, in the order of arrival. */
  readonly order: number
  readonly agency: Delivery['agency']
  readonly lane: 'industry' | 'cybertip'
  readonly sender: string
  readonly file: string
  readonly format: ReferralTruth['format']
  readonly scenario: string
  readonly shows: string
  /** Order of the delivery that brought the same bytes before. */
  readonly repeatOf: number | null
}

export interface OperationTruth {
  readonly 'x-generated': true
  readonly seed: string
  readonly lists: readonly { readonly file: string; readonly records: number }[]
  readonly files: readonly FileTruth[]
  /** Reported at both agencies, in referrals that neither shows the other: what deconfliction has to find. */
  readonly subjectsInBothAgencies: readonly { readonly person: string; readonly referrals: readonly string[] }[]
}

export interface FileTruth {
  readonly file: string
  readonly agency: Delivery['agency']
  readonly account: { records: number; accepted: number; remarked: number; setAside: number }
  readonly referrals: readonly ReferralTruth[]
}

export interface Operation {
  readonly manifest: Manifest
  readonly truth: OperationTruth
  /** Every file of the operation but manifest and truth, by its name. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** All scenarios played once, with their deliveries mixed; within a scenario the order stays. */
export function playOperation(name: string, seed: string): Operation {
  const files = new Map<string, Uint8Array>()
  const lists = exampleLists.map((list): ManifestList => {
    const file = `synthetic-list-${slug(list.name)}.${list.format === 'hash-csv' ? 'csv' : 'json'}`
    files.set(file, renderList(list))
    return { file, name: list.name, publisher: list.publisher, format: list.format, agencies: ['A', 'B'] }
  })
  const deliveries: ManifestDelivery[] = []
  const truths: FileTruth[] = []
  const played = scenarios.map(({ name: scenario, play }, index) => ({
    scenario,
    deliveries: play(stageFor(seed, scenario, index + 1)),
  }))
  for (const { scenario, delivery } of inTurn(played)) {
    const [first, ...more] = delivery.reports
    if (first === undefined) throw new Error(`${scenario}: a delivery without a report`)
    const format = first.sender.writes
    const file = `synthetic-${scenario}-${delivery.name}.${format === 'uk-csea-irp/1' ? 'json' : 'xml'}`
    const before = deliveries.find((earlier) => earlier.file === file)
    if (before === undefined) {
      files.set(file, renderFile([first, ...more], delivery.only))
      truths.push(fileTruth(file, delivery.agency, [first, ...more]))
    }
    deliveries.push({
      order: deliveries.length + 1,
      agency: delivery.agency,
      lane: format === 'uk-csea-irp/1' ? 'industry' : 'cybertip',
      sender: delivery.sender.name,
      file,
      format,
      scenario,
      shows: delivery.shows,
      repeatOf: before?.order ?? null,
    })
  }
  return {
    manifest: { 'x-generated': true, name, seed, lists, deliveries },
    truth: {
      'x-generated': true,
      seed,
      lists: lists.map(({ file }, index) => ({ file, records: exampleLists[index]?.entries.length ?? 0 })),
      files: truths,
      subjectsInBothAgencies: inBothAgencies(truths),
    },
    files,
  }
}

function fileTruth(file: string, agency: Delivery['agency'], reports: readonly Reported[]): FileTruth {
  const referrals = reports.map((told, index) => truthOf(told, told.sender.writes, index, exampleLists))
  const count = (outcome: ReferralTruth['outcome']): number =>
    referrals.filter((referral) => referral.outcome === outcome).length
  const account = {
    records: referrals.length,
    accepted: count('accepted'),
    remarked: count('remarked'),
    setAside: count('set-aside'),
  }
  return { file, agency, account, referrals }
}

function inBothAgencies(files: readonly FileTruth[]): OperationTruth['subjectsInBothAgencies'] {
  const met = new Map<string, { agencies: Set<string>; referrals: string[] }>()
  for (const { agency, referrals } of files) {
    for (const { id, people } of referrals) {
      for (const { key, role } of people) {
        if (role !== 'reported') continue
        const seen = met.get(key) ?? { agencies: new Set<string>(), referrals: [] }
        seen.agencies.add(agency)
        seen.referrals.push(id)
        met.set(key, seen)
      }
    }
  }
  return [...met].flatMap(([person, { agencies, referrals }]) => (agencies.size > 1 ? [{ person, referrals }] : []))
}

interface Played {
  readonly scenario: string
  readonly deliveries: readonly Delivery[]
}

/** The first delivery of each scenario, then the second of each, and so on. */
function* inTurn(played: readonly Played[]): Generator<{ readonly scenario: string; readonly delivery: Delivery }> {
  const rounds = Math.max(...played.map(({ deliveries }) => deliveries.length))
  for (let round = 0; round < rounds; round += 1) {
    for (const { scenario, deliveries } of played) {
      const delivery = deliveries[round]
      if (delivery !== undefined) yield { scenario, delivery }
    }
  }
}

const slug = (text: string): string => text.toLowerCase().replaceAll(' ', '-')
