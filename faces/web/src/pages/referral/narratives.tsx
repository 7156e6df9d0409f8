import { narratives, type ResponseOf } from '@tandem/contract'
import { useMutation } from '@tanstack/react-query'
import { call } from '../../data/client.ts'
import { smallStore, useStore } from '../../data/small-store.ts'
import type { Referral } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemLine } from '../../ui/problem.tsx'
import { Place } from './hits.tsx'

type Opened = ResponseOf<typeof narratives>

/** How many places of words this officer has opened today. The officer's own number; nobody else is shown it. */
const openedToday = smallStore<number | null>(null)

/** Words count as exposure: closed until opened on purpose, one place at a time, and counted. */
export function Narratives({ id, of }: { id: string; of: Referral['narratives'] }) {
  const count = useStore(openedToday)
  const open = useMutation({
    mutationFn: (place: string): Promise<Opened> => call(narratives, { params: { id }, body: { place } }),
    onSuccess: (opened) => openedToday.set(opened.openedToday),
    gcTime: 0,
  })
  if (of.length === 0) return <p className="dim">The report holds no words of people.</p>
  return (
    <>
      <p className="dim">
        Closed until you open them, one place at a time. Each opening is counted for you and recorded.
        {count === null ? null : <strong className="own-count"> Opened by you today: {count}.</strong>}
      </p>
      {open.isError ? <ProblemLine error={open.error} /> : null}
      <ul className="narratives">
        {of.map((each) => {
          const opened = open.data?.place === each.place ? open.data : undefined
          return (
            <li key={each.place}>
              <div className="narrative-head">
                <span>
                  <Safe text={each.about} /> <span className="dim">{each.characters} characters</span>
                </span>
                <Place of={each.place} />
                <span className="spread" />
                {opened === undefined ? (
                  <Button
                    onClick={() => open.mutate(each.place)}
                    disabled={open.isPending}
                    aria-label={`Open the words of ${each.about}`}
                  >
                    Open the words
                  </Button>
                ) : (
                  <Button onClick={() => open.reset()} aria-label={`Close the words of ${each.about}`}>
                    Close
                  </Button>
                )}
              </div>
              {opened === undefined ? null : (
                <blockquote className="narrative">
                  <Safe text={opened.text} lines />
                </blockquote>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}
