import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { live } from '../data/live.ts'
import { attributionsQuery, client, proposalsQuery, runsQuery, tracksQuery } from '../data/queries.ts'
import { searched } from '../data/searched.ts'
import { settings } from '../data/settings.ts'
import { useStore } from '../data/small-store.ts'
import { perform } from '../keyboard/perform.ts'
import { waitsHere } from '../pages/deconfliction/words.ts'
import { Button } from '../ui/button.tsx'
import { Keys } from '../ui/keys.tsx'
import { useDesk } from './desk.ts'
import { places } from './places.ts'

const SEARCH = 'desk-search'
export function focusSearch(): void {
  const box = document.getElementById(SEARCH)
  if (!(box instanceof HTMLInputElement)) return
  box.focus()
  box.select()
}

export function TopBar() {
  const { may } = useDesk()
  return (
    <header className="top-bar">
      <span className="brand" aria-hidden="true">
        Tandem
      </span>
      <Navigation />
      {may.has('search') ? <SearchBox /> : <span className="spread" />}
      <LiveSign />
      <Button look="quiet" onClick={() => perform('show.palette')} aria-keyshortcuts="Control+K">
        Actions <Keys of="Control+k" />
      </Button>
      <Button look="quiet" onClick={() => perform('show.settings')}>
        Settings
      </Button>
    </header>
  )
}

function Navigation() {
  const { may } = useDesk()
  const tracks = useQuery({ ...tracksQuery, enabled: may.has('safeguarding.read') })
  const proposals = useQuery({ ...proposalsQuery, enabled: may.has('proposal.settle') })
  const runs = useQuery({ ...runsQuery, enabled: may.has('deconfliction.decide') })
  const attributions = useQuery({ ...attributionsQuery(), enabled: may.has('attribution.settle') })
  const overdue = tracks.data?.tracks.filter((track) => track.overdue).length ?? 0
  const waiting = [...(proposals.data?.proposals ?? []), ...(attributions.data?.attributions ?? [])].filter(
    ({ mine }) => !mine,
  ).length
  const marks: Partial<Record<string, { howMany: number; says: string; urgent: boolean }>> = {
    '/safeguarding': { howMany: overdue, says: 'overdue', urgent: true },
    '/approvals': { howMany: waiting, says: 'waiting for you', urgent: false },
    '/deconfliction': {
      howMany: runs.data?.runs.filter(waitsHere).length ?? 0,
      says: 'waiting for you',
      urgent: false,
    },
  }
  return (
    <nav className="navigation" aria-label="Pages">
      {places
        .filter((place) => may.has(place.needs))
        .map((place) => {
          const mark = marks[place.path]
          return (
            <Link
              key={place.path}
              to={place.path}
              activeOptions={{ exact: place.path === '/', includeSearch: false }}
              className="place"
            >
              {place.title}
              {mark === undefined || mark.howMany === 0 ? null : (
                <span className={mark.urgent ? 'count count-urgent' : 'count'}>
                  {mark.howMany}
                  <span className="unseen-caption"> {mark.says}</span>
                </span>
              )}
            </Link>
          )
        })}
    </nav>
  )
}

const focusPage = (): void => document.getElementById('page')?.focus({ preventScroll: true })

/** What is searched for goes in the body of a request and stays in memory: never in an address, title or history. */
function SearchBox() {
  const [text, setText] = useState('')
  const navigate = useNavigate()
  const { singleKeys } = useStore(settings)
  const isAnswered = useLocation({ select: (location) => location.pathname === '/search' })
  useEffect(() => {
    // A selector does not stand in the box over a page that has nothing to do with it.
    setText(isAnswered ? searched.get() : '')
  }, [isAnswered])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    if (searched.get() === text.trim()) void client.invalidateQueries({ queryKey: ['search'] })
    searched.set(text.trim())
    void navigate({ to: '/search' })
    focusPage()
  }
  return (
    <search className="search-box">
      <form onSubmit={submit}>
        <input
          id={SEARCH}
          type="search"
          aria-label="Search"
          aria-keyshortcuts={singleKeys ? '/' : ''}
          placeholder="Number, reference, identifier, hash"
          autoComplete="off"
          spellCheck={false}
          maxLength={300}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') focusPage()
          }}
        />
        {singleKeys ? <Keys of="/" /> : null}
      </form>
    </search>
  )
}

function LiveSign() {
  const state = useStore(live)
  return (
    <span
      className={`live live-${state}`}
      role="status"
      title={state === 'live' ? 'Changes show by themselves' : 'No connection for changes; trying again'}
    >
      <span aria-hidden="true" className="live-dot" />
      {state === 'live' ? 'Live' : 'Reconnecting'}
    </span>
  )
}
