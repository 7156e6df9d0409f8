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
type Keys = Health['keys'][number]

/** Word and sign say it; colour only for what is bad. */
const signs: Readonly<Record<Check['state'], string>> = { good: '✓', warning: '△', bad: '!' }
const order: readonly Check['state'][] = ['bad', 'warning', 'good']

const columns: readonly Column<Count>[] = [
  { id: 'agency', head: 'Agency', value: (each) => each.agency },
  { id: 'what', head: 'What', value: (each) => each.what, cell: (each) => <Safe text={each.what} />, grows: true },
  { id: 'state', head: 'State', value: (each) => each.state },
  { id: 'howMany', head: 'How many', value: (each) => each.howMany, cell: (each) => count(each.howMany), align: 'end' },
]

/** How many shares, and never whose. */
const openedBy = ({ openedBy: who, threshold, holders }: Keys): string =>
  who === 'officers' ? `${threshold ?? 0} of ${holders} officers` : 'this machine itself'

function stateOf({ state, missing, openUntil }: Keys) {
  if (state === 'open') return 'open'
  if (state === 'sealed') return missing === 1 ? 'sealed: 1 share is missing' : `sealed: ${missing} shares are missing`
  return openUntil === null ? (
    state
  ) : (
    <span>
      opened by break-glass until <When at={openUntil} />
    </span>
  )
}

const keyColumns: readonly Column<Keys>[] = [
  { id: 'agency', head: 'Agency', value: (each) => each.agency, cell: (each) => <Safe text={each.agency} /> },
  { id: 'state', head: 'Records', value: (each) => each.state, cell: stateOf, grows: true },
  { id: 'openedBy', head: 'Opened at a start by', value: openedBy },
  { id: 'rotation', head: 'Rotation', value: (each) => each.rotation, align: 'end' },
]

export function HealthPage() {
  useTitle('Health')
  const query = useQuery(healthQuery)
  return (
    <div className="sheet">
      <header className="sheet-head">
        <h1>Health</h1>
        <p className="dim">Checks, keys, counts and waiting work; no content.</p>
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
      <Section title="Keys" count={of.keys.length}>
        <DataTable name="Keys of each agency" columns={keyColumns} rows={of.keys} keyOf={(each) => each.agency} />
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
