import { Button } from '../ui/button.tsx'
import { type ChartAct, chartKeys } from './keys.ts'

export type Shows = 'chart' | 'nodes' | 'links'

interface Props {
  readonly shows: Shows
  readonly setShows: (shows: Shows) => void
  readonly isLasso: boolean
  readonly act: (act: ChartAct) => void
  readonly layOutAgain: () => void
  readonly exportIt: () => void
  readonly hasLegend: boolean
  readonly switchLegend: () => void
  readonly canSearchAround: boolean
}

const titles: readonly (readonly [Shows, string])[] = [
  ['chart', 'Chart'],
  ['nodes', 'Nodes'],
  ['links', 'Links'],
]

/** Every act of the chart as a button, with the key that does the same while the chart has the focus. */
export function Tools(props: Props) {
  const { shows, setShows, isLasso, act } = props
  const tool = (id: ChartAct, says: string, pressed?: boolean) => (
    <Button
      look="quiet"
      onClick={() => act(id)}
      title={titleOf(id)}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
    >
      {says}
    </Button>
  )
  return (
    <div className="chart-tools">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would ask for a legend in sight */}
      <div role="group" aria-label="Show as" className="tabs-group">
        {titles.map(([each, says]) => (
          <button key={each} type="button" className="tab" aria-pressed={each === shows} onClick={() => setShows(each)}>
            {says}
          </button>
        ))}
      </div>
      {shows === 'chart' ? (
        <>
          <Button look="quiet" aria-label="Zoom in" onClick={() => act('zoom-in')}>
            +
          </Button>
          <Button look="quiet" aria-label="Zoom out" onClick={() => act('zoom-out')}>
            −
          </Button>
          {tool('whole', 'Whole')}
          {tool('zoom-to', 'To selection')}
          {tool('lasso', 'Lasso', isLasso)}
          <Button look="quiet" onClick={props.layOutAgain}>
            Lay out again
          </Button>
        </>
      ) : null}
      {tool('path', 'Path')}
      {tool('common', 'Common')}
      {tool('fold', 'Group')}
      {tool('unfold', 'Open group')}
      {tool('pin', 'Pin')}
      {props.canSearchAround ? tool('around', 'Search around…') : null}
      <span className="spread" />
      <Button look="quiet" aria-pressed={props.hasLegend} onClick={props.switchLegend}>
        Legend
      </Button>
      <Button look="quiet" onClick={props.exportIt}>
        Export…
      </Button>
    </div>
  )
}

function titleOf(act: ChartAct): string {
  const found = chartKeys.find((each) => each.act === act)
  return found === undefined ? '' : `${found.says} (${found.caps.join(' ')})`
}
