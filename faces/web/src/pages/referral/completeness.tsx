import { useState } from 'react'
import type { Referral } from '../../data/types.ts'
import { Button } from '../../ui/button.tsx'

type Complete = NonNullable<Referral['completeness']>
type Answer = Complete['answers'][number]

const words: Readonly<Record<Answer['state'], string>> = {
  given: 'given',
  'in part': 'in part',
  'not held': 'not held by the sender',
  missing: 'missing',
}

const looks: Readonly<Record<Answer['state'], string>> = {
  given: 'yes',
  'in part': 'yes',
  'not held': 'not-said',
  missing: 'no',
}

/** What the sender can still be asked. The message is only written here: a person copies and sends it. */
export function Completeness({ of }: { of: Complete }) {
  const [copied, setCopied] = useState(false)
  const { chaser, answers, score, offence } = of
  const open = answers.filter(({ state }) => state !== 'given')
  const given = answers.filter(({ state }) => state === 'given')
  return (
    <>
      <p>
        <b>{score}</b> of 100 of what a report of {offence === 'not said' ? 'an unnamed kind' : offence} should say is
        answered: {given.length} given, {open.filter(({ state }) => state === 'not held').length} not held by the
        sender. <span className="dim">It says nothing of urgency.</span>
      </p>
      <Answers of={open} />
      <details className="folded-away">
        <summary>{given.length} given</summary>
        <Answers of={given} />
      </details>
      {chaser === null ? null : (
        <details className="folded-away">
          <summary>Message to the sender</summary>
          <pre className="chaser">{chaser}</pre>
          <Button
            onClick={() => {
              void navigator.clipboard.writeText(chaser).then(() => setCopied(true))
            }}
          >
            Copy the message
          </Button>{' '}
          <span role="status" className="dim">
            {copied ? 'Copied. Nothing was sent.' : 'Nothing is sent from here.'}
          </span>
        </details>
      )}
    </>
  )
}

function Answers({ of }: { of: readonly Answer[] }) {
  if (of.length === 0) return null
  return (
    <ul className="plain-list answers">
      {of.map(({ id, asks, state, lacks, essential }) => (
        <li key={id}>
          <span className={`said said-${looks[state]}`}>{words[state]}</span> {essential ? <b>{asks}</b> : asks}
          {lacks === null ? null : <span className="dim">; not {lacks}</span>}
        </li>
      ))}
    </ul>
  )
}
