import { useQuery } from '@tanstack/react-query'
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { listen } from '../data/live.ts'
import { standingQuery } from '../data/queries.ts'
import { searched } from '../data/searched.ts'
import { session } from '../data/session.ts'
import { setSetting, settings } from '../data/settings.ts'
import { useStore } from '../data/small-store.ts'
import { undoLast } from '../decide/asking.ts'
import { DecisionDialog } from '../decide/dialog.tsx'
import { listenToKeys } from '../keyboard/listen.ts'
import { type Handlers, useActions } from '../keyboard/perform.ts'
import { Loading, Unread } from '../ui/problem.tsx'
import { Banner } from './banner.tsx'
import { ChooseStanding } from './choose-standing.tsx'
import { StandingContext, useDesk } from './desk.ts'
import { keepFocus } from './keep-focus.ts'
import { KeySheet } from './key-sheet.tsx'
import { Palette } from './palette.tsx'
import { places } from './places.ts'
import { SettingsDialog } from './settings-dialog.tsx'
import { PasskeyPage, SignInPage } from './sign-in.tsx'
import { StandingBar } from './standing-bar.tsx'
import { Toasts } from './toasts.tsx'
import { focusSearch, TopBar } from './top-bar.tsx'

/** Around every page: banners, standing, navigation, dialogs, messages. */
export function Shell() {
  const state = useStore(session)
  const standing = useQuery({ ...standingQuery, enabled: state === 'open' })
  useEffect(listenToKeys, [])
  useEffect(() => (state === 'open' ? listen() : undefined), [state])
  if (state === 'ended') return <SignInPage />
  if (state === 'passkey asked') return <PasskeyPage />
  if (standing.data === undefined) {
    return (
      <main className="alone">
        {standing.isError ? (
          <Unread error={standing.error} again={() => void standing.refetch()} />
        ) : (
          <Loading what="the desk" />
        )}
      </main>
    )
  }
  return (
    <StandingContext value={standing.data}>
      <Frame />
    </StandingContext>
  )
}

type Open = 'palette' | 'keys' | 'standing' | 'settings' | null

function Frame() {
  const [open, setOpen] = useState<Open>(null)
  const desk = useDesk()
  const navigate = useNavigate()
  const goings: Handlers = {}
  for (const { path, go, needs } of places) {
    if (desk.may.has(needs)) goings[go] = () => void navigate({ to: path })
  }
  const show = (what: Open) => () => setOpen(what)
  useActions({
    ...goings,
    'show.palette': show('palette'),
    'show.keys': show('keys'),
    'show.standing': show('standing'),
    'show.settings': show('settings'),
    'show.search': focusSearch,
    'show.pane': () => setSetting({ preview: !settings.get().preview }),
    'decision.undo': undoLast,
  })
  const close = () => setOpen(null)
  useEffect(keepFocus, [])
  const path = useLocation({ select: (location) => location.pathname })
  useEffect(() => {
    // What was searched for is kept as long as its answer or a referral out of it is on the screen, and no longer.
    if (path !== '/search' && !path.startsWith('/referral/')) searched.set('')
  }, [path])
  useEffect(() => {
    // A page that goes takes the focus with it; the next one begins at its top. `path` is what makes it run again.
    if (path !== '/' && (document.activeElement === null || document.activeElement === document.body)) {
      document.getElementById('page')?.focus({ preventScroll: true })
    }
  }, [path])
  return (
    <div className="frame">
      <a className="skip" href="#page">
        Skip to the page
      </a>
      <Banner />
      <TopBar />
      <StandingBar />
      <main id="page" className="page" tabIndex={-1}>
        <Outlet />
      </main>
      <DecisionDialog desk={desk} />
      {open === 'palette' ? <Palette close={close} /> : null}
      {open === 'keys' ? <KeySheet close={close} /> : null}
      {open === 'standing' ? <ChooseStanding close={close} /> : null}
      {open === 'settings' ? <SettingsDialog close={close} /> : null}
      <Toasts />
    </div>
  )
}
