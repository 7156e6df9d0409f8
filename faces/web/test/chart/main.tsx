import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { KeySheet } from '../../src/app/key-sheet.tsx'
import { type ChartData, LinkChart, type SearchAround } from '../../src/chart/index.ts'
import { listenToKeys } from '../../src/keyboard/listen.ts'
import { useActions } from '../../src/keyboard/perform.ts'
import { HintProvider } from '../../src/ui/hint.tsx'
import { hostile, madeData } from './made-data.ts'

/** A page for tests and measurements alone: it is no part of the desk and is built only by them. */
const asked = new URLSearchParams(location.search)
const nodes = Number(asked.get('nodes') ?? 60)
const edges = Number(asked.get('edges') ?? 90)
const first = asked.get('set') === 'hostile' ? hostile : madeData(nodes, edges)

function Page() {
  const [data, setData] = useState<ChartData>(first)
  const [selection, setSelection] = useState<readonly string[]>([])
  const [dimmed, setDimmed] = useState<readonly string[]>([])
  const [opened, setOpened] = useState('')
  const [sheet, setSheet] = useState(false)
  useActions({ 'show.keys': () => setSheet(true) })
  const searchAround = (node: string, { limit, direction }: SearchAround) => {
    const fresh = Array.from({ length: Math.min(limit, 6) }, (_, at) => `${node}-around-${direction}-${at}`)
    setData((before) => ({
      nodes: [
        ...before.nodes.map((each) => (each.id === node ? { ...each, hidden: 0 } : each)),
        ...fresh.map((id) => ({ id, kind: 'account', label: `found ${id}`, hidden: 0 })),
      ],
      edges: [
        ...before.edges,
        ...fresh.map((id) => ({
          id: `to-${id}`,
          from: node,
          to: id,
          kind: 'contact' as const,
          label: 'searched around',
        })),
      ],
    }))
  }
  return (
    <main id="page" tabIndex={-1}>
      <div className="chart-page">
        <h1>
          Chart harness{' '}
          <button
            type="button"
            className="button"
            onClick={() =>
              setDimmed(dimmed.length > 0 ? [] : data.nodes.filter((_, at) => at % 3 === 0).map(({ id }) => id))
            }
          >
            Brush time
          </button>
          <output>{opened}</output>
        </h1>
        <LinkChart
          data={data}
          selection={selection}
          onSelect={setSelection}
          onSearchAround={searchAround}
          onOpen={setOpened}
          marking="OFFICIAL-SENSITIVE (EXAMPLE)"
          dimmed={dimmed}
        />
      </div>
      {sheet ? <KeySheet close={() => setSheet(false)} /> : null}
    </main>
  )
}

listenToKeys()
const place = document.getElementById('desk')
if (place === null) throw new Error('The page has no place')
createRoot(place).render(
  <StrictMode>
    <HintProvider>
      <Page />
    </HintProvider>
  </StrictMode>,
)
