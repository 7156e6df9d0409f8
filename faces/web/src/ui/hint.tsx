import { Tooltip } from 'radix-ui'
import { type ReactNode, useRef, useState } from 'react'
import { useOneStop } from './one-stop.ts'

/** Provenance of a value, on hover and on focus; Escape sends it away (WCAG 1.4.13). */
export function Hint({ says, children }: { says: ReactNode; children: ReactNode }) {
  const trigger = useRef<HTMLButtonElement>(null)
  // In the landmark of what it speaks of, so that a screen reader never finds it outside of everything.
  const [landmark, setLandmark] = useState<HTMLElement | null>(null)
  const found = (open: boolean) => {
    if (open) setLandmark(trigger.current?.closest<HTMLElement>('[role=dialog], main, header, aside, nav') ?? null)
  }
  return (
    <Tooltip.Root onOpenChange={found}>
      <Tooltip.Trigger asChild>
        <button type="button" className="hinted" ref={trigger}>
          {children}
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal container={landmark}>
        <Tooltip.Content className="hint" sideOffset={4} collisionPadding={8}>
          {says}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

export const HintProvider = ({ children }: { children: ReactNode }) => (
  <Tooltip.Provider delayDuration={250} skipDelayDuration={200}>
    {children}
  </Tooltip.Provider>
)

/** Pairs of name and value inside a hint or a card. Values with a hint are one stop of Tab together. */
export function Pairs({ of }: { of: readonly (readonly [string, ReactNode])[] }) {
  const list = useRef<HTMLDListElement>(null)
  useOneStop(list, '.hinted')
  return (
    <dl ref={list} className="pairs">
      {of.map(([name, value]) => (
        <div key={name} className="pair">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
