import { useActions } from '../../keyboard/perform.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { Keys } from '../../ui/keys.tsx'
import { ProblemLine } from '../../ui/problem.tsx'
import { useWords } from './words.ts'

/** Why the sender set its priority. Often the gravest sentence of a report, so it is opened on purpose like all words. */
export function SendersReason({ id, of }: { id: string; of: { place: string; characters: number } }) {
  const words = useWords(id)
  const opened = words.opened.filter(({ place, about }) => place === of.place && about === 'reason of the priority')
  const isOpen = opened.length > 0
  const turn = () => (isOpen ? words.close() : words.isOpening ? undefined : words.open([of.place]))
  useActions({ 'show.reason': turn })
  return (
    <>
      <Button
        look="quiet"
        className="words-button"
        onClick={turn}
        disabled={words.isOpening}
        aria-expanded={isOpen}
        aria-keyshortcuts="w"
      >
        {isOpen ? 'Close' : `Open ${of.characters} characters`} <Keys of="w" />
      </Button>
      <div aria-live="polite">
        {words.error === null ? null : <ProblemLine error={words.error} />}
        {opened.map(({ text }) => (
          <blockquote key={text} className="narrative narrative-short">
            <Safe text={text} lines />
          </blockquote>
        ))}
      </div>
    </>
  )
}
