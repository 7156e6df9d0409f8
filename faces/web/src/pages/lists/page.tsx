import { withdrawList } from '@tandem/contract'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { useTitle } from '../../app/title.ts'
import { call } from '../../data/client.ts'
import { client, listsQuery } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import type { HashList } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { count, many } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { AreaField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Hash } from '../../ui/place.tsx'
import { Empty, Loading, Unread } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { When } from '../../ui/when.tsx'
import { LoadList } from './load.tsx'
import { Touched } from './touched.tsx'

type Version = HashList['versions'][number]

export function ListsPage() {
  useTitle('Lists')
  const query = useQuery(listsQuery)
  const { may } = useDesk()
  const [loading, setLoading] = useState(false)
  const [withdrawing, setWithdrawing] = useState<HashList | null>(null)
  return (
    <div className="sheet">
      <header className="sheet-head">
        <h1>Lists</h1>
        <p className="dim">A list is loaded whole or not at all. A withdrawal reaches every hit on it at once.</p>
        <span className="spread" />
        {may.has('list.load') ? (
          <Button look="strong" onClick={() => setLoading(true)}>
            Load a list
          </Button>
        ) : null}
      </header>
      {query.isError ? (
        <Unread error={query.error} again={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Loading what="the lists" />
      ) : query.data.lists.length === 0 ? (
        <Empty title="No list is held yet.">
          <p>Load a VICS/CAID JSON file or a CSV of hashes; referrals held are matched again at once.</p>
        </Empty>
      ) : (
        query.data.lists.map((list) => (
          <OneList
            key={list.id}
            list={list}
            mayWithdraw={may.has('list.withdraw')}
            withdraw={() => setWithdrawing(list)}
          />
        ))
      )}
      {loading ? <LoadList lists={query.data?.lists ?? []} close={() => setLoading(false)} /> : null}
      {withdrawing === null ? null : <Withdraw list={withdrawing} close={() => setWithdrawing(null)} />}
    </div>
  )
}

function OneList({ list, mayWithdraw, withdraw }: { list: HashList; mayWithdraw: boolean; withdraw: () => void }) {
  const standing = list.versions.some((version) => version.state !== 'withdrawn')
  const [isAsked, setAsked] = useState(false)
  return (
    <Section
      title={list.name}
      aside={
        <>
          <span className="dim">
            <Safe text={list.publisher} />
          </span>
          {list.versions.some(({ hits }) => hits > 0) ? (
            <Button
              onClick={() => setAsked(!isAsked)}
              aria-expanded={isAsked}
              aria-label={isAsked ? `Hide referrals of ${list.name}` : `Which referrals have a hit on ${list.name}`}
            >
              {isAsked ? 'Hide referrals' : 'Which referrals'}
            </Button>
          ) : null}
          {standing && mayWithdraw ? (
            <Button onClick={withdraw} aria-label={`Withdraw ${list.name}`}>
              Withdraw
            </Button>
          ) : null}
        </>
      }
    >
      <Versions of={list} />
      {isAsked ? <Touched list={list} /> : null}
    </Section>
  )
}

function Versions({ of }: { of: HashList }) {
  const columns = useMemo<readonly Column<Version>[]>(
    () => [
      { id: 'version', head: 'Version', value: (each) => each.version, align: 'end' },
      {
        id: 'state',
        head: 'State',
        value: (each) => each.state,
        cell: (each) => <span className={each.state === 'current' ? 'tag tag-strong' : 'tag'}>{each.state}</span>,
      },
      { id: 'format', head: 'Format', value: (each) => each.format },
      {
        id: 'records',
        head: 'Records',
        value: (each) => each.records,
        cell: (each) => count(each.records),
        align: 'end',
      },
      {
        id: 'accepted',
        head: 'Accepted',
        value: (each) => each.accepted,
        cell: (each) => count(each.accepted),
        align: 'end',
      },
      {
        id: 'remarked',
        head: 'Remarked',
        value: (each) => each.remarked,
        cell: (each) => count(each.remarked),
        align: 'end',
      },
      {
        id: 'setAside',
        head: 'Set aside',
        value: (each) => each.setAside,
        cell: (each) => count(each.setAside),
        align: 'end',
      },
      { id: 'hits', head: 'Hits', value: (each) => each.hits, cell: (each) => count(each.hits), align: 'end' },
      {
        id: 'loaded',
        head: 'Loaded (UTC)',
        value: (each) => each.loadedAt,
        cell: (each) => (
          <>
            <When short at={each.loadedAt} /> by <Safe text={each.loadedBy} />
          </>
        ),
      },
      {
        id: 'ended',
        head: 'Ended (UTC)',
        value: (each) => each.endedAt,
        grows: true,
        cell: (each) =>
          each.endedAt === null ? (
            <span className="none">–</span>
          ) : (
            <>
              <When short at={each.endedAt} />
              {each.endReason === null ? null : (
                <>
                  : <Safe text={each.endReason} />
                </>
              )}
            </>
          ),
      },
      {
        id: 'sha',
        head: 'SHA-256',
        value: (each) => each.fileSha256,
        cell: (each) => <Hash value={each.fileSha256} />,
      },
    ],
    [],
  )
  return <DataTable name={`Versions of ${of.name}`} columns={columns} rows={of.versions} keyOf={(each) => each.id} />
}

function Withdraw({ list, close }: { list: HashList; close: () => void }) {
  const [reason, setReason] = useState('')
  const hits = list.versions.reduce((sum, version) => sum + version.hits, 0)
  const send = async () => {
    const done = await call(withdrawList, { params: { id: list.id }, body: { reason } })
    toast({
      kind: 'done',
      says: `${list.name} withdrawn: ${many(done.versions, 'version')}, ${many(done.hits, 'hit')} marked, ${many(done.referrals, 'referral')} ranked again.`,
    })
    void client.invalidateQueries({
      predicate: ({ queryKey }) => ['lists', 'list-hits', 'referral'].includes(String(queryKey[0])),
    })
  }
  return (
    <FormDialog
      title={`Withdraw ${list.name}`}
      says={`All its versions end, and ${many(hits, 'hit')} will be marked withdrawn. This cannot be undone; a corrected list is loaded anew.${hits === 0 ? '' : ' “Which referrals” on the page tells what it touches.'}`}
      submit="Withdraw the list"
      ready={reason.trim().length >= 3}
      send={send}
      close={close}
    >
      <AreaField
        label="Reason"
        value={reason}
        change={setReason}
        required
        hint="Shown beside every hit that this touches."
      />
    </FormDialog>
  )
}
