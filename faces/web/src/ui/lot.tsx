import type { QueueItem, Referral } from '../data/types.ts'

export const byLotSays =
  'Drawn by lot from what ranked low, to be looked at all the same, so that it is known what the ranks miss. Its rank did not bring it here, and the draw moves no rank.'

/** In words: whoever reads the row must not think that the rank asks for attention. */
export function ByLot({ item }: { item: QueueItem }) {
  if (!item.byLot) return null
  return (
    <span className="tag tag-strong" title={byLotSays}>
      by lot
    </span>
  )
}

const number = new Intl.NumberFormat('en-GB')

/** Why it was drawn, or not: anybody can hold the lot against the border. */
export function Lot({ of }: { of: Referral['lot'] }) {
  if (of === null) return null
  const { lot, drawnBelow, of: all, agrees } = of
  return (
    <>
      <h3>Audit slice</h3>
      <p className="dim small-text">
        Lot {number.format(lot)} of {number.format(all)}.{' '}
        {lot < drawnBelow
          ? `Lots below ${number.format(drawnBelow)} are drawn: it is looked at although it ranked low when it came.`
          : `It ranked low when it came and was not drawn: only lots below ${number.format(drawnBelow)} are.`}{' '}
        {agrees ? 'Made again from its id under the agency’s key, the lot is the same.' : null}
      </p>
      {agrees ? null : (
        <p role="alert">
          <span className="tag tag-alarm">lot changed</span> Made again from its id under the agency’s key, the lot is
          another one. Tell the inspector: the ledger holds the lot that was drawn.
        </p>
      )}
    </>
  )
}
