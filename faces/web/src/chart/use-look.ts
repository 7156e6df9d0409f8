import { type RefObject, useEffect, useState } from 'react'
import { type Look, lookOfPage } from './view/look.ts'

/** The colours in force; again when the officer or the system changes the theme. */
export function useLook(place: RefObject<HTMLElement | null>): Look | null {
  const [look, setLook] = useState<Look | null>(null)
  useEffect(() => {
    const read = () => {
      if (place.current !== null) setLook(lookOfPage(place.current))
    }
    read()
    const system = matchMedia('(prefers-color-scheme: light)')
    system.addEventListener('change', read)
    const theme = new MutationObserver(read)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    return () => {
      system.removeEventListener('change', read)
      theme.disconnect()
    }
  }, [place])
  return look
}
