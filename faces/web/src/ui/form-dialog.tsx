import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Keys } from './keys.tsx'
import { ProblemLine } from './problem.tsx'
import { SEND, sendByKey } from './send.ts'

interface Props {
  readonly title: string
  readonly says: string
  readonly submit: string
  readonly ready: boolean
  readonly send: () => Promise<unknown>
  readonly close: () => void
  readonly children: ReactNode
}

/** A form with one step: sends, shows a refusal in place, closes when it is done. */
export function FormDialog({ title, says, submit, ready, send, close, children }: Props) {
  const [trouble, setTrouble] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const go = (event: FormEvent) => {
    event.preventDefault()
    if (!ready || busy) return
    setBusy(true)
    setTrouble(null)
    send()
      .then(close, setTrouble)
      .finally(() => setBusy(false))
  }
  return (
    <Dialog title={title} says={says} close={close}>
      <form className="form" onSubmit={go} onKeyDown={sendByKey}>
        {children}
        {trouble === null ? null : <ProblemLine error={trouble} />}
        <footer className="dialog-foot">
          <Button onClick={close}>Cancel</Button>
          <Button look="strong" type="submit" disabled={!ready || busy} aria-keyshortcuts={SEND}>
            {submit} <Keys of={SEND} />
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
