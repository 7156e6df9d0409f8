import { type FormEvent, useEffect, useRef, useState } from 'react'
import { type Loaded, uploadList } from '../../data/list-upload.ts'
import { client } from '../../data/queries.ts'
import type { HashList } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { count, many } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Place } from '../../ui/place.tsx'
import { ProblemLine } from '../../ui/problem.tsx'

const sixtyFours = ['sha256', 'pdq'] as const
type SixtyFour = (typeof sixtyFours)[number]

export function LoadList({ lists, close }: { lists: readonly HashList[]; close: () => void }) {
  const [name, setName] = useState('')
  const [publisher, setPublisher] = useState('')
  const [scheme, setScheme] = useState('')
  const [sixtyFour, setSixtyFour] = useState<SixtyFour | ''>('')
  const [file, setFile] = useState<File | null>(null)
  const [share, setShare] = useState<number | null>(null)
  const [trouble, setTrouble] = useState<unknown>(null)
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  const stop = useRef<() => void>(() => {})
  useEffect(() => () => stop.current(), [])
  const known = lists.find((list) => list.name === name.trim())
  const ready = name.trim() !== '' && publisher.trim() !== '' && file !== null && share === null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready || file === null) return
    setTrouble(null)
    setShare(0)
    const asked = {
      name: name.trim(),
      publisher: publisher.trim(),
      ...(scheme.trim() === '' ? {} : { categoryScheme: scheme.trim() }),
      ...(sixtyFour === '' ? {} : { sixtyFour }),
    }
    const upload = uploadList(asked, file, setShare)
    stop.current = upload.stop
    upload.done
      .then((answer) => {
        setLoaded(answer)
        void client.invalidateQueries({ queryKey: ['list-hits'] })
        return client.invalidateQueries({ queryKey: ['lists'] })
      })
      .catch(setTrouble)
      .finally(() => {
        stop.current = () => {}
        setShare(null)
      })
  }
  if (loaded !== null) return <Account of={loaded} name={name} close={close} />
  return (
    <Dialog
      title="Load a list"
      says="VICS/CAID JSON or a CSV of hashes. It is loaded whole or not at all, and referrals held are matched again."
      close={close}
    >
      <form className="form" onSubmit={submit}>
        <TextField
          label="Name"
          value={name}
          required
          change={(value) => {
            setName(value)
            const same = lists.find((list) => list.name === value.trim())
            if (same !== undefined) setPublisher(same.publisher)
          }}
          hint={known === undefined ? 'A new name makes a new list.' : `A new version of ${known.name}.`}
        />
        <TextField label="Publisher" value={publisher} change={setPublisher} required />
        <div className="field">
          <label htmlFor="list-file">File</label>
          <input id="list-file" type="file" required onChange={(event) => setFile(event.target.files?.[0] ?? null)} />
        </div>
        <div className="field-pair">
          <TextField
            label="Category scheme"
            value={scheme}
            change={setScheme}
            hint="For a CSV with categories: whose they are."
          />
          <SelectField
            label="64 characters are"
            value={sixtyFour}
            change={(value) => setSixtyFour(sixtyFours.find((each) => each === value) ?? '')}
            none="as the file says"
            options={[
              { value: 'sha256', says: 'SHA-256' },
              { value: 'pdq', says: 'PDQ' },
            ]}
            hint="For a CSV that does not name its hashes."
          />
        </div>
        {share === null ? null : <Progress share={share} />}
        {trouble === null ? null : <ProblemLine error={trouble} />}
        <footer className="dialog-foot">
          <Button onClick={share === null ? close : () => stop.current()}>{share === null ? 'Cancel' : 'Stop'}</Button>
          <Button look="strong" type="submit" disabled={!ready}>
            Load
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}

function Progress({ share }: { share: number }) {
  const percent = Math.floor(share * 100)
  return (
    <div className="progress" role="status">
      <progress value={share} max={1} aria-label="Sent" />
      <span className="number">{share < 1 ? `${percent} % sent` : 'sent; the cell reads, loads and matches'}</span>
    </div>
  )
}

function Account({ of, name, close }: { of: Loaded; name: string; close: () => void }) {
  const { records, accepted, remarked, setAside } = of.account
  return (
    <Dialog
      title={of.unchanged ? 'Nothing changed' : `${name} is loaded`}
      says={
        of.unchanged
          ? `The same file was loaded before as version ${of.version}.`
          : `Version ${of.version}, ${of.format}: ${many(records, 'record')} = ${count(accepted)} accepted + ${count(remarked)} remarked + ${count(setAside)} set aside.`
      }
      close={close}
    >
      {of.setAside.length === 0 ? null : (
        <ul className="plain-list remarks dialog-scroll">
          {of.setAside.map((remark) => (
            <li key={`${remark.code} ${remark.place}`}>
              <span className="tag">{remark.code}</span>
              <span>
                <Safe text={remark.says} />
              </span>
              <Place of={remark.place} />
            </li>
          ))}
        </ul>
      )}
      <footer className="dialog-foot">
        <Button look="strong" onClick={close}>
          Done
        </Button>
      </footer>
    </Dialog>
  )
}
