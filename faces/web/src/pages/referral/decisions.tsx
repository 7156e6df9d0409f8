import { undo } from '@tandem/contract'
import { useMutation } from '@tanstack/react-query'
import { call } from '../../data/client.ts'
import { ownChange, refreshSoon } from '../../data/live.ts'
import { client } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import type { DecisionEntry } from '../../data/types.ts'
import { withdrawOffer } from '../../decide/asking.ts'
import { steps } from '../../decide/decide.ts'
import { changeItem } from '../../decide/items.ts'
import { revealed } from '../../text/safe.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemLine } from '../../ui/problem.tsx'
import { When } from '../../ui/when.tsx'

/** `state open → taken`: the fields that a decision changed. */
export function changesOf(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const words = (value: unknown): string =>
    value === null || value === undefined ? 'none' : typeof value === 'string' ? revealed(value) : JSON.stringify(value)
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => words(before[key]) !== words(after[key]))
    .map((key) => `${key} ${words(before[key])} → ${words(after[key])}`)
}

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
  if (of.length === 0) return <p className="dim">Nobody has decided anything yet.</p>
  return (
    <>
      {back.isError ? <ProblemLine error={back.error} /> : null}
      <ol className="history">
        {[...of].sort(newestFirst).map((each) => (
          <li key={each.id} className={each.undone ? 'undone' : ''}>
            <div className="history-line">
              <b>{each.undoes === null ? each.verb : `undo (${each.verb})`}</b>
              <span>
                <Safe text={each.by} />
                {each.proposal === null ? null : (
                  <>
                    {' '}
                    as second person after <Safe text={each.proposal.by} />
                  </>
                )}
              </span>
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
            {each.proposal === null ? null : (
              <p className="history-reason">
                Proposed: <Safe text={each.proposal.reason} lines />
              </p>
            )}
            {each.reason === null ? null : (
              <p className="history-reason">
                <Safe text={each.reason} lines />
              </p>
            )}
            <p className="dim small-text">
              <When at={each.at} />
              {changesOf(each.before, each.after).map((change) => (
                <span key={change}> · {change}</span>
              ))}
            </p>
          </li>
        ))}
      </ol>
    </>
  )
}
