import { type Action, type ActionId, actions } from './actions.ts'

/** What a key event says, without the event: so that it can be tested. */
export interface Press {
  readonly key: string
  readonly control: boolean
  readonly shift: boolean
  readonly alt: boolean
}

/** One name for a press. A shifted sign (`?`) is itself; a shifted letter says so (`Shift+j`). */
export function nameOf(press: Press): string | null {
  if (press.alt) return null
  const isLetter = /^[a-z]$/i.test(press.key)
  const key = isLetter ? press.key.toLowerCase() : press.key
  const shift = press.shift && (isLetter || press.key.length > 1) ? 'Shift+' : ''
  return `${press.control ? 'Control+' : ''}${shift}${key}`
}

const isSingle = (key: string): boolean => key.split(' ').every((part) => /^(Shift\+)?.$/u.test(part))

/** Keys that work as things stand: single characters can be switched off (WCAG 2.1.4). */
export const activeKeys = (each: Action, singleKeys: boolean): readonly string[] =>
  singleKeys ? each.keys : each.keys.filter((key) => !isSingle(key))

export type Match =
  | { readonly kind: 'action'; readonly id: ActionId }
  | { readonly kind: 'begun' }
  | { readonly kind: 'none' }

/** `begun` holds the keys pressed so far of a sequence such as `g t`. */
export function match(begun: string, pressed: string, singleKeys: boolean): Match {
  const whole = begun === '' ? pressed : `${begun} ${pressed}`
  for (const each of actions) {
    if (activeKeys(each, singleKeys).includes(whole)) return { kind: 'action', id: each.id }
  }
  const begins = actions.some((each) => activeKeys(each, singleKeys).some((key) => key.startsWith(`${whole} `)))
  return begins ? { kind: 'begun' } : { kind: 'none' }
}
