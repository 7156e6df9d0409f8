import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { useTitle } from '../../app/title.ts'
import { changedIds, seen } from '../../data/live.ts'
import { client, subjectQuery } from '../../data/queries.ts'
import { useStore } from '../../data/small-store.ts'
import type { Subject } from '../../data/types.ts'
import { useActions } from '../../keyboard/perform.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { Keys } from '../../ui/keys.tsx'
import { Priority } from '../../ui/priority.tsx'
import { Loading, Unread } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { When } from '../../ui/when.tsx'
import { Appearances } from './appearances.tsx'
import { Around } from './around.tsx'
import { LinkDecisions, Versions } from './decisions.tsx'
import { MergeDialog, SplitDialog } from './dialogs.tsx'
import { Held, Parting } from './held.tsx'
import { RankPart } from './rank.tsx'
import { Ties } from './ties.tsx'
import { Values } from './values.tsx'

export function SubjectPage() {
  useTitle('Subject')
  const { id } = useParams({ from: '/subject/$id' })
  const query = useQuery(subjectQuery(id))
  const again = () => {
    seen(id)
    void client.invalidateQueries({ queryKey: ['subject', id] })
  }
  useActions({ 'show.refresh': again })
  if (query.data !== undefined) return <Whole key={id} of={query.data} again={again} />
  return (
    <>
      <h1 className="unseen-caption">Subject</h1>
      {query.isError ? (
        <Unread error={query.error} again={() => void query.refetch()} />
      ) : (
        <Loading what="the subject" />
      )}
    </>
  )
}

function Whole({ of, again }: { of: Subject; again: () => void }) {
  const { may } = useDesk()
  const [dialog, setDialog] = useState<'merge' | 'split' | null>(null)
  const [hasChart, setChart] = useState(false)
  const isChanged = useStore(changedIds).has(of.id)
  const decides = may.has('subject.decide')
  return (
    <div className="referral">
      <header className="referral-head">
        <div className="referral-line">
          <Link to="/subjects" className="back">
            ← Subjects
          </Link>
          <Priority level={of.rank.priority} big />
          <h1>
            Subject <span className="number">{of.label}</span>
          </h1>
          <span className="tag">version {of.version}</span>
          <span className="dim">
            told as {of.toldAs.map(({ role, times }) => `${role} (${times})`).join(', ')}; changed{' '}
            <When at={of.changedAt} />
          </span>
        </div>
        {decides ? (
          <div className="subject-acts">
            <Button onClick={() => setDialog('merge')}>Is the same as another …</Button>
            <Button onClick={() => setDialog('split')} disabled={of.appearances.length < 2}>
              Some are another person …
            </Button>
          </div>
        ) : null}
        <div aria-live="polite">
          {isChanged ? (
            <p className="pill">
              This subject has changed since you opened it.
              <Button look="quiet" onClick={again}>
                Show <Keys of="Shift+r" />
              </Button>
            </p>
          ) : null}
        </div>
      </header>
      <div className="referral-columns">
        <div className="referral-main">
          <Alarms of={of} />
          <Section title="Told by" count={of.appearances.length}>
            <Appearances of={of.appearances} />
          </Section>
          <Section title="Personas" count={of.personas.length}>
            <Values name="Personas" of={of} values={of.personas} decides={decides} />
          </Section>
          <Section title="Other values" count={of.observables.length}>
            <Values name="Other values" of={of} values={of.observables} decides={decides} />
          </Section>
          <Section title="Ties" count={of.ties.ties.length}>
            <Ties of={of} decides={decides} />
          </Section>
          <Section title="What holds it together" count={of.held.length}>
            <Held of={of} />
          </Section>
          <Section title="What would part it" count={of.flips.length}>
            <Parting of={of} />
          </Section>
          <Section
            title="Chart"
            aside={
              <Button look="quiet" onClick={() => setChart(!hasChart)} aria-expanded={hasChart}>
                {hasChart ? 'Put it away' : 'Draw what stands around'}
              </Button>
            }
          >
            {hasChart ? <Around subject={of.id} label={of.label} /> : <p className="dim">Not drawn.</p>}
          </Section>
          <Section title="Timeline" count={of.timeline.length}>
            <Timeline of={of} />
          </Section>
        </div>
        <div className="referral-side">
          <Section title="Why here">
            <RankPart of={of.rank} />
          </Section>
          <Section title="To be read out">
            <p className="read-out">
              <Safe text={of.inWords} />
            </p>
          </Section>
          <Section title="Decisions about links" count={of.decisions.length}>
            <LinkDecisions of={of} decides={decides} />
          </Section>
          <Section title="Versions" count={of.versions.length}>
            <Versions of={of} />
          </Section>
        </div>
      </div>
      {dialog === 'merge' ? <MergeDialog of={of} close={() => setDialog(null)} /> : null}
      {dialog === 'split' ? <SplitDialog of={of} close={() => setDialog(null)} /> : null}
    </div>
  )
}

/** What to look at before anybody relies on it. */
function Alarms({ of }: { of: Subject }) {
  if (of.alarms.length === 0 && of.contradictions.length === 0) return null
  return (
    <Section title="To be looked at" count={of.alarms.length + of.contradictions.length}>
      <ul className="plain-list">
        {of.alarms.map((alarm) => (
          <li key={alarm}>
            <Safe text={alarm} />
          </li>
        ))}
        {of.contradictions.map(({ apart }) => (
          <li key={apart}>
            Decisions contradict each other: until one is taken back, the safe side is apart. See the decisions.
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Timeline({ of }: { of: Subject }) {
  if (of.timeline.length === 0) return <p className="dim">Nothing has an instant.</p>
  return (
    <ol className="plain-list timeline">
      {of.timeline.map(({ at, what, referral }) => (
        <li key={`${at} ${what}`}>
          <When at={at} />{' '}
          <Link to="/referral/$id" params={{ id: referral.id }}>
            {referral.number}
          </Link>{' '}
          <Safe text={what} />
        </li>
      ))}
    </ol>
  )
}
