import { useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import type { QueueItem, Referral } from '../../data/types.ts'
import { announce, withdrawOffer } from '../../decide/asking.ts'
import { type Direction, sayDisagree, takeBackSaid } from '../../decide/disagree.ts'
import { Safe } from '../../text/safe-text.tsx'
import { ActionButton, Button } from '../../ui/button.tsx'
import { AreaField, Choices } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { When } from '../../ui/when.tsx'

const directions = [
  { value: 'higher', says: 'It should stand higher' },
  { value: 'lower', says: 'It should stand lower' },
] as const

/** Two buttons and nothing to justify. What the person said of this score shows beside them. */
export function DisagreeButtons({ item, children }: { item: QueueItem; children?: React.ReactNode }) {
  const { may } = useDesk()
  if (!may.has('rank.disagree')) return null
  return (
    <>
      <div className="disagree" role="toolbar" aria-label="Disagree with this rank">
        <ActionButton id="rank.higher" says="Should be higher" />
        <ActionButton id="rank.lower" says="Should be lower" />
        {children}
        {item.disagreed === null ? null : <span className="tag">you said {item.disagreed}</span>}
      </div>
      <p className="dim small-text">Noted for whoever judges the weights. It never moves a rank by itself.</p>
    </>
  )
}

/** On the page: with a reason if somebody wants to give one, and what everybody said. */
export function Disagree({ of }: { of: Referral }) {
  const [asks, setAsks] = useState(false)
  const standing = of.disagreements.filter(({ withdrawnAt }) => withdrawnAt === null)
  const gone = of.disagreements.length - standing.length
  return (
    <>
      <h3>Disagree?</h3>
      <DisagreeButtons item={of.item}>
        <Button look="quiet" onClick={() => setAsks(true)}>
          With a reason…
        </Button>
      </DisagreeButtons>
      {standing.length === 0 ? null : (
        <ul className="plain-list said-list" aria-label="Who disagrees">
          {standing.map((each) => (
            <li key={each.id}>
              <Safe text={each.by} />: should be <b>{each.direction}</b> than score {each.score} by{' '}
              <Safe text={each.weightSet} />, <When short at={each.at} />
              {each.mine ? (
                <Button
                  look="quiet"
                  onClick={() => void takeBack(each.id, of.item)}
                  aria-label="Take back what you said"
                >
                  Take back
                </Button>
              ) : null}
              {each.reason === null ? null : (
                <p className="history-reason">
                  <Safe text={each.reason} lines />
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {gone === 0 ? null : <p className="dim small-text">{gone} taken back or said anew; they stay on record.</p>}
      {asks ? <WithReason item={of.item} close={() => setAsks(false)} /> : null}
    </>
  )
}

async function takeBack(id: string, item: QueueItem): Promise<void> {
  withdrawOffer(id)
  announce(await takeBackSaid(id, item))
}

function WithReason({ item, close }: { item: QueueItem; close: () => void }) {
  const [direction, setDirection] = useState<Direction>(item.disagreed ?? 'higher')
  const [reason, setReason] = useState('')
  const send = async () => announce(await sayDisagree(item, direction, reason.trim()))
  return (
    <FormDialog
      title={`Disagree with the rank of ${item.number}`}
      says="A reason helps whoever judges the weights; nobody asks for one. The rank stays."
      submit="Say so"
      ready={reason.trim().length >= 3}
      send={send}
      close={close}
    >
      <Choices label="Direction" name="direction" value={direction} options={directions} change={setDirection} />
      <AreaField label="Reason" value={reason} change={setReason} required />
    </FormDialog>
  )
}
