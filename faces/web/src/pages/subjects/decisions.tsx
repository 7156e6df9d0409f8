import { undoLinkDecision } from '@tandem/contract'
import { useState } from 'react'
import { call } from '../../data/client.ts'
import type { Subject } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { many } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { AreaField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { When } from '../../ui/when.tsx'
import { decided } from './decided.ts'

type Decision = Subject['decisions'][number]

const verbs: Readonly<Record<Decision['verb'], string>> = {
  'must link': 'One person',
  'cannot link': 'Not one person',
  'set aside': 'Many share it',
}

export function LinkDecisions({ of, decides }: { of: Subject; decides: boolean }) {
  const [undoing, setUndoing] = useState<Decision | null>(null)
  if (of.decisions.length === 0) return <p className="dim">Nobody has overruled a link here.</p>
  return (
    <>
      <ul className="plain-list">
        {of.decisions.map((decision) => (
          <li key={decision.id} className={decision.undone === null ? '' : 'row-aside'}>
            <p>
              <b>{verbs[decision.verb]}</b>: <Safe text={decision.about.slice(0, 4).join('; ')} />
              {decision.about.length > 4 ? ` and ${decision.about.length - 4} more` : ''}
            </p>
            {decision.reason === null ? null : (
              <p>
                <Safe text={decision.reason} lines />
              </p>
            )}
            <p className="dim small-text">
              <Safe text={decision.by} />, <When at={decision.at} />
              {decision.expiresAt === null ? null : (
                <>
                  , until <When at={decision.expiresAt} />
                </>
              )}
            </p>
            {decision.undone === null ? (
              decides && decision.undoable ? (
                <Button look="quiet" onClick={() => setUndoing(decision)}>
                  Take it back …
                </Button>
              ) : null
            ) : (
              <p className="small-text">
                Taken back by <Safe text={decision.undone.by} />, <When at={decision.undone.at} />
                {decision.undone.reason === null ? null : (
                  <>
                    : <Safe text={decision.undone.reason} />
                  </>
                )}
              </p>
            )}
          </li>
        ))}
      </ul>
      {undoing === null ? null : <UndoDialog of={undoing} close={() => setUndoing(null)} />}
    </>
  )
}

function UndoDialog({ of, close }: { of: Decision; close: () => void }) {
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title="Take the decision back"
      says="A further decision that names this one. The subjects are then as if it had never been; both stay in the record."
      submit="Take it back"
      ready={reason.trim().length >= 3}
      close={close}
      send={async () => decided(await call(undoLinkDecision, { params: { id: of.id }, body: { reason } }))}
    >
      <AreaField label="Why" value={reason} change={setReason} required />
    </FormDialog>
  )
}

export function Versions({ of }: { of: Subject }) {
  return (
    <ol className="plain-list">
      {of.versions.map((version) => (
        <li key={version.version}>
          <b>{version.version}</b>: {many(version.appearances, 'appearance')}, <Safe text={version.because} />
          {version.became.length === 0 ? '' : ` (some went to ${version.became.join(', ')})`}{' '}
          <span className="dim small-text">
            <Safe text={version.by} />, <When at={version.at} />
          </span>
        </li>
      ))}
    </ol>
  )
}
