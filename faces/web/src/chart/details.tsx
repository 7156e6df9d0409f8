import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Safe } from '../text/safe-text.tsx'
import { many } from '../text/words.ts'
import { Button } from '../ui/button.tsx'
import { NodeLines } from './hover-card.tsx'
import { linksOf } from './model/graph.ts'
import { isDirected } from './model/types.ts'
import { kindName } from './model/words.ts'
import type { Chart } from './use-chart.ts'

/** More neighbours than this are read in the table. */
const MOST = 60

interface Props {
  readonly chart: Chart
  readonly close: () => void
  readonly searchAround: (() => void) | undefined
  readonly open: ((id: string) => void) | undefined
}

/** The card of the node in focus: what it is, each link with its reason, and what can be done. */
export function Details({ chart, close, searchAround, open }: Props) {
  const { graph, focused } = chart
  const card = useRef<HTMLElement>(null)
  const node = graph.nodes[focused]
  useEffect(() => {
    card.current?.focus()
  }, [])
  if (node === undefined) return null
  const links = linksOf(graph, focused)
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    close()
  }
  return (
    <aside ref={card} className="chart-card" aria-label="Node" tabIndex={-1} onKeyDown={pressed}>
      <header className="chart-card-head">
        <h2>Node</h2>
        <Button look="quiet" aria-label="Close the card" onClick={close}>
          ✕
        </Button>
      </header>
      <NodeLines graph={graph} node={focused} />
      <div className="chart-card-tools">
        <Button onClick={() => chart.toggle([node.id])}>{chart.chosen.has(node.id) ? 'Leave out' : 'Select'}</Button>
        {searchAround === undefined || node.members !== undefined ? null : (
          <Button onClick={searchAround}>Search around…</Button>
        )}
        <Button onClick={() => chart.pin([node.id])}>{chart.pins.has(node.id) ? 'Unpin' : 'Pin'}</Button>
        {node.members === undefined ? null : <Button onClick={chart.openGroups}>Open the group</Button>}
        {open === undefined || node.members !== undefined ? null : (
          <Button look="strong" onClick={() => open(node.id)}>
            Open the record
          </Button>
        )}
      </div>
      <h3>{many(links.length, 'link')}</h3>
      <ul className="chart-reasons">
        {links.slice(0, MOST).map(({ node: other, edge }) => {
          const link = graph.edges[edge]
          const neighbour = graph.nodes[other]
          if (link === undefined || neighbour === undefined) return null
          const sign = !isDirected(link.kind) ? '–' : link.from === node.id ? '→' : '←'
          return (
            <li key={link.id}>
              <button
                type="button"
                className="button button-quiet cell-button"
                onClick={() => chart.focus(neighbour.id, node.id)}
              >
                <span aria-hidden="true">{sign} </span>
                <Safe text={neighbour.label} />
              </button>
              <span className="dim">
                {kindName(link.kind)}: <Safe text={link.label} />
                {link.decided === undefined ? '' : ` (${kindName(link.decided)})`}
              </span>
            </li>
          )
        })}
      </ul>
      {links.length > MOST ? <p className="dim">{links.length - MOST} more stand in the table of links.</p> : null}
    </aside>
  )
}
