import { kindRules, UnionFind, valueKey } from '@tandem/linkage'
import type { Transaction } from '@tandem/store'
import type { HeldAppearance, Linked } from './load.ts'

/**
 * So many appearances are weighed with one another at most: every pair of them is compared, in the transaction of whoever
 * asks. Beyond it what arrives is linked among itself, and the page of a subject says that there is more.
 */
export const MOST_WEIGHED = 400
/** A person may join two subjects that are full; what is larger could be neither weighed nor shown. */
export const MOST_JOINED = 2 * MOST_WEIGHED

/**
 * Components that share a value are weighed together while there are not too many of them; of more the largest come first.
 * What a person joined is weighed together whatever its size; once that was taken back, those who arrived first are.
 * Every appearance is in one part.
 */
export function weighedTogether(
  held: readonly HeldAppearance[],
  aside: ReadonlySet<string>,
  joined: readonly { readonly one: string; readonly other: string }[],
  most = MOST_WEIGHED,
): HeldAppearance[][] {
  if (held.length <= most) return held.length === 0 ? [] : [[...held]]
  const whole = wholesOf(held, joined, most)
  const near = new UnionFind(whole.length)
  const first = new Map<string, number>()
  whole.forEach((members, place) => {
    for (const { appearance } of members) {
      for (const key of appearance.values.map(valueKey)) {
        if (aside.has(key)) continue
        const other = first.get(key)
        if (other === undefined) first.set(key, place)
        else near.join(other, place)
      }
    }
  })
  return [...Map.groupBy(whole.keys(), (place) => near.find(place)).values()].flatMap((places) => {
    const parts: HeldAppearance[][] = []
    for (const place of places) {
      const members = whole[place] ?? []
      const part = parts.find((each) => each.length + members.length <= most)
      if (part === undefined) parts.push([...members])
      else part.push(...members)
    }
    return parts
  })
}

/** Components, and those that a person joined as one; the largest first. */
function wholesOf(
  held: readonly HeldAppearance[],
  joined: readonly { readonly one: string; readonly other: string }[],
  most: number,
): HeldAppearance[][] {
  const places = new Map(held.map(({ appearance_id }, place) => [appearance_id, place]))
  const sets = new UnionFind(held.length)
  const component = new Map<string, number>()
  held.forEach(({ component_id }, place) => {
    sets.join(component.get(component_id) ?? place, place)
    component.set(component_id, place)
  })
  const isJoined = new Set<string>()
  for (const { one, other } of joined) {
    const [a, b] = [places.get(one), places.get(other)]
    if (a === undefined || b === undefined) continue
    sets.join(a, b)
    isJoined.add(one)
  }
  const idOf = (members: readonly HeldAppearance[]): string => members[0]?.appearance_id ?? ''
  return (
    [...Map.groupBy(held.keys(), (place) => sets.find(place)).values()]
      .map((members) => members.flatMap((place) => held[place] ?? []))
      .map((members) => members.sort((a, b) => (a.appearance_id < b.appearance_id ? -1 : 1)))
      // Ids are in the order of arrival (RFC 9562, version 7).
      .flatMap((members) =>
        members.some(({ appearance_id }) => isJoined.has(appearance_id)) ? [members] : pagesOf(members, most),
      )
      .sort((a, b) => b.length - a.length || (idOf(a) < idOf(b) ? -1 : 1))
  )
}

const pagesOf = (members: readonly HeldAppearance[], most: number): HeldAppearance[][] =>
  Array.from({ length: Math.ceil(members.length / most) }, (_, page) => members.slice(page * most, (page + 1) * most))

/** What an officer is told of a component beside which others share its values and were not weighed with it. */
export async function beyondWeighing(tx: Transaction, { held, acts }: Linked, component: string): Promise<string[]> {
  const aside = new Set(acts.flatMap((act) => (act.undone_by === null ? (act.observable_id ?? []) : [])))
  const values = [...held.values()].flatMap(({ appearance }) => appearance.values)
  const telling = values.filter(({ kind, value }) => kindRules[kind].identifies && !aside.has(value))
  const rows = await tx.run('appearance/beside', {
    observables: [...new Set(telling.map(({ value }) => value))],
    component,
  })
  const beyond = rows.filter(({ appearances }) => held.size + appearances > MOST_WEIGHED)
  if (beyond.length === 0) return []
  const more = beyond.reduce((sum, { appearances }) => sum + appearances, 0)
  return [
    `${more} more appearances hang on its values and were not weighed with it, because more than ${MOST_WEIGHED} would ` +
      'hang together: look for them by its values, and join what is one person',
  ]
}
