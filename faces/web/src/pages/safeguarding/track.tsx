import { acknowledge, closeTrack } from '@tandem/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { call } from '../../data/client.ts'
import { client } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import { Button } from '../../ui/button.tsx'
import { AreaField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { ProblemLine } from '../../ui/problem.tsx'

const refresh = () =>
  Promise.all([
    client.invalidateQueries({ queryKey: ['tracks'] }),
    client.invalidateQueries({ queryKey: ['referral'] }),
  ])

/** First contact stops the clock; only an outcome closes the track, never the referral. */
export function TrackButtons({ id, number, acknowledged }: { id: string; number: number; acknowledged: boolean }) {
  const [closing, setClosing] = useState(false)
  const { may } = useDesk()
  const accept = useMutation({
    mutationFn: () => call(acknowledge, { params: { id }, body: {} }),
    onSuccess: () => {
      toast({ kind: 'done', says: `Safeguarding of ${number} acknowledged: its first clock has stopped.` })
      return refresh()
    },
  })
  return (
    <span className="track-buttons">
      {acknowledged || !may.has('safeguarding.acknowledge') ? null : (
        <Button
          disabled={accept.isPending}
          onClick={() => accept.mutate()}
          aria-label={`Acknowledge safeguarding of ${number}`}
        >
          Acknowledge
        </Button>
      )}
      {may.has('safeguarding.close') ? (
        <Button onClick={() => setClosing(true)} aria-label={`Close safeguarding of ${number}`}>
          Close
        </Button>
      ) : null}
      {accept.isError ? <ProblemLine error={accept.error} /> : null}
      {closing ? <CloseTrack id={id} number={number} close={() => setClosing(false)} /> : null}
    </span>
  )
}

function CloseTrack({ id, number, close }: { id: string; number: number; close: () => void }) {
  const [outcome, setOutcome] = useState('')
  const send = async () => {
    await call(closeTrack, { params: { id }, body: { outcome } })
    toast({ kind: 'done', says: `Safeguarding of ${number} closed.` })
    void refresh()
  }
  return (
    <FormDialog
      title={`Close safeguarding of ${number}`}
      says="For safeguarding officers and duty managers. This cannot be undone."
      submit="Close the track"
      ready={outcome.trim().length >= 3}
      send={send}
      close={close}
    >
      <AreaField label="Outcome for the child" value={outcome} change={setOutcome} required />
    </FormDialog>
  )
}
