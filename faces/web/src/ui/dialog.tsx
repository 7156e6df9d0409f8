import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useState } from 'react'

interface Props {
  readonly title: string
  readonly says?: ReactNode
  readonly wide?: boolean
  readonly close: () => void
  readonly children: ReactNode
}

/** The scrim is our own: the one of the library would put a style tag into the page, which our policy forbids. */
export function Dialog({ title, says, wide = false, close, children }: Props) {
  // Opened by a key there is no trigger to go back to, so the way back is remembered here: focus is never lost.
  const [cameFrom] = useState(() => document.activeElement)
  const goBack = (event: Event) => {
    event.preventDefault()
    // A quick hand may have gone on already, to the search box say: then it is left there.
    if (document.activeElement !== null && document.activeElement !== document.body) return
    const isThere = cameFrom instanceof HTMLElement && cameFrom.isConnected && cameFrom !== document.body
    const place = isThere ? cameFrom : (document.querySelector('[role=grid]') ?? document.getElementById('page'))
    if (place instanceof HTMLElement) place.focus({ preventScroll: true })
  }
  return (
    <Radix.Root open onOpenChange={(open) => (open ? undefined : close())}>
      <Radix.Portal>
        <div className="scrim" aria-hidden="true" />
        <Radix.Content
          className={wide ? 'dialog dialog-wide' : 'dialog'}
          onOpenAutoFocus={startInFirstField}
          onCloseAutoFocus={goBack}
          {...(says === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className="dialog-head">
            <Radix.Title className="dialog-title">{title}</Radix.Title>
            <Radix.Close className="button button-quiet" aria-label="Dismiss">
              ✕
            </Radix.Close>
          </header>
          {says === undefined ? null : <Radix.Description className="dialog-says">{says}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Where the work begins: the first field, or what is to be read; not the button that dismisses. */
function startInFirstField(event: Event): void {
  const content = event.target
  if (!(content instanceof HTMLElement)) return
  const field = content.querySelector(
    'input:checked, input:not([type=radio]), select, textarea, .button-strong, section[tabindex]',
  )
  if (!(field instanceof HTMLElement)) return
  event.preventDefault()
  field.focus()
}
