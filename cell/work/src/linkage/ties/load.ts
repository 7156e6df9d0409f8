import {
  contactHows,
  type HeldHow,
  type HeldRelation,
  heldHows,
  mostTied,
  type TieContact,
  type TieHolding,
  type Ties,
  tiesAmong,
} from '@tandem/linkage'
import type { Row, Transaction } from '@tandem/store'

export type HeldValue = Row<'tie/holders'>
export type ContactRow = Row<'tie/contacts_of'>

/** What ties these subjects to others, told from the record now: what this person may not see is not among it. */
export interface LoadedTies {
  readonly ties: Ties
  readonly subjectOf: (appearance: string) => string | null
  /** Who holds each value, by relation, observable and subject; of values that too many hold only the subjects asked for. */
  readonly holders: ReadonlyMap<string, readonly HeldValue[]>
  /** Own values, with what officers read of them still sealed. */
  readonly own: readonly Row<'tie/values_of'>[]
  readonly contacts: readonly ContactRow[]
  /** By the one who wrote, the other and how. */
  readonly contactsBetween: ReadonlyMap<string, readonly ContactRow[]>
  readonly acts: readonly Row<'link/suppressed'>[]
  /** How many digests tie nobody that others have of the files of these subjects, and they themselves have not. */
  readonly fallenBeside: number
}

export async function loadTies(tx: Transaction, subjects: readonly string[]): Promise<LoadedTies> {
  const [own, contacts] = await Promise.all([
    tx.run('tie/values_of', { subjects: [...subjects] }),
    tx.run('tie/contacts_of', { subjects: [...subjects] }),
  ])
  const observables = [...new Set(own.map(({ observable_id }) => observable_id))]
  const listed = listedValues({ contacts })
  const digests = own.flatMap(({ relation, observable_id }) => (relation === 'shared file' ? [observable_id] : []))
  const [standing, files] = await Promise.all([
    standingOf(tx, observables, listed),
    digests.length === 0 ? [] : tx.run('tie/same_file', { observables: [...new Set(digests)] }),
  ])
  const { spread, acts, aside, wide } = standing
  // Digests of one file are one file: with any of them it ties nobody, also where only others have that one.
  const beside = files.length === 0 ? [] : fallenOf(await standingOf(tx, files.map(idOf)))
  const fallen = new Set([...fallenOf(standing), ...beside])
  const shared = spread.flatMap(({ relation, observable_id, subjects: many }) =>
    many > 1 && !aside.has(observable_id) && !wide.has(`${relation} ${observable_id}`) ? [observable_id] : [],
  )
  const others =
    shared.length === 0 ? [] : await tx.run('tie/holders', { observables: [...new Set(shared)], fallen: [...fallen] })
  const falls = new Set(own.flatMap((row) => (row.file !== null && fallen.has(row.observable_id) ? [fileOf(row)] : [])))
  // What has fallen itself stays, to be told with its number.
  const left = own.filter((row) => row.file === null || fallen.has(row.observable_id) || !falls.has(fileOf(row)))
  const all = new Map(
    [...left, ...others.filter(({ relation, observable_id }) => !wide.has(`${relation} ${observable_id}`))].map(
      (row) => [`${row.appearance_id} ${row.relation} ${row.observable_id} ${row.how} ${row.file}`, row],
    ),
  )
  const rows: readonly HeldValue[] = [...all.values()]
  const subjectOf = new Map(rows.map(({ appearance_id, subject_id }) => [appearance_id, subject_id]))
  for (const { one, one_subject, other, other_subject } of contacts) {
    subjectOf.set(one, one_subject)
    if (other !== null && other_subject !== null) subjectOf.set(other, other_subject)
  }
  const settings = {
    at: Date.parse(tx.standing.now),
    subjectOf: (appearance: string) => subjectOf.get(appearance) ?? null,
    aside,
    spread: new Map(spread.map((row) => [`${row.relation} ${row.observable_id}`, row.subjects])),
  }
  const ties = tiesAmong({ holdings: rows.map(holdingOf), contacts: contacts.flatMap(contactOf) }, settings)
  const holders = Map.groupBy(rows, (row) => `${row.relation} ${row.observable_id} ${row.subject_id}`)
  const contactsBetween = Map.groupBy(contacts, ({ one, other, how }) => `${one} ${other} ${how}`)
  return {
    ties,
    subjectOf: settings.subjectOf,
    holders,
    own,
    contacts,
    contactsBetween,
    acts,
    fallenBeside: beside.length,
  }
}

/** How many subjects hold each of these, and what is set aside of them, or held by too many to tie anybody. */
async function standingOf(tx: Transaction, observables: readonly string[], listed: readonly string[] = []) {
  const [spread, acts] = await Promise.all([
    tx.run('tie/spread', { observables: [...observables] }),
    tx.run('link/suppressed', { observables: [...new Set([...observables, ...listed])] }),
  ])
  const aside = new Set(acts.flatMap(({ observable_id, over }) => (over ? [] : [observable_id])))
  // What too many hold is counted and not read: it ties nobody.
  const wide = new Set(
    spread.flatMap(({ relation, observable_id, subjects: many }) =>
      many > mostTied[parseRelation(relation)] ? [`${relation} ${observable_id}`] : [],
    ),
  )
  return { spread, acts, aside, wide }
}

/** The values by which alone others are known in lists of connections. */
export const listedValues = ({ contacts }: Pick<LoadedTies, 'contacts'>): string[] =>
  contacts.flatMap(({ other_values }) => other_values ?? [])

const idOf = ({ observable_id }: { readonly observable_id: string }): string => observable_id
const fileOf = ({ appearance_id, file }: HeldValue): string => `${appearance_id} ${file}`
const fallenOf = ({ spread, aside, wide }: Awaited<ReturnType<typeof standingOf>>): string[] =>
  spread.flatMap(({ relation, observable_id }) =>
    aside.has(observable_id) || wide.has(`${relation} ${observable_id}`) ? [observable_id] : [],
  )

const holdingOf = ({ appearance_id: record, relation, observable_id: value, how }: HeldValue): TieHolding => ({
  ...{ record, value, relation: parseRelation(relation), how: parseHow(how) },
})

function contactOf({ one, other, how, other_values: values }: ContactRow): TieContact[] {
  const known = contactHows.find((each) => each === how)
  if (known === undefined) throw new Error(`a contact of an unknown kind: ${how}`)
  return other === null ? [] : [{ one, other, how: known, values: values ?? [] }]
}

/** The database allows no other words: they are those of the engine. */
export function parseRelation(word: string): HeldRelation {
  if (word === 'household' || word === 'shared file' || word === 'payment') return word
  throw new Error(`a tie of an unknown kind: ${word}`)
}

const hows: ReadonlyMap<string, HeldHow> = new Map(
  Object.values(heldHows).flatMap((words) => words.map((word): [string, HeldHow] => [word, word])),
)
function parseHow(word: string): HeldHow {
  const how = hows.get(word)
  if (how === undefined) throw new Error(`something is held in an unknown way: ${word}`)
  return how
}
