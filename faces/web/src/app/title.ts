import { useEffect } from 'react'

/** A page title stands in browser history and on shared screens: it names the page, never a selector. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Tandem`
  }, [title])
}
