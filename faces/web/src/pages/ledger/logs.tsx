import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { logsQuery } from '../../data/queries.ts'
import { saveFile } from '../../data/save-file.ts'
import type { Log } from '../../data/types.ts'
import { revealed } from '../../text/safe.ts'
import { Safe } from '../../text/safe-text.tsx'
import { count } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Loading, Unread } from '../../ui/problem.tsx'
import { When } from '../../ui/when.tsx'
import { AuditDialog } from './audit.tsx'

/** "tandem/…/signals-agency/witness" is long; its last telling part is what people know it by. */
export const witnessName = (name: string): string =>
  revealed(
    name
      .split('/')
      .filter((part) => part !== 'witness')
      .at(-1) ?? name,
  )

/** A second without a checkpoint is no news; this many seconds are. */
const LATE_MS = 10_000

const stateOf = ({ halted, behindSince, waiting, note, trouble, size, witnessedSize }: Log): string => {
  if (halted !== null) return `Sealing has stopped: ${halted.says} Change nothing and call the inspector.`
  const late = behindSince === null ? 0 : Date.now() - Date.parse(behindSince)
  if (late > LATE_MS) return `${count(waiting)} entries wait to be sealed${trouble === null ? '' : `: ${trouble}`}`
  if (note === null) return 'Nothing recorded yet'
  return witnessedSize === size
    ? 'Sealed and witnessed'
    : `Sealed; enough witnesses for ${count(witnessedSize)} of them`
}

const columns: readonly Column<Log>[] = [
  { id: 'agency', head: 'Log of', value: (log) => log.agency, cell: (log) => <Safe text={log.agency} /> },
  { id: 'size', head: 'Entries', value: (log) => log.size, cell: (log) => count(log.size), align: 'end' },
  {
    id: 'signed',
    head: 'Newest checkpoint',
    value: (log) => log.signedAt,
    cell: (log) => (log.signedAt === null ? '–' : <When at={log.signedAt} short />),
  },
  {
    id: 'root',
    head: 'Root',
    value: (log) => log.root,
    cell: (log) => (log.root === null ? '–' : <code title={log.root}>{log.root.slice(0, 16)}</code>),
  },
  {
    id: 'witnesses',
    head: 'Cosigned by',
    value: (log) =>
      log.witnesses
        .filter((each) => each.signedNewest)
        .map(({ name }) => witnessName(name))
        .join(', '),
    cell: (log) => <Witnesses of={log} />,
    grows: true,
  },
  {
    id: 'state',
    head: 'State',
    value: stateOf,
    cell: (log) =>
      log.halted === null ? stateOf(log) : <span className="tag tag-alarm">{revealed(stateOf(log))}</span>,
  },
  {
    id: 'save',
    head: 'Keep',
    value: () => null,
    pinned: true,
    cell: ({ name, note, size }) =>
      note === null ? (
        '–'
      ) : (
        <Button
          look="quiet"
          className="cell-button"
          aria-label={`Save the checkpoint of ${name}`}
          title="Whoever holds an older checkpoint can tell when history was rewritten."
          onClick={() => saveFile(`${name}-${size}.checkpoint.txt`, note)}
        >
          Save
        </Button>
      ),
  },
]

function Witnesses({ of }: { of: Log }) {
  if (of.note === null) return '–'
  if (of.witnesses.length === 0) return <span className="tag">no witness</span>
  return (
    <span className="logs-cosigned">
      {of.witnesses.map((each) => (
        <span key={each.name} title={revealed(each.name)}>
          {each.signedNewest ? null : <span aria-hidden="true">△ </span>}
          {witnessName(each.name)}{' '}
          <span className="dim">
            {each.url === null ? 'in this cell' : 'outside'}
            {each.signedNewest ? '' : `, not yet: ${revealed(each.trouble ?? '')}`}
          </span>
        </span>
      ))}
    </span>
  )
}

/** The logs that this person may see: how far they are sealed, and who has seen it. */
export function Logs() {
  const query = useQuery(logsQuery)
  const [auditing, setAuditing] = useState(false)
  if (query.isError) return <Unread error={query.error} again={() => void query.refetch()} />
  if (query.data === undefined) return <Loading what="the checkpoints" />
  const { logs, trust } = query.data
  return (
    <div className="logs">
      <DataTable
        name="Checkpoints"
        columns={columns}
        rows={logs}
        keyOf={(log) => log.name}
        copy={false}
        aside={
          <>
            <Button onClick={() => setAuditing(true)}>Compare everything now</Button>
            <Button look="quiet" onClick={() => saveFile('ledger-keys.json', trust)}>
              Save the keys for a verifier
            </Button>
          </>
        }
      />
      {auditing ? <AuditDialog close={() => setAuditing(false)} /> : null}
    </div>
  )
}
