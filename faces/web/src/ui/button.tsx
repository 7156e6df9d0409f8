import type { ComponentProps } from 'react'
import { settings } from '../data/settings.ts'
import { useStore } from '../data/small-store.ts'
import { type ActionId, actionOf } from '../keyboard/actions.ts'
import { activeKeys } from '../keyboard/matcher.ts'
import { perform } from '../keyboard/perform.ts'
import { Keys } from './keys.tsx'

type Look = 'plain' | 'strong' | 'quiet' | 'danger'

export function Button({ look = 'plain', className, ...rest }: ComponentProps<'button'> & { look?: Look }) {
  return <button type="button" {...rest} className={`button button-${look} ${className ?? ''}`} />
}

/** A button for an action of the registry: same words, same key, same handler. */
export function ActionButton({ id, says, look }: { id: ActionId; says?: string; look?: Look }) {
  const action = actionOf(id)
  const [key] = activeKeys(action, useStore(settings).singleKeys)
  return (
    <Button
      look={look ?? 'plain'}
      onClick={() => perform(id)}
      {...(key === undefined ? {} : { 'aria-keyshortcuts': key })}
    >
      {says ?? action.says}
      {key === undefined ? null : <Keys of={key} />}
    </Button>
  )
}
