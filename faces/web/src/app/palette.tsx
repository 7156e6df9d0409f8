import { type KeyboardEvent, useState } from 'react'
import { type Action, type ActionId, actions } from '../keyboard/actions.ts'
import { perform, performable } from '../keyboard/perform.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Keys } from '../ui/keys.tsx'

/** What can be done here comes first; the rest is listed too, so that it can be learnt. */
function find(text: string) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = (each: Action) => words.every((word) => `${each.group} ${each.says}`.toLowerCase().includes(word))
  const found = actions.filter(fits)
  return [...found.filter((each) => performable(each.id)), ...found.filter((each) => !performable(each.id))]
}

export function Palette({ close }: { close: () => void }) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  // What is possible is asked once, when the palette opens: the dialog itself answers no action.
  const found = find(text)
  const current = found[Math.min(at, found.length - 1)]
  const run = (id: ActionId) => {
    close()
    // After the dialog has given the focus back, so that the action can move it.
    setTimeout(() => perform(id), 30)
  }
  const key = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      const next = (at + step + found.length) % Math.max(1, found.length)
      setAt(next)
      document.getElementById(`palette-${found[next]?.id}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter' && current !== undefined && performable(current.id)) {
      event.preventDefault()
      run(current.id)
    }
  }
  return (
    <Dialog title="Actions" close={close}>
      <input
        className="palette-input"
        role="combobox"
        aria-label="Find an action"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={current === undefined ? '' : `palette-${current.id}`}
        placeholder="What do you want to do?"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={key}
      />
      <div className="palette-list" id="palette-list" role="listbox" aria-label="Actions">
        {found.map((each) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above holds the focus and takes the keys
          <div
            key={each.id}
            id={`palette-${each.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={each === current}
            aria-disabled={!performable(each.id)}
            className="palette-row"
            onClick={() => performable(each.id) && run(each.id)}
          >
            <span className="dim palette-group">{each.group}</span>
            <span className="palette-says">{each.says}</span>
            {performable(each.id) ? null : <span className="dim">not here</span>}
            {each.keys.slice(0, 1).map((cap) => (
              <Keys key={cap} of={cap} />
            ))}
          </div>
        ))}
      </div>
      {found.length === 0 ? <p className="dim palette-none">No action is called so.</p> : null}
    </Dialog>
  )
}
