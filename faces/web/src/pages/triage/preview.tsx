import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { referralQuery } from '../../data/queries.ts'
import type { QueueItem, Referral } from '../../data/types.ts'
import { DecisionBar } from '../../decide/bar.tsx'
import { changeItem } from '../../decide/items.ts'
import { Safe } from '../../text/safe-text.tsx'
import { many } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { Pairs } from '../../ui/hint.tsx'
import { Keys } from '../../ui/keys.tsx'
import { ByLot } from '../../ui/lot.tsx'
import { Priority, tripleWords } from '../../ui/priority.tsx'
import { Loading, Unread } from '../../ui/problem.tsx'
import { Countdown, When } from '../../ui/when.tsx'
import { DisagreeButtons } from '../referral/disagree.tsx'
import { FactPairs, FromReport, Reason } from '../referral/facts.tsx'
import { HitLines } from '../referral/hits.tsx'
import { AsStated, FromCopy } from '../referral/score.tsx'
import { Waterfall } from '../referral/waterfall.tsx'
import { whoHas } from './columns.ts'
import { isFromCopy, reasonInFull } from './rows.ts'

export const PREVIEW = 'preview'
/** Each opening is recorded; running down the rows with j must not open them all. */
const REST = 250

function useRested(id: string): string | null {
  const [rested, setRested] = useState<string | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setRested(id), REST)
    return () => clearTimeout(timer)
  }, [id])
  return rested === id ? id : null
}

/** Facts first. No words of the report: those are opened on purpose, on the page. */
export function Preview({ item, open }: { item: QueueItem; open: () => void }) {
  const rested = useRested(item.id)
  const { nameOf } = useDesk()
  const query = useQuery({ ...referralQuery(item.id), enabled: rested !== null })
  const { data } = query
  useEffect(() => {
    if (data === undefined) return
    changeItem(data.item.id, (row) => (row.unread === 'read' ? row : { ...row, unread: 'read' }))
  }, [data])
  const who = whoHas(item, nameOf)
  return (
    <section id={PREVIEW} className="preview" aria-label={`Preview of referral ${item.number}`} tabIndex={-1}>
      <header className="preview-head">
        <Priority level={item.priority.effective} big />
        <h2>
          Referral <span className="number">{item.number}</span>
        </h2>
        <ByLot item={item} />
        <span className="spread" />
        <Button look="quiet" onClick={open}>
          Open <Keys of="o" />
        </Button>
      </header>
      <DecisionBar taken={item.takenBy !== null} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="preview-body" aria-label="Facts of the preview" tabIndex={0}>
        <p className="because">
          <Safe text={reasonInFull(item)} />
        </p>
        {isFromCopy(item) ? <FromCopy /> : null}
        <AsStated />
        {data === undefined || data.facts.declaredReason === null ? null : (
          <Pairs of={[['Sender’s reason', <Reason key="r" of={data} />]]} />
        )}
        <Pairs
          of={[
            ['With', who === '' ? 'nobody yet' : who],
            ['Act by', item.actBy === null ? 'no clock runs' : <ActBy key="a" at={item.actBy} />],
            ['Priority', tripleWords(item.priority)],
            ['Sender', <Safe key="s" text={item.sender} />],
            ['Reference', item.reference === null ? 'not said' : <Safe key="r" text={item.reference} />],
            ['Kind', item.incidentKind === null ? 'not said' : <Safe key="k" text={item.incidentKind} />],
            ['Received', <When key="w" short at={item.receivedAt} />],
          ]}
        />
        {query.isError ? (
          <Unread error={query.error} />
        ) : data === undefined ? (
          <Loading what="the facts" />
        ) : (
          <FromReport of={data}>
            <PreviewFacts of={data} />
          </FromReport>
        )}
      </section>
    </section>
  )
}

const ActBy = ({ at }: { at: string }) => (
  <>
    <Countdown to={at} /> · <When short at={at} />
  </>
)

function PreviewFacts({ of }: { of: Referral }) {
  return (
    <>
      <h3>Why here</h3>
      <Waterfall score={of.score} brief />
      <DisagreeButtons item={of.item} />
      {of.score.changedSinceRead.length === 0 ? null : (
        <>
          <h3>Changed since you looked</h3>
          <ul className="plain-list">
            {of.score.changedSinceRead.map((line) => (
              <li key={line}>
                <Safe text={line} />
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>Facts</h3>
      <FactPairs of={of} withReason={false} />
      <h3>
        Hits <span className="dim">{of.hits.length}</span>
      </h3>
      <HitLines hits={of.hits} />
      <h3>In it</h3>
      <p className="dim">
        {many(of.people.length, 'person', 'people')}, {many(of.files.length, 'file')},{' '}
        {many(of.mentions.length, 'mention')}, {many(of.narratives.length, 'place')} of words (closed),{' '}
        {many(of.remarks.length, 'remark')}
      </p>
    </>
  )
}
