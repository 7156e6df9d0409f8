import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useDesk } from '../../app/desk.ts'
import { useTitle } from '../../app/title.ts'
import { changedIds, seen } from '../../data/live.ts'
import { keepStand, lastFilter, neighbour } from '../../data/neighbours.ts'
import { client, referralQuery } from '../../data/queries.ts'
import { searched } from '../../data/searched.ts'
import { useStore } from '../../data/small-store.ts'
import type { Referral } from '../../data/types.ts'
import { DecisionBar } from '../../decide/bar.tsx'
import { changeItem } from '../../decide/items.ts'
import { useDecisions } from '../../decide/use-decisions.ts'
import { endsWork } from '../../decide/verbs.ts'
import { useActions } from '../../keyboard/perform.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { Keys } from '../../ui/keys.tsx'
import { ByLot } from '../../ui/lot.tsx'
import { Priority } from '../../ui/priority.tsx'
import { Loading, Unread } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { Countdown } from '../../ui/when.tsx'
import { Attributions } from '../attribution/attributions.tsx'
import { whoHas } from '../triage/columns.ts'
import { reasonInFull } from '../triage/rows.ts'
import { CompareWith } from './compare-with.tsx'
import { Completeness } from './completeness.tsx'
import { Decisions } from './decisions.tsx'
import { Details } from './details.tsx'
import { Disagree } from './disagree.tsx'
import { FactPairs, FromReport } from './facts.tsx'
import { Files } from './files.tsx'
import { Hits } from './hits.tsx'
import { Leads } from './leads.tsx'
import { Mentions } from './mentions.tsx'
import { Narratives, placesOfWords } from './narratives.tsx'
import { People } from './people.tsx'
import { Remarks } from './remarks.tsx'
import { ScorePart } from './score.tsx'
import { Notes, Proposals, Related, Tracks } from './side.tsx'
import { Source } from './source.tsx'

export function ReferralPage() {
  useTitle('Referral')
  const { id } = useParams({ from: '/referral/$id' })
  const navigate = useNavigate()
  const query = useQuery(referralQuery(id))
  const to = (next: string | null) => {
    if (next === null) return
    keepStand(lastFilter(), { cursor: next })
    void navigate({ to: '/referral/$id', params: { id: next } })
  }
  const back = () =>
    void (searched.get() === '' ? navigate({ to: '/', search: searchOf() }) : navigate({ to: '/search' }))
  const { data } = query
  useDecisions(useDesk(), data === undefined ? [] : [data.item], (_, verb) => {
    if (endsWork.has(verb)) to(neighbour(id, 1))
  })
  useActions({
    'list.next': () => to(neighbour(id, 1)),
    'list.previous': () => to(neighbour(id, -1)),
    'list.back': back,
    'show.refresh': () => {
      seen(id)
      void client.invalidateQueries({ queryKey: ['referral', id] })
    },
  })
  useEffect(() => {
    if (data === undefined) return
    changeItem(data.item.id, (row) => (row.unread === 'read' ? row : { ...row, unread: 'read' }))
  }, [data])
  useEffect(() => {
    // What is opened is read anew when it has changed since it was last looked at.
    if (changedIds.get().has(id)) void client.invalidateQueries({ queryKey: ['referral', id] })
    seen(id)
    document.getElementById('page')?.focus({ preventScroll: true })
    document.getElementById('page')?.scrollTo(0, 0)
  }, [id])
  if (data !== undefined)
    return (
      <FromReport of={data}>
        <Whole key={id} of={data} />
      </FromReport>
    )
  return (
    <>
      <h1 className="unseen-caption">Referral</h1>
      {query.isError ? (
        <Unread error={query.error} again={() => void query.refetch()} />
      ) : (
        <Loading what="the referral" />
      )}
    </>
  )
}

function searchOf() {
  const { view, priority, lot } = lastFilter()
  return {
    ...(view === 'queue' ? {} : { view }),
    ...(priority === undefined ? {} : { priority }),
    ...(lot === undefined ? {} : { lot }),
  }
}

function Head({ of }: { of: Referral }) {
  const { item } = of
  const { nameOf } = useDesk()
  const changed = useStore(changedIds).has(item.id)
  const who = whoHas(item, nameOf)
  return (
    <header className="referral-head">
      <div className="referral-line">
        {useStore(searched) === '' ? (
          <Link to="/" search={searchOf()} className="back">
            ← Queue
          </Link>
        ) : (
          <Link to="/search" className="back">
            ← Search
          </Link>
        )}
        <Priority level={item.priority.effective} big />
        <h1>
          Referral <span className="number">{item.number}</span>
        </h1>
        <span className="tag">{item.state}</span>
        <ByLot item={item} />
        <span className="dim">{who === '' ? 'nobody has it' : item.takenBy === null ? who : `with ${who}`}</span>
        {item.actBy === null ? null : (
          <span>
            act by <Countdown to={item.actBy} />
          </span>
        )}
        <span className="referral-because">
          <Safe text={reasonInFull(item)} />
        </span>
      </div>
      <DecisionBar taken={item.takenBy !== null} />
      <div aria-live="polite">
        {changed ? (
          <p className="pill">
            This referral has changed since you opened it.
            <Button
              look="quiet"
              onClick={() => {
                seen(item.id)
                void client.invalidateQueries({ queryKey: ['referral', item.id] })
              }}
            >
              Show <Keys of="Shift+r" />
            </Button>
          </p>
        ) : null}
      </div>
    </header>
  )
}

function Whole({ of }: { of: Referral }) {
  const { item } = of
  return (
    <div className="referral">
      <Head of={of} />
      <div className="referral-columns">
        <div className="referral-main">
          <div className="referral-pair">
            <Section title="Facts">
              <FactPairs of={of} />
            </Section>
            <Section title="Source">
              <Source of={of} />
            </Section>
          </div>
          <Section title="People" count={of.people.length}>
            <People of={of.people} subjects={of.subjects} referral={item.id} />
          </Section>
          <Section title="Attribution">
            <Attributions referral={item.id} />
          </Section>
          <Section title="Mentions" count={of.mentions.length}>
            <Mentions of={of} />
          </Section>
          <Section title="Files" count={of.files.length}>
            <Files of={of.files} />
          </Section>
          <Section title="Details" count={of.details.length}>
            <Details of={of.details} />
          </Section>
          <Section title="Hits" count={of.hits.length}>
            <Hits hits={of.hits} />
          </Section>
          <Section title="Remarks" count={of.remarks.length}>
            <Remarks of={of} />
          </Section>
          {of.leads.length === 0 ? null : (
            <Section title="Words to read first" count={of.leads.length + of.leadsLeftOut}>
              <Leads of={of} />
            </Section>
          )}
          <Section title="Words" count={placesOfWords(of).length}>
            <Narratives id={item.id} of={of} />
          </Section>
        </div>
        <div className="referral-side">
          {of.proposals.length === 0 ? null : (
            <Section title="Waits for a second person" count={of.proposals.length}>
              <Proposals of={of.proposals} number={item.number} />
            </Section>
          )}
          <Section title="Safeguarding" count={of.safeguarding.length}>
            <Tracks of={of.safeguarding} number={item.number} />
          </Section>
          <Section title="Why here">
            <ScorePart of={of.score} item={item} lot={of.lot} />
            <Disagree of={of} />
          </Section>
          {of.completeness === null ? null : (
            <Section title="Completeness">
              <Completeness of={of.completeness} />
            </Section>
          )}
          <Section title="Decisions" count={of.decisions.length} aside={<LedgerLink id={item.id} />}>
            <Decisions referral={item.id} of={of.decisions} />
          </Section>
          <Section title="Notes" count={of.notes.length}>
            <Notes of={of.notes} />
          </Section>
          <Section title="Related" count={of.related.length}>
            <Related id={item.id} of={of.related} />
            <CompareWith id={item.id} />
          </Section>
        </div>
      </div>
    </div>
  )
}

const LedgerLink = ({ id }: { id: string }) => (
  <Link to="/ledger" search={{ referral: id }}>
    In the ledger
  </Link>
)
