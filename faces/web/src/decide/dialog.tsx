import { type FormEvent, useState } from 'react'
import { cellNow } from '../data/clock.ts'
import { useStore } from '../data/small-store.ts'
import { toast } from '../data/toasts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Keys } from '../ui/keys.tsx'
import { SEND, sendByKey } from '../ui/send.ts'
import { type Asking, announce, asking, decideMany, nothingSaid } from './asking.ts'
import { type Desk, decide, type Said } from './decide.ts'
import { draftOf, dropDraft, keepDraft } from './drafts.ts'
import { Fields } from './fields.tsx'
import { dryRun, verbWords } from './verbs.ts'
import { warningOf } from './warnings.ts'

const HOUR = 3_600_000

export function DecisionDialog({ desk }: { desk: Desk }) {
  const ask = useStore(asking)
  return ask === null ? null : <Form ask={ask} desk={desk} />
}

function Form({ ask, desk }: { ask: Asking; desk: Desk }) {
  const { verb } = ask
  const [items, setItems] = useState(ask.items)
  const [held] = useState(() => draftOf(verb, ask.items))
  const [said, setSaid] = useState<Said>(() => ({
    ...nothingSaid,
    to: ask.items[0]?.priority.effective ?? 'P1',
    ...held,
    // A time has moved on since then, and a target must be seen to be chosen.
    until: new Date(cellNow() + HOUR).toISOString(),
    into: '',
  }))
  const [trouble, setTrouble] = useState<string | null>(null)
  const [progress, setProgress] = useState<number | null>(null)
  const many = items.length > 1
  const run = dryRun(verb, items, desk)
  const needsWords = verb !== 'take' && verb !== 'release'
  const missing = [
    verb === 'hold' && said.until === '' ? 'a time' : '',
    verb === 'merge' && said.into === '' ? 'the referral that stays' : '',
    verb === 'close' && said.outcome === '' ? 'an outcome' : '',
    needsWords && said.reason.trim().length < 3 ? (verb === 'note' ? 'the words' : 'a reason') : '',
  ].filter((part) => part !== '')
  const ready = missing.length === 0 && (!many || run.change.length > 0)
  const warning = warningOf(verb, many ? run.change : items, said)
  const say = (change: Partial<Said>) => {
    const next = { ...said, ...change }
    setSaid(next)
    // Escape is a short way: what was written is there again when the same form is opened.
    keepDraft(verb, ask.items, next)
  }
  const close = () => asking.set(null)

  const one = async () => {
    const [item] = items
    if (item === undefined) return
    const outcome = await decide(verb, item, said, desk)
    if (outcome.kind === 'done') {
      dropDraft(verb, ask.items)
      close()
      announce(outcome)
      ask.after([item], verb)
    } else if (outcome.kind === 'conflict') {
      setItems([outcome.fresh])
      setTrouble(outcome.says)
    } else setTrouble(`${outcome.problem.message} ${outcome.problem.detail ?? ''} (${outcome.problem.code})`)
  }
  const all = async () => {
    const { done, failed } = await decideMany(verb, run.change, said, desk, setProgress)
    dropDraft(verb, ask.items)
    close()
    for (const outcome of failed.slice(0, 3)) announce(outcome)
    if (failed.length > 3) toast({ kind: 'problem', says: `${failed.length - 3} more were not changed.` })
    ask.after(done, verb)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready || progress !== null) return
    setProgress(0)
    setTrouble(null)
    void (many ? all() : one()).finally(() => setProgress(null))
  }
  const { title } = verbWords[verb]
  const isProposal = verb === 'priority' && said.to !== 'P1' && items[0]?.priority.effective === 'P1'
  const sends = verb === 'priority' ? `${isProposal ? 'Propose' : 'Confirm'} # as ${said.to}` : verbWords[verb].submit
  const what = many ? `${items.length} referrals` : `referral ${items[0]?.number ?? ''}`
  return (
    <Dialog title={`${title} ${what}`} close={close} {...(many ? { says: run.says } : {})}>
      <form onSubmit={submit} onKeyDown={sendByKey} className="form">
        <Fields verb={verb} said={said} not={items.map((item) => item.id)} say={say} />
        {warning === null ? null : (
          <p className="warning" role="status">
            {warning}
          </p>
        )}
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
          <span className="dialog-left">
            {missing.length > 0
              ? `Still needed: ${missing.join(', ')}.`
              : held === undefined
                ? null
                : 'What you wrote before is here again.'}
          </span>
          <Button onClick={close}>Cancel</Button>
          <Button look="strong" type="submit" disabled={!ready || progress !== null} aria-keyshortcuts={SEND}>
            {sends.replace('#', many ? String(run.change.length) : String(items[0]?.number ?? ''))} <Keys of={SEND} />
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
