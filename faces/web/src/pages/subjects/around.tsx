import { chartAround, type ResponseOf } from '@tandem/contract'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useStanding } from '../../app/desk.ts'
import { type ChartData, LinkChart, type SearchAround } from '../../chart/index.ts'
import { call } from '../../data/client.ts'
import { ProblemLine } from '../../ui/problem.tsx'
import { type Look, leftOutOf } from './left-out.ts'

type Part = ResponseOf<typeof chartAround>

const kinds = ['subject', 'value', 'referral'] as const

const look = (node: string, limit: number, wanted: SearchAround['kinds'] = []): Promise<Part> => {
  const [kind, id = ''] = node.split('/')
  const known = kinds.find((each) => each === kind)
  if (known === undefined) return Promise.reject(new TypeError(`no such node: ${kind}`))
  // Asked of the cell, so that the limit counts what is wanted alone.
  const query = wanted.length === 0 ? { limit } : { limit, kinds: wanted.join(',') }
  return call(chartAround, { params: { kind: known, id }, query })
}

/** Kinds of the record in the chart's own words; another one is drawn by its name. */
const drawn: Readonly<Record<string, string>> = {
  imei: 'device',
  imsi: 'device',
  iccid: 'device',
  mac: 'device',
  'device-id': 'device',
  wallet: 'payment',
  iban: 'payment',
  handle: 'persona',
}

/** Who and what stands around a subject. Each step is asked of the cell and stands in the ledger. */
export function Around({ subject, label }: { subject: string; label: string }) {
  const { cell } = useStanding()
  const navigate = useNavigate()
  const [looks, setLooks] = useState<readonly Look<Part>[]>([])
  const [trouble, setTrouble] = useState<unknown>(null)
  const [selection, setSelection] = useState<readonly string[]>([])
  useEffect(() => {
    let isHere = true
    const node = `subject/${subject}`
    look(node, 200).then((part) => {
      if (isHere) setLooks([{ node, part }])
    }, setTrouble)
    return () => {
      isHere = false
    }
  }, [subject])
  const data = useMemo(() => chartOf(looks.map(({ part }) => part)), [looks])
  const searchAround = async (node: string, { kinds: wanted, limit }: SearchAround) => {
    setTrouble(null)
    try {
      const part = await look(node, limit, wanted)
      setLooks((before) => [...before, { node, part }])
    } catch (error) {
      setTrouble(error)
    }
  }
  const open = (node: string) => {
    const [kind, id = ''] = node.split('/')
    if (kind === 'subject') void navigate({ to: '/subject/$id', params: { id } })
    if (kind === 'referral') void navigate({ to: '/referral/$id', params: { id } })
  }
  const leftOut = leftOutOf(looks)
  return (
    <>
      {trouble === null ? null : <ProblemLine error={trouble} />}
      {leftOut === null ? null : <p className="dim">{leftOut}</p>}
      <div className="chart-place">
        <LinkChart
          data={data}
          selection={selection}
          onSelect={setSelection}
          marking={`${cell.name}: not evidence, not to be released`}
          onSearchAround={searchAround}
          onOpen={open}
          name={`What stands around ${label}`}
        />
      </div>
    </>
  )
}

function chartOf(parts: readonly Part[]): ChartData {
  const nodes = new Map(parts.flatMap((part) => part.nodes.map((node) => [node.id, node])))
  const edges = new Map(
    parts.flatMap((part) => part.edges.map((edge) => [`${edge.from} ${edge.to} ${edge.kind} ${edge.label}`, edge])),
  )
  const shown = new Map<string, Set<string>>()
  for (const { from, to } of edges.values()) {
    shown.set(from, (shown.get(from) ?? new Set()).add(to))
    shown.set(to, (shown.get(to) ?? new Set()).add(from))
  }
  return {
    nodes: [...nodes.values()].map(({ id, kind, label, links, aside, toldAs = [] }) => ({
      ...{ id, label, kind: drawn[kind] ?? kind },
      hidden: Math.max(0, links - (shown.get(id)?.size ?? 0)),
      ...(aside ? { standing: 'generic' } : toldAs.length > 0 ? { standing: `told as ${toldAs.join(', ')}` } : {}),
    })),
    edges: [...edges].map(([id, edge]) => ({ id, ...edge })),
  }
}
