import { useNavigate } from '@tanstack/react-router'
import type { QueueFilter } from '../../data/queries.ts'
import { type Counts, priorityNames, type View, viewNames } from '../../data/types.ts'
import { byLotSays } from '../../ui/lot.tsx'
import { Priority } from '../../ui/priority.tsx'

const titles: Readonly<Record<View, string>> = {
  queue: 'Queue',
  mine: 'Mine',
  held: 'Held',
  ended: 'Ended',
  all: 'All',
}

const countOf = (counts: Counts | undefined, view: View): number | null =>
  counts === undefined || view === 'all' ? null : counts[view]

const number = new Intl.NumberFormat('en-GB')

export function Tabs({ filter, counts }: { filter: QueueFilter; counts: Counts | undefined }) {
  const { view, priority, lot } = filter
  const navigate = useNavigate()
  const show = (next: QueueFilter) => {
    void navigate({
      to: '/',
      search: {
        ...(next.view === 'queue' ? {} : { view: next.view }),
        ...(next.priority === undefined ? {} : { priority: next.priority }),
        ...(next.lot === undefined ? {} : { lot: next.lot }),
      },
    })
  }
  return (
    <div className="tabs">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would ask for a legend in sight */}
      <div role="group" aria-label="View" className="tabs-group">
        {viewNames.map((each) => {
          const howMany = countOf(counts, each)
          return (
            <button
              key={each}
              type="button"
              className="tab"
              aria-pressed={each === view}
              onClick={() => show({ ...filter, view: each })}
            >
              {titles[each]}
              {howMany === null ? null : <span className="tab-count">{number.format(howMany)}</span>}
            </button>
          )
        })}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would ask for a legend in sight */}
      <div role="group" aria-label="Priority" className="tabs-group tabs-priority">
        {priorityNames.map((each) => (
          <button
            key={each}
            type="button"
            className="tab"
            aria-pressed={each === priority}
            onClick={() => show({ ...filter, priority: each === priority ? undefined : each })}
          >
            <Priority level={each} />
            {counts === undefined || view !== 'queue' || lot !== undefined ? null : (
              <span className="tab-count">{number.format(counts[each])}</span>
            )}
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would ask for a legend in sight */}
      <div role="group" aria-label="Lot" className="tabs-group">
        <button
          type="button"
          className="tab"
          aria-pressed={lot === 'drawn'}
          title={byLotSays}
          onClick={() => show({ ...filter, lot: lot === 'drawn' ? undefined : 'drawn' })}
        >
          By lot
          {counts === undefined || view !== 'queue' || priority !== undefined ? null : (
            <span className="tab-count">{number.format(counts.byLot)}</span>
          )}
        </button>
      </div>
    </div>
  )
}
