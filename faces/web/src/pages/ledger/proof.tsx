import { bundle } from '@tandem/contract'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { call } from '../../data/client.ts'
import { proofQuery } from '../../data/queries.ts'
import { saveFile } from '../../data/save-file.ts'
import type { EntryProof, LedgerEntry } from '../../data/types.ts'
import { revealed } from '../../text/safe.ts'
import { utc } from '../../text/time.ts'
import { count, spaced } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Pairs } from '../../ui/hint.tsx'
import { Loading, ProblemLine } from '../../ui/problem.tsx'
import { witnessName } from './logs.tsx'

/** Where one entry stands in its log. The cell has checked the proof; the files let anybody else do it. */
export function ProofDialog({ of, close }: { of: LedgerEntry; close: () => void }) {
  const query = useQuery(proofQuery(of.id))
  const { may } = useDesk()
  return (
    <Dialog title={`Proof of ${spaced(revealed(of.verb))}, ${utc(of.at)}`} wide close={close}>
      {query.isError ? <ProblemLine error={query.error} /> : null}
      {query.data === undefined ? (
        query.isError ? null : (
          <Loading what="the proof" />
        )
      ) : (
        <>
          <Words of={query.data} />
          <div className="dialog-foot">
            {query.data.state === 'witnessed' ? null : (
              <Button onClick={() => void query.refetch()} disabled={query.isFetching}>
                Look again
              </Button>
            )}
            {query.data.proof === null ? null : (
              <Button onClick={() => saveFile(`entry-${query.data.index}.tlog-proof.txt`, query.data.proof ?? '')}>
                Save the proof alone
              </Button>
            )}
          </div>
          {may.has('ledger.export') && query.data.state === 'witnessed' ? <Export of={of} /> : null}
        </>
      )}
    </Dialog>
  )
}

function Words({ of }: { of: EntryProof }) {
  const { checkpoint, index, included, state, witnesses } = of
  if (checkpoint === null || index === null)
    return <p role="status">It is recorded and waits to be sealed, which takes a second or two.</p>
  const rows: (readonly [string, ReactNode])[] = [
    ['Log', revealed(of.agency)],
    ['Place', `entry ${index} of ${count(checkpoint.size)}, counted from 0`],
    ['Leaf', <code key="l">{of.leafHash}</code>],
    ['Signed root', <code key="r">{checkpoint.root}</code>],
    [
      'Seen by',
      witnesses.length === 0
        ? 'no witness yet'
        : witnesses.map(({ name, at }) => `${witnessName(name)} at ${utc(at)}`).join('; '),
    ],
  ]
  return (
    <>
      <p role="status">
        {included === true ? (
          <b>✓ Included: the proof leads from this entry to the signed root.</b>
        ) : (
          <b className="tag tag-alarm">The proof does not lead to the signed root. Call the inspector.</b>
        )}
        {state === 'sealed' ? ' Not enough witnesses have cosigned this checkpoint yet.' : null}
      </p>
      <Pairs of={rows} />
    </>
  )
}

/** A file that leaves: what it is about stands in it, and that it was made stands in the ledger. */
function Export({ of }: { of: LedgerEntry }) {
  const id = useId()
  const [about, setAbout] = useState('')
  const [trouble, setTrouble] = useState<unknown>(null)
  const [done, setDone] = useState<{ trust: string } | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTrouble(null)
    call(bundle, { body: { entries: [of.id], about: about.trim() } })
      .then(({ file, trust }) => {
        saveFile(`entry-${of.id}.bundle.json`, file)
        setDone({ trust })
      })
      .catch(setTrouble)
  }
  return (
    <form className="form" onSubmit={submit}>
      <label htmlFor={id}>What the bundle is about, for its reader</label>
      <input
        id={id}
        autoComplete="off"
        value={about}
        required
        maxLength={500}
        onChange={(event) => setAbout(event.target.value)}
      />
      {trouble === null ? null : <ProblemLine error={trouble} />}
      {done === null ? null : (
        <p role="status">
          Saved. Hand over the keys by another way than the bundle; that it was made stands in the ledger.
        </p>
      )}
      <footer className="dialog-foot">
        {done === null ? null : <Button onClick={() => saveFile('ledger-keys.json', done.trust)}>Save the keys</Button>}
        <Button look="strong" type="submit">
          Save a bundle for a stranger
        </Button>
      </footer>
    </form>
  )
}
