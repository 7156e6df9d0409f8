import { chooseFirst, withdrawChoice } from '@tandem/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useDesk } from '../../app/desk.ts'
import { call } from '../../data/client.ts'
import { ownChange } from '../../data/live.ts'
import { choicesQuery, client } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import type { Choice, Referral } from '../../data/types.ts'
import { useActions } from '../../keyboard/perform.ts'
import { Safe } from '../../text/safe-text.tsx'
import { ActionButton, Button } from '../../ui/button.tsx'
import { ProblemLine } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { When } from '../../ui/when.tsx'

type First = Choice['first']

/** The officer has both in hand: the one moment in which an order by a person is worth more than one by weights. */
export function WhichFirst({ one, other }: { one: Referral; other: Referral }) {
  const { may } = useDesk()
  return may.has('rank.choose') ? <Ask one={one} other={other} /> : null
}

function Ask({ one, other }: { one: Referral; other: Referral }) {
  const [left, right] = [one.item, other.item]
  const query = useQuery(choicesQuery(left.id, right.id))
  const settled = () => {
    for (const { id } of [left, right]) ownChange(id)
    return client.invalidateQueries({ queryKey: ['choices'] })
  }
  const back = useMutation({
    mutationFn: (id: string) => call(withdrawChoice, { params: { id }, body: {} }),
    onSuccess: ({ says }) => toast({ kind: 'done', says }),
    onSettled: settled,
  })
  const choose = useMutation({
    mutationFn: (first: First) =>
      call(chooseFirst, {
        body: {
          one: { referral: left.id, score: one.score.number },
          other: { referral: right.id, score: other.score.number },
          first,
        },
      }),
    onSuccess: ({ choice, first }) =>
      toast({
        kind: 'done',
        says: `${inWords(first, left.number, right.number)} No rank moves.`,
        undo: () => back.mutate(choice),
      }),
    onSettled: settled,
  })
  const standing = query.data?.choices.filter(({ withdrawnAt }) => withdrawnAt === null) ?? []
  const mine = standing.find((each) => each.mine)
  const wordsOf = (each: Choice): string =>
    each.one.referral === left.id
      ? inWords(each.first, left.number, right.number)
      : inWords(each.first, right.number, left.number)
  useActions({
    'choice.one': () => choose.mutate('one'),
    'choice.other': () => choose.mutate('other'),
    'choice.none': () => choose.mutate('cannot say'),
    ...(mine === undefined ? {} : { 'decision.undo': () => back.mutate(mine.id) }),
  })
  return (
    <Section title="Which one first?">
      <div className="disagree" role="toolbar" aria-label="Which one first">
        <ActionButton id="choice.one" says={`${left.number} first`} />
        <ActionButton id="choice.other" says={`${right.number} first`} />
        <ActionButton id="choice.none" says="Cannot say" />
      </div>
      <p className="dim small-text">
        Kept with the facts of both scores, and no words. It moves no rank; weights may be proposed from many such
        choices.
      </p>
      {choose.isError ? <ProblemLine error={choose.error} /> : null}
      {back.isError ? <ProblemLine error={back.error} /> : null}
      {standing.length === 0 ? null : (
        <ul className="plain-list said-list" aria-label="What people chose">
          {standing.map((each) => (
            <li key={each.id}>
              <Safe text={each.by} />: {wordsOf(each)} <When short at={each.at} />
              {each.mine ? (
                <Button look="quiet" onClick={() => back.mutate(each.id)} aria-label="Take back your choice">
                  Take back
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

const inWords = (first: First, one: number, other: number): string =>
  first === 'cannot say'
    ? `Cannot say whether ${one} or ${other} goes first.`
    : `${first === 'one' ? one : other} goes first.`
