import { mostOpenedAtOnce } from '@tandem/contract'
import { useState } from 'react'
import { useStore } from '../../data/small-store.ts'
import type { Referral } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { Place } from '../../ui/place.tsx'
import { ProblemLine } from '../../ui/problem.tsx'
import { Claim } from '../../ui/when.tsx'
import { MarkedWords } from './marked-words.tsx'
import { openedToday, useWords } from './words.ts'

type Narrative = Referral['narratives'][number]

const SHOWN_AT_FIRST = 100
const RUN = Math.min(20, mostOpenedAtOnce)

/** Narratives, and details so long that they may be what somebody wrote. */
export const placesOfWords = ({ narratives, details }: Referral): readonly Narrative[] => [
  ...narratives,
  ...details.flatMap(({ kind, value, characters, place, person }) =>
    value === null
      ? [
          {
            place,
            about: kind,
            characters,
            author: person,
            from: null,
            at: null,
            reference: null,
            answers: null,
            flags: {},
          },
        ]
      : [],
  ),
]

/** Words count as exposure: closed until opened on purpose, each place counted; a conversation opens run by run. */
export function Narratives({ id, of }: { id: string; of: Referral }) {
  const count = useStore(openedToday)
  const [shown, setShown] = useState(SHOWN_AT_FIRST)
  const words = useWords(id)
  const all = placesOfWords(of)
  if (all.length === 0) return <p className="dim">The report holds no words of people.</p>
  const run = (from: number): string[] => [...new Set(all.slice(from, from + RUN).map(({ place }) => place))]
  return (
    <>
      <p className="dim">
        Closed until you open them, one place at a time. Each opening is counted for you and recorded.
        {count === null ? null : <strong className="own-count"> Opened by you today: {count}.</strong>}
      </p>
      {words.error === null ? null : <ProblemLine error={words.error} />}
      <ul className="narratives">
        {all.slice(0, shown).map((each, index) => {
          const opened = words.opened.filter(({ place, about }) => place === each.place && about === each.about)
          const name = `${each.about} ${index + 1}`
          return (
            <li key={`${each.place} ${each.about}`}>
              <div className="narrative-head">
                <Who of={each} people={of.people} />
                <Place of={each.place} />
                <span className="spread" />
                {opened.length > 0 ? (
                  <Button onClick={() => words.close()} aria-label={`Close the words of ${name}`}>
                    Close
                  </Button>
                ) : (
                  <>
                    <Button
                      onClick={() => words.open([each.place])}
                      disabled={words.isOpening}
                      aria-label={`Open the words of ${name}`}
                    >
                      Open the words
                    </Button>
                    {index % RUN === 0 && index + 1 < all.length ? (
                      <Button
                        onClick={() => words.open(run(index))}
                        disabled={words.isOpening}
                        aria-label={`Open ${run(index).length} from here: ${name} on`}
                      >
                        Open {run(index).length} from here
                      </Button>
                    ) : null}
                  </>
                )}
              </div>
              {opened.map((words) => (
                <MarkedWords key={words.text} of={words} />
              ))}
            </li>
          )
        })}
      </ul>
      {shown >= all.length ? null : (
        <Button onClick={() => setShown(shown + SHOWN_AT_FIRST)}>
          Show {Math.min(SHOWN_AT_FIRST, all.length - shown)} more of {all.length - shown}
        </Button>
      )}
    </>
  )
}

/** Who wrote it and when, as far as the source says, and its marks: deleted, edited, forwarded. */
function Who({ of, people }: { of: Narrative; people: Referral['people'] }) {
  const writer = of.author === null ? of.from : (people[of.author]?.names[0] ?? null)
  const marks = Object.entries(of.flags).flatMap(([mark, said]) => (said === 'yes' ? [mark] : []))
  return (
    <span>
      <Safe text={of.about} />
      {of.author === null ? null : <span className="dim"> person {of.author + 1}</span>}{' '}
      {writer === null ? null : <Safe text={writer} />} {of.at === null ? null : <Claim of={of.at} place={of.place} />}{' '}
      <span className="dim">{of.characters} characters</span>
      {marks.map((mark) => (
        <span key={mark} className="tag">
          <Safe text={mark} />
        </span>
      ))}
      {of.reference === null ? null : (
        <span className="dim">
          {' '}
          no. <Safe text={of.reference} />
        </span>
      )}
      {of.answers === null ? null : (
        <span className="dim">
          {' '}
          answers <Safe text={of.answers} />
        </span>
      )}
    </span>
  )
}
