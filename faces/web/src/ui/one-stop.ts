import { type RefObject, useEffect } from 'react'

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

/**
 * Many small things become one stop of Tab, with arrows, Home and End between them (the roving tabindex of the ARIA
 * practices): a page of values with their origins must not be a hundred stops long.
 */
export function useOneStop(ref: RefObject<HTMLElement | null>, which: string): void {
  useEffect(() => {
    const list = ref.current
    if (list === null) return
    const all = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>(which)]
    const stop = (at: HTMLElement | undefined): void => {
      for (const each of all()) each.tabIndex = each === at ? 0 : -1
    }
    const entered = (event: FocusEvent): void => {
      const at = all().find((each) => each === event.target)
      if (at !== undefined) stop(at)
    }
    const pressed = (event: KeyboardEvent): void => {
      const here = all()
      const at = event.target instanceof HTMLElement ? here.indexOf(event.target) : -1
      const step = steps[event.key]
      const to = event.key === 'Home' ? 0 : event.key === 'End' ? here.length - 1 : step === undefined ? -1 : at + step
      const withOthers = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey
      if (at < 0 || withOthers || (step === undefined && to < 0)) return
      // At an end too: the key must not go on to the rows of the queue.
      event.preventDefault()
      here[to]?.focus()
    }
    const stops = all().filter((each) => each.tabIndex === 0)
    if (stops.length !== 1) stop(stops.find((each) => each === document.activeElement) ?? all()[0])
    list.addEventListener('focusin', entered)
    list.addEventListener('keydown', pressed)
    return () => {
      list.removeEventListener('focusin', entered)
      list.removeEventListener('keydown', pressed)
    }
  })
}
