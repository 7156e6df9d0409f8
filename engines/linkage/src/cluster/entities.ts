import type { Known, WholeScorer } from '../model/whole-scorer.ts'
import type { Merge } from './average-linkage.ts'
import { componentsOf, groupsOf } from './components.ts'
import { type Dendrogram, leastWeight } from './dendrogram.ts'

/** Whoever fits another one less well by no more than this fits both. */
const undecided = 3

/**
 * Joins records to persons and persons to persons, the likeliest first; what is known of a person is what all its records
 * say. Two rules keep people apart: nobody is joined across what a person has one of, and whoever fits two persons about
 * equally well who are clearly not one is joined to neither (John Smith of a house where two of that name live).
 */
export function entitiesOf(records: number, scorer: WholeScorer): Dendrogram {
  const known = Array.from({ length: records }, (_, record) => scorer.known(record))
  const [ones, others, weights]: [number[], number[], number[]] = [[], [], []]
  for (let one = 0; one < records; one++) {
    for (let other = one + 1; other < records; other++) {
      const weight = scorer.of(known[one] ?? [], known[other] ?? [])
      if (weight < 0) continue
      ones.push(one)
      others.push(other)
      weights.push(weight)
    }
  }
  const edges = { ones: Int32Array.from(ones), others: Int32Array.from(others), weights: Float32Array.from(weights) }
  return { merges: groupsOf(componentsOf(records, edges, 0)).flatMap((members) => joined(members, known, scorer)) }
}

interface Person {
  readonly first: number
  known: Known
}

function joined(members: readonly number[], known: readonly Known[], scorer: WholeScorer): Merge[] {
  const persons = new Map(members.map((first) => [first, { first, known: known[first] ?? [] } satisfies Person]))
  const fits = new Map<string, number>()
  const apart = new Set<string>()
  const score = (one: Person, other: Person): number => scorer.of(one.known, other.known)
  for (const one of persons.values()) {
    for (const other of persons.values()) {
      if (one.first >= other.first) continue
      const key = keyOf(one.first, other.first)
      fits.set(key, score(one, other))
      if (scorer.areApart(one.known, other.known)) apart.add(key)
    }
  }
  const fit = (one: number, other: number): number => fits.get(keyOf(one, other)) ?? Number.NEGATIVE_INFINITY
  const areApart = (one: number, other: number): boolean => apart.has(keyOf(one, other))
  const isUndecided = (one: number, other: number, weight: number): boolean => {
    for (const third of persons.keys()) {
      if (third === one || third === other) continue
      const least = Math.max(0, weight - undecided)
      if (fit(other, third) >= least && areApart(one, third)) return true
      if (fit(one, third) >= least && areApart(other, third)) return true
    }
    return false
  }
  const merges: Merge[] = []
  let lowest = Number.POSITIVE_INFINITY
  for (;;) {
    let best: { into: Person; from: Person; weight: number } | null = null
    for (const into of persons.values()) {
      for (const from of persons.values()) {
        if (into.first >= from.first) continue
        const weight = fit(into.first, from.first)
        if (weight < leastWeight || weight <= (best?.weight ?? Number.NEGATIVE_INFINITY)) continue
        if (!areApart(into.first, from.first) && !isUndecided(into.first, from.first, weight))
          best = { into, from, weight }
      }
    }
    if (best === null) return merges
    const { into, from, weight } = best
    // A person may fit better once more is known; a bar must not make the later merge without the earlier one.
    lowest = Math.min(lowest, weight)
    merges.push({ into: into.first, from: from.first, weight: lowest })
    persons.delete(from.first)
    into.known = scorer.together(into.known, from.known)
    for (const third of persons.values()) {
      if (third === into) continue
      const key = keyOf(into.first, third.first)
      fits.set(key, score(into, third))
      if (scorer.areApart(into.known, third.known)) apart.add(key)
      else apart.delete(key)
    }
  }
}

const keyOf = (one: number, other: number): string => (one < other ? `${one} ${other}` : `${other} ${one}`)
