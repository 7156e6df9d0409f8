import { useStore } from '../data/small-store.ts'
import { dismiss, toasts } from '../data/toasts.ts'
import { Button } from '../ui/button.tsx'
import { Keys } from '../ui/keys.tsx'

/** What has just been done, with its undo; what did not work stays until it is sent away. */
export function Toasts() {
  const all = useStore(toasts)
  return (
    <section className="toasts" aria-label="Messages">
      <div className="toasts-now" role="status" aria-live="polite">
        {all
          .filter((each) => each.kind === 'done')
          .map((each) => {
            const { undo } = each
            return (
              <div key={each.id} className="toast">
                <span className="toast-says">{each.says}</span>
                {undo === null ? null : (
                  <Button
                    look="quiet"
                    onClick={() => {
                      dismiss(each.id)
                      undo()
                    }}
                  >
                    Undo <Keys of="u" />
                  </Button>
                )}
                <Button look="quiet" aria-label="Dismiss message" onClick={() => dismiss(each.id)}>
                  ✕
                </Button>
                {undo === null ? null : <span className="toast-time" aria-hidden="true" />}
              </div>
            )
          })}
      </div>
      <div className="toasts-now" role="alert">
        {all
          .filter((each) => each.kind === 'problem')
          .map((each) => (
            <div key={each.id} className="toast toast-problem">
              <span aria-hidden="true" className="problem-sign">
                !
              </span>
              <span className="toast-says">{each.says}</span>
              <Button look="quiet" aria-label="Dismiss message" onClick={() => dismiss(each.id)}>
                ✕
              </Button>
            </div>
          ))}
      </div>
    </section>
  )
}
