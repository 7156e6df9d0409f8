import { type FormEvent, useState } from 'react'
import { cellNow } from '../data/clock.ts'
import { useStore } from '../data/small-store.ts'
import { toast } from '../data/toasts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { type Asking, announce, asking, decideMany, nothingSaid } from './asking.ts'
import { type Desk, decide, type Said } from './decide.ts'
import { Fields } from './fields.tsx'
import { dryRun, verbWords } from './verbs.ts'

const HOUR = 3_600_000

export function DecisionDialog({ desk }: { desk: Desk }) {
  const ask = useStore(asking)
  return ask === null ? null : <Form ask={ask} desk={desk} />
}

function Form({ ask, desk }: { ask: Asking; desk: Desk }) {
  const [items, setItems] = useState(ask.items)
  const [said, setSaid] = useState<Said>({
    ...nothingSaid,
    until: new Date(cellNow() + HOUR).toISOString(),
    to: ask.items[0]?.priority.effective ?? 'P1',
  })
  const [trouble, setTrouble] = useState<string | null>(null)
  const [progress, setProgress] = useState<number | null>(null)
  const many = items.length > 1
  const run = dryRun(ask.verb, items, desk)
  const needsWords = ask.verb !== 'take' && ask.verb !== 'release'
  const ready =
    (!needsWords || said.reason.trim().length >= 3) &&
    (ask.verb !== 'hold' || said.until !== '') &&
    (ask.verb !== 'merge' || said.into !== '') &&
    (!many || run.change.length > 0)
  const close = () => asking.set(null)

  const one = async () => {
    const [item] = items
    if (item === undefined) return
    const outcome = await decide(ask.verb, item, said, desk)
    if (outcome.kind === 'done') {
      close()
      announce(outcome)
      ask.after([item])
    } else if (outcome.kind === 'conflict') {
      setItems([outcome.fresh])
      setTrouble(outcome.says)
    } else setTrouble(`${outcome.problem.message} ${outcome.problem.detail ?? ''} (${outcome.problem.code})`)
  }
  const all = async () => {
    const { done, failed } = await decideMany(ask.verb, run.change, said, desk, setProgress)
    close()
    for (const outcome of failed.slice(0, 3)) announce(outcome)
    if (failed.length > 3) toast({ kind: 'problem', says: `${failed.length - 3} more were not changed.` })
    ask.after(done)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready || progress !== null) return
    setProgress(0)
    setTrouble(null)
    void (many ? all() : one()).finally(() => setProgress(null))
  }
  const { title } = verbWords[ask.verb]
  const what = many ? `${items.length} referrals` : `referral ${items[0]?.number ?? ''}`
  return (
    <Dialog title={`${title} ${what}`} close={close} {...(many ? { says: run.says } : {})}>
      <form onSubmit={submit} className="form">
        <Fields
          verb={ask.verb}
          said={said}
          not={items.map((item) => item.id)}
          say={(change) => setSaid((before) => ({ ...before, ...change }))}
        />
        {trouble === null ? null : (
          <p className="problem" role="alert">
            {trouble}
          </p>
        )}
        {many && progress !== null ? (
          <progress value={progress} max={run.change.length} aria-label="Done so far">
            {progress}
          </progress>
        ) : null}
        <footer className="dialog-foot">
          <Button onClick={close}>Cancel</Button>
          <Button look="strong" type="submit" disabled={!ready || progress !== null}>
            {many ? `${title} ${run.change.length}` : title.replace(/ of$| on$|:$/, '')}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
