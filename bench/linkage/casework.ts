import { type Appearance, caseworkSettings, edgesAmong, genericValues, type LinkEvent, Subjects } from '@tandem/linkage'
import { casework } from '../../engines/linkage/test/shared-values.ts'

const seeds = 15

/**
 * The declared model of casework on invented referrals with a truth: VPN exits, carrier NAT, a default device, shared
 * mailboxes, four of ten values not told; one person of ten shares telephone, device and address with another one, and no
 * names are told. The seeds were not used to choose any figure of the model.
 */
export function benchCasework(): void {
  const all: { precision: number; recall: number; largest: number; largestTrue: number }[] = []
  const total = { right: 0, joined: 0, real: 0 }
  for (let seed = 101; seed < 101 + seeds; seed++) {
    const { observed, truth, largest: largestTrue } = casework({ persons: 700, seed, homes: 10 })
    const generic = new Set(genericValues(observed).flatMap(({ value, ask }) => (ask ? [] : [value])))
    const appearances = [...Map.groupBy(observed, ({ record }) => record)].map(
      ([id, values]): Appearance => ({
        ...{ id, referral: id, received: 0, names: [], births: [] },
        values: values.map(({ kind, value }) => ({ kind, value, at: null, port: null })),
      }),
    )
    const added = appearances.map(
      ({ id }): LinkEvent => ({ kind: 'record added', id: `add ${id}`, at: 0, record: id, received: 0 }),
    )
    const log = [...added, ...edgesAmong(appearances, { at: 0, aside: generic })]
    const { subjects } = Subjects.open(log, { settings: caseworkSettings })
    const sizes = [...subjects.all()].map(({ records }) => records)
    const pairs = (count: number): number => (count * (count - 1)) / 2
    let [right, joined, real] = [0, 0, 0]
    for (const records of sizes) {
      joined += pairs(records.length)
      for (const group of Map.groupBy(records, (record) => truth.get(record)).values()) right += pairs(group.length)
    }
    for (const group of Map.groupBy(truth.keys(), (record) => truth.get(record)).values()) real += pairs(group.length)
    total.right += right
    total.joined += joined
    total.real += real
    const largest = Math.max(...sizes.map(({ length }) => length))
    all.push({ precision: right / joined, recall: right / real, largest, largestTrue })
  }
  const worst = all.reduce((a, b) => (a.precision <= b.precision ? a : b))
  console.log(
    `casework, ${seeds} seeds of 700 persons: of 1,000 joined pairs ${thousand(1 - total.right / total.joined)} wrong,`,
  )
  console.log(
    `  of 1,000 true pairs ${thousand(1 - total.right / total.real)} missed; worst seed: precision ${worst.precision.toFixed(3)}`,
  )
  console.log(
    `  largest subject over the largest true one, worst seed: ${Math.max(...all.map(({ largest, largestTrue }) => largest / largestTrue)).toFixed(2)}`,
  )
}

const thousand = (share: number): number => Math.round(share * 1000)
