import { proposeRelease } from '@tandem/contract'
import { useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { call } from '../../data/client.ts'
import { toast } from '../../data/toasts.ts'
import type { RunLine, RunShown } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { many } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { AreaField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Section } from '../../ui/section.tsx'
import { refreshRuns } from './decide.tsx'

/** Own entries that the other side has too. Chosen ones are shown to it when two people agree. */
export function Hits({ run, hits, desk }: { run: RunLine; hits: RunShown['hits']; desk: string }) {
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [releasing, setReleasing] = useState(false)
  const { may } = useDesk()
  const mayRelease = may.has('deconfliction.release')
  return (
    <Section
      title="Entries in both lists"
      count={hits.length}
      aside={
        mayRelease ? (
          <Button disabled={chosen.length === 0} onClick={() => setReleasing(true)}>
            Release the chosen
          </Button>
        ) : null
      }
    >
      <ul className="hit-list">
        {hits.map((hit) => (
          <li key={hit.reference}>
            {mayRelease ? (
              <label>
                <input
                  type="checkbox"
                  checked={chosen.includes(hit.reference)}
                  onChange={(change) =>
                    setChosen(
                      change.target.checked
                        ? [...chosen, hit.reference]
                        : chosen.filter((each) => each !== hit.reference),
                    )
                  }
                />
                <HitWords of={hit} />
              </label>
            ) : (
              <HitWords of={hit} />
            )}
          </li>
        ))}
      </ul>
      {releasing ? <Release run={run} chosen={chosen} desk={desk} close={() => setReleasing(false)} /> : null}
    </Section>
  )
}

function HitWords({ of }: { of: RunShown['hits'][number] }) {
  return (
    <>
      <span className="tag">{of.kind}</span>{' '}
      <b>
        <Safe text={of.shown} />
      </b>{' '}
      {of.referral === null ? null : <span className="dim">last in referral {of.referral}</span>}
    </>
  )
}

function Release(props: { run: RunLine; chosen: readonly string[]; desk: string; close: () => void }) {
  const { run, chosen, close } = props
  // As it was named when the run was proposed.
  const [said, setSaid] = useState({ desk: props.desk, reason: '' })
  const say = (field: keyof typeof said) => (value: string) => setSaid((before) => ({ ...before, [field]: value }))
  const send = async () => {
    await call(proposeRelease, { params: { id: run.id }, body: { hits: [...chosen], ...said } })
    toast({ kind: 'done', says: 'Release proposed. A second person must approve it.' })
    void refreshRuns()
  }
  return (
    <FormDialog
      title={`Release ${many(chosen.length, 'hit')} to ${run.peer}`}
      says="They learn which of their own entries you hold too, and your desk. It cannot be taken back."
      submit="Propose the release"
      ready={said.desk.trim().length >= 3 && said.reason.trim().length >= 3}
      send={send}
      close={close}
    >
      <TextField
        label="Our desk"
        value={said.desk}
        change={say('desk')}
        hint="A desk and how to reach it; no name of a person."
        required
      />
      <AreaField label="Reason" value={said.reason} change={say('reason')} required />
    </FormDialog>
  )
}
