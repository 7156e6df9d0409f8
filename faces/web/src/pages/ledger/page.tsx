import { search } from '@tandem/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useMemo, useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { useTitle } from '../../app/title.ts'
import { call } from '../../data/client.ts'
import { ledgerQuery } from '../../data/queries.ts'
import type { LedgerEntry } from '../../data/types.ts'
import { useActions } from '../../keyboard/perform.ts'
import { Button } from '../../ui/button.tsx'
import { copyRows } from '../../ui/copy.tsx'
import { Empty, Loading, ProblemLine, Unread } from '../../ui/problem.tsx'
import { Logs } from './logs.tsx'
import { ProofDialog } from './proof.tsx'
import { EntryTable } from './table.tsx'

export function LedgerPage() {
  useTitle('Ledger')
  const { referral } = useSearch({ from: '/ledger' })
  const query = useInfiniteQuery(ledgerQuery(referral))
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.entries) ?? [], [query.data])
  const [proving, setProving] = useState<LedgerEntry | null>(null)
  const unfit = rows.filter((entry) => !entry.fits).length
  const copy = () =>
    void copyRows(
      ['At', 'Agency', 'Who', 'Verb', 'Object', 'Fits', 'Place', 'Leaf', 'Entry'],
      rows.map((row) => [
        row.at,
        row.agency,
        row.who,
        row.verb,
        JSON.stringify(row.object),
        row.fits ? 'yes' : 'no',
        row.place,
        row.leafHash,
        row.id,
      ]),
    )
  useActions({ 'show.refresh': () => void query.refetch(), 'list.copy': copy })
  return (
    <div className="sheet sheet-tall sheet-ledger">
      <header className="sheet-head">
        <h1>Ledger</h1>
        <p className="dim">Newest first. Each entry is checked against its leaf, the hash fixed when it was written.</p>
        <span className="spread" />
        {unfit > 0 ? <span className="tag tag-alarm">{unfit} do not fit their leaf</span> : null}
        <Filter referral={referral} />
        <Button look="quiet" onClick={copy}>
          Copy as TSV
        </Button>
      </header>
      <Logs />
      {query.isError ? (
        <Unread error={query.error} again={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Loading what="the ledger" />
      ) : rows.length === 0 ? (
        <Empty title="No entry that you may open." />
      ) : (
        <EntryTable
          rows={rows}
          more={query.hasNextPage}
          busy={query.isFetchingNextPage}
          loadMore={() => void query.fetchNextPage({ cancelRefetch: false })}
          prove={setProving}
        />
      )}
      {proving === null ? null : <ProofDialog of={proving} close={() => setProving(null)} />}
    </div>
  )
}

/** A referral is named by its number; only its id goes into the address. */
function Filter({ referral }: { referral: string | undefined }) {
  const [text, setText] = useState('')
  const [trouble, setTrouble] = useState<unknown>(null)
  const [missing, setMissing] = useState(false)
  const { may } = useDesk()
  const navigate = useNavigate()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTrouble(null)
    setMissing(false)
    call(search, { body: { text: text.trim() } })
      .then(({ referrals }) => {
        const found = referrals.find((each) => String(each.number) === text.trim()) ?? referrals[0]
        if (found === undefined) setMissing(true)
        else void navigate({ to: '/ledger', search: { referral: found.id } })
      })
      .catch(setTrouble)
  }
  if (referral !== undefined) {
    return (
      <span className="pill">
        One referral only
        <Button look="quiet" onClick={() => void navigate({ to: '/ledger', search: {} })}>
          Show all
        </Button>
      </span>
    )
  }
  if (!may.has('search')) return null
  return (
    <form className="inline-form" onSubmit={submit}>
      <label htmlFor="ledger-referral">Referral number</label>
      <input
        id="ledger-referral"
        inputMode="numeric"
        autoComplete="off"
        value={text}
        required
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit">Filter</Button>
      {missing ? <span role="alert">Nothing found, or not for you.</span> : null}
      {trouble === null ? null : <ProblemLine error={trouble} />}
    </form>
  )
}
