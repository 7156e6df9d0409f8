import { useQuery } from '@tanstack/react-query'
import { useTitle } from '../../app/title.ts'
import { healthQuery } from '../../data/queries.ts'
import type { Health } from '../../data/types.ts'
import { revealed } from '../../text/safe.ts'
import { Safe } from '../../text/safe-text.tsx'
import { count } from '../../text/words.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Pairs } from '../../ui/hint.tsx'
import { Loading, Unread } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { When } from '../../ui/when.tsx'

type Check = Health['checks'][number]
type Count = Health['counts'][number]

/** Word and sign say it; colour only for what is bad. */
const signs: Readonly<Record<Check['state'], string>> = { good: '✓', warning: '△', bad: '!' }
const order: readonly Check['state'][] = ['bad', 'warning', 'good']

const columns: readonly Column<Count>[] = [
  { id: 'agency', head: 'Agency', value: (each) => each.agency },
  { id: 'what', head: 'What', value: (each) => each.what, cell: (each) => <Safe text={each.what} />, grows: true },
  { id: 'state', head: 'State', value: (each) => each.state },
  { id: 'howMany', head: 'How many', value: (each) => each.howMany, cell: (each) => count(each.howMany), align: 'end' },
]

export function HealthPage() {
  useTitle('Health')
  const query = useQuery(healthQuery)
  return (
    <div className="sheet">
      <header className="sheet-head">
        <h1>Health</h1>
        <p className="dim">Checks, counts and waiting work; no content.</p>
      </header>
      {query.isError ? (
        <Unread error={query.error} again={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Loading what="the checks" />
      ) : (
        <Whole of={query.data} />
      )}
    </div>
  )
}

function Whole({ of }: { of: Health }) {
  const bad = of.checks.filter((each) => each.state === 'bad').length
  const warnings = of.checks.filter((each) => each.state === 'warning').length
  const says =
    bad + warnings === 0
      ? 'Every check is good.'
      : `${bad} bad, ${warnings} to watch, ${of.checks.length - bad - warnings} good.`
  return (
    <>
      <Section title="Checks" count={of.checks.length} aside={<span role="status">{says}</span>}>
        <ul className="checks">
          {[...of.checks]
            .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
            .map((each) => (
              <li key={each.name} className={`check check-${each.state}`}>
                <span className="check-state">
                  <span aria-hidden="true" className="check-sign">
                    {signs[each.state]}
                  </span>
                  {each.state}
                </span>
                <b>
                  <Safe text={each.name} />
                </b>
                <span>
                  <Safe text={each.says} />
                  {each.remedy === undefined ? null : (
                    <span className="check-remedy">
                      {' '}
                      What helps: <Safe text={each.remedy} />
                    </span>
                  )}
                </span>
              </li>
            ))}
        </ul>
      </Section>
      <Section title="Counts">
        <DataTable
          name="Counts by state"
          columns={columns}
          rows={of.counts}
          keyOf={(each) => `${each.agency} ${each.what} ${each.state}`}
        />
      </Section>
      <Section title="This cell">
        <Pairs
          of={[
            ['Mode', of.mode],
            ['Version', revealed(of.version)],
            ['Database', revealed(of.database)],
            ['Cell time', <When key="n" at={of.now} />],
          ]}
        />
      </Section>
    </>
  )
}
