import { casework, type Hold, holdsOf, type Subject } from '@tandem/linkage'
import type { Row, Transaction } from '@tandem/store'
import type { HeldAppearance, Linked } from './load.ts'
import { type Scored, scoreSubjects } from './score.ts'

/**
 * Writes where every appearance stands now, a version of each subject that is other than it was shown last, and its rank.
 * Whoever calls this holds the turn of the operation. `gone`: subjects of appearances that were erased. The subjects that
 * changed are told.
 */
export async function settle(
  tx: Transaction,
  linked: Linked,
  because: string,
  gone: { readonly operation: string; readonly subjects: readonly string[] } | null = null,
): Promise<string[]> {
  const rows = [...linked.held.values()]
  const operation_id = rows[0]?.operation_id ?? gone?.operation
  if (operation_id === undefined) return []
  const { subjects } = linked
  const now = new Map([...subjects.all()].map((subject) => [subject.id, subject]))
  await place(tx, linked, rows)
  const before = [...rows.map(({ subject_id }) => subject_id), ...(gone?.subjects ?? [])]
  const touched = [...new Set([...before, ...now.keys()])].sort()
  const [latest, standing] = await Promise.all([
    tx.run('subject/latest', { subjects: touched }),
    tx.run('subject/standing', { subjects: touched }),
  ])
  const shown = new Map(latest.map((row) => [row.subject_id, row]))
  const stands = new Map(standing.map((row) => [row.subject_id, row]))
  const changed = touched.filter((id) => !isAsShown(now.get(id), shown.get(id)))
  const scores = await scoreSubjects(tx, linked, [...now.values()])
  const made = changed.map((id) => versionOf(linked, id, now.get(id), shown.get(id)))
  const put = touched.flatMap((id) => standingOf({ id, linked, now, made, stands, scores }) ?? [])
  const scored = put.filter(({ isNewScore }) => isNewScore)
  // In this order: versions and scores are of a subject that is there.
  if (put.length > 0)
    await tx.run('subject/put', {
      operation_id,
      subjects: put.map(({ id }) => id),
      versions: put.map(({ version }) => version),
      appearances: put.map(({ appearances }) => appearances),
      reported: put.map(({ reported }) => reported),
      score_numbers: put.map(({ scoreNumber }) => scoreNumber),
      priorities: put.map(({ priority }) => priority),
      ranks: put.map(({ rank }) => rank),
    })
  await Promise.all([
    made.length > 0 &&
      tx.run('subject/add_versions', {
        operation_id,
        subjects: made.map(({ id }) => id),
        versions: made.map(({ version }) => version),
        appearances: made.map(({ records }) => JSON.stringify(records)),
        became: made.map(({ became }) => JSON.stringify(became)),
        held_by: made.map(({ holds }) => JSON.stringify(holds)),
        model: `${casework.name}, revision ${casework.revision}`,
        because,
      }),
    scored.length > 0 &&
      tx.run('subject/add_scores', {
        operation_id,
        subjects: scored.map(({ id }) => id),
        numbers: scored.map(({ scoreNumber }) => scoreNumber),
        versions: scored.map(({ version }) => version),
        scores: scored.map(({ score }) => JSON.stringify(score)),
      }),
    put.length > 0 &&
      tx.run('outbox/add_many', {
        topic: 'subject',
        operations: put.map(() => operation_id),
        subjects: put.map(({ id }) => id),
      }),
  ])
  return put.map(({ id }) => id)
}

async function place(tx: Transaction, { subjects }: Linked, rows: readonly HeldAppearance[]): Promise<void> {
  const moved = rows.flatMap((row) => {
    const component = subjects.componentOf(row.appearance_id)?.records[0] ?? row.appearance_id
    const subject = subjects.subjectOf(row.appearance_id)?.id ?? row.appearance_id
    return component === row.component_id && subject === row.subject_id
      ? []
      : [{ appearance: row.appearance_id, component, subject }]
  })
  if (moved.length === 0) return
  await tx.run('appearance/place', {
    appearances: moved.map(({ appearance }) => appearance),
    components: moved.map(({ component }) => component),
    subjects: moved.map(({ subject }) => subject),
  })
}

const isAsShown = (now: Subject | undefined, shown: Row<'subject/latest'> | undefined): boolean =>
  (now?.records ?? []).join() === (shown?.appearances ?? []).join()

interface Version {
  readonly id: string
  readonly version: number
  readonly records: readonly string[]
  readonly became: readonly string[]
  readonly holds: readonly KeptHold[]
}

/** What held a version together, as it was weighed then: a later model changes nothing of it. */
export type KeptHold =
  | { readonly by: 'decision'; readonly act: string }
  | {
      readonly by: 'evidence'
      readonly one: string
      readonly other: string
      readonly prior: number
      readonly weight: number
      readonly lines: readonly {
        readonly field: string
        readonly level: string
        readonly value: string | null
        readonly counted: number
      }[]
    }

function versionOf(
  { subjects }: Linked,
  id: string,
  now: Subject | undefined,
  shown: Row<'subject/latest'> | undefined,
): Version {
  const became = new Set<string>()
  for (const record of shown?.appearances ?? []) {
    const subject = subjects.subjectOf(record)?.id
    if (subject !== undefined && subject !== id) became.add(subject)
  }
  return {
    id,
    version: (shown?.version ?? 0) + 1,
    records: now?.records ?? [],
    became: [...became].sort(),
    holds: now === undefined ? [] : holdsOf(subjects, now).map(kept),
  }
}

function kept(hold: Hold): KeptHold {
  if (hold.by === 'decision') return { by: 'decision', act: hold.decision.id }
  const { one, other, prior, weight, lines } = hold.link
  const told = lines.map(({ field, level, value, counted }) => ({ field, level, value, counted }))
  return { by: 'evidence', one, other, prior, weight, lines: told }
}

interface Settling {
  readonly id: string
  readonly linked: Linked
  readonly now: ReadonlyMap<string, Subject>
  readonly made: readonly Version[]
  readonly stands: ReadonlyMap<string, Row<'subject/standing'>>
  readonly scores: ReadonlyMap<string, Scored>
}

/** The row of a subject, where anything of it is new. */
function standingOf({ id, linked, now, made, stands, scores }: Settling) {
  const before = stands.get(id)
  const version = made.find((each) => each.id === id)?.version ?? before?.version ?? 1
  const records = now.get(id)?.records ?? []
  const scored = scores.get(id)
  const reported = records.filter((record) => linked.held.get(record)?.role === 'reported').length
  if (scored === undefined) {
    // Its appearances went elsewhere: the last rank stays for whoever cites it.
    if (before === undefined || before.appearances === 0) return null
    const { score_number: scoreNumber, priority, rank } = before
    return { id, version, appearances: 0, reported: 0, scoreNumber, priority, rank, score: null, isNewScore: false }
  }
  const isNewScore = before === undefined || version !== before.version || scored.isNew
  if (!isNewScore) return null
  const scoreNumber = (before?.score_number ?? 0) + 1
  const { score } = scored
  const { priority, rank } = score
  return { id, version, appearances: records.length, reported, scoreNumber, priority, rank, score, isNewScore }
}
