import { useDesk } from '../app/desk.ts'
import { ActionButton } from '../ui/button.tsx'

/** The decision keys as buttons, for the mouse and for the eye that learns them. */
export function DecisionBar({ taken }: { taken: boolean }) {
  const { may } = useDesk()
  if (!may.has('referral.take')) return <ReadersBar />
  return (
    <div className="decision-bar" role="toolbar" aria-label="Decisions">
      {taken ? (
        <ActionButton id="referral.release" says="Release" />
      ) : (
        <ActionButton id="referral.take" look="strong" />
      )}
      <ActionButton id="referral.hold" says="Hold" />
      <ActionButton id="referral.merge" says="Merge" />
      <ActionButton id="referral.decline" says="Decline" />
      <ActionButton id="referral.priority" says="Priority" />
      <ActionButton id="referral.safeguard" says="Safeguard" />
      <ActionButton id="referral.note" says="Note" />
      <ActionButton id="referral.close" says="Close" />
    </div>
  )
}

/** Roles that do not decide can still speak up for a child. */
function ReadersBar() {
  return (
    <div className="decision-bar" role="toolbar" aria-label="Decisions">
      <ActionButton id="referral.safeguard" says="Safeguarding" />
      <ActionButton id="referral.note" says="Note" />
    </div>
  )
}
