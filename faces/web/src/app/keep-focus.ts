/** Time for a dialog or a page to give the focus itself. */
const PATIENCE = 30

/**
 * A control that goes, or is switched off, takes the focus with it, and whoever works by keyboard would stand nowhere.
 * Then the rows have it, or else the page.
 */
export function keepFocus(): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    waiting = undefined
    if (document.activeElement !== document.body) return
    const place =
      document.querySelector('[role=dialog]') ??
      document.querySelector('[role=grid]') ??
      document.getElementById('page')
    if (place instanceof HTMLElement) place.focus({ preventScroll: true })
  }
  const changed = () => {
    if (document.activeElement === document.body) waiting ??= setTimeout(look, PATIENCE)
  }
  const observer = new MutationObserver(changed)
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] })
  return () => {
    clearTimeout(waiting)
    observer.disconnect()
  }
}
