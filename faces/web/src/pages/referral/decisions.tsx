import { undo } from '@tandem/contract'
import { useMutation } from '@tanstack/react-query'
import { useNames } from '../../app/desk.ts'
import { call } from '../../data/client.ts'
import { ownChange, refreshSoon } from '../../data/live.ts'
import { client } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import type { DecisionEntry } from '../../data/types.ts'
import { withdrawOffer } from '../../decide/asking.ts'
import { steps } from '../../decide/decide.ts'
import { changeItem } from '../../decide/items.ts'
import { changesOf } from '../../text/changes.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemLine } from '../../ui/problem.tsx'
import { When } from '../../ui/when.tsx'

const verbOf = ({ verb }: DecisionEntry): string => (verb === 'prioritise' ? 'set priority' : verb)

const newestFirst = (a: DecisionEntry, b: DecisionEntry): number => b.at.localeCompare(a.at)

/** The history, newest first. Undo is a new decision that names the old one; nothing is deleted. */
export function Decisions({ referral, of }: { referral: string; of: readonly DecisionEntry[] }) {
  const back = useMutation({
    mutationFn: (decision: string) => call(undo, { params: { id: decision }, body: {} }),
    onMutate: () => ownChange(referral),
    onSuccess: ({ version, state, effectivePriority }, decision) => {
      changeItem(referral, (row) => ({
        ...row,
        version,
        state,
        priority: { ...row.priority, effective: effectivePriority },
      }))
      withdrawOffer(decision)
      steps.update((before) => before.filter((step) => step.decision !== decision))
      toast({ kind: 'done', says: `Undone. It is ${state} again.` })
    },
    onSettled: () => {
      ownChange(referral)
      refreshSoon()
      return client.invalidateQueries({ queryKey: ['referral', referral] })
    },
  })
  const names = useNames()
  if (of.length === 0) return <p className="dim">Nobody has decided anything yet.</p>
  return (
    <>
      {back.isError ? <ProblemLine error={back.error} /> : null}
      <ol className="history">
        {[...of].sort(newestFirst).map((each) => (
          <li key={each.id} className={each.undone ? 'undone' : ''}>
            <div className="history-line">
              <b>{each.undoes === null ? verbOf(each) : `undo (${verbOf(each)})`}</b>
              {each.proposal === null ? <Safe text={each.by} /> : <span className="tag">by two people</span>}
              {each.undone ? <span className="tag">undone</span> : null}
              <span className="spread" />
              {each.undoable ? (
                <Button
                  look="quiet"
                  disabled={back.isPending}
                  onClick={() => back.mutate(each.id)}
                  aria-label={`Undo ${each.verb}`}
                >
                  Undo
                </Button>
              ) : null}
            </div>
            {each.proposal === null ? (
              <Reason text={each.reason} />
            ) : (
              <ol className="two-people">
                <li>
                  <p className="dim small-text">
                    Proposed by <Safe text={each.proposal.by} />, <When at={each.proposal.at} />
                  </p>
                  <Reason text={each.proposal.reason} />
                </li>
                <li>
                  <p className="dim small-text">
                    <Safe text={each.by} /> as second person after <Safe text={each.proposal.by} />,{' '}
                    <When at={each.at} />
                  </p>
                  <Reason text={each.reason} />
                </li>
              </ol>
            )}
            <p className="dim small-text">
              {each.proposal === null ? <When at={each.at} /> : null}
              {changesOf(each.before, each.after, names).map((change, index) => (
                <span key={change}>
                  {index > 0 || each.proposal === null ? ' · ' : ''}
                  {change}
                </span>
              ))}
            </p>
          </li>
        ))}
      </ol>
    </>
  )
}

const Reason = ({ text }: { text: string | null }) =>
  text === null ? null : (
    <p className="history-reason">
      <Safe text={text} lines />
    </p>
  )
