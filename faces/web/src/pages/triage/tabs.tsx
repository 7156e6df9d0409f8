import { useNavigate } from '@tanstack/react-router'
import { type Counts, type Priority as Level, priorityNames, type View, viewNames } from '../../data/types.ts'
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

export function Tabs({
  view,
  priority,
  counts,
}: {
  view: View
  priority: Level | undefined
  counts: Counts | undefined
}) {
  const navigate = useNavigate()
  const show = (next: View, level: Level | undefined) => {
    void navigate({
      to: '/',
      search: { ...(next === 'queue' ? {} : { view: next }), ...(level === undefined ? {} : { priority: level }) },
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
              onClick={() => show(each, priority)}
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
            onClick={() => show(view, each === priority ? undefined : each)}
          >
            <Priority level={each} />
            {counts === undefined || view !== 'queue' ? null : (
              <span className="tab-count">{number.format(counts[each])}</span>
            )}
          </button>
        ))}
      </div>
    </div>
  )
}
