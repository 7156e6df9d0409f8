import { settings } from '../data/settings.ts'
import { match, nameOf } from './matcher.ts'
import { perform } from './perform.ts'

/** A sequence such as `g t` must be finished within this time. */
const PATIENCE = 1_200

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)))

/** Enter and the arrows belong to the thing in focus when it can use them itself. */
const usesKeysItself = (target: EventTarget | null, key: string): boolean =>
  target instanceof HTMLElement &&
  ((key === 'Enter' && target.closest('button, a[href], summary, [role=tab], [role=checkbox]') !== null) ||
    (key.startsWith('Arrow') && target.closest('[role=tablist], [role=menu], input[type=radio]') !== null))

const inDialog = (): boolean => document.querySelector('[role=dialog], [role=alertdialog]') !== null

export function listenToKeys(): () => void {
  let begun = ''
  let begunAt = 0
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.metaKey) return
    const name = nameOf({ key: event.key, control: event.ctrlKey, shift: event.shiftKey, alt: event.altKey })
    if (name === null || ['Shift', 'Control'].includes(event.key)) return
    const always = name === 'Control+k'
    if (!always && (typing(event.target) || inDialog() || usesKeysItself(event.target, event.key))) return
    const held = Date.now() - begunAt < PATIENCE ? begun : ''
    const found = match(held, name, settings.get().singleKeys)
    begun = found.kind === 'begun' ? name : ''
    begunAt = Date.now()
    if (found.kind === 'begun') event.preventDefault()
    if (found.kind === 'action' && perform(found.id)) event.preventDefault()
  }
  document.addEventListener('keydown', pressed)
  return () => document.removeEventListener('keydown', pressed)
}
