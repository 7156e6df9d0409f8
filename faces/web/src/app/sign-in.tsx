import { useState } from 'react'
import { givePasskey } from '../data/passkey.ts'
import { Button } from '../ui/button.tsx'
import { ProblemLine } from '../ui/problem.tsx'
import { useTitle } from './title.ts'

export function SignInPage() {
  useTitle('Sign in')
  return (
    <main className="alone">
      <h1>Tandem</h1>
      <p>
        There is no session. It ended after rest, by sign-out, or because the cell restarted. Nothing you decided is
        lost.
      </p>
      <p>
        <a className="button button-strong" href="/auth/sign-in">
          Sign in with your agency
        </a>
      </p>
    </main>
  )
}

export function PasskeyPage() {
  useTitle('Passkey')
  const [trouble, setTrouble] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const give = () => {
    setBusy(true)
    setTrouble(null)
    givePasskey()
      .then(() => location.reload())
      .catch(setTrouble)
      .finally(() => setBusy(false))
  }
  return (
    <main className="alone">
      <h1>Tandem</h1>
      <p>Your agency has named you. This cell also asks for your passkey.</p>
      {trouble === null ? null : <ProblemLine error={trouble} />}
      <p>
        <Button look="strong" onClick={give} disabled={busy}>
          Use passkey
        </Button>{' '}
        <a href="/auth/sign-in">Sign in as someone else</a>
      </p>
    </main>
  )
}
