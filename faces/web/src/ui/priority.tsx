import type { Priority as Level, QueueItem } from '../data/types.ts'

/** Never by colour alone: the text says it, the shape repeats it, colour only for P1. */
const shapes: Readonly<Record<Level, string>> = {
  P1: 'M5 0.6 9.8 9.2H0.2Z',
  P2: 'M5 0.2 9.8 5 5 9.8 0.2 5Z',
  P3: 'M5 1.4a3.6 3.6 0 1 0 0 7.2a3.6 3.6 0 1 0 0-7.2Z',
}

export function Priority({ level, big = false }: { level: Level; big?: boolean }) {
  return (
    <span className={`priority priority-${level}${big ? ' priority-big' : ''}`}>
      <svg viewBox="0 0 10 10" aria-hidden="true">
        <path d={shapes[level]} />
      </svg>
      {level}
    </span>
  )
}

const short = (level: Level | null): string => level?.slice(1) ?? '–'

/** What the sender declared, what we computed, what an officer confirmed: side by side. */
export function PriorityTriple({ of }: { of: QueueItem['priority'] }) {
  return (
    <span className="triple" title={tripleWords(of)}>
      <span>{short(of.declared)}</span>
      <span>{short(of.computed)}</span>
      <span>{short(of.confirmed)}</span>
    </span>
  )
}

export const tripleWords = (of: QueueItem['priority']): string =>
  `declared ${of.declared ?? 'not said'}, computed ${of.computed}, confirmed ${of.confirmed ?? 'not yet'}`
