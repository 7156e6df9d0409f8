import { segments } from './safe.ts'

/** A value from outside: isolated from the direction of its neighbours, with unseen characters made visible. */
export function Safe({ text, lines = false }: { text: string; lines?: boolean }) {
  const parts = segments(text, lines)
  return (
    <bdi className={lines ? 'safe safe-lines' : 'safe'}>
      {parts.map((part, index) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed text never move
          <span key={index} className="unseen" title={`${part.code} ${part.name}`}>
            {part.code}
          </span>
        ),
      )}
    </bdi>
  )
}
