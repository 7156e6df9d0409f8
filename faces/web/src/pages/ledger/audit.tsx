import { audit } from '@tandem/contract'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../data/client.ts'
import type { LogAudit } from '../../data/types.ts'
import { revealed } from '../../text/safe.ts'
import { Safe } from '../../text/safe-text.tsx'
import { many } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Loading, ProblemLine } from '../../ui/problem.tsx'

const isWrong = ({ findings, openings }: LogAudit): boolean => findings.length + openings.broken.length > 0

/** One look at everything: it is an entry itself, and is made when it is asked for and at no other time. */
export function AuditDialog({ close }: { close: () => void }) {
  const query = useQuery({
    queryKey: ['audit'],
    queryFn: () => call(audit, {}),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const wrong = query.data?.logs.filter(isWrong) ?? []
  return (
    <Dialog
      title="Ledger compared"
      says="Database, tiles, checkpoints and witnesses against each other, entry by entry, and each opening that you may read against its leaf."
      wide
      close={close}
    >
      {query.isError ? <ProblemLine error={query.error} /> : null}
      {query.data === undefined ? (
        query.isError ? null : (
          <Loading what="every entry" />
        )
      ) : (
        <>
          <p role="status">
            {wrong.length === 0 ? (
              <b>Everything is as it was recorded.</b>
            ) : (
              <b className="tag tag-alarm">
                Something was changed. Change nothing, keep the data folder, call the inspector.
              </b>
            )}
          </p>
          <ul className="checks">
            {query.data.logs.map((log) => (
              <li key={log.name} className={`check check-${isWrong(log) ? 'bad' : 'good'}`}>
                <span className="check-state">
                  <span aria-hidden="true" className="check-sign">
                    {isWrong(log) ? '!' : '✓'}
                  </span>
                  {isWrong(log) ? 'changed' : 'whole'}
                </span>
                <b>
                  <Safe text={log.agency} />
                </b>
                <span>
                  {many(log.entries, 'sealed entry', 'sealed entries')}, {many(log.openings.checked, 'opening')} read.
                  {log.findings.map(({ says }) => (
                    <span key={says} className="check-finding">
                      {' '}
                      {revealed(says)}
                    </span>
                  ))}
                  {log.openings.broken.map((entry) => (
                    <span key={entry} className="check-finding">
                      {' '}
                      What entry <code>{entry}</code> says is not what was recorded.
                    </span>
                  ))}
                </span>
              </li>
            ))}
          </ul>
          <footer className="dialog-foot">
            <Button onClick={() => void query.refetch()} disabled={query.isFetching}>
              Compare again
            </Button>
            <Button look="strong" onClick={close}>
              Done
            </Button>
          </footer>
        </>
      )}
    </Dialog>
  )
}
