import type { Transaction } from '@tandem/store'
import { openNormal } from '../sealed-normal.ts'
import type { Linked } from './load.ts'

/** How officers name a subject: by the referral and the person in it that were received first. */
export const subjectLabel = (number: number, person: number): string => `S-${number}.${person + 1}`
/** How officers name one person of one referral. */
export const appearanceLabel = (number: number, person: number): string => `R-${number} person ${person + 1}`

/** Words for the ids that the engine speaks of. */
export interface Names {
  appearance(id: string): string
  subject(id: string): string
  /** The normal form of a value, by its observable. */
  value(observable: string): string
  /** A sentence of the engine, with words where it names ids. What an officer wrote in it stays as it is written. */
  sentence(text: string): string
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
/** Where the engine's sentence speaks of a subject and not of a record. */
const asSubject = /(Subject |other subject is )([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g

export async function namesFor(tx: Transaction, linked: Linked): Promise<Names> {
  const places = new Map<string, readonly [number, number]>()
  for (const [id, { number, person }] of linked.held) places.set(id, [number, person])
  for (const act of linked.acts) {
    if (act.one !== null && act.one_number !== null) places.set(act.one, [act.one_number, act.one_person ?? 0])
    if (act.other !== null && act.other_number !== null)
      places.set(act.other, [act.other_number, act.other_person ?? 0])
  }
  const values = [...linked.held.values()].flatMap(({ appearance }) => appearance.values)
  const normals = await openNormals(tx, [...new Set(values.map(({ value }) => value))])
  const named = (label: typeof subjectLabel) => (id: string) => {
    const place = places.get(id)
    return place === undefined ? 'a person' : label(...place)
  }
  const appearance = named(appearanceLabel)
  const subject = named(subjectLabel)
  const sentence = (text: string): string =>
    text
      .replace(asSubject, (_, before: string, id: string) => `${before}${subject(id)}`)
      .replace(uuid, (id) => normals.get(id) ?? (places.has(id) ? appearance(id) : id))
  return { appearance, subject, value: (id) => normals.get(id) ?? '(not readable)', sentence }
}

/** The normal forms of values, each from a referral that this person may see. */
export async function openNormals(tx: Transaction, observables: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.run('mention/normals_of', { observables: [...observables] })
  await tx.vault.unlock(rows.map(({ referral_id }) => referral_id))
  return new Map(rows.map((row) => [row.observable_id, openNormal(tx, row.referral_id, row)]))
}
