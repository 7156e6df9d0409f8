import { chartKeys } from '../chart/keys.ts'
import { settings } from '../data/settings.ts'
import { useStore } from '../data/small-store.ts'
import { type Action, actions, groups } from '../keyboard/actions.ts'
import { activeKeys } from '../keyboard/matcher.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Keys } from '../ui/keys.tsx'

export function KeySheet({ close }: { close: () => void }) {
  const { singleKeys } = useStore(settings)
  const of = (group: string): readonly Action[] => actions.filter((each) => each.group === group)
  return (
    <Dialog
      title="Keys"
      says={
        singleKeys
          ? 'Single keys can be switched off in the settings.'
          : 'Single keys are switched off in the settings.'
      }
      wide
      close={close}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="key-sheet" aria-label="Keys by topic" tabIndex={0}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {of(group).map((each) => (
                <div key={each.id} className="key-sheet-line">
                  <dt>{each.says}</dt>
                  <dd>
                    {activeKeys(each, singleKeys).map((key) => (
                      <span key={key}>
                        <Keys of={key} />
                        <span className="unseen-caption">{key} </span>
                      </span>
                    ))}
                    {activeKeys(each, singleKeys).length === 0 ? <span className="dim">palette</span> : null}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>While the link chart has the focus</h3>
          <dl>
            {chartKeys.map(({ act, says, caps }) => (
              <div key={act} className="key-sheet-line">
                <dt>{says}</dt>
                <dd>
                  <span className="keys">
                    {caps.map((cap) => (
                      <kbd key={cap}>{cap}</kbd>
                    ))}
                  </span>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </section>
    </Dialog>
  )
}
