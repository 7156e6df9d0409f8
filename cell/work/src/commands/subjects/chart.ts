import { chartEdgeKind, type ResponseOf, type chartAround as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Transaction } from '@tandem/store'
import type { Handler } from '../../handler.ts'
import { openNormals, subjectLabel } from '../../linkage/naming.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { tiedWith, tieEdgesOf } from './chart-ties.ts'

type Chart = ResponseOf<typeof route>
type Edge = Chart['edges'][number]

/** Neighbours of one node, each with how many it has itself: only what this officer may see is drawn or counted. */
export const chartAround: Handler<typeof route> = (cell, caller, { params, query }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'subject.read')
    const wanted = query.kinds?.split(',').map((kind) => kindNamed(kind))
    const whole = await around[params.kind](tx, params.id, query.limit)
    const found =
      wanted === undefined ? whole : { ...whole, edges: whole.edges.filter(({ kind }) => wanted.includes(kind)) }
    if (found.edges.length === 0 && found.ends.size === 0) throw new Refusal('TANDEM-FIND-001')
    const others = [...new Set(found.edges.flatMap(({ from, to }) => [from, to]))].filter(
      (each) => !found.ends.has(each),
    )
    const shown = new Set([...found.ends, ...others.slice(0, query.limit)])
    const nodes = await describe(tx, [...shown])
    tx.record('subject.chart.read', { around: `${params.kind}/${params.id}`, nodes: nodes.map(({ id }) => id) })
    const isShown = ({ from, to }: Edge): boolean => shown.has(from) && shown.has(to)
    const unseen = Map.groupBy(
      found.edges.filter((edge) => !isShown(edge)),
      ({ kind }) => kind,
    )
    return {
      nodes,
      edges: found.edges.filter(isShown),
      leftOut: others.length - Math.min(others.length, query.limit),
      leftOutBy: [...unseen].map(([kind, edges]) => ({ kind, links: edges.length })),
    }
  })

function kindNamed(word: string): Edge['kind'] {
  const kind = chartEdgeKind.safeParse(word)
  if (!kind.success) throw new Refusal('TANDEM-INPUT-001', 'there is no such kind of link')
  return kind.data
}

interface Around {
  /** The node that was asked for. */
  readonly ends: ReadonlySet<string>
  readonly edges: readonly Edge[]
}

const around = {
  async subject(tx: Transaction, id: string, limit: number): Promise<Around> {
    const rows = await tx.run('subject/chart_of_subjects', { subjects: [id] })
    if (rows.length === 0) return { ends: new Set(), edges: [] }
    const from = `subject/${id}`
    const ties = await tieEdgesOf(tx, id, limit)
    const edges = rows.flatMap((row): Edge[] => [
      { from: `referral/${row.referral_id}`, to: from, kind: 'mentions', label: `told as ${row.role}` },
      ...(row.observable_id === null || row.kind === null ? [] : [valueEdge(from, row.observable_id, row.kind)]),
    ])
    return { ends: new Set([from]), edges: [...ties, ...once(edges)] }
  },
  async value(tx: Transaction, id: string): Promise<Around> {
    const rows = await tx.run('subject/chart_of_values', { observables: [id] })
    return {
      ends: new Set(rows.length === 0 ? [] : [`value/${id}`]),
      edges: once(rows.map(({ subject_id, kind }) => valueEdge(`subject/${subject_id}`, id, kind))),
    }
  },
  async referral(tx: Transaction, id: string): Promise<Around> {
    const rows = await tx.run('subject/chart_of_referrals', { referrals: [id] })
    const from = `referral/${id}`
    return {
      ends: new Set(rows.length === 0 ? [] : [from]),
      edges: once(
        rows.map(({ subject_id, role }) => ({
          ...{ from, to: `subject/${subject_id}`, kind: 'mentions', label: `told as ${role}` },
        })),
      ),
    }
  },
} as const

const devices: ReadonlySet<string> = new Set(['imei', 'imsi', 'iccid', 'device-id', 'mac', 'ip'])

function valueEdge(from: string, observable: string, kind: string): Edge {
  const how = kind === 'account' ? 'same-account' : devices.has(kind) ? 'same-device' : 'mentions'
  return { from, to: `value/${observable}`, kind: how, label: `named as ${kind}` }
}

const once = (edges: readonly Edge[]): Edge[] => [
  ...new Map(edges.map((edge) => [`${edge.from} ${edge.to} ${edge.label}`, edge])).values(),
]

async function describe(tx: Transaction, shown: readonly string[]): Promise<Chart['nodes']> {
  const idsOf = (kind: string): string[] =>
    shown.flatMap((each) => (each.startsWith(`${kind}/`) ? [each.slice(kind.length + 1)] : []))
  const [subjects, values, referrals] = [idsOf('subject'), idsOf('value'), idsOf('referral')]
  const [labels, ofSubjects, ofValues, ofReferrals, aside, normals, tied] = await Promise.all([
    tx.run('subject/labels', { subjects }),
    tx.run('subject/chart_of_subjects', { subjects }),
    tx.run('subject/chart_of_values', { observables: values }),
    tx.run('subject/chart_of_referrals', { referrals }),
    tx.run('link/suppressed', { observables: values }),
    openNormals(tx, values),
    tiedWith(tx, subjects),
  ])
  const isAside = new Set(aside.flatMap((row) => (row.over ? [] : [row.observable_id])))
  const rolesOf = new Map<string, Set<string>>()
  for (const row of ofSubjects) rolesOf.set(row.subject_id, (rolesOf.get(row.subject_id) ?? new Set()).add(row.role))
  const kindOf = new Map(ofValues.map((row) => [row.observable_id, row.kind]))
  const numberOf = new Map(ofReferrals.map((row) => [row.referral_id, row.number]))
  const linksOf = (rows: readonly string[]): Map<string, number> => {
    const counted = new Map<string, number>()
    for (const row of rows) counted.set(row, (counted.get(row) ?? 0) + 1)
    return counted
  }
  const bySubject = linksOf(
    [
      ...new Set(
        ofSubjects.flatMap((row) => [
          `${row.subject_id} r ${row.referral_id}`,
          ...(row.observable_id === null ? [] : [`${row.subject_id} v ${row.observable_id}`]),
        ]),
      ),
    ].map((each) => each.split(' ')[0] ?? ''),
  )
  const byValue = linksOf(ofValues.map((row) => row.observable_id))
  const byReferral = linksOf(
    [...new Set(ofReferrals.map((row) => `${row.referral_id} ${row.subject_id}`))].map(
      (each) => each.split(' ')[0] ?? '',
    ),
  )
  return [
    ...labels.map(({ subject_id: id, number, person }) => ({
      ...{ id: `subject/${id}`, kind: 'subject', aside: false },
      label: subjectLabel(number, person),
      toldAs: [...(rolesOf.get(id) ?? [])].sort(),
      links: (bySubject.get(id) ?? 0) + (tied.get(id)?.size ?? 0),
    })),
    ...values.map((id) => ({
      ...{ id: `value/${id}`, kind: kindOf.get(id) ?? 'value', aside: isAside.has(id) },
      label: normals.get(id) ?? '(not readable)',
      links: byValue.get(id) ?? 0,
    })),
    ...referrals.map((id) => ({
      ...{ id: `referral/${id}`, kind: 'referral', aside: false },
      label: `R-${numberOf.get(id) ?? '?'}`,
      links: byReferral.get(id) ?? 0,
    })),
  ]
}
